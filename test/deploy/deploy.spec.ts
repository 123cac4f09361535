import { strict as assert } from 'node:assert'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { validate } from 'dockerfile-utils'
import { parse, parseAllDocuments } from 'yaml'
import { settings } from '../../src/config.ts'
import { checkServer } from '../../src/store/check-server.ts'
import { connect, disconnect } from '../../src/store/redis.ts'
import { startRedis } from '../helpers/redis.ts'
import { startCommand } from '../helpers/start-command.ts'

const read = (file: string) => readFileSync(file, 'utf8')
const isSetting = (name: string) => Object.hasOwn(settings.shape, name)
const SERVED = ['/health', '/ready']

describe('The image', () => {
  const dockerfile = read('Dockerfile')
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, files = '']) => files.split(' '))

  it('has no fault that a linter finds', () => {
    assert.deepEqual(validate(dockerfile), [])
    assert.notDeepEqual(validate('FROM node\nMAINTAINER nobody\n'), [])
  })

  it('holds all that the service reads, and nothing that is not there', () => {
    for (const needed of ['src', 'cards', 'dialogs', 'package.json']) assert.ok(copied.includes(needed), needed)
    for (const file of copied) assert.ok(existsSync(file), file)
  })

  it('is built from that alone: no secret and no data reaches the builder', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'))
    assert.equal(allowed[0], '*')
    assert.deepEqual(allowed.slice(1).sort(), [...new Set(copied)].map((file) => `!${file}`).sort())
  })

  it('starts the service as `npm run serve` does', () => {
    const [, command = '[]'] = /^CMD (.*)$/m.exec(dockerfile.split(/^FROM /m).at(-1) ?? '') ?? []
    assert.deepEqual(JSON.parse(command), ['node', ...startCommand().flags, 'dist/main.mjs'])
  })

  it('runs as somebody who may do nothing, on a Node the product is made for', () => {
    assert.match(dockerfile.split(/^FROM /m).at(-1) ?? '', /^USER node$/m)
    const [, major] = /"node": "\^(\d+)/.exec(read('package.json')) ?? []
    for (const [, image] of dockerfile.matchAll(/^FROM (\S+)/gm)) assert.equal(image, `node:${major}-alpine`)
  })
})

describe('compose.yaml', () => {
  const { services } = parse(read('compose.yaml'))

  it('runs Redis as the service wants it', async () => {
    const [, ...flags] = services.redis.command as string[]
    const given = flags.flatMap((flag, index) =>
      flag.startsWith('--') && flag !== '--requirepass' ? [[flag.slice(2), flags[index + 1] ?? '']] : [],
    )
    const unset = { appendonly: 'no', appendfsync: 'everysec', 'maxmemory-policy': 'allkeys-lru', save: '60 1' }
    const redis = await startRedis({ ...unset, ...Object.fromEntries(given) })
    const connection = await connect(redis.config)
    try {
      assert.deepEqual(await checkServer(connection), [])
    } finally {
      await disconnect(connection)
      await redis.stop()
    }
  })

  it('gives Redis a password and no port, and the bot a file system that cannot be written', () => {
    assert.ok(services.redis.command.includes('--requirepass'))
    assert.equal(services.redis.ports, undefined)
    assert.match(services.tovholder.environment.REDIS_URL, /^redis:\/\/:\$\{REDIS_PASSWORD:\?.*\}@redis:6379$/)
    assert.equal(services.tovholder.read_only, true)
    for (const port of services.tovholder.ports) assert.match(port, /^127\.0\.0\.1:/)
  })

  it('sets what there is to be set', () => {
    for (const name of Object.keys(services.tovholder.environment)) assert.ok(isSetting(name), name)
  })
})

describe('deploy/kubernetes', () => {
  const files = globSync('deploy/kubernetes/*.yaml').filter((file) => basename(file) !== 'kustomization.yaml')
  const deployment = parse(read('deploy/kubernetes/deployment.yaml'))
  const [container] = deployment.spec.template.spec.containers

  for (const file of files)
    it(`${basename(file)} is what Kubernetes takes`, async () => {
      for (const document of parseAllDocuments(read(file))) {
        const object = document.toJSON()
        const { [object.kind]: Model } = await import(`kubernetes-models/${object.apiVersion}/${object.kind}`)
        new Model(object).validate()
        assert.throws(() => new Model({ ...object, metadata: { name: 7 } }).validate())
      }
    })

  it('applies every file', () => {
    const { resources } = parse(read('deploy/kubernetes/kustomization.yaml'))
    assert.deepEqual([...resources].sort(), files.map((file) => basename(file)).sort())
  })

  it('runs two, who may do nothing and write nothing', () => {
    const { replicas, template } = deployment.spec
    assert.equal(replicas, 2)
    assert.equal(template.spec.securityContext.runAsNonRoot, true)
    assert.deepEqual(container.securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
  })

  it('asks for what is served, and lets it in', () => {
    const [{ containerPort }] = container.ports
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'])
      assert.ok(SERVED.includes(container[probe].httpGet.path), probe)
    const { ingress } = parse(read('deploy/kubernetes/network-policy.yaml')).spec
    assert.equal(ingress[0].ports[0].port, containerPort)
    assert.equal(container.env.find(({ name }: { name: string }) => name === 'PORT').value, String(containerPort))
    for (const { name } of container.env) assert.ok(isSetting(name), name)
  })

  it('selects itself everywhere', () => {
    const labels = deployment.spec.template.metadata.labels
    assert.deepEqual(deployment.spec.selector.matchLabels, labels)
    for (const [file, path] of [
      ['service', ['spec', 'selector']],
      ['disruption-budget', ['spec', 'selector', 'matchLabels']],
      ['network-policy', ['spec', 'podSelector', 'matchLabels']],
    ] as const) {
      const found = path.reduce((node, key) => node[key], parse(read(`deploy/kubernetes/${file}.yaml`)))
      assert.deepEqual(found, labels, file)
    }
  })
})

describe('deploy/azure.bicep', () => {
  const bicep = read('deploy/azure.bicep')

  it('sets what there is to be set, and asks for what is served', () => {
    const [, env = ''] = /env: \[(.*?)\n {10}\]/s.exec(bicep) ?? []
    const names = [...env.matchAll(/name: '(.*)'/g)].map(([, name = '']) => name)
    assert.ok(names.includes('TOVHOLDER_KEYS'))
    for (const name of names) assert.ok(isSetting(name), name)
    for (const [, path = ''] of bicep.matchAll(/ path: '(.*)'/g)) assert.ok(SERVED.includes(path), path)
  })

  it('closes every bracket it opens', () => {
    const open: string[] = []
    for (const [sign] of bicep.replaceAll(/\/\/.*|'[^']*'/g, '').matchAll(/[[\](){}]/g))
      if ('[({'.includes(sign)) open.push(sign)
      else assert.equal(`${open.pop()}${sign}`.replace(/\[\]|\(\)|\{\}/, ''), '')
    assert.deepEqual(open, [])
  })
})
