/** Sends an endpoint what nobody would, and counts what comes of it. */
import { setTimeout } from 'node:timers/promises'
import { broken, mutated, oneOf, type Random, seeded, written } from './mutate.ts'

/** An endpoint to try. */
export interface Target {
  /** What is really sent, to begin with. */
  seeds: readonly object[]
  /** Puts back what a request has to have to be let in at all, or nothing gets further. */
  admit(body: object): object
  /** How it goes over the wire; unsigned, it has no token or a bad one. */
  send(random: Random, body: string, signed: boolean): { url: string; headers: Record<string, string>; body: string }
  /** Codes of what the channel itself refuses, so that a turn could not be ended: a 5xx has it sent again. */
  meant: readonly string[]
  /** The codes of turns that failed, by what the log says. */
  failed(): Record<string, number>
  /** Throws unless somebody is still answered as ever. */
  works(): Promise<void>
  close(): Promise<void>
}

export interface Figures {
  tried: number
  /** Answered with these statuses. */
  statuses: Record<string, number>
  /** Not answered within `PATIENCE`, or the connection ended. */
  hung: number
  reset: number
  /** Errors that nobody caught. */
  crashed: string[]
  /** Taken although nobody signed it. */
  unsignedTaken: number
  /** Codes of the 5xx. */
  failed: Record<string, number>
  polluted: boolean
  /** Milliseconds of the slowest answer, and of all. */
  slowest: number
  took: number
  seed: number
}

/** Milliseconds: Teams itself would wait three times as long. */
const PATIENCE = 5000
/** Requests under way at a time. */
const AT_ONCE = 8

/** Tries so many requests, or as many as fit in so many seconds. */
export async function fuzz(
  target: Target,
  { count, seconds, seed, log }: { count: number; seconds: number; seed: number; log?: (line: string) => void },
): Promise<Figures> {
  const random = seeded(seed)
  const figures: Figures = {
    ...{ tried: 0, statuses: {}, hung: 0, reset: 0, crashed: [], unsignedTaken: 0, failed: {}, polluted: false },
    ...{ slowest: 0, took: 0, seed },
  }
  const crash = (error: unknown) =>
    void figures.crashed.push(error instanceof Error ? (error.stack ?? '') : String(error))
  process.on('uncaughtException', crash).on('unhandledRejection', crash)
  const started = performance.now()

  async function tryOne(): Promise<void> {
    const signed = random(10) > 0
    const changed = mutated(random, oneOf(random, target.seeds), target.seeds)
    const json = written(random, random(20) === 0 ? changed : target.admit(changed))
    const { url, headers, body } = target.send(random, random(15) === 0 ? broken(random, json) : json, signed)
    const began = performance.now()
    try {
      const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(PATIENCE) })
      await answer.text()
      figures.statuses[answer.status] = (figures.statuses[answer.status] ?? 0) + 1
      if (!signed && answer.ok) figures.unsignedTaken++
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') figures.hung++
      else figures.reset++
    }
    figures.slowest = Math.max(figures.slowest, performance.now() - began)
  }

  async function work(): Promise<void> {
    while (figures.tried < count && performance.now() - started < seconds * 1000) {
      figures.tried++
      if (figures.tried % 5000 === 0) log?.(`${figures.tried} tried, ${JSON.stringify(figures.statuses)}`)
      await tryOne()
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    await target.works()
    // What was left to be done later may fail later.
    await setTimeout(200)
  } finally {
    process.off('uncaughtException', crash).off('unhandledRejection', crash)
  }
  const plain: object = {}
  return { ...figures, failed: target.failed(), polluted: 'polluted' in plain, took: performance.now() - started }
}
