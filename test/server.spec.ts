import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { close, createServer, listen } from '../src/server.ts'
import { slackCast } from './helpers/fake-slack.ts'
import { freePort } from './helpers/ports.ts'
import { type SlackStage, slackStage } from './helpers/slack-stage.ts'
import { CAST, type TeamsStage, teamsStage } from './helpers/teams-stage.ts'

const SECRET = 'Hemmelig Hansen'
const JSON_TYPE = { 'content-type': 'application/json' }
const KB = 1024

/** Sends a form with a file; where files are kept that come with forms, there is none afterwards. */
async function leavingNoFiles(send: (form: FormData) => Promise<void>): Promise<void> {
  const { TMPDIR } = process.env
  const uploads = mkdtempSync(join(tmpdir(), 'tov-uploads-'))
  process.env.TMPDIR = uploads
  const form = new FormData()
  form.set('file', new Blob([SECRET]), 'secret.txt')
  await send(form)
  await wait(50)
  process.env.TMPDIR = TMPDIR ?? '/tmp'
  assert.deepEqual(readdirSync(uploads), [])
  rmSync(uploads, { recursive: true })
}

describe('the HTTP endpoint', () => {
  let stage: TeamsStage
  before(async () => {
    stage = await teamsStage('en')
  })
  after(() => stage.close())

  /** Asks, and makes sure that the answer tells nothing: neither what was sent nor where in the code it failed. */
  async function ask(path: string, init: RequestInit & { duplex?: 'half' } = {}) {
    const answer = await fetch(`${stage.url}${path}`, init)
    const text = await answer.text()
    assert.doesNotMatch(text, /Hemmelig|Hansen|node_modules|\.ts\b|\n\s+at /)
    assert.ok(text.length < 200, text)
    return { status: answer.status, body: text ? JSON.parse(text) : undefined }
  }
  const post = (body: RequestInit['body'], headers: Record<string, string> = JSON_TYPE, more: object = {}) =>
    ask('/api/messages', { method: 'POST', body, headers, ...more })

  it('says that it lives', async () => {
    assert.deepEqual(await ask('/health'), { status: 200, body: { ok: true } })
  })

  it('is ready while it has its Redis, and says so within three seconds when it has not', async () => {
    assert.deepEqual(await ask('/ready'), {
      status: 200,
      body: { ready: true, faults: [], warnings: [], oldestDueSeconds: 0 },
    })
    const gone = { status: 503, ready: false, faults: ['redis-unavailable'], warnings: [] }
    // How late the oldest delivery is may still be known from a moment ago.
    const asked = async () => {
      const { status, body } = await ask('/ready')
      const { oldestDueSeconds: _, ...rest } = body
      return { status, ...rest }
    }
    stage.redis.freeze()
    const started = performance.now()
    assert.deepEqual(await asked(), gone)
    assert.ok(performance.now() - started < 3000)
    stage.redis.thaw()
    await stage.redis.kill()
    assert.deepEqual(await asked(), gone)
    assert.equal((await ask('/health')).status, 200)
    await stage.redis.restart()
    for (let tries = 0; (await ask('/ready')).status !== 200; tries++) {
      assert.ok(tries < 50)
      await wait(100)
    }
  })

  it('refuses what is not JSON', async () => {
    for (const body of [`{"text": "${SECRET}`, SECRET, `"${SECRET}"`, `["${SECRET}"]`, 'null', ''])
      assert.deepEqual(await post(body), { status: 400, body: { error: 'bad-request' } }, body)
    assert.deepEqual(await post(JSON.stringify({ text: SECRET }), { 'content-type': 'text/plain' }), {
      status: 415,
      body: { error: 'json-only' },
    })
  })

  it('refuses JSON that is no activity, or comes from elsewhere', async () => {
    for (const body of [
      {},
      { type: 'message', text: SECRET },
      { channelId: 'msteams', serviceUrl: `http://${SECRET}` },
    ])
      assert.equal((await post(JSON.stringify(body))).status, 403)
    const ours = { channelId: 'msteams', serviceUrl: stage.connector.serviceUrl }
    for (const body of [ours, { ...ours, type: 'message' }, { ...ours, type: 7, conversation: { id: SECRET } }])
      assert.deepEqual(await post(JSON.stringify(body)), { status: 400, body: { error: 'bad-request' } })
  })

  it('refuses a body that is too large, announced or not', async () => {
    const large = JSON.stringify({ text: SECRET.repeat(20 * KB) })
    assert.ok(large.length > 256 * KB)
    const tooLarge = { status: 413, body: { error: 'too-large' } }
    assert.deepEqual(await post(large), tooLarge)
    assert.deepEqual(await post(new Blob([large]).stream(), JSON_TYPE, { duplex: 'half' }), tooLarge)
    const nearly = JSON.stringify({ text: 'x'.repeat(255 * KB) })
    assert.equal((await post(nearly)).status, 403)
  })

  it('refuses a body that is too deep, and takes one that is as deep as a card', async () => {
    const tooDeep = { status: 400, body: { error: 'too-deep' } }
    for (const depth of [65, 1000, 100_000])
      for (const [open, shut] of [
        ['[', ']'],
        ['{"text":', '}'],
      ] as const)
        if ((open.length + 1) * depth < 250 * KB)
          assert.deepEqual(await post(`{"x":${open.repeat(depth)}1${shut.repeat(depth)}}`), tooDeep, `${open} ${depth}`)
    assert.equal((await post(`{"x":${'['.repeat(40)}1${']'.repeat(40)}}`)).status, 403)
  })

  it('refuses a compressed body, which may be larger than it looks', async () => {
    const body = gzipSync(JSON.stringify({ text: SECRET }))
    assert.deepEqual(await post(body, { ...JSON_TYPE, 'content-encoding': 'gzip' }), {
      status: 415,
      body: { error: 'compressed-body' },
    })
  })

  it('refuses a form with files, and leaves none of them behind', async () => {
    await leavingNoFiles(async (form) => {
      assert.deepEqual(await post(form, {}), { status: 415, body: { error: 'json-only' } })
      assert.deepEqual(await post(new URLSearchParams({ text: SECRET }), {}), {
        status: 415,
        body: { error: 'json-only' },
      })
    })
  })

  it('knows no other place and no other way', async () => {
    assert.deepEqual(await ask(`/${encodeURIComponent(SECRET)}`), { status: 404, body: { error: 'not-found' } })
    assert.equal((await ask('/api/messages/%E0%A4%A?q=Hemmelig')).status, 404)
    assert.deepEqual(await ask('/api/messages'), { status: 405, body: { error: 'method-not-allowed' } })
    assert.equal((await ask('/health', { method: 'DELETE' })).status, 405)
  })

  it('answers an action it does not know, as Teams wants it', async () => {
    for (const name of ['composeExtension/query', 'config/fetch', SECRET]) {
      const activity = stage.connector.activity(CAST.karen, 'direct', { type: 'invoke', name, value: { text: SECRET } })
      const { status, body } = await post(JSON.stringify(activity))
      assert.equal(status, 200)
      assert.deepEqual([body.statusCode, body.type], [501, 'application/vnd.microsoft.error'])
    }
  })
})

