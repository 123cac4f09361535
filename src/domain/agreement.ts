import type { Day, Instant } from './time.ts'

/** Who does what was agreed. `school` always names a member of staff as well. */
export const PARTIES = ['school', 'home', 'pupil', 'other'] as const
export type Party = (typeof PARTIES)[number]

/** How school and home talk again about an agreement. */
export const FOLLOW_UPS = ['call', 'meeting', 'message', 'visit'] as const
export type FollowUpWay = (typeof FOLLOW_UPS)[number]

/** What was agreed. All of it is needed: what, who, by when, and when and how we follow up (guidance §1.1, §5). */
export interface AgreementTerms {
  what: string
  who: Party
  /** The member of staff, where `who` is `school`. */
  staff?: string
  by: Day
  followUp: { on: Day; how: FollowUpWay }
}

export interface Agreement extends AgreementTerms {
  /** Unique within its case: `a1`, `a2`… */
  id: string
  loggedBy: string
  loggedAt: Instant
  status: 'open' | 'done' | 'dropped'
  done?: { by: string; at: Instant }
  /** Digest rows posted for the present due date; a new date starts at nought. */
  reminded: number
  lastReminded?: Day
  /** The coordinator has been asked "new date, close, or hand over?". */
  questioned?: boolean
}
