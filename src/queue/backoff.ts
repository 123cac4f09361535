/** How long a delivery that failed waits before it is tried again. */
const SECOND = 1000
const LONGEST = 5 * 60 * SECOND

/**
 * Milliseconds to wait: what the channel asked for, or else twice as long each time, up to five minutes. Half of that is
 * left to chance, so that teams that failed together do not come back together.
 * @param attempt How often it has been tried, from 1.
 * @param random From 0 up to 1.
 */
export function backoff(attempt: number, error: unknown, random: () => number = Math.random): number {
  const asked = (error as { retryAfter?: unknown } | undefined)?.retryAfter
  if (typeof asked === 'number' && asked >= 0) return asked
  const longest = Math.min(2 ** attempt * SECOND, LONGEST)
  return Math.round((longest * (1 + random())) / 2)
}
