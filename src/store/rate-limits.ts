/** How much one person, and one tenant, may ask of us: far more than people do, far less than a program can. */
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimits } from '../app/ports.ts'
import { encodeId, keys } from './keys.ts'
import type { Connection } from './redis.ts'

interface Limit {
  /** What may come in a minute, over all processes. */
  most: number
  /** What one process lets through in a minute without asking Redis. */
  free: number
}

export interface Limits {
  user: Limit
  tenant: Limit
}

/** Two a second for a whole minute is no person; a hundred a second is more than all schools of a large city. */
const LIMITS: Limits = { user: { most: 120, free: 30 }, tenant: { most: 6000, free: 1500 } }

const MINUTE = 60

/**
 * Counts in this process first, so that people cost Redis nothing; who is faster than people are is counted there, for all
 * processes together. Without Redis each process goes on counting by itself: nobody is kept out because it is away, and
 * nothing is stored then anyway.
 */
export function createRateLimits(redis: Connection, limits: Limits = LIMITS): RateLimits {
  const users = counter(redis, 'user', limits.user)
  const tenants = counter(redis, 'tenant', limits.tenant)
  return {
    wait: async ({ tenant, user }) => {
      const waits = await Promise.all([users(`${encodeId(tenant)}:${encodeId(user.id)}`), tenants(encodeId(tenant))])
      return Math.max(...waits)
    },
  }
}

function counter(redis: Connection, what: string, { most, free }: Limit): (key: string) => Promise<number> {
  const here = new RateLimiterMemory({ points: free, duration: MINUTE })
  const everywhere = new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: keys.rate(what),
    points: most,
    duration: MINUTE,
    // Once somebody has to wait, each further try costs nothing.
    inMemoryBlockOnConsumed: most + 1,
    insuranceLimiter: new RateLimiterMemory({ points: most, duration: MINUTE }),
    rejectIfRedisNotReady: true,
  })
  return async (key) => {
    const fast = await refusedBy(here.consume(key))
    if (!fast) return 0
    // What was free so far counts too.
    const points = fast.consumedPoints === free + 1 ? free + 1 : 1
    const refused = await refusedBy(everywhere.consume(key, points))
    return refused ? Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) : 0
  }
}

async function refusedBy(consuming: Promise<RateLimiterRes>): Promise<RateLimiterRes | undefined> {
  try {
    await consuming
    return undefined
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return refused
    throw refused
  }
}
