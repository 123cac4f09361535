/** Figures for whoever watches the service. Labels are codes from fixed lists: no id, no team, no text ever becomes one. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Backlog, Incoming, Reply } from './app/ports.ts'
import type { TakeTurn } from './app/turn.ts'

export interface Metrics {
  /** The same turns, counted and timed. */
  turns(take: TakeTurn): TakeTurn
  /** The same deliveries, counted and timed; one that fails is tried again. */
  deliveries(deliver: (team: string) => Promise<void>): (team: string) => Promise<void>
  /** One person or tenant had to wait. */
  limited(): void
  /** All figures in Prometheus' text format. */
  text(): Promise<{ type: string; body: string }>
}

interface MetricsParts {
  backlog: () => Promise<Backlog>
  jobs: () => Promise<Record<string, number>>
}

/** In seconds: a turn is two round trips to Redis, and Teams gives up after fifteen. */
const TURN_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const DELIVERY_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30]

export function createMetrics({ backlog, jobs }: MetricsParts): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const turns = new Counter({
    name: 'tovholder_turns_total',
    help: 'Events answered, by kind and outcome.',
    labelNames: ['kind', 'outcome'],
    registers,
  })
  const turnSeconds = new Histogram({
    name: 'tovholder_turn_seconds',
    help: 'How long an event took until it was answered.',
    labelNames: ['kind'],
    buckets: TURN_BUCKETS,
    registers,
  })
  const limited = new Counter({
    name: 'tovholder_limited_total',
    help: 'Events turned away because one person or tenant sent too many.',
    registers,
  })
  const deliveries = new Counter({
    name: 'tovholder_deliveries_total',
    help: 'Deliveries to one team: done, or failed and to be tried again.',
    labelNames: ['outcome'],
    registers,
  })
  const deliverySeconds = new Histogram({
    name: 'tovholder_delivery_seconds',
    help: 'How long the delivery to one team took.',
    buckets: DELIVERY_BUCKETS,
    registers,
  })
  const backlogGauges = {
    due: new Gauge({ name: 'tovholder_due_entries', help: 'Entries whose time has come.', registers }),
    oldest: new Gauge({
      name: 'tovholder_oldest_due_seconds',
      help: 'How long the oldest of them has been due.',
      registers,
    }),
    setAside: new Gauge({ name: 'tovholder_set_aside', help: 'Entries for a person to look at.', registers }),
  }
  const queueJobs = new Gauge({
    name: 'tovholder_queue_jobs',
    help: 'Jobs in the queue, by state.',
    labelNames: ['state'],
    registers,
  })

  async function look(): Promise<void> {
    const [waiting, states] = await Promise.all([backlog(), jobs()])
    for (const name of ['due', 'oldest', 'setAside'] as const) backlogGauges[name].set(waiting[name])
    for (const [state, count] of Object.entries(states)) queueJobs.set({ state }, count)
  }

  return {
    turns:
      (take) =>
      async (incoming: Incoming): Promise<Reply> => {
        const { kind } = incoming.what
        const stop = turnSeconds.startTimer({ kind })
        try {
          const reply = await take(incoming)
          turns.inc({ kind, outcome: 'answered' })
          return reply
        } catch (error) {
          turns.inc({ kind, outcome: 'failed' })
          throw error
        } finally {
          stop()
        }
      },
    deliveries: (deliver) => async (team) => {
      const stop = deliverySeconds.startTimer()
      try {
        await deliver(team)
        deliveries.inc({ outcome: 'done' })
      } catch (error) {
        deliveries.inc({ outcome: 'retried' })
        throw error
      } finally {
        stop()
      }
    },
    limited: () => limited.inc(),
    text: async () => {
      // Without Redis the figures of this process are still worth having: those that need it are no number, not nought.
      await look().catch(() => {
        for (const gauge of Object.values(backlogGauges)) gauge.set(Number.NaN)
        queueJobs.reset()
      })
      return { type: registry.contentType, body: await registry.metrics() }
    },
  }
}
