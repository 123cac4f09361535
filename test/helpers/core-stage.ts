/** The core with a real store, but without a channel or a queue: what it would send is kept. */
import { randomBytes, randomInt } from 'node:crypto'
import { DateTime } from 'luxon'
import { loadContent } from '../../src/app/content.ts'
import type { Kit } from '../../src/app/decision.ts'
import { createDeliver } from '../../src/app/deliver.ts'
import { DeliveryError, type Incoming, type Messenger, type Reply, type Roster } from '../../src/app/ports.ts'
import { createTurn, type TakeTurn } from '../../src/app/turn.ts'
import { newCaseCode } from '../../src/domain/case-code.ts'
import type { Member } from '../../src/domain/team.ts'
import { linkFor } from '../../src/store/links.ts'
import { connect, disconnect } from '../../src/store/redis.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { createStore } from '../../src/store/store.ts'
import type { Posted, Stage } from './play.ts'
import { sharedRedis } from './redis.ts'

export const content = loadContent(new URL('../..', import.meta.url).pathname)

const MEMBERS: Member[] = [
  { id: 'user-karen', name: 'Karen Holm', guest: false },
  { id: 'user-birte', name: 'Birte Friis', guest: false },
  { id: 'user-bo', name: 'Bo Lund', guest: false },
  { id: 'user-gitte', name: 'Gitte Gæst', guest: true },
]
export const PEOPLE = {
  karen: 'user-karen',
  birte: 'user-birte',
  bo: 'user-bo',
  gitte: 'user-gitte',
  stranger: 'user-stranger',
}
const ZONE = 'Europe/Copenhagen'

export interface CoreStage extends Stage {
  team: string
  take: TakeTurn
  /** The teams whose delivery was to be woken, in turn. */
  nudged: () => string[]
  /** What the log was told, as one text. */
  logged: () => string
  store: ReturnType<typeof createStore>
  /** The channel tells that the bot or somebody else has come or gone. */
  happens(kind: 'installed' | 'removed' | 'rosterChanged'): Promise<Reply>
  close(): Promise<void>
}

/**
 * `roster`: who the channel says is in the team, in place of everybody; `refuses`: whether the channel refuses for good what
 * is posted there; `files`: whether the service has an address.
 */
export async function coreStage(
  language: 'da' | 'en',
  {
    roster: given,
    refuses = () => false,
    files = true,
  }: { roster?: Roster['read']; refuses?: (address: string) => boolean; files?: boolean } = {},
): Promise<CoreStage> {
  const redis = await connect((await sharedRedis()).config)
  let offset = 0
  const ring = parseKeyRing(`test:${randomBytes(32).toString('base64')}`)
  const store = createStore({ redis, ring, offset: () => offset })
  const team = `team-${randomBytes(6).toString('hex')}`
  const posted: Posted[] = []
  const lines: string[] = []
  const nudged: string[] = []
  const log = (fields: object, message: string) => void lines.push(JSON.stringify({ ...fields, message }))
  const messenger: Messenger = {
    post: async (address, card, summary) => {
      if (refuses(address)) throw new DeliveryError('gone', { permanent: true })
      posted.push({ id: `m${posted.length + 1}`, to: address, card: structuredClone(card), text: summary })
      return `m${posted.length}`
    },
    update: async (_address, message, card, summary) => {
      const found = posted.find(({ id }) => id === message)
      if (found) Object.assign(found, { card: structuredClone(card), text: summary, replaced: {} })
    },
    direct: async (_team, user) => user,
  }
  const kit: Kit = {
    content,
    newId: () => randomBytes(8).toString('hex'),
    newCode: () => newCaseCode(randomInt),
    ...(files && { link: (ticket) => linkFor(ring, 'https://tovholder.example', ticket) }),
  }
  const roster = {
    read:
      given ??
      (async () => ({ name: 'Udskolingen', members: MEMBERS, channels: [{ address: 'channel', name: 'General' }] })),
  }
  const logger = { info: log, warn: log, error: log }
  const take = createTurn({ kit, store, roster, log: logger, nudge: async (id) => void nudged.push(id) })
  const deliver = createDeliver({ kit, store, messenger, log: logger })
  const locale = language === 'da' ? 'da-DK' : 'en-GB'

  let events = 0
  const incoming = (who: string, place: 'direct' | 'channel', what: Incoming['what']): Incoming => ({
    event: `event-${++events}`,
    tenant: `tenant-${team}`,
    user: { id: who, name: MEMBERS.find(({ id }) => id === who)?.name ?? 'Stranger', locale },
    ...(place === 'channel' && { team }),
    address: place === 'channel' ? 'channel' : who,
    place,
    what,
  })
  const keep = (to: string, reply: Reply): Reply => {
    if (reply.card) posted.push({ id: `m${posted.length + 1}`, to, card: reply.card, text: reply.summary ?? '' })
    return reply
  }
  await take({ ...incoming('user-karen', 'channel', { kind: 'installed' }), team })

  return {
    people: PEOPLE,
    channel: 'General',
    team,
    take,
    store,
    nudged: () => nudged,
    logged: () => lines.join('\n'),
    posted: () => posted,
    says: async (who, text, place) =>
      keep(place === 'channel' ? 'channel' : who, await take(incoming(who, place, { kind: 'message', text }))),
    presses: async (who, message, verb, data) => {
      const place = message.to === 'channel' ? 'channel' : 'direct'
      const reply = await take(incoming(who, place, { kind: 'action', verb, data }))
      // In a channel the answer is seen by the one who clicked only; everybody's card is updated by a delivery.
      if (reply.card) message.replaced = { ...message.replaced, [who]: reply.card }
      if (reply.card && place === 'direct') message.card = reply.card
      return reply
    },
    happens: (kind) => take(incoming(PEOPLE.karen, 'channel', { kind })),
    settle: () => deliver(team),
    until: async (local) => {
      const now = (await store.now()) - offset
      offset = DateTime.fromISO(local, { zone: ZONE }).toMillis() - now
      await deliver(team)
    },
    close: () => disconnect(redis),
  }
}
