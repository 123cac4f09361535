import type { Case } from './case.ts'
import type { Day, Instant } from './time.ts'

/** The four things to ask about in a call (guidance §1.1). */
export const QUESTIONS = ['learning', 'friends', 'home', 'child'] as const
export type Question = (typeof QUESTIONS)[number]

/** A talk with the home, or an attempt at one. */
export interface Contact {
  id: string
  at: Instant
  by: string
  direction: 'outgoing' | 'incoming'
  reached: boolean
  /** How the home turned to the school; a call unless said. */
  way?: 'call' | 'message'
  /** Whether a home that turned to the school has had its answer; no other talk says. */
  answered?: boolean
  /** Whom the call was with, in the teacher's words: "mother". */
  whom?: string
  seen?: string
  since?: Day
  notes: Partial<Record<Question, string>>
}

/** A case with this contact. Recorded again it is there once, as it was told last; when it was stays. */
export function recordContact(to: Case, contact: Contact): Case {
  const before = to.contacts.find(({ id }) => id === contact.id)
  if (!before) return { ...to, contacts: [...to.contacts, contact] }
  const corrected = { ...contact, at: before.at }
  return { ...to, contacts: to.contacts.map((one) => (one === before ? corrected : one)) }
}

/**
 * Whether somebody who reached nobody still has a home to try again: nobody has talked with it since, and the case is open
 * and has not passed to somebody else.
 */
export function isStillToTry({ status, contacts, coordination: { coordinator } }: Case, user: string): boolean {
  const missed = contacts.filter(({ reached }) => !reached)
  // One may have written it down for the other who called.
  const tried = (missed.findLast(({ by }) => by === user) ?? missed.at(-1))?.at
  if (status === 'closed' || tried === undefined) return false
  const passedOn = coordinator !== undefined && coordinator.user !== user && coordinator.since > tried
  return !passedOn && !contacts.some(({ reached, at }) => reached && at > tried)
}
