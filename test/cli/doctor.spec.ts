import { strict as assert } from 'node:assert'
import { randomBytes } from 'node:crypto'
import { checkTeams } from '../../src/channels/teams/check.ts'
import { doctor } from '../../src/cli/doctor.ts'
import { answeringServer } from '../helpers/answering.ts'
import { createFakeSlack, slackWorkspace } from '../helpers/fake-slack.ts'
import { type PlainService, plainService, TEAM, withTeam } from '../helpers/plain-service.ts'
import { freePort } from '../helpers/ports.ts'
import { startRedis, type TestRedis } from '../helpers/redis.ts'

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`
const KEYS = key('k1')
const ROOT = new URL('../..', import.meta.url).pathname
/** Ahead of what the doctor may call late, in milliseconds. */
const HOUR = 3_600_000

describe('the doctor', function () {
  this.timeout(20_000)
  let redis: TestRedis
  let running: PlainService
  beforeEach(async () => {
    redis = await startRedis()
    running = await plainService(redis, { keys: KEYS })
    await withTeam(running, ['anna'])
  })
  afterEach(async () => {
    await running.service.close()
    await redis.stop()
  })

  async function examine(more: Record<string, string> = {}): Promise<{ code: number; said: string }> {
    const said: string[] = []
    const port = new URL(running.url).port
    const env = { REDIS_URL: redis.socket, TOVHOLDER_KEYS: KEYS, PORT: port, ...more }
    const code = await doctor.run([], { env, root: ROOT, print: (text) => void said.push(text) })
    return { code, said: said.join('\n') }
  }

  it('finds nothing where all is well', async () => {
    const { code, said } = await examine()
    assert.equal(code, 0, said)
    for (const what of [
      'settings: whole',
      'dialogs and cards: in order',
      'Redis: takes a write',
      'clock: ',
      '1 of 1 documents open',
    ])
      assert.ok(said.includes(what), `${what}\nis not in\n${said}`)
    assert.match(said, /deliveries: 0 due now\nok {6}service: answers on port/)
    assert.doesNotMatch(said, /→|FAULT/)
  })

  it('names faulty settings and goes no further', async () => {
    const { code, said } = await examine({ MicrosoftAppId: 'not an id', TOVHOLDER_KEYS: 'x' })
    assert.equal(code, 1)
    assert.match(said, /FAULT {3}settings\n.*MicrosoftAppId/s)
    assert.doesNotMatch(said, /Redis:|not an id/)
  })

  it('says where Redis was looked for', async () => {
    const port = await freePort()
    const { code, said } = await examine({ REDIS_URL: `redis://someone:sesame@127.0.0.1:${port}` })
    assert.equal(code, 1)
    assert.match(said, new RegExp(`Redis: cannot be reached\\n.*127\\.0\\.0\\.1:${port}`))
    assert.doesNotMatch(said, /sesame/)
  })

  it('says which setting of Redis loses data', async () => {
    await running.service.close()
    await redis.stop()
    redis = await startRedis({ appendonly: 'no' })
    const { code, said } = await examine()
    assert.equal(code, 1)
    assert.match(said, /FAULT {3}Redis: appendonly is no, should be yes\n +→ Set "appendonly yes"/)
    assert.match(said, /look {4}service: nothing answers/)
  })

  it('tells keys that are missing from keys that are old', async () => {
    const other = key('k2')
    const old = await examine({ TOVHOLDER_KEYS: `${other},${KEYS}` })
    assert.equal(old.code, 0)
    assert.match(old.said, /1 documents are sealed with a former key\n +→ npm run -s cli -- rotate-keys/)
    const missing = await examine({ TOVHOLDER_KEYS: other })
    assert.equal(missing.code, 1)
    assert.match(missing.said, /1 documents need the key "k1"/)
    const broken = await examine({ TOVHOLDER_KEYS: key('k1') })
    assert.match(broken.said, /1 documents do not open/)
  })

  it('sees what is late and what was set aside', async () => {
    const { store, queue } = running.service
    await queue.close()
    const entry = { kind: 'post' as const, ids: ['p'], at: 1 }
    await store.commit({ team: TEAM, writes: [], due: [entry], audit: [] })
    await store.bury(TEAM, entry, 'poison')
    await store.commit({
      team: TEAM,
      writes: [],
      due: [{ kind: 'post', ids: ['q'], at: (await store.now()) - HOUR }],
      audit: [],
    })
    const { code, said } = await examine()
    assert.equal(code, 1)
    assert.match(said, /something has been due for 60 minutes/)
    assert.match(said, /1 set aside/)
  })

  it('tries the tokens of Slack', async () => {
    const slack = await createFakeSlack({})
    const settings = { SLACK_API_URL: slack.apiUrl, SLACK_SIGNING_SECRET: 'a-signing-secret' }
    try {
      const good = await examine({ ...settings, SLACK_BOT_TOKEN: slackWorkspace().token })
      assert.match(good.said, /ok {6}Slack: SLACK_BOT_TOKEN is taken/)
      const bad = await examine({ ...settings, SLACK_BOT_TOKEN: 'xoxb-wrong' })
      assert.equal(bad.code, 1)
      assert.match(bad.said, /SLACK_BOT_TOKEN is not taken \(invalid_auth\)/)
      assert.doesNotMatch(bad.said, /xoxb-wrong/)
    } finally {
      await slack.close()
    }
    const away = await examine({ ...settings, SLACK_BOT_TOKEN: 'xoxb-any' })
    assert.match(away.said, /Slack could not be asked/)
    // Somebody on the way, who says nothing of the token.
    const proxy = await answeringServer((_req, res) => {
      res.writeHead(403)
      res.end('Not from here')
    })
    try {
      const { said } = await examine({ ...settings, SLACK_API_URL: `${proxy.url}/api/`, SLACK_BOT_TOKEN: 'xoxb-any' })
      assert.match(said, /Slack could not be asked/)
    } finally {
      proxy.close()
    }
  })

  it('tells a secret that Entra refuses from an Entra that cannot be reached', async () => {
    const id = '00000000-0000-4000-8000-000000000001'
    const config = {
      anonymous: false,
      appId: id,
      appPassword: 'x',
      appType: 'SingleTenant',
      appTenantId: id,
      allowedTenants: [id],
    } as const
    assert.equal((await checkTeams(config, async () => 'token')).remedy, undefined)
    const secret = await checkTeams(config, () =>
      Promise.reject(new Error('7000215 AADSTS7000215: Invalid client secret hemmelig')),
    )
    assert.deepEqual([secret.refused, secret.what], [true, 'Entra gives no token (AADSTS7000215)'])
    const away = await checkTeams(config, () => Promise.reject(new Error('getaddrinfo ENOTFOUND')))
    assert.equal(away.refused, false)
    assert.match(away.remedy ?? '', /reach login/)
  })
})
