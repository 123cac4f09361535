import type { Tally } from './account.ts'
import type { World, WorldOptions } from './world.ts'

/** How much of a fault there is. */
export interface Amount {
  rounds: number
  /** How long something is away or slow, where that is not over by itself. */
  seconds?: number
  /** How many of the ends that it takes to be suspected are brought about, where that is not all of them. */
  deaths?: number
}

/** A fault that is brought about again and again while people work. */
export interface Scenario {
  /** As it stands in the table. */
  fault: string
  world: WorldOptions
  /** Absent where it is not promised that nothing is lost. */
  short: Amount | undefined
  full: Amount
  /** How many posts may come twice for each time the fault was brought about. */
  duplicates: number
  run: (world: World, amount: Amount) => Promise<Tally>
}

/** The same numbers from 0 up to 1 for the same seed, so that a failure can be seen again. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Another one makes other moments: `SEED=7 npm run faults`. */
export const random = seededRandom(Number(process.env.SEED ?? 20261125))

/** Whether a row of the table is as it must be. */
export const holds = (
  { duplicates }: Pick<Scenario, 'duplicates'>,
  { tried, acknowledged, lost, duplicated, wrong }: Tally,
): boolean => tried > 0 && acknowledged > 0 && lost === 0 && wrong === 0 && duplicated <= duplicates * tried
