import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** How far a request's time may be from ours, in seconds: one that was overheard is good for no longer. */
const FARTHEST = 300

/** The signing secret, made ready once. Throws where there is none: with that, everybody could sign. */
export function signingKey(secret: string): KeyObject {
  if (secret === '') throw new Error('Slack needs a signing secret, or an app token')
  return createSecretKey(secret, 'utf8')
}

/**
 * Whether Slack has sent this, and just now: docs.slack.dev/authentication/verifying-requests-from-slack. The body is
 * as it came, since any other form of it has another signature. `now` is in milliseconds.
 */
export function isGenuine(key: KeyObject, headers: IncomingHttpHeaders, body: Buffer, now: number): boolean {
  const { 'x-slack-request-timestamp': time, 'x-slack-signature': given } = headers
  if (typeof time !== 'string' || typeof given !== 'string') return false
  // Written so that what is no number is refused, too.
  if (!(Math.abs(now / 1000 - Number(time)) <= FARTHEST)) return false
  const expected = createHmac('sha256', key).update(`v0:${time}:`).update(body).digest('hex')
  return isSame(Buffer.from(given), Buffer.from(`v0=${expected}`))
}

const isSame = (one: Buffer, other: Buffer): boolean => one.length === other.length && timingSafeEqual(one, other)
