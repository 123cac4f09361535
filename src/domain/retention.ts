/** How long something is kept: named policies as data, and what follows for a case and for somebody who has left. */
import type { Case } from './case.ts'
import type { DueKind } from './due.ts'
import { involved } from './involved.ts'
import { dueEntriesFor, nextSlot, type RemindedTeam, type Rhythm } from './reminder.ts'
import { dayOf, plusDays } from './school-calendar.ts'
import type { Day, Instant } from './time.ts'

/** An open case is asked about this many days after it was opened or last said to be needed (guidance §4). */
export const REVIEW_DAYS = 90
/** A question that nobody answers is put again after so many days. */
const REVIEW_AGAIN_DAYS = 30
/** A closed case is deleted this many days after it was closed (guidance §4). */
export const CLOSED_DAYS = 30
/** What is kept about a member of staff is deleted this many days after they have left: rosters err, and people come back. */
export const DEPARTED_DAYS = 30

const DAY = 86_400_000

interface Entry {
  kind: DueKind
  ids: string[]
  at: Instant | null
}

/** The day from which it is to be asked whether an open case is still needed; `undefined` for a closed one. */
function reviewDay({ status, openedAt, review }: Case, zone: string): Day | undefined {
  if (status !== 'open') return undefined
  if (review?.asked !== undefined) return plusDays(dayOf(review.asked, zone), REVIEW_AGAIN_DAYS)
  return plusDays(dayOf(review?.kept ?? openedAt, zone), REVIEW_DAYS)
}

/** When that is asked: at the team's hour on a school day. */
export function nextReview(found: Case, now: Instant, rhythm: Rhythm): Instant | null {
  const day = reviewDay(found, rhythm.zone)
  return day === undefined ? null : nextSlot(day, now, rhythm)
}

export const isReviewDue = (found: Case, today: Day, zone: string): boolean => {
  const day = reviewDay(found, zone)
  return day !== undefined && day <= today
}

/** The question has been put; a second one waits for its own day. */
export const reviewAsked = (found: Case, now: Instant): Case => ({ ...found, review: { ...found.review, asked: now } })

/** Somebody says that the case is still needed. */
export const keepCase = (found: Case, now: Instant): Case => ({ ...found, review: { kept: now } })

/** When a closed case is deleted; `null` while it is open. */
export const deletionAt = ({ closed }: Case): Instant | null => (closed ? closed.at + CLOSED_DAYS * DAY : null)

export const departureAt = (now: Instant): Instant => now + DEPARTED_DAYS * DAY

/** What the due index holds so that a case is not kept for ever. */
export const retentionEntriesFor = (found: Case, now: Instant, rhythm: Rhythm): Entry[] => [
  { kind: 'review', ids: [found.code], at: nextReview(found, now, rhythm) },
  { kind: 'erase', ids: [found.code], at: deletionAt(found) },
]

/**
 * What follows from deleting a case: nothing is said about it any more, the cards that show it are emptied, and a dialog
 * about it that somebody is in the middle of goes with it.
 */
export function erasureOf(found: Case, now: Instant, team: RemindedTeam): Entry[] {
  const { code, posts } = found
  const people = everybodyIn(found)
  // Of a closed case even the entries are told that are left alone while it is open.
  const planned = [
    ...dueEntriesFor({ ...found, status: 'closed' }, now, team),
    ...retentionEntriesFor(found, now, team),
  ]
  return [
    ...planned.map((entry): Entry => ({ ...entry, at: null })),
    // Nothing in the case says that these were ever there.
    ...people.map((user): Entry => ({ kind: 'retry', ids: [code, user], at: null })),
    ...people.map((user): Entry => ({ kind: 'release', ids: [code, user], at: now })),
    ...posts.map((post): Entry => ({ kind: 'redact', ids: [code, post], at: now })),
  ]
}

/** Whoever may ever have worked on the case. */
function everybodyIn(found: Case): string[] {
  const { contacts, agreements, coordination, outcomes } = found
  return [
    ...new Set([
      ...involved(found),
      ...contacts.map(({ by }) => by),
      ...agreements.flatMap(({ loggedBy, staff }) => [loggedBy, ...(staff ? [staff] : [])]),
      ...coordination.history.flatMap(({ user, by }) => [user, by]),
      ...outcomes.map(({ by }) => by),
    ]),
  ]
}
