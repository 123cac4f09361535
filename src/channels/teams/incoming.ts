import { hash } from 'node:crypto'
import type { Activity, Mention } from 'botbuilder'
import type { Incoming } from '../../app/ports.ts'
import { writeAddress } from './address.ts'

/** Somebody chose "Log agreement from this message", or sent the form that opened. */
const PICKED = 'composeExtension/fetchTask'
const PICKED_SENT = 'composeExtension/submitAction'
/** The command's id in manifest/teams/manifest.json. */
const LOG_AGREEMENT = 'log-agreement'

/** What a Teams activity means to the core; `undefined` where it means nothing. */
export function incomingFrom(activity: Activity): Incoming | undefined {
  const what = whatHappened(activity)
  const { from, conversation, channelData, recipient, serviceUrl } = activity
  if (!what || !from?.id) return undefined
  const team: unknown = channelData?.team?.id
  const tenant = String(channelData?.tenant?.id ?? conversation.tenantId ?? '')
  const kind = kindOf(activity)
  return {
    event: eventOf(activity),
    tenant,
    user: {
      id: from.aadObjectId || from.id,
      name: from.name ?? '',
      ...(activity.locale && { locale: activity.locale }),
    },
    ...(typeof team === 'string' && kind === 'channel' && { team }),
    address: writeAddress({
      serviceUrl,
      conversation: conversation.id,
      tenant,
      bot: recipient?.id ?? '',
      kind: kind === 'channel' ? 'channel' : 'chat',
    }),
    // A group chat is read by several people: what must not be in a channel must not be there either. A message picked out
    // of a chat with a colleague comes from that chat, which is not ours either.
    place: kind === 'personal' && !isPicked(activity) ? 'direct' : 'channel',
    what,
  }
}

const isPicked = ({ name }: Activity): boolean => name === PICKED || name === PICKED_SENT

function kindOf({ conversation, channelData }: Activity): 'personal' | 'groupChat' | 'channel' {
  const { conversationType, isGroup } = conversation
  if (conversationType === 'personal' || conversationType === 'groupChat' || conversationType === 'channel')
    return conversationType
  if (channelData?.team) return 'channel'
  return isGroup ? 'groupChat' : 'personal'
}

/** The same for a repetition. Where Teams gives no id, all that tells one event from another. */
function eventOf({
  id,
  type,
  name,
  conversation,
  from,
  replyToId,
  value,
  timestamp,
  localTimestamp,
}: Activity): string {
  if (id) return `${conversation.id}/${id}`
  const told = JSON.stringify([type, name, from.id, replyToId, value, timestamp, localTimestamp])
  return `${conversation.id}/${hash('sha256', told, 'base64url')}`
}

function whatHappened(activity: Activity): Incoming['what'] | undefined {
  switch (activity.type) {
    case 'message':
      return isRecord(activity.value) ? submitted(activity.value) : { kind: 'message', text: textOf(activity) }
    case 'invoke':
      return invoke(activity.name ?? '')?.(isRecord(activity.value) ? activity.value : {})
    case 'conversationUpdate':
      return conversationChange(activity)
    case 'installationUpdate':
      return installation(activity.action)
    default:
      return undefined
  }
}

/** A card may claim to be anything; our verbs are texts. */
const verbOf = (verb: unknown): string => (typeof verb === 'string' ? verb : '')

/** Action.Submit, the fallback of clients that do not know Action.Execute. */
function submitted({ verb, msteams: _, ...data }: Record<string, unknown>): Incoming['what'] {
  return { kind: 'action', verb: verbOf(verb), data }
}

type Read = (value: Record<string, unknown>) => Incoming['what'] | undefined

/** What Teams waits for an answer to, by name. */
const INVOKES: Record<string, Read> = {
  'adaptiveCard/action': (value) => {
    const action = isRecord(value.action) ? value.action : {}
    return { kind: 'action', verb: verbOf(action.verb), data: isRecord(action.data) ? action.data : {} }
  },
  // A window opens on whatever step somebody is at, however old the card is.
  'task/fetch': ({ data }) => {
    const team = isRecord(data) && typeof data.team === 'string' ? { team: data.team } : {}
    return { kind: 'action', verb: 'command', data: { command: 'resume', ...team } }
  },
  'task/submit': ({ data }) => submitted(isRecord(data) ? data : {}),
  [PICKED]: ({ commandId, messagePayload }) =>
    commandId === LOG_AGREEMENT
      ? { kind: 'action', verb: 'draft', data: { what: messageText(messagePayload) } }
      : undefined,
  [PICKED_SENT]: ({ data }) => submitted(isRecord(data) ? data : {}),
}

/** A name such as "constructor" is nobody's but JavaScript's own. */
const invoke = (name: string): Read | undefined => (Object.hasOwn(INVOKES, name) ? INVOKES[name] : undefined)

function conversationChange({
  membersAdded,
  membersRemoved,
  recipient,
  channelData,
}: Activity): Incoming['what'] | undefined {
  if (membersAdded?.some(({ id }) => id === recipient?.id)) return { kind: 'installed' }
  if (membersRemoved?.some(({ id }) => id === recipient?.id)) return { kind: 'removed' }
  const event: unknown = channelData?.eventType
  if (event === 'teamDeleted' || event === 'teamHardDeleted') return { kind: 'removed' }
  const changed = membersAdded?.length || membersRemoved?.length || /^(team|channel)[A-Z]/.test(String(event ?? ''))
  return changed ? { kind: 'rosterChanged' } : undefined
}

function installation(action: string | undefined): Incoming['what'] | undefined {
  if (action === 'add' || action === 'add-upgrade') return { kind: 'installed' }
  // An upgrade takes the old version away, not the bot.
  return action === 'remove' ? { kind: 'removed' } : undefined
}

/** The text as it was typed: without our own name, and other people's names without their tags. */
function textOf({ text, entities, recipient }: Activity): string {
  const ours = (entities ?? []).filter(
    (entity): entity is Mention => entity.type?.toLowerCase() === 'mention' && entity.mentioned?.id === recipient?.id,
  )
  const ourNames = [...new Set(ours.map((mention) => mention.text ?? ''))].filter(isName).slice(0, MOST_NAMES)
  return ourNames
    .reduce((rest, name) => rest.replaceAll(name, ' '), text ?? '')
    .replaceAll(/<\/?at\b[^<>]*>/g, '')
    .replaceAll(/&nbsp;|\u00a0/g, ' ')
    .trim()
}

/** The text is gone through for each of these. People call us by one name, perhaps by another one that it had before. */
const MOST_NAMES = 5
const isName = (name: string): boolean => name !== '' && name.length <= 200

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' }

/** A message that somebody picked out, as plain text: Teams hands it over as HTML, whoever wrote it. */
function messageText(payload: unknown): string {
  const body = isRecord(payload) && isRecord(payload.body) ? payload.body : {}
  const content = typeof body.content === 'string' ? body.content : ''
  if (body.contentType !== 'html') return content.trim()
  return content
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/<br\b[^<>]*>|<\/(?:p|div|li)>/gi, '\n')
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replaceAll(/(?<! ) *\n */g, '\n')
    .trim()
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
