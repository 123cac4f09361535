import assert from 'node:assert/strict'
import type { DeliveryError } from '../../../src/app/ports.ts'
import { createApi } from '../../../src/channels/slack/api.ts'
import { createWebApi, respondAt, type WebApi } from '../../../src/channels/slack/web-api.ts'
import { type AnsweringServer, answeringServer } from '../../helpers/answering.ts'

describe('how Slack is called', () => {
  let server: AnsweringServer
  let web: WebApi
  /** What was asked, and what is answered. */
  let asked: { url: string | undefined; type: string | undefined; by: string | undefined; got: string }
  let answers: { status?: number; headers?: Record<string, string>; body: string }
  before(async () => {
    server = await answeringServer(({ url, headers }, res, got) => {
      asked = { url, type: headers['content-type'], by: headers.authorization, got }
      res.writeHead(answers.status ?? 200, answers.headers)
      res.end(answers.body)
    })
    web = createWebApi({ url: `${server.url}/api/`, timeout: 2000 })
  })
  beforeEach(() => {
    answers = { body: '{"ok":true}' }
  })
  after(() => server.close())

  const fails = (expected: Partial<DeliveryError>) =>
    assert.rejects(web('xoxb-1', 'auth.test', {}), { name: 'Error', retryAfter: undefined, ...expected })

  it('has the token in a header, and what holds blocks as JSON', async () => {
    answers.body = '{"ok":true,"ts":"1.2"}'
    const message = { channel: 'C1', text: 'Hej på dig', blocks: [{ type: 'divider' as const }] }
    assert.equal((await web('xoxb-1', 'chat.postMessage', message)).ts, '1.2')
    assert.deepEqual(
      [asked.url, asked.by, asked.type],
      ['/api/chat.postMessage', 'Bearer xoxb-1', 'application/json; charset=utf-8'],
    )
    assert.deepEqual(JSON.parse(asked.got), message)
  })

  it('is a form where something is only read, since Slack takes no JSON there', async () => {
    await web('xoxb-1', 'users.info', { user: 'U1', include_locale: true })
    assert.deepEqual([asked.type, asked.got], ['application/x-www-form-urlencoded', 'user=U1&include_locale=true'])
    await web('xoxb-1', 'auth.test', {})
    assert.equal(asked.got, '')
  })

  it('says what Slack does not want, in the words of Slack', async () => {
    answers.body = '{"ok":false,"error":"channel_not_found"}'
    await fails({ code: 'channel-not-found', permanent: true })
    answers.body = '{"ok":false,"error":"fatal_error"}'
    await fails({ code: 'fatal-error', permanent: false })
    answers.body = '{"ok":false,"error":"account_inactive"}'
    await fails({ code: 'slack-token-refused', permanent: false, cause: 'account_inactive' })
  })

  it('waits as long as Slack asks for, where it says how long', async () => {
    answers = { status: 429, headers: { 'retry-after': '3' }, body: '{"ok":false,"error":"ratelimited"}' }
    await fails({ code: 'throttled', permanent: false, retryAfter: 3000 })
    for (const odd of [{}, { 'retry-after': 'soon' }] as Record<string, string>[]) {
      answers = { status: 429, headers: odd, body: '' }
      await fails({ code: 'throttled', permanent: false })
    }
  })

  it('takes nothing for an answer of Slack’s that is none, and quotes nothing of it', async () => {
    for (const body of [
      '',
      'null',
      '7',
      '[]',
      '{}',
      '<html>Forbidden by somebody on the way</html>',
      '{"ok":false}',
      '{"ok":false,"error":"Anna Hansen"}',
      '{"ok":"yes"}',
    ]) {
      answers = { body }
      await assert.rejects(web('xoxb-1', 'auth.test', {}), (error: DeliveryError) => {
        assert.deepEqual([error.code, error.permanent], ['unavailable', false], body)
        assert.doesNotMatch(String(error.stack), /Anna|Forbidden/)
        return true
      })
    }
    answers = { status: 503, body: '{"ok":true}' }
    await fails({ code: 'unavailable', permanent: false })
    answers = { status: 403, body: '{"ok":true}' }
    await fails({ code: 'refused', permanent: true })
  })

  it('follows nobody elsewhere', async () => {
    answers = { status: 302, headers: { location: '/elsewhere' }, body: '{"ok":true}' }
    await fails({ code: 'refused', permanent: true })
    assert.equal(asked.url, '/api/auth.test')
    await assert.rejects(respondAt(`${server.url}/commands/1`, {}, 1000), { code: 'unreachable', permanent: false })
  })

  it('says so where nobody answers, or not in time', async () => {
    const nobody = createWebApi({ url: 'http://127.0.0.1:1/api/', timeout: 2000 })
    await assert.rejects(nobody('xoxb-1', 'auth.test', {}), { code: 'unreachable', permanent: false })
    const hanging = await answeringServer(() => {})
    try {
      const impatient = createWebApi({ url: `${hanging.url}/api/`, timeout: 50 })
      await assert.rejects(impatient('xoxb-1', 'auth.test', {}), { code: 'unreachable', permanent: false })
      // And no longer than whoever asks has time.
      const late = { code: 'unreachable', permanent: false }
      const patient = createWebApi({ url: `${hanging.url}/api/`, timeout: 60_000 })
      await assert.rejects(patient('xoxb-1', 'auth.test', {}, 50), late)
      const find = async (id: string) => ({ id, token: 'xoxb-1', botUser: 'U1' })
      const api = createApi({ web: patient, find, log: { error() {} }, timeout: 60_000, url: `${hanging.url}/api/` })
      await assert.rejects(api.call('T1', 'auth.test', {}, 50), late)
      await assert.rejects(api.respond(`${hanging.url}/commands/1`, {}, 50), late)
    } finally {
      await hanging.close()
    }
  })

  it('keeps its connection, whatever is answered', async () => {
    answers = { status: 429, headers: { 'retry-after': '3' }, body: 'x'.repeat(100_000) }
    const before = server.connections()
    for (let time = 0; time < 20; time++) await fails({ code: 'throttled', retryAfter: 3000 })
    assert.ok(server.connections() - before <= 1)
  })

  it('answers at an address that Slack has given, and says whether that may be tried again', async () => {
    await respondAt(`${server.url}/commands/1`, { text: 'Hej' }, 1000)
    assert.deepEqual([asked.type, asked.got, asked.by], ['application/json', '{"text":"Hej"}', undefined])
    for (const [status, permanent] of [
      [404, true],
      [429, false],
      [500, false],
    ] as const) {
      answers = { status, body: '' }
      await assert.rejects(respondAt(`${server.url}/commands/1`, {}, 1000), { code: 'response-refused', permanent })
    }
  })
})
