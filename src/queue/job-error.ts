/** What a failed job keeps in Redis: BullMQ writes an error's message there, so it is made of a code alone. */

const CODE = /^[\w-]{1,64}$/

/** The code of anything that was thrown; an error's own text may quote what somebody wrote. */
export function errorCode(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  for (const candidate of [code, name]) if (typeof candidate === 'string' && CODE.test(candidate)) return candidate
  return 'unknown'
}

/** The same failure with nothing but its code, and when to come back. */
export function jobError(error: unknown): Error {
  const { retryAfter } = (error ?? {}) as { retryAfter?: unknown }
  return Object.assign(new Error(errorCode(error)), { retryAfter })
}
