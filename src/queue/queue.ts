/**
 * Wakes deliveries. What is to be said and when stands in the due index; a job only says "look at this team". So jobs can
 * be lost, doubled or late and nothing is: the sweep makes them again, and `deliver` asks the index.
 */
import { type ConnectionOptions, type Job, type JobsOptions, Queue, Worker } from 'bullmq'
import type { Log } from '../app/log.ts'
import type { Nudge, Store } from '../app/ports.ts'
import { inTurn } from '../app/turn-id.ts'
import { within } from '../app/within.ts'
import { backoff } from './backoff.ts'
import { errorCode, jobError } from './job-error.ts'

export interface QueueOptions {
  /** Fails at once when Redis is away; for adding jobs. */
  producer: ConnectionOptions
  /** Waits for Redis (`maxRetriesPerRequest: null`); for working on jobs. */
  worker: ConnectionOptions
  /** Before every key of the queue; with a hash tag. */
  prefix: string
  store: Pick<Store, 'teamsWithDue' | 'pending' | 'now'>
  /** Delivers all that is due in one team; anything it throws is tried again. */
  deliver: (team: string) => Promise<void>
  log: Log
  /** Teams delivered to at the same time by this process: each waits for Redis and Teams most of the time. */
  concurrency?: number
  /** Milliseconds from sweep to sweep. */
  every?: number
}

export interface DeliveryQueue {
  /** Has one team looked at now. Never rejects: where it fails, the next sweep does it. */
  nudge: Nudge
  /** Begins to sweep and to deliver. */
  start(): Promise<void>
  /** Looks through all teams now, for a demo clock or an operator. Returns how many have something due. */
  sweepNow(): Promise<number>
  /** What is wrong, as codes: `worker-stopped` in this process, `sweep-late` where no process sweeps. Rejects without Redis. */
  warnings(): Promise<string[]>
  /** How many jobs there are in each state. Rejects without Redis. */
  jobs(): Promise<Record<string, number>>
  /** Takes no more jobs and waits for those at work; what is not done within so many milliseconds is done after a restart. */
  close(patience?: number): Promise<void>
}

const NAME = 'delivery'
const SWEEP = 'sweep'
const DELIVER = 'deliver'
/** A team looked at once more, because something became due while it was being delivered to. */
const AGAIN = 'again'

const MINUTE = 60_000
/** So many sweeps that nobody makes mean that no worker is at work. */
const SWEEPS_MISSED = 3
/** How long a team that always has something due waits for its next turn. */
const AGAIN_DELAY = 1000
/** Jobs in one round trip of a sweep. */
const BULK = 500

/** Nothing of a job stays behind: a known id would keep the same team from being added again. */
const NO_TRACES = { removeOnComplete: true, removeOnFail: true, stackTraceLimit: 0 } as const

/** A dead worker's jobs are taken over within about eight seconds. */
const RECOVERY = {
  lockDuration: 5000,
  lockRenewTime: 2000,
  stalledInterval: 3000,
  // An entry that kills its process is counted and set aside by `deliver`; the team's job must survive until then.
  maxStalledCount: 1000,
} as const

