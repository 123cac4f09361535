/** Sees to it that nothing is kept for longer than it should be: each kind of due entry that asks, empties or deletes. */
import type { Session } from '../dialog/session.ts'
import type { DueEntry } from '../domain/due.ts'
import { toBeAsked } from '../domain/involved.ts'
import type { Post } from '../domain/post.ts'
import { deletionAt, erasureOf, isReviewDue, nextReview, reviewAsked } from '../domain/retention.ts'
import type { Team } from '../domain/team.ts'
import type { Instant } from '../domain/time.ts'
import { clear, type DeliverParts, drawAgain, taken } from './delivery.ts'
import type { Versioned, Write } from './ports.ts'
import { sceneOf } from './scene.ts'

/** Who the audit says it was. */
const RETENTION = 'retention'

/** Does what one entry of these kinds asks for; one of any other kind means nothing any more and is taken away. */
export async function retain(parts: DeliverParts, team: Team, entry: DueEntry, now: Instant): Promise<void> {
  const [first = '', second = ''] = entry.ids
  switch (entry.kind) {
    case 'review':
      return review(parts, team, first, entry, now)
    case 'erase':
      return erase(parts, team, first, entry, now)
    case 'redact':
      return redact(parts, team, { code: first, id: second }, entry, now)
    case 'release':
      return release(parts, team, { code: first, user: second }, entry)
    case 'forget':
      return forget(parts, team, first, entry)
    default:
      return clear(parts.store, team.id, [entry])
  }
}

/** Asks whether an open case is still needed. */
async function review(parts: DeliverParts, team: Team, code: string, entry: DueEntry, now: Instant): Promise<void> {
  const { kit, store, log } = parts
  const [kept] = await store.load(team.id, 'case', [code])
  if (!kept) return clear(store, team.id, [entry])
  const { today } = sceneOf(kit.content, team, team.language, now)
  if (!isReviewDue(kept.value, today, team.zone)) {
    const next = { ...entry, at: nextReview(kept.value, now, team), unless: entry.at }
    await store.commit({ team: team.id, writes: [], audit: [], due: [next] })
    return
  }
  const asked = reviewAsked(kept.value, now)
  const again = { kind: 'review' as const, ids: [code], at: nextReview(asked, now, team) }
  const user = toBeAsked(asked, team)
  if (!user) log.warn({ team: team.id, case: code }, 'nobody is left to ask whether this case is needed')
  const question: Post | undefined = user
    ? { v: 1, id: `${code}.${kit.newId()}`, card: { kind: 'review', user }, refs: [{ code }], address: '' }
    : undefined
  const posts = question ? [...asked.posts, question.id] : asked.posts
  await store.commit({
    team: team.id,
    writes: [
      { kind: 'case', id: code, rev: kept.rev, value: { ...asked, posts } },
      ...(question ? [{ kind: 'post' as const, id: question.id, rev: 0, value: question }] : []),
    ],
    due: [again, ...(question ? [{ kind: 'post' as const, ids: [question.id], at: now }] : [])],
    audit: [{ actor: RETENTION, action: 'case-review-asked', code }],
  })
}

/** Deletes a case whose time is over. */
async function erase({ store }: DeliverParts, team: Team, code: string, entry: DueEntry, now: Instant): Promise<void> {
  const [kept] = await store.load(team.id, 'case', [code])
  if (!kept) return clear(store, team.id, [entry])
  const at = deletionAt(kept.value)
  if (at === null || at > now) {
    await store.commit({ team: team.id, writes: [], audit: [], due: [{ ...entry, at, unless: entry.at }] })
    return
  }
  await store.commit({
    team: team.id,
    writes: [{ kind: 'case', id: code, rev: kept.rev, value: undefined }],
    due: erasureOf(kept.value, now, team),
    audit: [{ actor: RETENTION, action: 'case-erased', code }],
  })
}

/** Takes a deleted case off a posted card; a card that showed nothing else becomes a neutral sentence, and is forgotten. */
async function redact(
  parts: DeliverParts,
  team: Team,
  { code, id }: { code: string; id: string },
  entry: DueEntry,
  now: Instant,
): Promise<void> {
  const [kept] = await parts.store.load(team.id, 'post', [id])
  if (!kept) return clear(parts.store, team.id, [entry])
  const refs = kept.value.refs.filter((ref) => ref.code !== code)
  const left = { ...kept.value, refs }
  await drawAgain(parts, team, left, now, { lost: 'a posted card could not be emptied' })
  await parts.store.commit({
    team: team.id,
    writes: [{ kind: 'post', id, rev: kept.rev, value: refs.length > 0 ? left : undefined }],
    due: [taken(entry)],
    audit: [],
  })
}

/** Deletes a dialog about a deleted case that somebody is in the middle of, and the case from any other's list to choose from. */
async function release(
  { store }: DeliverParts,
  team: Team,
  { code, user }: { code: string; user: string },
  entry: DueEntry,
): Promise<void> {
  const { session } = await store.read({ team: team.id, user })
  const writes: Write[] = session ? withoutCase(session, code) : []
  await store.commit({ team: team.id, writes, due: [taken(entry)], audit: [] })
}

function withoutCase({ rev, value }: Versioned<Session>, code: string): Write[] {
  if (value.code === code || value.vars.code === code) return [{ kind: 'session', id: value.id, rev, value: undefined }]
  const { cases } = value.vars
  if (!Array.isArray(cases) || !cases.some((option) => isOption(option, code))) return []
  const vars = { ...value.vars, cases: cases.filter((option) => !isOption(option, code)) }
  return [{ kind: 'session', id: value.id, rev, value: { ...value, vars } }]
}

const isOption = (option: unknown, code: string): boolean =>
  typeof option === 'object' && option !== null && 'value' in option && option.value === code

/** Deletes what is kept about somebody who has left, unless they have come back. */
async function forget({ store }: DeliverParts, team: Team, user: string, entry: DueEntry): Promise<void> {
  if (team.members.some(({ id }) => id === user)) return clear(store, team.id, [entry])
  const seen = await store.read({ team: team.id, user })
  const own = seen.session?.value.user === user ? seen.session : undefined
  await store.commit({
    team: team.id,
    writes: [
      ...(own ? [{ kind: 'session' as const, id: own.value.id, rev: own.rev, value: undefined }] : []),
      { kind: 'user', id: user, rev: seen.user?.rev ?? 0, value: undefined },
    ],
    due: [taken(entry)],
    audit: [{ actor: RETENTION, action: 'user-forgotten', detail: user }],
  })
}
