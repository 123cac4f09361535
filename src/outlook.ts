/** What an operator should look at although the service works: asked of Redis now and then, not at each request. */
import type { Backlog } from './app/ports.ts'
import type { Finding } from './store/check-server.ts'

interface OutlookParts {
  findings: () => Promise<Finding[]>
  backlog: () => Promise<Backlog>
  /** Codes of what is wrong with the worker. */
  worker: () => Promise<string[]>
  /** Codes of what is wrong with the channels' credentials. */
  channels: () => string[]
}

export interface Outlook {
  backlog: () => Promise<Backlog>
  warnings: () => Promise<string[]>
  /** Seconds since the oldest entry that is due should have been delivered; nothing while Redis is away. */
  oldestDue: () => Promise<number | undefined>
}

/** How long an answer is good, in milliseconds: probes come every few seconds from several places. */
const GOOD_FOR = 10_000

/** A delivery that is this late, in seconds, is a matter for somebody: the sweep alone would have made it within a minute. */
const LATE = 600

export function createOutlook({ findings, backlog, worker, channels }: OutlookParts): Outlook {
  const settings = remembered(async () =>
    (await findings()).filter(({ is }) => is !== 'unknown').map(({ setting }) => `redis-${setting}`),
  )
  const waiting = remembered(backlog)
  const working = remembered(worker)
  return {
    backlog: waiting,
    oldestDue: async () => (await waiting().catch(() => undefined))?.oldest,
    warnings: async () => {
      try {
        const [redis, { oldest, setAside }, queue] = await Promise.all([settings(), waiting(), working()])
        const late = oldest > LATE ? ['deliveries-late'] : []
        return [...redis, ...queue, ...late, ...(setAside > 0 ? ['deliveries-set-aside'] : []), ...channels()]
      } catch {
        // That Redis is away is a fault, and is said as such.
        return channels()
      }
    },
  }
}

function remembered<T>(ask: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined
  let until = 0
  return () => {
    if (kept && performance.now() < until) return kept
    until = performance.now() + GOOD_FOR
    kept = ask()
    // A failure is not remembered.
    kept.catch(() => {
      kept = undefined
    })
    return kept
  }
}
