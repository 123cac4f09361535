import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { SCHOOL, TEACHER } from '../src/local/school.ts'
import { wordsOn } from './helpers/cards.ts'
import { freePort } from './helpers/ports.ts'

const MAIN = new URL('../src/main.ts', import.meta.url).pathname

interface Started {
  child: ChildProcess
  said: () => string
  complained: () => string
  ended: Promise<number | null>
}

describe('npm start', function () {
  this.timeout(60_000)
  let dir: string
  let port: number
  let playground: number
  const children = new Set<ChildProcess>()

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tov-main-'))
    port = await freePort()
    playground = await freePort()
  })
  afterEach(async () => {
    for (const child of children) {
      // What it has started ends with it.
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      children.delete(child)
    }
  })
  after(() => rm(dir, { recursive: true, force: true }))

  function start(settings: Record<string, string> = {}): Started {
    const env = { PATH: process.env.PATH, TOVHOLDER_DATA: dir, PORT: `${port}`, PLAYGROUND_PORT: `${playground}` }
    const child = spawn(process.execPath, [MAIN], { env: { ...env, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] })
    children.add(child)
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    const ended = once(child, 'close').then(([code]) => code as number | null)
    return { child, said: () => out, complained: () => err, ended }
  }

  async function ready(started: Started): Promise<Started> {
    const over = started.ended.then((code) => assert.fail(`ended with ${code}:\n${started.complained()}`))
    const invited = async () => {
      while (!started.said().includes('Ctrl-C')) await once(started.child.stdout ?? started.child, 'data')
    }
    await Promise.race([invited(), over])
    return started
  }

  async function stop({ child, ended }: Started, signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
    const asked = performance.now()
    child.kill(signal)
    assert.equal(await ended, 0)
    assert.ok(performance.now() - asked < 10_000)
  }

  /** Ends with code 1, and all it says is this. */
  async function refuses(started: Started, words: RegExp): Promise<void> {
    assert.equal(await started.ended, 1)
    assert.match(started.complained(), words)
    assert.doesNotMatch(started.complained(), /\n\s+at |node:/)
  }

  const answers = (where: number | string, host = '127.0.0.1'): Promise<boolean> =>
    new Promise((tell) => {
      const socket = typeof where === 'string' ? connect(where) : connect(where, host)
      socket.once('connect', () => {
        socket.destroy()
        tell(true)
      })
      socket.once('error', () => tell(false))
    })

  const listening = async (at = 0, serve?: Parameters<typeof createServer>[1]): Promise<Server> => {
    const server = serve ? createServer(serve) : createServer()
    server.listen(at, '127.0.0.1')
    await once(server, 'listening')
    return server
  }

  /** Types something in the teacher's own chat, and reads what the bot posts there. */
  async function ask(text: string): Promise<string> {
    let heard = ''
    const teams = await listening(0, async (request, response) => {
      heard += (await request.toArray()).join('')
      response.setHeader('content-type', 'application/json')
      response.end('{"id":"1"}')
    })
    const activity = {
      type: 'message',
      id: `${Date.now()}`,
      text,
      channelId: 'msteams',
      serviceUrl: `http://127.0.0.1:${(teams.address() as AddressInfo).port}/`,
      from: { id: TEACHER.id, name: TEACHER.name, aadObjectId: TEACHER.id },
      recipient: SCHOOL.bot,
      conversation: { id: 'personal-chat', conversationType: 'personal', tenantId: SCHOOL.tenant },
      channelData: { tenant: { id: SCHOOL.tenant } },
    }
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify(activity)
    const answer = await fetch(`http://127.0.0.1:${port}/api/messages`, { method: 'POST', headers, body })
    teams.closeAllConnections()
    teams.close()
    assert.equal(answer.status, 200)
    const { text: words = '', attachments = [] } = JSON.parse(heard)
    return `${words}\n${attachments.map(({ content }: { content: unknown }) => wordsOn(content)).join('\n')}`
  }

  it('brings everything up, says where to click, takes it all down again, and remembers', async () => {
    const redis = join(dir, 'redis/redis.sock')
    const first = await ready(start())
    assert.match(first.said(), new RegExp(`Åbn http://127\\.0\\.0\\.1:${playground}\n`))
    assert.equal((await fetch(`http://127.0.0.1:${port}/health`)).status, 200)
    assert.equal((await fetch(`http://127.0.0.1:${playground}/`)).status, 200)
    const outside = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
    for (const { address, internal, family } of outside)
      if (!internal && family === 'IPv4') {
        assert.equal(await answers(port, address), false, address)
        assert.equal(await answers(playground, address), false, address)
      }
    assert.match(await ask('aftale'), /Trin 1/)
    assert.match(await ask('MK'), /Trin 2/)

    // Somebody who starts it twice is told, and the first one goes on.
    await refuses(start(), /^Another Tovholder is running on .*TOVHOLDER_DATA\.\n$/)
    assert.equal(await answers(redis), true)

    await stop(first)
    assert.deepEqual([await answers(redis), await answers(port), await answers(playground)], [false, false, false])

    const second = await ready(start())
    assert.match(await ask('fortsæt'), /Trin 2/)
    await stop(second, 'SIGTERM')
    assert.equal(await answers(redis), false)
  })

  for (const [name, which] of [
    ['PORT', () => port],
    ['PLAYGROUND_PORT', () => playground],
  ] as const)
    it(`says in one sentence that ${name} is taken, and leaves nothing running`, async () => {
      const squatter = await listening(which())
      try {
        const words = `^Something else listens on port ${which()}: stop it, or set ${name}\\.\n$`
        await refuses(start(), new RegExp(words))
        assert.equal(await answers(join(dir, 'redis/redis.sock')), false)
      } finally {
        squatter.close()
      }
    })

  it('refuses a Redis that is not there in one sentence, without its password', async () => {
    const nowhere = start({ REDIS_URL: `redis://:hemmelig@127.0.0.1:${await freePort()}` })
    await refuses(nowhere, /^Redis at 127\.0\.0\.1:\d+ is not ready .*ECONNREFUSED.*\n$/)
  })

  it('refuses production settings without tenants, naming what is missing', async () => {
    const guid = '11111111-2222-3333-4444-555555555555'
    const settings = { MicrosoftAppId: guid, MicrosoftAppPassword: 'hemmelig', MicrosoftAppTenantId: guid }
    const keys = `k:${Buffer.alloc(32).toString('base64')}`
    const started = start({ ...settings, REDIS_URL: 'redis://127.0.0.1:1', TOVHOLDER_KEYS: keys })
    await refuses(
      started,
      /^Tovholder cannot start with these settings:\n {2}TOVHOLDER_ALLOWED_TENANTS: is missing.*\n$/,
    )
  })

  it('refuses keys that are none, without repeating them', async () => {
    const started = start({ TOVHOLDER_KEYS: 'hemmelig' })
    await refuses(started, /key 1 has no id/)
    assert.doesNotMatch(started.complained(), /hemmelig/)
  })
})
