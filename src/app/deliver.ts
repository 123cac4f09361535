/** Says what is due in one team, in order: asks again whether it still matters, sends, and moves the entry on in one commit. */

import { may } from '../domain/access.ts'
import { isStillToTry } from '../domain/contact.ts'
import { type DueEntry, dueName } from '../domain/due.ts'
import { presentHolder } from '../domain/involved.ts'
import { plannedMeeting } from '../domain/meeting.ts'
import { dueEntriesFor, isTimeToRemind, nudgedOn, nudgesDue } from '../domain/reminder.ts'
import { dayOf } from '../domain/school-calendar.ts'
import { isOnTeam, type Team, type User } from '../domain/team.ts'
import type { Instant } from '../domain/time.ts'
import { sessionWrites } from './change.ts'
import { decide } from './coach.ts'
import { postDigest } from './deliver-digest.ts'
import { retain } from './deliver-retention.ts'
import {
  casesOf,
  clear,
  type DeliverParts,
  drawAgain,
  languageOf,
  POISON,
  recipient,
  taken,
  values,
  waitForChannel,
} from './delivery.ts'
import { codeOf } from './log.ts'
import { type Commit, DeliveryError, type Incoming, StoreError, type Versioned, type Write } from './ports.ts'
import { replan } from './replan.ts'
import { nameOf, type Scene, say, sceneOf } from './scene.ts'
import { sayClock } from './view/meeting.ts'
import { nudgeCard } from './view/next-step.ts'
import { type Button, commandButton, notice } from './view/parts.ts'
import { drawPost } from './view/posts.ts'

/** Crashes or failures in the middle of an entry before it is suspected of being poison. */
const MOST_DEATHS = 3
/** All that one team can have due at a time, so that a digest is one card; what there is beyond is taken in a next round. */
const BATCH = 1000

const IN_DIGEST: ReadonlySet<string> = new Set(['remind', 'followup', 'vacant', 'waiting'])

/** What is delivered in one go. */
interface Delivery {
  entries: DueEntry[]
  /** It is set aside after so many deaths. */
  most: number
  act: () => Promise<void>
}

/**
 * Makes the delivery of one team's due entries. It rejects with what is to be tried again later: at once where the channel
 * or Redis is away, and else when all the rest is done.
 */
