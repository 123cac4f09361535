/**
 * `npm run faults`: brings about every fault in its full form, each in a world of its own, and prints what has become of
 * what was acknowledged. Ends with 1 where a row is not as it must be. With words behind it, only the faults that have them.
 */
import type { Tally } from './account.ts'
import { holds, type Scenario } from './scenario.ts'
import { SCENARIOS } from './scenarios.ts'
import { createWorld } from './world.ts'

const COUNTS = ['tried', 'acknowledged', 'lost', 'duplicated', 'wrong'] as const
const NUMBER = 14
const FAULT = 52

const line = (fault: string, numbers: (string | number)[], end = '') =>
  console.log(`${fault.padEnd(FAULT)}${numbers.map((number) => String(number).padStart(NUMBER)).join('')}${end}`)

async function bringAbout({ fault, world: options, full, run }: Scenario): Promise<Tally> {
  const world = await createWorld(options)
  try {
    return await run(world, full)
  } catch (error) {
    // It shows in the table as well, and the others are still tried.
    return { tried: 0, acknowledged: 0, lost: 0, duplicated: 0, wrong: 1, notes: [`${fault}: ${error}`] }
  } finally {
    await world.close()
  }
}

// An end by the keyboard is one at which everything that was started is ended too.
process.once('SIGINT', () => process.exit(130))

const wanted = process.argv.slice(2).join(' ')
let failed = false
line('fault', [...COUNTS, 'seconds'])
for (const scenario of SCENARIOS.filter(({ fault }) => fault.includes(wanted))) {
  const began = performance.now()
  const tally = await bringAbout(scenario)
  const seconds = Math.round((performance.now() - began) / 1000)
  const good = holds(scenario, tally)
  failed ||= !good
  line(scenario.fault, [...COUNTS.map((count) => tally[count]), seconds], good ? '' : '  <-')
  if (!good) for (const note of tally.notes.slice(0, 10)) console.log(`  ${note}`)
}
process.exit(failed ? 1 : 0)
