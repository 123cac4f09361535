import { DeliveryError } from '../../app/ports.ts'

/** Where something is said in Teams. Everybody else sees only the string that `writeAddress` makes of it. */
export interface TeamsAddress {
  serviceUrl: string
  /** A chat, a channel, or with `;messageid=` one thread of a channel. */
  conversation: string
  tenant: string
  /** The bot's own account in this conversation. */
  bot: string
  /** In a channel a new message begins a thread; in a chat, and in a thread, it goes below the others. */
  kind: 'chat' | 'channel'
}

const PREFIX = 'teams:'
const THREAD = ';messageid='

export function writeAddress({ serviceUrl, conversation, tenant, bot, kind }: TeamsAddress): string {
  return PREFIX + Buffer.from(JSON.stringify([serviceUrl, conversation, tenant, bot, kind])).toString('base64url')
}

/** Throws a permanent `DeliveryError` `bad-address` for anything `writeAddress` has not made. */
export function readAddress(address: string): TeamsAddress {
  const [serviceUrl, conversation, tenant, bot, kind, ...more] = partsOf(address)
  if (!serviceUrl || !conversation || tenant === undefined || bot === undefined || more.length > 0) throw badAddress()
  if (kind !== 'chat' && kind !== 'channel') throw badAddress()
  return { serviceUrl, conversation, tenant, bot, kind }
}

function partsOf(address: string): string[] {
  if (!address.startsWith(PREFIX)) throw badAddress()
  try {
    const parts: unknown = JSON.parse(Buffer.from(address.slice(PREFIX.length), 'base64url').toString())
    if (Array.isArray(parts) && parts.every((part) => typeof part === 'string')) return parts
  } catch (cause) {
    throw badAddress(cause)
  }
  throw badAddress()
}

const badAddress = (cause?: unknown) => new DeliveryError('bad-address', { permanent: true, cause })

/** The id of the message that began the thread, where the conversation is a thread of a channel. */
export const rootMessage = (conversation: string): string | undefined => conversation.split(THREAD)[1]

/** Whether writing here begins a thread. */
export const beginsThread = ({ kind, conversation }: TeamsAddress): boolean =>
  kind === 'channel' && rootMessage(conversation) === undefined

/** The conversation a posted message is found in: a channel's first messages each begin their own. */
export const conversationOf = (address: TeamsAddress, message: string): string =>
  beginsThread(address) ? address.conversation + THREAD + message : address.conversation