export function createDeliver(parts: DeliverParts): (team: string) => Promise<void> {
  const { store, log } = parts
  /** Tries in a team that were no deaths, and of which Redis could not be told so yet. */
  const owed = new Map<string, string[]>()

  return async (id) => {
    const failed = new Map<string, unknown>()
    for (;;) {
      const { now, team, entries, deaths } = await store.pending(id, BATCH)
      const suspected = new Set(entries.filter((_, index) => (deaths[index] ?? 0) >= MOST_DEATHS))
      const left = entries.filter((entry) => !failed.has(dueName(entry)))
      if (left.length === 0) break
      if (!team) return clear(store, id, left)
      const next = nextOf(team, left, suspected, now)
      const failure = await attempt(id, next)
      if (failure !== undefined) for (const entry of next.entries) failed.set(dueName(entry), failure)
    }
    for (const failure of failed.values()) throw failure
  }

  /** What somebody is waiting for comes before the digest. */
  function nextOf(team: Versioned<Team>, left: DueEntry[], suspected: ReadonlySet<DueEntry>, now: Instant): Delivery {
    const others = left.filter(({ kind }) => !IN_DIGEST.has(kind))
    const first = others.find(({ kind }) => kind === 'replan') ?? others[0]
    return first
      ? { entries: [first], most: MOST_DEATHS, act: () => deliverOne(parts, team.value, first, now) }
      : digestOf(team, left, suspected, now)
  }

  /**
   * What is due today on one card. Where that has failed too often, each case gets a card of its own, so that what does it
   * is found and nothing else is set aside.
   */
  function digestOf(team: Versioned<Team>, rows: DueEntry[], suspected: ReadonlySet<DueEntry>, now: Instant): Delivery {
    const entries = rows.filter((entry) => !suspected.has(entry))
    if (entries.length > 0)
      return { entries, most: Number.POSITIVE_INFINITY, act: () => postDigest(parts, team, entries, now) }
    const ofOneCase = rows.filter(({ ids }) => ids[0] === rows[0]?.ids[0])
    // So often in company, and then once more alone.
    const act = () => postDigest(parts, team, ofOneCase, now, { apart: true })
    return { entries: ofOneCase, most: MOST_DEATHS + 1, act }
  }

  /**
   * Does one thing. What cannot be delivered is set aside, what can be once the channel or Redis is back is thrown. Any
   * other failure counts as a death, as if the process had ended, and is returned until it has been one too many.
   */
  async function attempt(team: string, { entries, most, act }: Delivery): Promise<unknown> {
    const names = entries.map(dueName)
    await settle(team, owed.get(team) ?? [])
    const deaths = Math.max(...(await store.claim(team, names)))
    if (deaths >= most) return bury(team, entries, POISON)
    try {
      await act()
      await settle(team, names)
      return undefined
    } catch (error) {
      if (isAway(error)) {
        await settle(team, names).catch(() => owed.set(team, names))
        throw error
      }
      if (error instanceof DeliveryError || deaths + 1 >= most) return bury(team, entries, codeOf(error))
      return error
    }
  }

  /** Notes that these tries were no deaths. */
  async function settle(team: string, names: string[]): Promise<void> {
    if (names.length > 0) await store.settle(team, names)
    owed.delete(team)
  }

  async function bury(team: string, entries: DueEntry[], reason: string): Promise<void> {
    for (const entry of entries) await store.bury(team, entry, reason)
    log.error({ team, reason, entries: entries.length }, 'could not be delivered and was set aside')
  }
}

/** Whether nothing is wrong with what was to be said. */
const isAway = (error: unknown): boolean =>
  error instanceof DeliveryError ? !error.permanent : error instanceof StoreError && error.code === 'store-unavailable'

/** Delivers one entry that stands for itself. */
async function deliverOne(parts: DeliverParts, team: Team, entry: DueEntry, now: Instant): Promise<void> {
  const [first = '', second = '', third = '', fourth = ''] = entry.ids
  switch (entry.kind) {
    case 'replan':
      await replan(parts.store, team)
      return clear(parts.store, team.id, [entry])
    case 'post':
      return sendPost(parts, team, first, entry, now)
    case 'update':
      return updatePost(parts, team, first, entry, now)
    case 'show':
      return showPrivately(parts, team, first, { command: second, code: third }, entry)
    case 'rhythm':
      return nudge(parts, team, first, entry, now)
    case 'meeting':
      return tellOfMeeting(parts, team, { code: first, meeting: second }, entry, now)
    case 'retry':
      return remindToTry(parts, team, { code: first, user: second }, entry, now)
    case 'tell':
      return tell(parts, team, first, entry, now, (scene) => ({
        text: say(scene, `tell.${second}`, { code: third, name: nameOf(scene, fourth) }),
        actions: [
          ...(second === 'declined'
            ? [commandButton(scene, say(scene, 'tell.pickButton'), 'coordinator-pick', third)]
            : []),
          ...(second === 'accepted' ? [commandButton(scene, say(scene, 'case.show'), 'case', third)] : []),
        ],
      }))
    case 'draft':
      return tell(parts, team, first, entry, now, (scene) => ({
        text: say(scene, 'message.coolOff.remind'),
        actions: [
          commandButton(scene, say(scene, 'help.lines.message-check'), 'message-check', '', { style: 'positive' }),
          commandButton(scene, say(scene, 'help.lines.call-prep'), 'call-prep'),
        ],
      }))
    default:
      return retain(parts, team, entry, now)
  }
}

