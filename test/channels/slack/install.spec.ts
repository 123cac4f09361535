import assert from 'node:assert/strict'
import { Redis } from 'ioredis'
import { SCOPES } from '../../../src/channels/slack/install.ts'
import { createFakeSlack, type FakeSlack, slackCast, slackWorkspace } from '../../helpers/fake-slack.ts'
import { startRedis, type TestRedis } from '../../helpers/redis.ts'
import { type StagedService, stagedService } from '../../helpers/staged-service.ts'
import { until } from './setup.ts'

const FIRST = { ...slackWorkspace(), installed: false }
const SECOND = {
  ...FIRST,
  id: 'T0ANDEN001',
  name: 'Bjerget Skole',
  domain: 'bjerget',
  token: 'xoxb-of-the-second',
  botUserId: 'U0BOT00002',
  users: [
    { id: 'U0SOFIE001', name: 'sofie', realName: 'Sofie Bjerg' },
    { id: 'U0BOT00002', name: 'tovholder', realName: 'Tovholder', isBot: true },
  ],
  channels: [{ id: 'C0ANDEN001', name: 'mellemtrin', members: ['U0SOFIE001', 'U0BOT00002'] }],
}
const FOREIGN = { ...SECOND, id: 'T0FREMMED1', name: 'Fremmed', token: 'xoxb-of-a-stranger', users: [], channels: [] }
const TOKENS = /xoxb|test-client-secret/

