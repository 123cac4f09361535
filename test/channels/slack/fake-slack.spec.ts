import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { App, HTTPReceiver, type ViewResponseAction } from '@slack/bolt'
import type { AnyBlock, ModalView } from '@slack/types'
import { LogLevel, WebClient, type WebClientOptions } from '@slack/web-api'
import type { FakeSlack, FakeSlackOptions, Json, SlackMessage } from '../../helpers/fake-slack.ts'
import { createFakeSlack, GENERAL, slackCast, slackWorkspace, TRIVSEL } from '../../helpers/fake-slack.ts'

const { karen, birte, bo, gitte, stranger } = slackCast
const { id: TEAM, botUserId: BOT, token: TOKEN } = slackWorkspace()
const nothing = () => {}
const logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
}

const recorded = (name: string): Json => JSON.parse(readFileSync(`test/fixtures/slack/${name}.json`, 'utf8'))
const blocksOf = (name: string, part: 'message' | 'view') => (recorded(name)[part] as { blocks: AnyBlock[] }).blocks
const form = blocksOf('block-actions-direct', 'message')
const modal = (more: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  title: { type: 'plain_text', text: 'Ny aftale' },
  submit: { type: 'plain_text', text: 'Gem' },
  close: { type: 'plain_text', text: 'Luk' },
  callback_id: 'agreement',
  blocks: blocksOf('view-submission', 'view'),
  ...more,
})

