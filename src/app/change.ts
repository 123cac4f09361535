import type { Session } from '../dialog/session.ts'
import type { Case } from '../domain/case.ts'
import type { DueKind } from '../domain/due.ts'
import type { Post } from '../domain/post.ts'
import { dueEntriesFor } from '../domain/reminder.ts'
import { erasureOf, retentionEntriesFor } from '../domain/retention.ts'
import type { Team, User } from '../domain/team.ts'
import type { Instant } from '../domain/time.ts'
import type { AuditEntry, Commit, DocumentKind, Documents, Snapshot, Versioned, Write } from './ports.ts'

/** What a decision changes. Absent means untouched; `null` means gone. */
export interface Change {
  case?: Case
  /** The case as it was, which is deleted for good. */
  erased?: Case
  session?: Session | null
  team?: Team
  user?: User
  posts?: Post[]
  due?: { kind: DueKind; ids: string[]; at: Instant | null }[]
  audit?: AuditEntry[]
}

/** One change after another; the later document wins, the rest adds up. */
export const merge = (a: Change, b: Change): Change => ({
  ...a,
  ...b,
  posts: [...(a.posts ?? []), ...(b.posts ?? [])],
  due: [...(a.due ?? []), ...(b.due ?? [])],
  audit: [...(a.audit ?? []), ...(b.audit ?? [])],
})

/** The commit that makes a change of what a snapshot showed, or nothing where there is nothing to write. */
export function commitOf(change: Change, seen: Snapshot, team: Team, event: string): Commit | undefined {
  const writes: Write[] = []
  const write = <K extends DocumentKind>(kind: K, id: string, rev: number, value: Documents[K] | undefined) =>
    writes.push({ kind, id, rev, value } as Write)

  if (change.team) write('team', change.team.id, seen.team?.rev ?? 0, change.team)
  if (change.user) write('user', change.user.id, seen.user?.rev ?? 0, change.user)
  if (change.case) write('case', change.case.code, revOf(seen, change.case.code), change.case)
  if (change.erased) write('case', change.erased.code, revOf(seen, change.erased.code), undefined)
  writes.push(...sessionWrites(change, seen))
  for (const post of change.posts ?? []) write('post', post.id, 0, post)

  const due = [
    ...(change.case ? dueAfter(change.case, team, seen.now) : []),
    ...(change.erased ? erasureOf(change.erased, seen.now, team) : []),
    ...(change.due ?? []),
  ]
  const audit = change.audit ?? []
  if (writes.length + due.length + audit.length === 0) return undefined
  return { team: team.id, event, now: seen.now, writes, due, audit }
}

/** Somebody is in one dialog: with the next one that of before is gone at once, or its last step could be taken once more. */
export function sessionWrites({ session }: Change, { session: before }: Pick<Snapshot, 'session'>): Write[] {
  if (session === undefined) return []
  const same = before !== undefined && before.value.id === session?.id
  const over = before && !same && (!session || session.user === before.value.user) ? [before] : []
  return [
    ...over.map(({ rev, value: { id } }): Write => ({ kind: 'session', id, rev, value: undefined })),
    ...(session ? [{ kind: 'session' as const, id: session.id, rev: same ? before.rev : 0, value: session }] : []),
  ]
}

const revOf = ({ case: one, mine }: Snapshot, code: string): number => {
  const seen: (Versioned<Case> | undefined)[] = [one, ...mine]
  return seen.find((found) => found?.value.code === code)?.rev ?? 0
}

/** What a changed case makes due: its reminders, derived anew, and every posted card that shows it. */
const dueAfter = (changed: Case, team: Team, now: Instant): NonNullable<Change['due']> => [
  ...dueEntriesFor(changed, now, team),
  ...retentionEntriesFor(changed, now, team),
  ...changed.posts.map((post) => ({ kind: 'update' as const, ids: [post], at: now })),
]
