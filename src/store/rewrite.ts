/**
 * Gets what was deleted out of Redis's own files. A deleted value stays in the append-only file until that is rewritten,
 * so an erasure asks for a rewrite; however many there are, one an hour is made, by whichever process comes first.
 */
import { Cluster } from 'ioredis'
import type { Log } from '../app/log.ts'
import { keys } from './keys.ts'
import type { Connection } from './redis.ts'

const HOUR = 3_600_000
/** What follows from an erasure, such as emptying its cards, is to be done by the time the file is rewritten. */
const SETTLING = 60_000

/** Notes that something was deleted for good. Only a rewrite takes the note away. */
export async function wantRewrite(redis: Connection): Promise<void> {
  await redis.set(keys.rewritten(), '1', 'PX', SETTLING, 'NX')
  await redis.set(keys.rewriteWanted(), '1')
}

/**
 * Rewrites the file where that is wanted and the last time is long enough ago. Returns whether it did. Rejects as the
 * Redis client does; it stays wanted.
 * @param every Milliseconds from one rewrite to the next: it costs the server memory and disk.
 */
export async function rewriteWhenWanted(redis: Connection, log: Log, every = HOUR): Promise<boolean> {
  if ((await redis.exists(keys.rewriteWanted())) === 0) return false
  if ((await redis.set(keys.rewritten(), '1', 'PX', every, 'NX')) !== 'OK') return false
  // Before the rewrite: what is deleted while it runs asks for another.
  await redis.del(keys.rewriteWanted())
  try {
    const servers = redis instanceof Cluster ? redis.nodes('master') : [redis]
    await Promise.all(servers.map((server) => server.bgrewriteaof()))
    return true
  } catch (error) {
    await redis.set(keys.rewriteWanted(), '1')
    if (!isForbidden(error)) throw error
    log.warn({ code: 'rewrite-forbidden' }, 'Allow BGREWRITEAOF: until then what is deleted stays in Redis’s file')
    return false
  }
}

const isForbidden = (error: unknown): boolean =>
  error instanceof Error && /^(NOPERM|ERR unknown command)/.test(error.message)
