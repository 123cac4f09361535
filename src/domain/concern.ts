import type { Case } from './case.ts'
import type { Day, Instant } from './time.ts'

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Who may know of a concern already. */
export const KNOWERS = ['pupil', 'home', 'team', 'leader', 'adviser', 'ppr'] as const
export type Knower = (typeof KNOWERS)[number]

/** School days away for whatever reason, sickness too: the most in a row, of the last 20, of the last 60. */
export const SPANS = { row: 200, month: 20, quarter: 60 } as const
export type Span = keyof typeof SPANS
export type Absence = Partial<Record<Span, number>>

/** What made somebody worry, as facts: what is seen, how much, who knows and what has been tried (guidance §1.1, §1.3). */
export interface Concern {
  id: string
  at: Instant
  by: string
  seen: string
  weekdays: Weekday[]
  lessons?: string
  since?: Day
  away: Absence
  known: Knower[]
  tried?: string
}

/** A case with this concern; the same concern recorded twice is there once. */
export const recordConcern = (to: Case, concern: Concern): Case =>
  to.concerns?.some(({ id }) => id === concern.id) ? to : { ...to, concerns: [...(to.concerns ?? []), concern] }

/** The newest concern; a case that began with a call has none. */
export const latestConcern = ({ concerns }: Case): Concern | undefined => concerns?.at(-1)

/** From when on the first talk with the home is counted: the newest concern, or the opening. */
export const beganAt = (found: Case): Instant => latestConcern(found)?.at ?? found.openedAt

/** Somebody knows now who did not when the concern was written down. */
export const nowKnown = (found: Case, knower: Knower): Case => ({
  ...found,
  ...(found.concerns && {
    concerns: found.concerns.map((one, index) =>
      index === (found.concerns?.length ?? 0) - 1 && !one.known.includes(knower)
        ? { ...one, known: [...one.known, knower] }
        : one,
    ),
  }),
})

/** A count of days as people type it: a whole number up to what there can be. `undefined` for anything else. */
export function daysAway(text: string, span: Span): number | undefined {
  const count = /^\d{1,3}$/.test(text.trim()) ? Number(text) : undefined
  return count !== undefined && count <= SPANS[span] ? count : undefined
}