async function sendPost(parts: DeliverParts, team: Team, id: string, entry: DueEntry, now: Instant): Promise<void> {
  const { kit, store, messenger } = parts
  const [kept] = await store.load(team.id, 'post', [id])
  if (!kept || kept.value.message) return clear(store, team.id, [entry])
  const post = kept.value
  const user = recipient(post)
  // Nothing of a case goes to somebody who has left meanwhile.
  if (user && !isOnTeam(team, user)) return clear(store, team.id, [entry])
  if (!user && !team.channel) return waitForChannel(store, team.id, entry, now)
  const cases = await casesOf(
    store,
    team.id,
    post.refs.map(({ code }) => code),
  )
  if (cases.size === 0) return clear(store, team.id, [entry])
  const scene = sceneOf(kit.content, team, await languageOf(store, team, user), now)
  const drawn = drawPost(scene, post, values(cases))
  const address = user ? await addressOf(parts, team, user) : (team.channel?.address ?? '')
  const message = await messenger.post(address, drawn.card, drawn.summary)
  await store.commit({
    team: team.id,
    writes: [{ kind: 'post', id, rev: kept.rev, value: { ...post, address, message, sentAt: now } }],
    // Drawn once more at once: the case may have changed while the card was on its way.
    due: [taken(entry), { kind: 'update', ids: [id], at: now }],
    audit: [],
  })
}

async function updatePost(parts: DeliverParts, team: Team, id: string, entry: DueEntry, now: Instant): Promise<void> {
  const [kept] = await parts.store.load(team.id, 'post', [id])
  if (kept) await drawAgain(parts, team, kept.value, now, { lost: 'a posted card could not be updated' })
  await clear(parts.store, team.id, [entry])
}

async function addressOf({ store, messenger }: DeliverParts, team: Team, user: string): Promise<string> {
  const [kept] = await store.load(team.id, 'user', [user])
  if (kept?.value.address) return kept.value.address
  const address = await messenger.direct(team, user)
  const known: User = kept?.value ?? {
    v: 1,
    id: user,
    name: memberName(team, user),
    language: team.language,
    unheard: true,
  }
  // Should somebody be faster, the address is asked for once more.
  const value = { ...known, address }
  await store.commit({
    team: team.id,
    writes: [{ kind: 'user', id: user, rev: kept?.rev ?? 0, value }],
    due: [],
    audit: [],
  })
  return address
}

const memberName = ({ members }: Team, user: string): string => members.find(({ id }) => id === user)?.name ?? ''

/** Shows somebody in private what was asked for in a channel. */
async function showPrivately(
  parts: DeliverParts,
  team: Team,
  user: string,
  asked: { command: string; code: string },
  entry: DueEntry,
): Promise<void> {
  const { kit, store, messenger } = parts
  const address = await addressOf(parts, team, user)
  const incoming: Incoming = {
    event: dueName(entry),
    tenant: team.tenant,
    user: { id: user, name: memberName(team, user) },
    address,
    place: 'direct',
    what: {
      kind: 'action',
      verb: 'command',
      data: { command: asked.command, ...(asked.code && { code: asked.code }) },
    },
  }
  const seen = await store.read({
    team: team.id,
    user,
    mine: true,
    open: asked.command === 'overview',
    ...(asked.code && { code: asked.code }),
  })
  const { reply, change } = decide(kit, incoming, seen, team)
  const card =
    reply.card ??
    notice(sceneOf(kit.content, team, seen.user?.value.language ?? team.language, seen.now), {
      title: reply.text ?? '',
    })
  await messenger.post(address, card, reply.summary ?? '')
  const session = sessionWrites(change, seen)
  const person: Write[] = change.user ? [{ kind: 'user', id: user, rev: seen.user?.rev ?? 0, value: change.user }] : []
  const commit: Commit = { team: team.id, writes: [], due: [taken(entry)], audit: change.audit ?? [] }
  // Somebody who has done something in the meantime is not waited for any more.
  const begun = session.filter(({ value }) => value !== undefined)
  if ((await store.commit({ ...commit, writes: [...session, ...person] })) === 'stale')
    await store.commit({ ...commit, writes: begun })
}

