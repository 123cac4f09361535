/** A moment: milliseconds since 1970 in UTC, as Redis's clock tells it. */
export type Instant = number

/** A calendar day, `YYYY-MM-DD`, as the team's own time zone sees it. */
export type Day = string

/** A first and a last day, both included. */
export interface Period {
  from: Day
  to: Day
}