describe('installing the app in a Slack workspace', () => {
  let redis: TestRedis
  let slack: FakeSlack
  let running: StagedService
  beforeEach(async () => {
    redis = await startRedis()
    slack = await createFakeSlack({ workspaces: [FIRST, SECOND, FOREIGN].map((one) => structuredClone(one)) })
    running = await stagedService(
      {
        slack: {
          command: '/tovholder',
          access: {
            clientId: slack.clientId,
            clientSecret: slack.clientSecret,
            stateSecret: 'a-long-and-random-text',
            allowed: [FIRST.id, SECOND.id],
          },
          reach: { signingSecret: slack.signingSecret },
          apiUrl: slack.apiUrl,
        },
      },
      redis,
    )
    slack.talkTo(`${running.url}/slack/events`)
  })
  afterEach(async () => {
    redis.thaw()
    await running.close()
    await Promise.all([slack.close(), redis.stop()])
    assert.doesNotMatch(running.logged(), TOKENS)
  })

  const get = (path: string, cookie = '') => fetch(`${running.url}${path}`, { redirect: 'manual', headers: { cookie } })
  /** The state that Slack is sent, and the cookie that a browser keeps. */
  async function begin() {
    const answer = await get('/slack/install')
    const location = new URL(answer.headers.get('location') ?? '')
    const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';')
    return { answer, location, state: location.searchParams.get('state') ?? '', cookie }
  }
  /** Agrees to install, and comes back from Slack with what it gives. */
  async function install(workspace: { id: string; users: { id: string }[] }) {
    const { state, cookie } = await begin()
    const code = slack.authorises(workspace.id, workspace.users[0]?.id ?? 'U0NOBODY01')
    return get(`/slack/oauth_redirect?code=${code}&state=${encodeURIComponent(state)}`, cookie)
  }
  const asked = (method: string) => slack.requests.filter((request) => request.method === method).length
  /** All that Redis keeps, keys and contents, as one text. */
  async function kept(): Promise<string> {
    const connection = new Redis(redis.socket)
    const all: string[] = []
    for (const key of await connection.keys('*')) {
      const type = await connection.type(key)
      const read = { hash: 'hgetall', set: 'smembers', string: 'get', stream: 'xrange', zset: 'zrange' }[type]
      const range = type === 'stream' ? ['-', '+'] : type === 'zset' ? ['0', '-1'] : []
      all.push(key, read ? JSON.stringify(await connection.call(read, key, ...range)) : '')
    }
    connection.disconnect()
    return all.join('\n')
  }
  async function isPage(answer: Response, status: number, words: RegExp): Promise<void> {
    assert.equal(answer.status, status)
    const text = await answer.text()
    assert.match(text, words)
    assert.doesNotMatch(text, /<script|http|Error|code|token/)
    const { headers } = answer
    assert.equal(headers.get('content-type'), 'text/html; charset=utf-8')
    // Next to all others: see test/security/headers.spec.ts.
    assert.equal(headers.get('referrer-policy'), 'no-referrer')
  }
  const REFUSED = /Tovholder blev ikke installeret.*Tovholder was not installed/

  it('begins at Slack, with a state of its own and no more rights than it needs', async () => {
    const { answer, location, state } = await begin()
    assert.equal(answer.status, 302)
    assert.equal(location.origin + location.pathname, 'https://slack.com/oauth/v2/authorize')
    assert.equal(location.searchParams.get('client_id'), slack.clientId)
    assert.deepEqual(location.searchParams.get('scope')?.split(','), SCOPES)
    assert.equal(location.searchParams.get('user_scope') ?? '', '')
    assert.ok(state.length > 20)
    assert.notEqual(state, (await begin()).state)
    assert.match(answer.headers.get('set-cookie') ?? '', /; Secure; HttpOnly;/)
  })

  it('is refused for whoever comes back with no state, a forged one, or that of another browser', async () => {
    const { state, cookie } = await begin()
    const other = await begin()
    const code = slack.authorises(FIRST.id, slackCast.karen.id)
    for (const [query, sent] of [
      [`code=${code}`, cookie],
      [`code=${code}&state=`, cookie],
      [`code=${code}&state=forged`, 'slack-app-oauth-state=forged'],
      [`code=${code}&state=${state.slice(0, -2)}xx`, `slack-app-oauth-state=${state.slice(0, -2)}xx`],
      [`code=${code}&state=${state}`, ''],
      [`code=${code}&state=${state}`, other.cookie],
      [`state=${state}`, cookie],
      [`error=access_denied&state=${state}`, cookie],
      ['', ''],
    ] as const)
      await isPage(await get(`/slack/oauth_redirect?${query}`, sent), 400, REFUSED)
    assert.equal(asked('oauth.v2.access'), 0)
    assert.doesNotMatch(await kept(), /tov:vault/)
  })

  it('is refused where Slack does not know the code, or knows it as used', async () => {
    const { state, cookie } = await begin()
    await isPage(await get(`/slack/oauth_redirect?code=1.2&state=${state}`, cookie), 400, REFUSED)
    assert.match(slack.faults.splice(0).join(), /invalid_code/)
  })

  it('is refused in a workspace that is not on the list, and the token is handed back', async () => {
    await isPage(await install(FOREIGN), 403, REFUSED)
    assert.deepEqual([asked('auth.revoke'), slack.requests.at(-1)?.team], [1, FOREIGN.id])
    assert.doesNotMatch(await kept(), /tov:vault/)
    assert.match(running.logged(), /slack-foreign-workspace/)
  })

  it('says so in the log where a token could not be handed back', async () => {
    slack.misbehaveIn('auth.revoke', { status: 500 })
    await isPage(await install(FOREIGN), 403, REFUSED)
    assert.match(running.logged(), /unavailable.*handed back/)
  })

  it('keeps the token where nobody can read it', async () => {
    await isPage(await install(FIRST), 200, /Tovholder er nu med i jeres Slack.*Tovholder is now/)
    const all = await kept()
    assert.match(all, /tov:vault:slack-T0SKOLEN01/)
    assert.doesNotMatch(all, TOKENS)
    assert.deepEqual(slack.faults, [])
  })

  it('lets the bot work in each of them with people and cases of its own', async () => {
    await Promise.all([install(FIRST), install(SECOND)])
    await slack.event('member_joined_channel', {
      user: FIRST.botUserId,
      channel: 'C0GENERAL1',
      inviter: slackCast.karen.id,
    })
    await slack.event(
      'member_joined_channel',
      { user: SECOND.botUserId, channel: 'C0ANDEN001', inviter: 'U0SOFIE001' },
      { team_id: SECOND.id },
    )
    assert.deepEqual(
      slack.messages.map(({ team, channel }) => [team, channel]),
      [
        [FIRST.id, 'C0GENERAL1'],
        [SECOND.id, 'C0ANDEN001'],
      ],
    )
    const { store } = running.service
    assert.deepEqual((await store.teamsOf(SECOND.id, 'U0SOFIE001')).teams, [`slack:${SECOND.id}/C0ANDEN001`])
    assert.deepEqual((await store.teamsOf(FIRST.id, 'U0SOFIE001')).teams, [])
    const [team] = await store.load(`slack:${FIRST.id}/C0GENERAL1`, 'team', [`slack:${FIRST.id}/C0GENERAL1`])
    assert.equal(
      team?.value.members.some(({ id }) => id === 'U0SOFIE001'),
      false,
    )
    await slack.tester('U0SOFIE001').says('opkald forbered')
    await slack.tester(slackCast.karen).says('sager')
    const [, , one, other] = slack.messages
    assert.deepEqual([one?.team, other?.team], [SECOND.id, FIRST.id])
    // Each is answered with the token of its own workspace.
    const posts = slack.requests.filter(({ method }) => method === 'chat.postMessage').map(({ team }) => team)
    assert.deepEqual(posts, [FIRST.id, SECOND.id, SECOND.id, FIRST.id])
    assert.deepEqual(slack.faults, [])
  })

  it('does not let a card of one workspace be used in the other', async () => {
    await Promise.all([install(FIRST), install(SECOND)])
    await slack.event('member_joined_channel', {
      user: FIRST.botUserId,
      channel: 'C0GENERAL1',
      inviter: slackCast.karen.id,
    })
    const [settings = assert.fail()] = slack.messages
    const before = settings.updates
    // As if somebody of the second had sent what a button of the first holds.
    await slack.tester(slackCast.karen).clicks(
      settings,
      ({ action_id }) => String(action_id).includes(':setup'),
      {},
      {
        team: { id: SECOND.id, domain: SECOND.domain },
        user: { id: 'U0SOFIE001', username: 'sofie', name: 'sofie', team_id: SECOND.id },
      },
    )
    assert.equal(settings.updates, before)
    const { store } = running.service
    const [team] = await store.load(`slack:${FIRST.id}/C0GENERAL1`, 'team', [`slack:${FIRST.id}/C0GENERAL1`])
    assert.deepEqual(team?.value.leaders, [])
  })

  it('ends when the app is taken out: the token is forgotten, and nothing more is heard', async () => {
    await install(FIRST)
    await slack.tester(slackCast.karen).says('hjælp')
    const answers = slack.messages.length
    const statuses = (await slack.uninstalls(FIRST.id)).map(({ status }) => status)
    assert.deepEqual(statuses, [200, 200])
    assert.doesNotMatch(await kept(), /tov:vault/)
    assert.equal((await slack.tester(slackCast.karen).says('hjælp')).status, 200)
    assert.equal(slack.messages.length, answers)
    assert.match(running.logged(), /slack-foreign-workspace/)
  })

  it('is told again of an end that came while Redis was away', async () => {
    await install(FIRST)
    slack.revoke(FIRST.id)
    redis.freeze()
    assert.equal((await slack.event('app_uninstalled')).status, 503)
    redis.thaw()
    assert.equal((await slack.again()).status, 200)
    assert.doesNotMatch(await kept(), /tov:vault/)
  })

  it('works again after it was taken out, with the new token', async () => {
    await install(FIRST)
    await slack.uninstalls(FIRST.id)
    await isPage(await install(FIRST), 200, /Tovholder er nu med/)
    await slack.tester(slackCast.karen).says('hjælp')
    assert.equal(slack.messages.length, 1)
    // Said once more, of the first time.
    assert.equal((await slack.event('app_uninstalled')).status, 200)
    assert.equal((await slack.event('tokens_revoked', { tokens: { oauth: ['U1'], bot: [] } })).status, 200)
    await slack.tester(slackCast.karen).says('hjælp')
    assert.equal(slack.messages.length, 2)
  })

  it('is not said to be done where the token could not be kept', async () => {
    redis.freeze()
    await isPage(await install(FIRST), 400, REFUSED)
  })

  it('lets people be answered while Redis hangs, as the token is remembered', async () => {
    await install(FIRST)
    await slack.tester(slackCast.karen).says('hjælp')
    redis.freeze()
    const answers = slack.messages.length
    assert.equal((await slack.tester(slackCast.karen).says('hjælp')).status, 200)
    await until(() => slack.messages.length > answers)
    assert.match(slack.messages.at(-1)?.text ?? '', /prøv igen om et øjeblik/)
    assert.deepEqual(slack.faults, [])
  })
})