/**
 * Reminds whoever holds a case of a talk of the rhythm; in private, since the channel hears of agreements and not of who has
 * called whom. Whether it still matters is asked now, of the case as it is.
 */
async function nudge(parts: DeliverParts, team: Team, code: string, entry: DueEntry, now: Instant): Promise<void> {
  const { kit, store, messenger } = parts
  const [seen] = await store.load(team.id, 'case', [code])
  const today = dayOf(now, team.zone)
  const stage = seen && isTimeToRemind(now, team) ? nudgesDue(seen.value, today, team).at(-1) : undefined
  const holder = seen && presentHolder(seen.value, team)
  if (seen && stage && holder) {
    const scene = sceneOf(kit.content, team, await languageOf(store, team, holder), now)
    const { card, summary } = nudgeCard(scene, seen.value, stage)
    await messenger.post(await addressOf(parts, team, holder), card, summary)
  }
  // It has gone out: what follows is book-keeping, on the case as it is by then.
  for (;;) {
    const [found] = await store.load(team.id, 'case', [code])
    if (!found) return clear(store, team.id, [entry])
    const said = stage ? nudgedOn(found.value, nudgesDue(found.value, today, team), today) : found.value
    const write: Write = { kind: 'case', id: code, rev: found.rev, value: said }
    const due = [taken(entry), ...dueEntriesFor(said, now, team)]
    if ((await store.commit({ team: team.id, now, writes: [write], due, audit: [] })) !== 'stale') return
  }
}

/** A short word to one person. */
async function tell(
  parts: DeliverParts,
  team: Team,
  user: string | undefined,
  entry: DueEntry,
  now: Instant,
  words: (scene: Scene) => { text: string; actions: Button[] },
): Promise<void> {
  const { kit, store, messenger } = parts
  if (user && isOnTeam(team, user)) {
    const scene = sceneOf(kit.content, team, await languageOf(store, team, user), now)
    const { text, actions } = words(scene)
    await messenger.post(await addressOf(parts, team, user), notice(scene, { title: text, actions }), text)
  }
  await clear(store, team.id, [entry])
}

/** Reminds somebody who reached nobody to try the home again; whether there is still cause to is asked of the case as it is. */
async function remindToTry(
  parts: DeliverParts,
  team: Team,
  { code, user }: { code: string; user: string },
  entry: DueEntry,
  now: Instant,
): Promise<void> {
  const found = (await casesOf(parts.store, team.id, [code])).get(code)?.value
  const matters = found && isStillToTry(found, user) && may(user, 'contact.record', { team, case: found }) === true
  return tell(parts, team, matters ? user : undefined, entry, now, (scene) => ({
    text: say(scene, 'tell.retry', { code }),
    actions: [commandButton(scene, say(scene, 'tell.retryButton'), 'call-prep', code)],
  }))
}

/** It is the day of a meeting; one that was held, moved or dropped meanwhile is nobody's news. */
async function tellOfMeeting(
  parts: DeliverParts,
  team: Team,
  { code, meeting }: { code: string; meeting: string },
  entry: DueEntry,
  now: Instant,
): Promise<void> {
  const found = (await casesOf(parts.store, team.id, [code])).get(code)?.value
  const planned = found?.status === 'open' ? plannedMeeting(found) : undefined
  if (!found || planned?.id !== meeting || planned.on !== dayOf(now, team.zone)) {
    // Moved while this was on its way: then its day is still to come.
    const anew = found ? dueEntriesFor(found, now, team).filter(({ kind }) => kind === 'meeting') : []
    await parts.store.commit({ team: team.id, writes: [], audit: [], due: [taken(entry), ...anew] })
    return
  }
  return tell(parts, team, presentHolder(found, team), entry, now, (scene) => ({
    text: say(scene, 'tell.meeting', { code, time: sayClock(scene, planned.time) }),
    actions: [commandButton(scene, say(scene, 'tell.meetingButton'), 'meeting-hold', code)],
  }))
}