describe('the HTTP endpoint for Slack', () => {
  const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' }
  const MINUTE = 60
  let stage: SlackStage
  before(async () => {
    stage = await slackStage('en')
  })
  after(() => stage.close())
  afterEach(() => {
    assert.doesNotMatch(stage.logged(), /Hemmelig|Hansen|v0=|test-signing-secret/)
    assert.deepEqual(answered(), [])
  })

  const own = () => stage.slack.direct(slackCast.karen.id)
  /** What was said to her, who would be answered. */
  const answered = () => stage.slack.requests.filter(({ args }) => args.channel === own())

  /** Something said by somebody who would be answered, as Slack sends it. */
  function said(text = SECRET, more: object = {}): string {
    const event = {
      type: 'message',
      channel_type: 'im',
      channel: own(),
      user: slackCast.karen.id,
      text,
      ts: '1.1',
    }
    const ids = { team_id: 'T0SKOLEN01', event_id: `Ev${text.length}`, api_app_id: stage.slack.appId }
    return JSON.stringify({ type: 'event_callback', ...ids, event, ...more })
  }
  async function post(body: RequestInit['body'], headers: Record<string, string>, more: object = {}) {
    const answer = await fetch(`${stage.url}/slack/events`, { method: 'POST', body, headers, ...more })
    const text = await answer.text()
    assert.doesNotMatch(text, /Hemmelig|Hansen|node_modules|\.ts\b|\n\s+at /)
    return { status: answer.status, text }
  }
  const signed = (body: string, delivery = {}) => stage.slack.signed(body, delivery)
  const now = () => Math.floor(Date.now() / 1000)

  it('takes nobody’s word who does not know the secret', async () => {
    const body = said()
    const { 'x-slack-signature': signature = '', ...unsigned } = signed(body)
    for (const headers of [
      {},
      unsigned,
      { 'x-slack-signature': signature },
      { ...unsigned, 'x-slack-signature': '' },
      { ...unsigned, 'x-slack-signature': 'v0=' },
      { ...unsigned, 'x-slack-signature': signature.replace('v0=', 'v1=') },
      { ...unsigned, 'x-slack-signature': signature.replace(/.$/, (last) => (last === '0' ? '1' : '0')) },
      signed(body, { secret: 'another-secret' }),
      // Good for something else that was said.
      signed(said('hej')),
    ])
      assert.deepEqual(
        await post(body, { ...JSON_TYPE, ...headers }),
        { status: 401, text: '' },
        JSON.stringify(headers),
      )
  })

  it('takes nothing that is older than five minutes, or claims to be of later', async () => {
    const body = said()
    for (const timestamp of [now() - 6 * MINUTE, 0, now() + 6 * MINUTE, now() + 1e9, Number.NaN])
      assert.equal((await post(body, { ...JSON_TYPE, ...signed(body, { timestamp }) })).status, 401, String(timestamp))
  })

  it('answers what is signed, in the workspace that the app is installed in', async () => {
    // From a channel that is shared with another school.
    const body = said('hjælp', { team_id: 'T0ANOTHER1', authorizations: [{ team_id: 'T0SKOLEN01' }] })
    assert.equal((await post(body, { ...JSON_TYPE, ...signed(body) })).status, 200)
    assert.deepEqual(
      answered().map(({ method, team }) => [method, team]),
      [['chat.postMessage', 'T0SKOLEN01']],
    )
    stage.slack.requests.splice(0)
  })

  it('refuses what is not JSON, though it was signed', async () => {
    for (const body of [`{"text": "${SECRET}`, SECRET, ''])
      assert.deepEqual(await post(body, { ...JSON_TYPE, ...signed(body) }), { status: 400, text: '' }, body)
    const payload = String(new URLSearchParams({ payload: `{"text": "${SECRET}` }))
    assert.equal((await post(payload, { ...FORM_TYPE, ...signed(payload) })).status, 400)
  })

  it('refuses a body that is too large, announced or not, before it asks who sent it', async () => {
    const large = said(SECRET.repeat(20 * KB))
    assert.equal((await post(large, { ...JSON_TYPE, ...signed(large) })).status, 413)
    assert.equal((await post(new Blob([large]).stream(), JSON_TYPE, { duplex: 'half' })).status, 413)
  })

  it('refuses a form with files, and leaves none of them behind', async () => {
    await leavingNoFiles(async (form) => {
      assert.equal((await post(form, {})).status, 401)
    })
  })

  it('tells Slack that the address is ours, and nobody else', async () => {
    const { status, body } = await stage.slack.verifiesUrl('a-challenge')
    assert.deepEqual([status, body], [200, { challenge: 'a-challenge' }])
    assert.equal((await stage.slack.verifiesUrl('a-challenge', { secret: 'another-secret' })).status, 401)
    const odd = `{"type":"url_verification","challenge":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    assert.equal((await post(odd, { ...JSON_TYPE, ...signed(odd) })).status, 200)
  })

  it('answers a check of its certificate, with which nothing can be smuggled in', async () => {
    const payload = said()
    assert.deepEqual(await post(String(new URLSearchParams({ ssl_check: '1', payload })), FORM_TYPE), {
      status: 200,
      text: '',
    })
  })

  it('answers signed nonsense without harm', async () => {
    const nonsense = ['{}', '[]', '7', '{"type":"event_callback"}', '{"type":"event_callback","event":{}}']
    const answers = nonsense.map(async (body) => post(body, { ...JSON_TYPE, ...signed(body) }))
    for (const { status } of await Promise.all(answers)) assert.ok(status < 500, String(status))
    assert.equal((await fetch(`${stage.url}/health`)).status, 200)
  })

  it('knows no other place and no other way', async () => {
    for (const [path, method, status] of [
      ['/slack/events', 'GET', 405],
      ['/slack/install', 'GET', 404],
      ['/slack/oauth_redirect?code=1&state=2', 'GET', 404],
      ['/slack/other', 'POST', 404],
      // The same place, and the same is asked of whoever comes.
      ['/slack/events/', 'POST', 401],
      ['/api/messages', 'POST', 404],
    ] as const) {
      const answer = await fetch(`${stage.url}${path}`, { method })
      assert.equal(answer.status, status, `${method} ${path}`)
    }
  })
})

describe('what the server does not say', () => {
  it('is anything to a log of the library’s own, which would keep whole requests', () => {
    const server = createServer({ faults: async () => [], warnings: () => [] })
    assert.equal((server.log as unknown as { level: string }).level, 'silent')
    server.close()
  })
})

describe('the HTTP endpoint of a registered bot', () => {
  let port: number
  let server: ReturnType<typeof createServer>
  let heard: number
  beforeEach(async () => {
    heard = 0
    server = createServer({
      teams: {
        answer: async () => {
          heard++
          return { status: 200 }
        },
        tokenNeeded: true,
      },
      faults: async () => [],
      warnings: () => [],
    })
    port = await freePort()
    await listen(server, port, '127.0.0.1')
  })
  afterEach(() => close(server, 100))

  /** Sends so much and no more, and reads until the server hangs up. */
  async function raw(sent: string): Promise<string> {
    const socket = connect(port, '127.0.0.1')
    socket.write(sent)
    return (await socket.toArray()).join('')
  }
  const head = (...lines: string[]) =>
    ['POST /api/messages HTTP/1.1', 'host: x', 'content-type: application/json', ...lines, '', ''].join('\r\n')

  it('turns away whoever has no token before the body has come', async () => {
    const answer = await raw(head('content-length: 200000'))
    assert.match(answer, /^HTTP\/1\.1 401 [\s\S]*\{"error":"unauthorized"\}$/)
    assert.equal(heard, 0)
  })

  it('turns away a body that is announced as too large before it has come', async () => {
    assert.match(await raw(head('content-length: 300000', 'authorization: Bearer x')), /^HTTP\/1\.1 413 /)
  })

  it('lets a token through to be looked at', async () => {
    assert.match(await raw(`${head('content-length: 2', 'authorization: Bearer x', 'connection: close')}{}`), / 200 /)
    assert.equal(heard, 1)
  })

  it('stops in time although a request never ends', async () => {
    const stuck = connect(port, '127.0.0.1')
    stuck.on('error', () => {})
    stuck.write(head('content-length: 20', 'authorization: Bearer x'))
    await wait(50)
    const started = performance.now()
    await close(server, 200)
    assert.ok(performance.now() - started < 1000)
    stuck.destroy()
    server = createServer({ faults: async () => [], warnings: () => [] })
  })

  it('says in one sentence that its port is taken', async () => {
    const second = createServer({ faults: async () => [], warnings: () => [] })
    await assert.rejects(listen(second, port, '127.0.0.1'), {
      code: 'port-taken',
      message: new RegExp(`^Something else listens on port ${port}: stop it, or set PORT\\.$`),
    })
  })
})