describe('The fake Slack', () => {
  let slack: FakeSlack
  let client: WebClient
  /** What the test expects Slack to have refused. */
  let refused: RegExp[] = []
  const connect = (token = TOKEN, options: WebClientOptions = {}) =>
    new WebClient(token, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, logger, ...options })
  const start = async (options: FakeSlackOptions = {}) => {
    slack = await createFakeSlack(options)
    client = connect()
  }
  beforeEach(async () => {
    refused = []
    await start()
  })
  afterEach(async () => {
    await slack.close()
    assert.equal(slack.faults.length, refused.length, slack.faults.join('\n'))
    for (const [index, fault] of slack.faults.entries()) assert.match(fault, refused[index] ?? /^$/)
  })

  /** Slack refuses with this code. */
  const refuses = async (promise: Promise<unknown>, error: string, noted = true) => {
    await assert.rejects(promise, (thrown: { data?: { error?: string } }) => {
      assert.equal(thrown.data?.error, error, String(thrown))
      return true
    })
    if (noted) refused.push(new RegExp(`: ${error} \\(`))
  }
  const first = (): SlackMessage => slack.messages[0] ?? assert.fail('no message')

  describe('as its own client calls it', () => {
    it('knows whose the token is, and takes no other', async () => {
      const { team_id, user_id, bot_id, team } = await client.auth.test()
      assert.deepEqual({ team_id, user_id, team }, { team_id: TEAM, user_id: BOT, team: 'Åby Skole' })
      assert.equal(bot_id, 'B0BOT00001')
      await refuses(connect('xoxb-other').auth.test(), 'invalid_auth')
      await refuses(new WebClient(undefined, { slackApiUrl: slack.apiUrl, logger }).auth.test(), 'not_authed')
      slack.revoke(TEAM)
      await refuses(client.auth.test(), 'token_revoked')
    })

    it('posts blocks in a channel and gives them back as it keeps them', async () => {
      const blocks: AnyBlock[] = [
        { type: 'section', text: { type: 'mrkdwn', text: '*F-7K3Q*' } },
        { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Gjort' } }] },
      ]
      const { ts, channel, message } = await client.chat.postMessage({ channel: GENERAL, text: 'F-7K3Q', blocks })
      assert.deepEqual([channel, ts], [GENERAL, first().id])
      assert.deepEqual(message?.blocks, first().blocks)
      assert.deepEqual(first().blocks[0], {
        type: 'section',
        text: { type: 'mrkdwn', text: '*F-7K3Q*', verbatim: false },
        block_id: first().blocks[0]?.block_id,
      })
      assert.match(String(first().blocks[1]?.block_id), /^\w{5}$/)
    })

    it('updates a message: new blocks, or a text alone, which takes the blocks away', async () => {
      const { ts = '' } = await client.chat.postMessage({ channel: karen.id, text: 'a', blocks: form })
      const channel = slack.direct(karen.id)
      await client.chat.update({ channel, ts, blocks: form.slice(0, 1) } as never)
      assert.deepEqual([first().blocks.length, first().text, first().updates], [1, 'a', 1])
      await client.chat.update({ channel, ts, text: 'b' })
      assert.deepEqual([first().blocks, first().text, first().updates], [[], 'b', 2])
      await refuses(client.chat.update({ channel, ts: '1.000001', text: 'b' }), 'message_not_found')
      await refuses(client.chat.update({ channel: GENERAL, ts, text: 'b' }), 'message_not_found')
    })

    it('refuses what is not of the right form, and says where', async () => {
      const odd = { channel: GENERAL, text: 'a', blocks: [{ type: 'header', text: { type: 'mrkdwn', text: 'a' } }] }
      const error = await client.apiCall('chat.postMessage', odd).catch((thrown) => thrown)
      assert.equal(error.data.error, 'invalid_blocks')
      assert.match(error.data.response_metadata.messages[0], /json-pointer:\/blocks\/0\/text/)
      refused.push(/invalid_blocks/)
      const call = (args: Json, method = 'chat.postMessage') => client.apiCall(method, args)
      await refuses(call({ channel: GENERAL, text: 'a', as_user: true }), 'invalid_arguments')
      await refuses(call({ channel: GENERAL, text: 'a', mrkdwn: 'maybe' }), 'invalid_arguments')
      await refuses(call({ text: 'a' }), 'invalid_arguments')
      await refuses(call({ channel: GENERAL, text: 'a', blocks: '[{' }), 'invalid_blocks_format')
      await refuses(call({ channel: GENERAL }), 'no_text')
      await refuses(call({}, 'chat.deleteEverything'), 'unknown_method')
      assert.equal(slack.messages.length, 0)
    })

    it('lets the bot write only where it is, and in threads that there are', async () => {
      const post = (channel: string, more: Json = {}) =>
        client.apiCall('chat.postMessage', { channel, text: 'a', ...more })
      const workspace = slackWorkspace()
      workspace.channels.push(
        { id: 'C0OTHER001', name: 'andre', members: [karen.id] },
        { id: 'G0SECRET01', name: 'hemmelig', isPrivate: true, members: [karen.id] },
        { id: 'C0OLD00001', name: 'gammel', isArchived: true, members: [BOT] },
      )
      await slack.close()
      await start({ workspaces: [workspace] })
      await refuses(post('C0OTHER001'), 'not_in_channel')
      await refuses(post('G0SECRET01'), 'channel_not_found')
      await refuses(post('C0OLD00001'), 'is_archived')
      await refuses(post('C0NOWHERE1'), 'channel_not_found')
      await refuses(post('U0NOBODY01'), 'channel_not_found')
      await refuses(post(slack.direct(karen.id)), 'channel_not_found')
      await refuses(post(GENERAL, { thread_ts: '1.000001' }), 'thread_not_found')
      await post(GENERAL)
      await post(GENERAL, { thread_ts: first().id })
      assert.equal(slack.messages[1]?.thread, first().id)
    })

    it('shows a message to one person, who must be in the channel', async () => {
      const show = (user: string) => client.chat.postEphemeral({ channel: GENERAL, user, text: 'kun til dig' })
      await show(gitte.id)
      assert.deepEqual([slack.ephemerals[0]?.user, slack.ephemerals[0]?.text], [gitte.id, 'kun til dig'])
      assert.equal(slack.messages.length, 0)
      await refuses(show(stranger.id), 'user_not_in_channel')
    })

    it('opens a direct chat, where the bot can write from then on', async () => {
      const { channel } = await client.conversations.open({ users: bo.id })
      assert.deepEqual(channel, { id: slack.direct(bo.id) })
      await client.chat.postMessage({ channel: slack.direct(bo.id), text: 'a' })
      const more = await client.conversations.open({ users: bo.id, return_im: true })
      assert.deepEqual([more.channel?.user, more.channel?.is_im], [bo.id, true])
      await refuses(client.conversations.open({ users: 'U0NOBODY01' }), 'user_not_found')
      await refuses(client.conversations.open({ users: BOT }), 'cannot_dm_bot')
    })

    it('lists the members of a channel page by page', async () => {
      const all: string[] = []
      for await (const page of client.paginate('conversations.members', { channel: GENERAL, limit: 200 }))
        all.push(...(page as unknown as { members: string[] }).members)
      assert.deepEqual(all, [BOT, karen.id, birte.id, bo.id, gitte.id])
      assert.equal(slack.requests.length, 3)
      await refuses(client.conversations.members({ channel: GENERAL, cursor: 'bm9uc2Vuc2U=' }), 'invalid_cursor')
    })

    it('tells of channels and of people', async () => {
      const { channel } = await client.conversations.info({ channel: TRIVSEL, include_num_members: true })
      assert.deepEqual([channel?.name, channel?.is_private, channel?.num_members], ['trivsel', true, 3])
      const { user } = await client.users.info({ user: gitte.id, include_locale: true })
      assert.deepEqual([user?.real_name, user?.is_ultra_restricted, user?.team_id], ['Gitte Gæst', true, TEAM])
      assert.deepEqual(
        [user?.locale, user?.tz, user?.deleted, user?.is_bot],
        ['en-GB', 'Europe/Copenhagen', false, false],
      )
      await refuses(client.users.info({ user: 'U0NOBODY01' }), 'user_not_found')
    })

    it('asks for the scope of each method', async () => {
      await slack.close()
      await start({ workspaces: [slackWorkspace({ scopes: ['chat:write'] })] })
      await client.chat.postMessage({ channel: GENERAL, text: 'a' })
      await refuses(client.users.info({ user: karen.id }), 'missing_scope')
    })

    it('exchanges a code for the token of its workspace, once', async () => {
      await slack.close()
      const other = slackWorkspace({ id: 'T0ANDEN001', token: 'xoxb-other', installed: false, users: [], channels: [] })
      await start({ workspaces: [slackWorkspace(), other] })
      await refuses(connect('xoxb-other').auth.test(), 'invalid_auth')
      const code = slack.authorises('T0ANDEN001', karen.id)
      const app = { client_id: slack.clientId, client_secret: slack.clientSecret }
      const anybody = new WebClient(undefined, { slackApiUrl: slack.apiUrl, logger })
      await refuses(anybody.oauth.v2.access({ ...app, code, client_secret: 'wrong' }), 'bad_client_secret')
      const { access_token, team, authed_user } = await anybody.oauth.v2.access({ ...app, code })
      assert.deepEqual([access_token, team?.id, authed_user?.id], ['xoxb-other', 'T0ANDEN001', karen.id])
      assert.equal((await connect('xoxb-other').auth.test()).team_id, 'T0ANDEN001')
      await refuses(anybody.oauth.v2.access({ ...app, code }), 'code_already_used')
      await refuses(connect('xoxb-other').chat.postMessage({ channel: GENERAL, text: 'a' }), 'channel_not_found')
    })

    it('misbehaves as told, in one method or in any', async () => {
      const post = (options: WebClientOptions = {}) =>
        connect(TOKEN, options).chat.postMessage({ channel: GENERAL, text: 'a' })
      slack.misbehave({ status: 503 })
      await assert.rejects(post(), { code: 'slack_webapi_http_error', statusCode: 503 })
      slack.misbehave({ status: 429, retryAfter: '7' })
      await assert.rejects(post({ rejectRateLimitedCalls: true }), {
        code: 'slack_webapi_rate_limited_error',
        retryAfter: 7,
      })
      slack.misbehave('reset')
      await assert.rejects(post(), { code: 'slack_webapi_request_error' })
      slack.misbehave('hang')
      await assert.rejects(post({ timeout: 50 }), { code: 'slack_webapi_request_error' })
      slack.misbehaveIn('chat.postMessage', { error: 'fatal_error' })
      await client.auth.test()
      await refuses(post(), 'fatal_error', false)
      assert.equal(slack.messages.length, 0)
      slack.misbehave('resetAfterwards')
      await assert.rejects(post(), { code: 'slack_webapi_request_error' })
      assert.equal(slack.messages.length, 1)
    })
  })

  describe('behind the real receiver of Bolt', () => {
    let heard: Json[] = []
    let retries: (number | undefined)[] = []
    /** What the app does with a request before it is answered, and what it answers. */
    let answers: (body: Json) => Promise<unknown> = async () => undefined
    let close: () => Promise<void>

    beforeEach(async () => {
      heard = []
      retries = []
      answers = async () => undefined
      const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, endpoints: '/slack/events', logger })
      const app = new App({
        receiver,
        logger,
        clientOptions: { slackApiUrl: slack.apiUrl },
        authorize: async () => ({ botToken: TOKEN, botId: 'B0BOT00001', botUserId: BOT, teamId: TEAM }),
      })
      app.use(async ({ body, context, next }) => {
        heard.push(body as Json)
        retries.push(context.retryNum)
        await next()
      })
      app.event(/.*/, async ({ body }) => void (await answers(body as Json)))
      app.command(/.*/, async ({ ack, body }) => ack((await answers(body)) as string | undefined))
      app.action(/.*/, async ({ ack, body }) => {
        await answers(body as unknown as Json)
        await ack()
      })
      app.view({ type: 'view_submission' }, async ({ ack, body }) =>
        ack((await answers(body as unknown as Json)) as ViewResponseAction | undefined),
      )
      app.view({ type: 'view_closed', callback_id: /.*/ }, async ({ ack }) => ack())
      const server = createServer(receiver.requestListener)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      slack.talkTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`)
      close = () => new Promise((resolve) => void server.close(() => resolve()))
    })
    afterEach(() => close())

    const event = () => heard.at(-1)?.event as Json
    /** What the last click or submission says of a field. */
    const said = (block: string, action: string): Json => {
      const { state, view } = heard.at(-1) as { state?: unknown; view?: { state: unknown } }
      const { values } = (state ?? view?.state ?? {}) as { values: Record<string, Record<string, Json>> }
      return values[block]?.[action] ?? assert.fail(`nothing is said of ${block}`)
    }
    const respond = (url: unknown, body: Json) =>
      fetch(String(url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const post = async (blocks: AnyBlock[] = form, channel: string = karen.id) => {
      await client.chat.postMessage({ channel, text: 'Hvad har I aftalt?', blocks })
      return slack.messages.at(-1) ?? assert.fail()
    }
    const open = async (view = modal()) => {
      answers = async ({ trigger_id }) => void (await client.views.open({ trigger_id: String(trigger_id), view }))
      await slack.tester(karen).commands('ny aftale')
      answers = async () => undefined
      return slack.views.at(-1) ?? assert.fail('no modal')
    }

    it('is believed when it signs, and not with another secret or an old time', async () => {
      assert.equal((await slack.tester(karen).says('hjælp')).status, 200)
      const old = Math.floor(Date.now() / 1000) - 301
      assert.equal((await slack.tester(karen, { timestamp: old }).says('hjælp')).status, 401)
      assert.equal((await slack.tester(karen, { secret: 'wrong' }).says('hjælp')).status, 401)
      assert.equal((await slack.deliver('{}', { 'content-type': 'application/json' })).status, 401)
      assert.equal(heard.length, 1)
      const { body, headers } = await slack.verifiesUrl('kq3Zr0')
      assert.deepEqual([body, headers['content-type']], [{ challenge: 'kq3Zr0' }, 'application/json'])
    })

    it('writes what people say as Slack does, alone with the bot and in a channel', async () => {
      await slack.tester(karen).says('7. b & <8. c>')
      assert.deepEqual([event().text, event().channel_type], ['7. b &amp; &lt;8. c&gt;', 'im'])
      await slack.tester(bo).says('hjælp', { channel: GENERAL })
      assert.deepEqual([event().type, event().text], ['app_mention', `<@${BOT}> hjælp`])
      await slack.tester(bo).says('igen', { channel: GENERAL, thread: String(event().ts) })
      assert.ok(event().thread_ts)
      await assert.rejects(slack.tester(stranger).says('hjælp', { channel: GENERAL }), /is not in C0GENERAL1/)
    })

    it("knows that a message of a person is not the bot's to change, but can be answered in a thread", async () => {
      await slack.tester(bo).says('hjælp', { channel: GENERAL })
      const ts = String(event().ts)
      await client.chat.postMessage({ channel: GENERAL, text: 'a', thread_ts: ts })
      await refuses(client.chat.update({ channel: GENERAL, ts, text: 'a' }), 'cant_update_message')
    })

    it('sends once more what had no good answer, unchanged', async () => {
      await slack.tester(karen).says('hjælp')
      await slack.again(2, 'http_error')
      assert.deepEqual(heard[0], heard[1])
      assert.deepEqual(retries, [undefined, 2])
    })

    it('shows at once what a command is answered with', async () => {
      answers = async () => 'Et øjeblik'
      await slack.tester(karen).commands('hjælp', { channel: GENERAL })
      answers = async () => ({ response_type: 'in_channel', text: 'Til alle', blocks: form.slice(0, 1) })
      await slack.tester(karen).commands('hjælp', { channel: GENERAL })
      answers = async () => ({ text: 'Til alle', blocks: [{ type: 'marquee' }] })
      await slack.tester(karen).commands('hjælp', { channel: GENERAL })
      refused.push(/answer to \/tovholder: invalid_blocks/)
      assert.deepEqual(
        slack.ephemerals.map(({ text, user }) => [text, user]),
        [['Et øjeblik', karen.id]],
      )
      assert.deepEqual(
        slack.messages.map(({ text, channel }) => [text, channel]),
        [['Til alle', GENERAL]],
      )
    })

    it('takes five responses to a command within thirty minutes', async () => {
      await slack.tester(karen).commands('hjælp', { channel: GENERAL })
      const url = heard.at(-1)?.response_url
      for (let count = 1; count <= 5; count++) assert.equal((await respond(url, { text: `${count}` })).status, 200)
      const sixth = await respond(url, { text: '6' })
      assert.deepEqual([sixth.status, await sixth.json()], [404, { ok: false, error: 'used_url' }])
      refused.push(/used_url/)
      assert.deepEqual(
        slack.ephemerals.map(({ text }) => text),
        ['1', '2', '3', '4', '5'],
      )
      assert.equal(slack.ephemerals[0]?.responseUrl, url)
      await slack.tester(karen).commands('hjælp', { channel: GENERAL })
      slack.letPass(30 * 60_000 + 1)
      assert.equal((await respond(heard.at(-1)?.response_url, { text: '1' })).status, 404)
      refused.push(/expired_url/)
      await slack.tester(karen).commands('hjælp', { channel: GENERAL })
      assert.equal((await respond(heard.at(-1)?.response_url, { replace_original: true, text: '1' })).status, 400)
      refused.push(/there is no original message/)
    })

    it('replaces and deletes what was clicked, for one person or for all', async () => {
      const message = await post(form, GENERAL)
      await client.chat.postEphemeral({ channel: GENERAL, user: bo.id, text: 'a', blocks: form })
      const mine = slack.ephemerals[0] ?? assert.fail()
      for (const shown of [message, mine]) {
        await slack.tester(bo).clicks(shown, 'back')
        const url = heard.at(-1)?.response_url
        await respond(url, { replace_original: true, text: 'b', blocks: form.slice(0, 2) })
        assert.deepEqual([shown.text, shown.blocks.length, shown.updates], ['b', 2, 1])
        await respond(url, { delete_original: true })
        assert.equal(shown.deleted, true)
        await assert.rejects(slack.tester(bo).clicks(shown, 'back'), /has been deleted/)
      }
    })

    it('sends what stands in the fields with every click', async () => {
      const message = await post()
      await slack.tester(karen).clicks(message, 'next', { what: 'Møde', how: 'meeting', owner: bo.id, due: null })
      assert.deepEqual(said('what.3', 'what'), { type: 'plain_text_input', value: 'Møde' })
      assert.equal((said('how.3', 'how').selected_option as Json).value, 'meeting')
      assert.equal(said('owner.3', 'owner').selected_user, bo.id)
      assert.equal(said('due.3', 'due').selected_date, null)
    })

    it('lets people fill in only what its own client lets them', async () => {
      const message = await post()
      const click = (fills: Record<string, string | string[]>, which = 'next') =>
        slack.tester(karen).clicks(message, which, fills)
      await assert.rejects(click({ what: 'x'.repeat(501) }), /501 characters, of 500/)
      await assert.rejects(click({ how: 'letter' }), /no option "letter"/)
      await assert.rejects(click({ due: '2027-02-30' }), /not a date/)
      await assert.rejects(click({ who: 'a' }), /no field "who"/)
      await assert.rejects(click({}, 'forward'), /nothing to click forward, only: what, how, due, owner, next, back/)
      await assert.rejects(click({ how: 'call' }, 'how'), /no dispatch_action/)
      await assert.rejects(slack.tester(bo).clicks(message, 'next'), /is not in D/)
    })

    it('keeps what stands in a field that keeps its ids, whatever its new initial value', async () => {
      const message = await post()
      const what = (id: string, initial_value: string): AnyBlock => ({
        type: 'input',
        block_id: id,
        label: { type: 'plain_text', text: 'Hvad?' },
        element: { type: 'plain_text_input', action_id: 'what', initial_value },
      })
      const saysNow = async (id: string) => {
        await client.chat.update({
          channel: message.channel,
          ts: message.id,
          text: 'a',
          blocks: [what(id, 'nyt'), ...form.slice(5)],
        })
        await slack.tester(karen).clicks(message, 'next')
        return said(id, 'what').value
      }
      assert.equal(await saysNow('what.3'), 'Ring på mandag')
      assert.equal(await saysNow('what.4'), 'nyt')
    })

    it('opens a modal with a trigger that is fresh, and only once', async () => {
      await open()
      const [view] = slack.views
      assert.deepEqual([view?.user, view?.view.callback_id], [karen.id, 'agreement'])
      const trigger_id = String(heard.at(-1)?.trigger_id)
      await refuses(client.views.open({ trigger_id, view: modal() }), 'exchanged_trigger_id')
      await slack.tester(karen).commands('ny aftale')
      slack.letPass(3001)
      const late = String(heard.at(-1)?.trigger_id)
      await refuses(client.views.open({ trigger_id: late, view: modal() }), 'expired_trigger_id')
      await refuses(client.views.open({ trigger_id: '1.2.3', view: modal() }), 'invalid_trigger_id')
    })

    it('updates a modal that has not changed meanwhile and is still open', async () => {
      const view = await open()
      const { id: view_id, hash } = view
      await client.views.update({ view_id, hash, view: modal({ callback_id: 'second' }) })
      assert.deepEqual([view.view.callback_id, view.updates], ['second', 1])
      await refuses(client.views.update({ view_id, hash, view: modal() }), 'hash_conflict')
      await refuses(
        client.views.update({
          view_id,
          view: modal({ blocks: [{ type: 'divider' }], title: { type: 'plain_text', text: '' } }),
        }),
        'invalid_arguments',
      )
      await slack.tester(karen).closes(view)
      await refuses(client.views.update({ view_id, view: modal() }), 'not_found')
    })

    it('does with a submitted modal what the bot answers', async () => {
      const view = await open()
      const submit = (fills = {}) => slack.tester(karen).submits(view, fills)
      answers = async () => ({ response_action: 'errors', errors: { 'due.3': 'Vælg en skoledag' } })
      await submit({ due: '2026-11-28' })
      assert.deepEqual(view.errors, { 'due.3': 'Vælg en skoledag' })
      answers = async () => ({ response_action: 'errors', errors: { due: 'Vælg en skoledag' } })
      await submit()
      refused.push(/no input block "due"/)
      answers = async () => ({ response_action: 'update', view: modal({ callback_id: 'second' }) })
      await submit()
      assert.deepEqual([view.view.callback_id, view.errors], ['second', {}])
      answers = async () => ({ response_action: 'dance' })
      await submit()
      refused.push(/response_action dance/)
      assert.equal(slack.views.length, 1)
      answers = async () => undefined
      await submit({ what: 'Møde' })
      assert.equal(slack.views.length, 0)
      assert.equal(said('what.3', 'what').value, 'Møde')
    })

    it('clears every modal of a person when told so', async () => {
      const view = await open()
      answers = async () => ({ response_action: 'clear' })
      await slack.tester(karen).submits(view)
      assert.equal(slack.views.length, 0)
    })

    it('does not let a modal go in which something is missing', async () => {
      const view = await open()
      await assert.rejects(slack.tester(karen).submits(view, { what: '' }), /fill in what\.3\/what first/)
      await assert.rejects(slack.tester(bo).submits(view), /not on top for U0BOLUND01/)
    })

    it('tells of a closed modal only when asked to', async () => {
      assert.equal(await slack.tester(karen).closes(await open()), undefined)
      const answer = await slack.tester(karen).closes(await open(modal({ notify_on_close: true })))
      assert.deepEqual([answer?.status, heard.at(-1)?.type], [200, 'view_closed'])
    })

    it('lets people come and go', async () => {
      await slack.joins(GENERAL, stranger.id, karen.id)
      assert.deepEqual([event().type, event().user, event().inviter], ['member_joined_channel', stranger.id, karen.id])
      await slack.leaves(GENERAL, stranger.id)
      assert.deepEqual([event().type, event().channel_type], ['member_left_channel', 'C'])
      await slack.leaves(TRIVSEL, BOT)
      assert.deepEqual([event().user, event().channel_type], [BOT, 'G'])
      assert.equal(await slack.leaves(TRIVSEL, karen.id), undefined)
    })

    it('is believed by Bolt, which keeps the bot from hearing itself', async () => {
      const answer = await slack.echoes(await post())
      assert.equal(answer.status, 200)
      assert.equal(heard.length, 0)
    })

    it('notes an answer that Slack would not have waited for', async () => {
      const impatient = await createFakeSlack({ patience: 50 })
      const slow = createServer((_, res) => void setTimeout(() => res.end(), 100))
      await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve))
      impatient.talkTo(`http://127.0.0.1:${(slow.address() as AddressInfo).port}`)
      await impatient.tester(karen).commands('hjælp')
      assert.deepEqual(impatient.faults, ['the bot answered only after 50 ms'])
      slow.close()
      await impatient.close()
    })

    it('sends everything in the shape that was recorded', async () => {
      const direct = await post()
      const channel = await post(blocksOf('block-actions-channel', 'message'), GENERAL)
      await client.chat.postEphemeral({ channel: GENERAL, user: karen.id, text: 'a', blocks: form })
      const tester = slack.tester(karen)
      const ephemeral = slack.ephemerals[0] ?? assert.fail()
      const ways: Record<string, () => Promise<unknown>> = {
        'url-verification': () => slack.verifiesUrl('a'),
        'slash-command': () => tester.commands('hjælp', { channel: GENERAL }),
        'message-im': () => tester.says('mine sager'),
        'app-mention': () => tester.says('hjælp', { channel: GENERAL }),
        'app-home-opened': () => tester.opensHome(),
        'member-joined-channel': () => slack.joins(GENERAL, stranger.id, karen.id),
        'member-left-channel': () => slack.leaves(GENERAL, stranger.id),
        'block-actions-direct': () => tester.clicks(direct, 'next'),
        'block-actions-channel': () => tester.clicks(channel, 'done'),
        'block-actions-ephemeral': () => tester.clicks(ephemeral, 'next'),
        'view-submission': async () => tester.submits(await open()),
        'view-closed': async () => tester.closes(await open(modal({ notify_on_close: true }))),
        'app-uninstalled': () => slack.uninstalls(TEAM),
        'tokens-revoked': () => slack.event('tokens_revoked', { tokens: { oauth: [], bot: [BOT] } }),
      }
      for (const [name, send] of Object.entries(ways)) {
        await send()
        assert.deepEqual(shapeOf(slack.sent.at(-1)), shapeOf(recorded(name)), name)
      }
    })
  })
})

/** Every path there is, and the sort of what is there. */
function shapeOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => shapeOf(item, `${path}[${index}]`))
  if (typeof value !== 'object' || value === null) return [`${path} ${value === null ? 'null' : typeof value}`]
  return Object.entries(value)
    .sort(([one], [other]) => one.localeCompare(other))
    .flatMap(([key, inside]) => [`${path}.${key}`, ...shapeOf(inside, `${path}.${key}`)])
}
