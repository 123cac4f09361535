import { slackWorkspace } from './slack/cast.ts'
import { createPost } from './slack/delivery.ts'
import { createMethods } from './slack/methods.ts'
import { createPayloads, VERIFICATION_TOKEN } from './slack/payloads.ts'
import { createTester } from './slack/people.ts'
import { createResponses } from './slack/responses.ts'
import { startServer } from './slack/server.ts'
import type { BotAnswer, Delivery, FakeSlack, FakeSlackOptions, Json } from './slack/types.ts'
import { createWorld } from './slack/world.ts'

export { GENERAL, slackCast, slackWorkspace, TRIVSEL } from './slack/cast.ts'
export type * from './slack/types.ts'

/**
 * Slack, as a bot sees it: the Web API over HTTP on 127.0.0.1, response URLs, and people who write, click and fill in.
 * What Slack would refuse is refused, and noted in `faults`, which a test expects to be empty.
 */
export async function createFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const {
    workspaces = [slackWorkspace()],
    signingSecret = 'test-signing-secret',
    appId = 'A0TOVHOLD1',
    clientId = '1111111111.2222222222',
    clientSecret = 'test-client-secret',
    pageSize = 2,
    pause = 0,
    patience = 3000,
  } = options
  const world = createWorld(workspaces)
  const post = createPost(world, signingSecret, patience)
  const responses = createResponses(world)
  const payloads = createPayloads(world, { id: appId, baseUrl: () => server.url })
  const methods = createMethods(world, payloads, { id: appId, clientId, clientSecret, pageSize })
  const server = await startServer(world, methods, responses, pause)

  /** The workspace with this channel. */
  function teamWith(channel: string): string {
    const found = workspaces.find(({ channels }) => channels.some(({ id }) => id === channel))
    if (!found) throw new Error(`there is no channel ${channel}`)
    return found.id
  }

  function event(type: string, payload: Json = {}, more: Json & { team_id?: string } = {}, delivery: Delivery = {}) {
    const team = more.team_id ?? workspaces[0]?.id ?? ''
    const inner = { type, ...payload, event_ts: payload.event_ts ?? world.nextTs() }
    const lifecycle = type === 'tokens_revoked' || type === 'app_uninstalled'
    const wrapped = lifecycle ? payloads.lifecycleEvent(team, inner) : payloads.event(team, inner)
    return post.event({ ...wrapped, ...more }, delivery)
  }

  /** Somebody has come or gone; the bot hears of it where it is, and when it is itself the one. */
  async function moved(type: string, channel: string, user: string, more: Json): Promise<BotAnswer | undefined> {
    const team = teamWith(channel)
    const place = world.conversation(team, channel)
    const { botUserId } = world.workspace(team)
    if (user !== botUserId && !place?.members.includes(botUserId)) return undefined
    const channel_type = place?.isPrivate ? 'G' : 'C'
    return event(type, { user, channel, channel_type, team, ...more }, { team_id: team })
  }

  return {
    apiUrl: `${server.url}/api/`,
    signingSecret,
    appId,
    clientId,
    clientSecret,
    workspaces,
    messages: world.messages,
    ephemerals: world.ephemerals,
    views: world.views,
    requests: server.requests,
    faults: world.faults,
    sent: post.sent,
    direct: world.direct,
    tester(user, delivery = {}) {
      const who = world.person(typeof user === 'string' ? user : user.id)
      return createTester(world, payloads, responses, post, who, delivery)
    },
    async joins(channel, user, inviter) {
      const members = world.conversation(teamWith(channel), channel)?.members
      world.person(user)
      if (members?.includes(user)) throw new Error(`${user} is in ${channel} already`)
      members?.push(user)
      return moved('member_joined_channel', channel, user, inviter ? { inviter } : {})
    },
    async leaves(channel, user) {
      const members = world.conversation(teamWith(channel), channel)?.members
      if (!members?.includes(user)) throw new Error(`${user} is not in ${channel}`)
      members.splice(members.indexOf(user), 1)
      return moved('member_left_channel', channel, user, {})
    },
    event,
    echoes(message) {
      const channel_type = message.channel.startsWith('D') ? 'im' : 'channel'
      const payload = {
        ...payloads.messageWithProfile(message),
        channel: message.channel,
        event_ts: message.id,
        channel_type,
      }
      return event('message', payload, { team_id: message.team })
    },
    again: post.again,
    verifiesUrl: (challenge, delivery = {}) =>
      post.event({ token: VERIFICATION_TOKEN, challenge, type: 'url_verification' }, delivery),
    deliver: post.deliver,
    signed: post.signed,
    authorises: world.authorises,
    revoke(team) {
      world.revoked.add(world.workspace(team).token)
    },
    async uninstalls(team) {
      const { token, botUserId } = world.workspace(team)
      world.revoked.add(token)
      const tokens = { oauth: [], bot: [botUserId] }
      return [
        await event('tokens_revoked', { tokens }, { team_id: team }),
        await event('app_uninstalled', {}, { team_id: team }),
      ]
    },
    talkTo: post.talkTo,
    misbehave: (...how) => server.misbehave(undefined, how),
    misbehaveIn: (method, ...how) => server.misbehave(method, how),
    letPass: world.letPass,
    close: server.close,
  }
}
