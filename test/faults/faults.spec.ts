import assert from 'node:assert/strict'
import type { Tally } from './account.ts'
import { holds } from './scenario.ts'
import { SCENARIOS } from './scenarios.ts'
import { createWorld, type WorldOptions } from './world.ts'

/** Enough for whatever the faults need of them. */
const PROCESSES = 2

const SHORT = SCENARIOS.flatMap(({ short, ...scenario }) => (short ? [{ ...scenario, short }] : []))
type Short = (typeof SHORT)[number]

/** Each as it has ended: with its tally, or with what was thrown. */
type Outcome = Promise<() => Tally>

/** The short form of `npm run faults`: each fault a time or two. */
describe('what was acknowledged is neither lost nor done twice, whatever breaks:', function () {
  this.timeout(120_000)
  const outcomes = new Map<Short, PromiseWithResolvers<() => Tally>>(
    SHORT.map((scenario) => [scenario, Promise.withResolvers()]),
  )
  let all: Promise<unknown>

  /** One world, in which its faults come one after another. */
  async function play(options: WorldOptions, scenarios: Short[]): Promise<void> {
    const world = await createWorld({ ...options, processes: PROCESSES })
    try {
      for (const scenario of scenarios)
        outcomes.get(scenario)?.resolve(await settled(scenario.run(world, scenario.short)))
    } finally {
      await world.close()
    }
  }

  const settled = (running: Promise<Tally>): Outcome =>
    running.then(
      (tally) => () => tally,
      (error) => () => {
        throw error
      },
    )

  // Most of the time is waiting, so the worlds wait at once.
  before(() => {
    all = Promise.all(
      [...new Set(SHORT.map(({ world }) => world))].map(async (world) => {
        const scenarios = SHORT.filter((one) => one.world === world)
        // Where there is no world, none of its faults has been tried.
        await play(world, scenarios).catch((error) => {
          for (const scenario of scenarios) outcomes.get(scenario)?.reject(error)
        })
      }),
    )
  })
  after(() => all)

  for (const scenario of SHORT)
    it(scenario.fault, async () => {
      const tally = (await outcomes.get(scenario)?.promise)?.()
      assert.ok(tally && holds(scenario, tally), JSON.stringify(tally, undefined, 2))
    })
})
