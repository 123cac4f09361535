import { createHash } from 'node:crypto'
import type { Activity, Mention } from 'botbuilder'
import type { Incoming } from '../../app/ports.ts'
import { writeAddress } from './address.ts'

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
      id: from.aadObjectId ?? from.id,
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
    // A group chat is read by several people: what must not be in a channel must not be there either.
    place: kind === 'personal' ? 'direct' : 'channel',
    what,
  }
}

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
  return `${conversation.id}/${createHash('sha256').update(told).digest('base64url')}`
}

function whatHappened(activity: Activity): Incoming['what'] | undefined {
  switch (activity.type) {
    case 'message':
      return isRecord(activity.value) ? submitted(activity.value) : { kind: 'message', text: textOf(activity) }
    case 'invoke':
      return activity.name === 'adaptiveCard/action' ? executed(activity.value) : undefined
    case 'conversationUpdate':
      return conversationChange(activity)
    case 'installationUpdate':
      return installation(activity.action)
    default:
      return undefined
  }
}

/** Action.Submit, the fallback of clients that do not know Action.Execute. */
function submitted({ verb, msteams: _, ...data }: Record<string, unknown>): Incoming['what'] {
  return { kind: 'action', verb: String(verb ?? ''), data }
}

function executed(value: unknown): Incoming['what'] {
  const action = isRecord(value) && isRecord(value.action) ? value.action : {}
  return { kind: 'action', verb: String(action.verb ?? ''), data: isRecord(action.data) ? action.data : {} }
}

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
  return ours
    .reduce((rest, mention) => (mention.text ? rest.replaceAll(mention.text, ' ') : rest), text ?? '')
    .replaceAll(/<\/?at\b[^>]*>/g, '')
    .replaceAll(/&nbsp;|\u00a0/g, ' ')
    .trim()
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