export function createQueue(options: QueueOptions): DeliveryQueue {
  const { producer, prefix, store, deliver, log, concurrency = 16, every = MINUTE } = options
  const queue = new Queue(NAME, {
    connection: producer,
    prefix,
    defaultJobOptions: NO_TRACES,
    streams: { events: { maxLen: 1000 } },
  })
  queue.on('error', (error) => log.warn({ code: errorCode(error) }, 'queue: connection'))

  let worker: Worker | undefined
  let guard: NodeJS.Timeout | undefined
  const rechecks = new Set<Promise<void>>()

  const nudge: Nudge = async (team) => {
    try {
      await queue.add(DELIVER, { team }, deliverOptions(team))
    } catch (error) {
      log.warn({ code: errorCode(error), team }, 'queue: could not nudge, the next sweep will')
    }
  }

  async function sweepNow(): Promise<number> {
    const teams = await store.teamsWithDue(await store.now())
    for (let from = 0; from < teams.length; from += BULK) {
      const chunk = teams.slice(from, from + BULK)
      await queue.addBulk(chunk.map((team) => ({ name: DELIVER, data: { team }, opts: deliverOptions(team) })))
    }
    return teams.length
  }

  const work = (job: Job): Promise<void> => inTurn(() => doJob(job))

  async function doJob({ name, data }: Job): Promise<void> {
    try {
      if (name === SWEEP) await sweepNow()
      else await deliver(data.team)
    } catch (error) {
      const code = errorCode(error)
      log.warn(name === SWEEP ? { code } : { code, team: data.team }, `queue: ${name} failed and is tried again`)
      throw jobError(error)
    }
  }

  /** A nudge that came while the team's job was at work was ignored, since the id was taken: look whether it left something. */
  async function recheck({ name, data: { team } }: Job): Promise<void> {
    try {
      const { entries } = await store.pending(team, 1)
      if (entries.length === 0) return
      // At once the first time; a team that never gets done with its entries must not keep a worker spinning.
      const delay = name === AGAIN ? AGAIN_DELAY : 0
      await queue.add(AGAIN, { team }, { ...deliverOptions(team), delay })
    } catch (error) {
      log.warn({ code: errorCode(error), team }, 'queue: could not look again, the next sweep will')
    }
  }

  /** Makes the sweep's schedule where it is missing or has stopped: it lives in Redis, where it can be flushed. */
  async function keepSweeping(): Promise<void> {
    try {
      const schedule = await queue.getJobScheduler(SWEEP)
      const runs = schedule?.every === every && (schedule.next ?? 0) > Date.now() - 2 * every
      if (!runs) await queue.upsertJobScheduler(SWEEP, { every }, { name: SWEEP, opts: { ...NO_TRACES, attempts: 1 } })
    } catch (error) {
      log.warn({ code: errorCode(error) }, 'queue: could not see to the sweep')
    }
  }

  async function start(): Promise<void> {
    if (worker) return
    worker = new Worker(NAME, work, {
      connection: options.worker,
      prefix,
      concurrency,
      ...RECOVERY,
      settings: { backoffStrategy: (attempt, _type, error) => backoff(attempt, error) },
    })
    worker.on('error', (error) => log.warn({ code: errorCode(error) }, 'queue: worker'))
    worker.on('stalled', (job) => log.warn({ job }, 'queue: a worker died or hung at this job'))
    worker.on('completed', (job) => {
      if (job.name === SWEEP) return
      const looking = recheck(job).finally(() => rechecks.delete(looking))
      rechecks.add(looking)
    })
    await worker.waitUntilReady()
    await keepSweeping()
    // What became due while nobody ran need not wait for the next sweep.
    await sweepNow().catch((error) => log.warn({ code: errorCode(error) }, 'queue: could not sweep at start'))
    guard = setInterval(keepSweeping, every)
  }

  async function close(patience = 5000): Promise<void> {
    clearInterval(guard)
    if (worker) await drain(worker, patience)
    await Promise.all(rechecks)
    await queue.close()
  }

  async function warnings(): Promise<string[]> {
    const schedule = await queue.getJobScheduler(SWEEP)
    return [
      ...(worker?.isRunning() ? [] : ['worker-stopped']),
      ...((schedule?.next ?? 0) < Date.now() - SWEEPS_MISSED * every ? ['sweep-late'] : []),
    ]
  }

  const jobs = () => queue.getJobCounts('active', 'waiting', 'delayed', 'failed')

  return { nudge, start, sweepNow, warnings, jobs, close }
}

/** One job for each team, however often it is added: so no team is delivered to twice at the same time. */
const deliverOptions = (team: string): JobsOptions => ({
  jobId: `${DELIVER}.${encodeURIComponent(team)}`,
  attempts: Number.MAX_SAFE_INTEGER,
  backoff: { type: 'custom' },
})

async function drain(worker: Worker, patience: number): Promise<void> {
  // Pausing waits for the jobs at work and, unlike closing, can still be cut short.
  const paused = worker.pause()
  const outcome = await within(patience, paused, 'late' as const)
  // What is cut short stays locked for a few seconds and is then taken over by another worker.
  await worker.close(outcome === 'late')
  // A pause that was cut short, because Redis hung, connects once more when it gets through at last.
  const letGo = () => worker.disconnect().catch(() => {})
  if (outcome === 'late') paused.then(letGo, letGo)
}
