import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isResponseUrl } from '../../../src/channels/slack/api.ts'
import { type FakeSlack, GENERAL, slackCast, slackWorkspace } from '../../helpers/fake-slack.ts'
import { type Bot, button, card, startBot, until } from './setup.ts'

const { karen } = slackCast
const { id: TEAM } = slackWorkspace()
const IN_CHANNEL = { channel: GENERAL }

describe('Slack’s Web API', () => {
  let bot: Bot
  let slack: FakeSlack
  beforeEach(async () => {
    bot = await startBot()
    slack = bot.slack
  })
  afterEach(() => bot.close())
  const post = () => bot.channel.messenger.post(`slack:${TEAM}/${GENERAL}`, card('x'), 's')
  const warnings = async () => ((await (await fetch(`${bot.url}/ready`)).json()) as { warnings: string[] }).warnings

  describe('that takes the token no more', () => {
    const revoked = { error: 'token_revoked' } as const

    it('is told of once in the log, and on /ready for as long as it lasts', async () => {
      assert.deepEqual(await warnings(), [])
      slack.misbehaveIn('chat.postMessage', revoked, revoked, { error: 'account_inactive' })
      for (let times = 0; times < 3; times++) await assert.rejects(post(), { code: 'slack-token-refused' })
      assert.deepEqual(bot.logged, [
        {
          workspace: TEAM,
          code: 'slack-token-refused',
          message: 'Slack takes this token no more; install the app again',
        },
      ])
      assert.deepEqual(await warnings(), ['slack-token-refused'])
      await post()
      assert.deepEqual(await warnings(), [])
    })

    it('is told of at the start', async () => {
      const other = await startBot({ config: { access: { token: 'xoxb-of-yesterday' } } })
      try {
        await until(() => other.channel.warnings().length > 0)
        assert.deepEqual(other.channel.warnings(), ['slack-token-refused'])
        assert.equal((await other.slack.joins('G0TRIVSEL1', slackCast.bo.id))?.status, 503)
        assert.doesNotMatch(JSON.stringify(other.logged), /yesterday/)
      } finally {
        await other.close()
      }
    })

    it('is forgotten as soon as it is taken again, also where that was at the start', async () => {
      const other = await startBot({
        prepare: (there) => void there.misbehaveIn('auth.test', revoked) as undefined,
      })
      try {
        await until(() => other.channel.warnings().length > 0)
        await other.channel.messenger.post(`slack:${TEAM}/${GENERAL}`, card('x'), 's')
        assert.deepEqual(other.channel.warnings(), [])
      } finally {
        await other.close()
      }
    })

    it('keeps the service in rotation', async () => {
      slack.misbehaveIn('chat.postMessage', revoked)
      await assert.rejects(post())
      assert.equal((await fetch(`${bot.url}/ready`)).status, 200)
    })

    it('is told of again when it happens again', async () => {
      slack.misbehaveIn('chat.postMessage', revoked)
      await assert.rejects(post())
      await post()
      slack.misbehaveIn('chat.postMessage', revoked)
      await assert.rejects(post())
      assert.equal(bot.logged.length, 2)
    })
  })

  describe('answers only at Slack’s own addresses', () => {
    /** A server that is not Slack's. */
    async function stranger() {
      let heard = 0
      const server = createServer((_request, response) => {
        heard++
        response.end()
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      const { port } = server.address() as AddressInfo
      return { url: `http://127.0.0.1:${port}/commands/x`, port, heard: () => heard, close: () => server.close() }
    }

    it('whatever address a command or a click names', async () => {
      const evil = await stranger()
      try {
        bot.state.reply = { card: button('pick') }
        const good = new URL(slack.apiUrl)
        for (const response_url of [
          evil.url,
          `http://${good.host}@127.0.0.1:${evil.port}/`,
          'http://169.254.169.254/latest/meta-data',
          'file:///etc/passwd',
          'no address',
          '',
        ])
          assert.equal((await slack.tester(karen).commands('hi', IN_CHANNEL, { response_url })).status, 200)
        assert.deepEqual([evil.heard(), bot.asked('response_url'), bot.heard.length], [0, 0, 6])
        await slack.tester(karen).says('hi', IN_CHANNEL)
        const [shown = assert.fail()] = slack.ephemerals
        await slack.tester(karen).clicks(shown, '0:bare:pick', {}, { response_url: evil.url })
        assert.equal(evil.heard(), 0)
        assert.deepEqual(bot.codes(), Array(7).fill('foreign-response-url'))
        assert.doesNotMatch(JSON.stringify(bot.logged), /169\.254|passwd/)
      } finally {
        evil.close()
      }
    })

    it('which are those of slack.com, or of the Slack that is set', () => {
      const GOV = 'https://slack-gov.com/api/'
      for (const [url, api] of [
        ['https://hooks.slack.com/commands/T1/2/x', undefined],
        ['https://hooks.slack.com/actions/T1/2/x', undefined],
        ['https://hooks.slack-gov.com/commands/T1/2/x', GOV],
        ['https://slack-gov.com/commands/T1/2/x', GOV],
        ['http://127.0.0.1:7777/commands/T1/2/x', 'http://127.0.0.1:7777/api/'],
      ] as const)
        assert.equal(isResponseUrl(url, api), true, url)
      for (const [url, api] of [
        ['http://hooks.slack.com/commands/T1/2/x', undefined],
        ['https://hooks.slack.com:8443/x', undefined],
        ['https://hooks.slack.com.evil.example/x', undefined],
        ['https://evil.example/hooks.slack.com', undefined],
        ['https://hooks.slack.com@evil.example/x', undefined],
        ['https://slack.com/api/x', undefined],
        ['https://hooks.slack.com/x', GOV],
        ['https://evilslack-gov.com/x', GOV],
        ['https://other.slack-gov.com/x', GOV],
        ['http://127.0.0.1:7778/x', 'http://127.0.0.1:7777/api/'],
        ['', undefined],
      ] as const)
        assert.equal(isResponseUrl(url, api), false, url)
    })

    it('and follows none that leads elsewhere', async () => {
      const evil = await stranger()
      // A Slack whose addresses for answers lead to somebody else.
      const leading = createServer(async (request, response) => {
        const { authorization = '', 'content-type': type = '' } = request.headers
        const body = Buffer.concat(await request.toArray()).toString()
        if (request.url === '/commands/x') response.setHeader('location', evil.url)
        response.statusCode = request.url === '/commands/x' ? 307 : 200
        const headers = { authorization, 'content-type': type }
        const to = request.url?.startsWith('/api/') && new URL(request.url, slack.apiUrl)
        response.end(to ? await (await fetch(to, { method: 'POST', headers, body })).text() : '')
      })
      leading.listen(0, '127.0.0.1')
      await once(leading, 'listening')
      const origin = `http://127.0.0.1:${(leading.address() as AddressInfo).port}`
      const other = await startBot({ config: { apiUrl: `${origin}/api/` } })
      try {
        other.state.reply = { text: 'Hello' }
        await other.slack.tester(karen).commands('hi', IN_CHANNEL, { response_url: `${origin}/commands/x` })
        assert.deepEqual([evil.heard(), other.codes()], [0, ['unreachable']])
      } finally {
        await other.close()
        leading.close()
        evil.close()
      }
    })
  })

  it('sends the token in a header, and in no address or log', async () => {
    slack.misbehaveIn('chat.postMessage', { status: 500 }, { error: 'invalid_arguments' })
    for (let times = 0; times < 2; times++) await assert.rejects(post())
    assert.doesNotMatch(JSON.stringify([bot.logged, slack.requests]), /xoxb/)
  })
})
