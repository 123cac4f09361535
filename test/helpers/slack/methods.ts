/** The methods of the Web API that the bot may call. */
import { checkMessage, checkView } from '../slack-rules.ts'
import type { Kind } from './arguments.ts'
import { channelInfo, type Payloads, userInfo } from './payloads.ts'
import { badArguments, Refusal } from './refusal.ts'
import type { Json, SlackView, SlackWorkspace } from './types.ts'
import type { Conversation, World } from './world.ts'

export interface Method {
  args: Record<string, Kind>
  /** One of these must have been granted. */
  scopes?: string[]
  /** Takes JSON, too: docs.slack.dev/apis/web-api, "Methods supporting JSON POSTs". */
  json?: true
  /** Called without a token. */
  open?: true
  run(args: Json, workspace: SlackWorkspace): Json
}

interface App {
  id: string
  clientId: string
  clientSecret: string
  pageSize: number
}

/** Everything the methods below ask for. */
export const ALL_SCOPES = ['chat:write', 'im:write', 'channels:read', 'groups:read', 'im:read', 'users:read']

const LARGEST_PAGE = 1000

export function createMethods(world: World, payloads: Payloads, app: App): Record<string, Method> {
  const missing = (id: unknown) => new Refusal('channel_not_found', `no channel ${String(id)}`)

  /** A conversation the bot can see: a private channel only from within. */
  function seen({ id: team, botUserId }: SlackWorkspace, id: unknown): Conversation {
    const found = world.conversation(team, String(id))
    if (!found || (found.isPrivate && !found.members.includes(botUserId))) throw missing(id)
    return found
  }

  /** A conversation the bot may write in. */
  function writable(workspace: SlackWorkspace, id: unknown): Conversation {
    const found = seen(workspace, id)
    if (found.isArchived) throw new Refusal('is_archived', `${found.id} is archived`)
    if (!found.members.includes(workspace.botUserId))
      throw new Refusal('not_in_channel', `the bot is not in ${found.id}`)
    return found
  }

  function userIn({ users }: SlackWorkspace, id: unknown) {
    const found = users.find((user) => user.id === id)
    if (!found) throw new Refusal('user_not_found', `no user ${String(id)}`)
    return found
  }

  function threadIn(channel: string, thread: unknown): string | undefined {
    if (thread === undefined) return undefined
    const known = world.messages.some(({ id, channel: where }) => id === thread && where === channel)
    if (!known && !world.written.has(`${channel} ${String(thread)}`))
      throw new Refusal('thread_not_found', `no message ${String(thread)} in ${channel}`)
    return String(thread)
  }

  function postMessage({ channel, text = '', blocks, thread_ts }: Json, workspace: SlackWorkspace): Json {
    checkMessage({ blocks, text })
    // A message to a person goes to the direct chat, which is opened by it.
    const toPerson = /^[UW]/.test(String(channel))
    if (toPerson && !workspace.users.some(({ id }) => id === channel)) throw missing(channel)
    const place = writable(workspace, toPerson ? world.openChat(String(channel)) : channel)
    const thread = threadIn(place.id, thread_ts)
    const posted = world.post(
      { team: workspace.id, channel: place.id, text: String(text), ...(thread && { thread }) },
      blocks,
    )
    return { channel: place.id, ts: posted.id, message: payloads.messageWithProfile(posted) }
  }

  function update({ channel, ts, text, blocks }: Json, workspace: SlackWorkspace): Json {
    const place = writable(workspace, channel)
    if (world.written.has(`${place.id} ${String(ts)}`))
      throw new Refusal('cant_update_message', `${String(ts)} is not the bot's own message`)
    const message = world.messages.find(
      ({ id, channel: where, deleted }) => id === ts && where === place.id && !deleted,
    )
    if (!message) throw new Refusal('message_not_found', `no message ${String(ts)} in ${place.id}`)
    checkMessage({ blocks, text })
    // A text alone takes the blocks away.
    world.replace(message, blocks)
    message.text = String(text ?? message.text)
    return { channel: place.id, ts: message.id, text: message.text, message: payloads.messageWithProfile(message) }
  }

  function postEphemeral({ channel, user, text = '', blocks, thread_ts }: Json, workspace: SlackWorkspace): Json {
    checkMessage({ blocks, text })
    const place = writable(workspace, channel)
    if (!place.members.includes(String(user)))
      throw new Refusal('user_not_in_channel', `${String(user)} is not in ${place.id}`)
    threadIn(place.id, thread_ts)
    const whose = { team: workspace.id, channel: place.id, user: String(user), text: String(text) }
    return { message_ts: world.show(whose, blocks).id }
  }

  function openConversation({ users, channel, return_im }: Json, workspace: SlackWorkspace): Json {
    if ((users === undefined) === (channel === undefined)) throw badArguments('either users or channel')
    const id = channel === undefined ? chatWith(String(users), workspace) : seen(workspace, channel).id
    return { channel: return_im ? channelInfo(seen(workspace, id), workspace.id, workspace.botUserId) : { id } }
  }

  function chatWith(user: string, workspace: SlackWorkspace): string {
    if (user.includes(',')) throw badArguments('the fake opens direct chats with one person only')
    const { id, deleted, isBot } = userIn(workspace, user)
    if (deleted) throw new Refusal('user_disabled', `${id} has left`)
    if (isBot) throw new Refusal('cannot_dm_bot', `${id} is a bot`)
    return world.openChat(id)
  }

  function members({ channel, cursor, limit = 100 }: Json, workspace: SlackWorkspace): Json {
    const all = seen(workspace, channel).members
    if (Number(limit) < 1 || Number(limit) > LARGEST_PAGE) throw new Refusal('invalid_limit', `limit ${String(limit)}`)
    const start = cursor === undefined ? 0 : Number(Buffer.from(String(cursor), 'base64').toString().replace('at:', ''))
    if (!Number.isInteger(start) || start < 0 || start >= all.length)
      throw new Refusal('invalid_cursor', 'no such cursor')
    const end = start + Math.min(Number(limit), app.pageSize)
    const next_cursor = end < all.length ? Buffer.from(`at:${end}`).toString('base64') : ''
    return { members: all.slice(start, end), response_metadata: { next_cursor } }
  }

  function info({ channel, include_num_members }: Json, workspace: SlackWorkspace): Json {
    const place = seen(workspace, channel)
    const counted = include_num_members ? { num_members: place.members.length } : {}
    return { channel: { ...channelInfo(place, workspace.id, workspace.botUserId), ...counted } }
  }

  function openView({ trigger_id, view }: Json, workspace: SlackWorkspace): Json {
    const trigger = world.trigger(workspace.id, String(trigger_id))
    const checked = checkView(view)
    trigger.exchange()
    return { view: payloads.view(world.openView(workspace.id, trigger.user, checked)) }
  }

  function updateView({ view_id, external_id, hash, view }: Json, workspace: SlackWorkspace): Json {
    if ((view_id === undefined) === (external_id === undefined)) throw badArguments('either view_id or external_id')
    const isIt = (shown: SlackView) =>
      shown.team === workspace.id && (shown.id === view_id || (external_id && shown.view.external_id === external_id))
    const shown = world.views.find(isIt)
    if (!shown) throw new Refusal('not_found', `no open view ${String(view_id ?? external_id)}`)
    if (hash !== undefined && hash !== shown.hash) throw new Refusal('hash_conflict', 'the view has changed since')
    world.updateView(shown, checkView(view))
    return { view: payloads.view(shown) }
  }

  function exchangeCode({ client_id, client_secret, code }: Json): Json {
    if (client_id !== app.clientId) throw new Refusal('invalid_client_id', 'client_id is not that of the app')
    if (client_secret !== app.clientSecret)
      throw new Refusal('bad_client_secret', 'client_secret is not that of the app')
    const known = world.codes.get(String(code))
    if (!known) throw new Refusal('invalid_code', 'no such code')
    if (known.used) throw new Refusal('code_already_used', 'the code has been used')
    known.used = true
    world.install(known.team)
    const { id, name, token, botUserId, scopes = ALL_SCOPES } = world.workspace(known.team)
    return {
      app_id: app.id,
      authed_user: { id: known.user },
      scope: scopes.join(','),
      token_type: 'bot',
      access_token: token,
      bot_user_id: botUserId,
      team: { id, name },
      enterprise: null,
      is_enterprise_install: false,
    }
  }

  function whoAmI(_: Json, { id, name, domain, botUserId, botId }: SlackWorkspace): Json {
    return {
      url: `https://${domain}.slack.com/`,
      team: name,
      user: 'tovholder',
      team_id: id,
      user_id: botUserId,
      bot_id: botId,
      is_enterprise_install: false,
    }
  }

  const readsChannels = ['channels:read', 'groups:read', 'im:read']
  const words: Record<string, Kind> = { text: 'string', blocks: 'json', parse: 'string', link_names: 'boolean' }
  return {
    'auth.test': { args: {}, run: whoAmI },
    'auth.revoke': {
      args: { test: 'boolean' },
      run: ({ test }, { token }) => {
        if (!test) world.revoked.add(token)
        return { revoked: !test }
      },
    },
    'chat.postMessage': {
      args: {
        ...words,
        channel: 'string!',
        thread_ts: 'string',
        reply_broadcast: 'boolean',
        mrkdwn: 'boolean',
        unfurl_links: 'boolean',
        unfurl_media: 'boolean',
        metadata: 'json',
      },
      scopes: ['chat:write'],
      json: true,
      run: postMessage,
    },
    'chat.update': {
      args: { ...words, channel: 'string!', ts: 'string!', metadata: 'json' },
      scopes: ['chat:write'],
      json: true,
      run: update,
    },
    'chat.postEphemeral': {
      args: { ...words, channel: 'string!', user: 'string!', thread_ts: 'string' },
      scopes: ['chat:write'],
      json: true,
      run: postEphemeral,
    },
    'conversations.open': {
      args: { users: 'string', channel: 'string', return_im: 'boolean', prevent_creation: 'boolean' },
      scopes: ['im:write'],
      json: true,
      run: openConversation,
    },
    'conversations.members': {
      args: { channel: 'string!', cursor: 'string', limit: 'number' },
      scopes: readsChannels,
      run: members,
    },
    'conversations.info': {
      args: { channel: 'string!', include_locale: 'boolean', include_num_members: 'boolean' },
      scopes: readsChannels,
      run: info,
    },
    'users.info': {
      args: { user: 'string!', include_locale: 'boolean' },
      scopes: ['users:read'],
      run: ({ user, include_locale }, workspace) => ({
        user: userInfo(userIn(workspace, user), workspace.id, include_locale === true),
      }),
    },
    'views.open': { args: { trigger_id: 'string!', view: 'json!' }, json: true, run: openView },
    'views.update': {
      args: { view_id: 'string', external_id: 'string', hash: 'string', view: 'json!' },
      json: true,
      run: updateView,
    },
    'oauth.v2.access': {
      args: { client_id: 'string!', client_secret: 'string!', code: 'string!', redirect_uri: 'string' },
      open: true,
      run: exchangeCode,
    },
  }
}
