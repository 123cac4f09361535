import type { Instant } from './time.ts'

/**
 * What is to be said, and when. The per-team due index holds these; nothing else decides what is sent (decision 0004).
 * Ids only: Redis sees them in clear.
 */
export type DueKind =
  /** A row in the digest for an agreement that is due or overdue: code, agreement. */
  | 'remind'
  /** A row in the digest on the day school and home agreed to talk again: code, agreement. */
  | 'followup'
  /** A row in the digest for a case that nobody holds: code. */
  | 'vacant'
  /** A row in the digest for a home that waits for an answer: code. */
  | 'waiting'
  /** Tell whoever holds the case that a meeting is today: code, meeting. */
  | 'meeting'
  /** Post a new card: post id. */
  | 'post'
  /** Draw a posted card anew: post id. */
  | 'update'
  /** Answer in private what somebody asked for in a channel: user, command, perhaps code. */
  | 'show'
  /** Remind whoever reached nobody to try the home again: code, user. */
  | 'retry'
  /** A short word to one person: user, the key of the words, code, perhaps another user. */
  | 'tell'
  /** Remind whoever holds a case that the rhythm has a talk for now: code. */
  | 'rhythm'
  /** Something has changed in the team that its reminders follow from: what its open cases make due is derived anew. */
  | 'replan'
  /** Ask whether an open case is still needed: code. */
  | 'review'
  /** Delete a case that was closed long enough ago: code. */
  | 'erase'
  /** Take a deleted case off a posted card: code, post id. */
  | 'redact'
  /** Delete a half-done dialog about a deleted case: code, user. */
  | 'release'
  /** Delete what is kept about a member of staff who has left: user. */
  | 'forget'
  /** Remind somebody who was upset yesterday to look at a message again: user. */
  | 'draft'

export interface DueEntry {
  kind: DueKind
  ids: string[]
  at: Instant
}

const SEPARATOR = '|'

/** The entry's name in the due index; the same thing to say has the same name, so it is there once. */
export const dueName = ({ kind, ids }: Pick<DueEntry, 'kind' | 'ids'>): string => [kind, ...ids].join(SEPARATOR)

/** The entry behind a name from the due index. */
export function dueEntry(name: string, at: Instant): DueEntry {
  const [kind, ...ids] = name.split(SEPARATOR)
  return { kind: kind as DueKind, ids, at }
}
