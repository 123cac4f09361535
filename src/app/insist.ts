import { setTimeout } from 'node:timers/promises'
import { DeliveryError } from './ports.ts'

/** A channel gives up a turn after some ten seconds; a reply that has not gone through by then is of no use. */
const MOST_ATTEMPTS = 3
const PAUSE = 100

/**
 * Sends a reply within a turn, and once or twice more where that may help. Each attempt is told the milliseconds that are
 * left of the budget. Throws the last `DeliveryError`.
 */
export async function insist<T>(budget: number, attempt: (timeout: number) => Promise<T>): Promise<T> {
  const deadline = performance.now() + budget
  for (let tried = 1; ; tried++) {
    try {
      return await attempt(deadline - performance.now())
    } catch (error) {
      if (!(error instanceof DeliveryError) || error.permanent || tried === MOST_ATTEMPTS) throw error
      const pause = error.retryAfter ?? PAUSE * tried * (0.5 + Math.random())
      if (performance.now() + pause >= deadline) throw error
      await setTimeout(pause)
    }
  }
}
