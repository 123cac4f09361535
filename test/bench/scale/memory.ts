/** Whether the service's memory stays where it is, turn after turn. */
import { type Finding, thousands } from '../findings.ts'
import { runOne } from '../rounds.ts'
import { createWorld } from '../world.ts'

const TURNS = 100_000
const STEP = 10_000
const MOST = 200
/** Later memory may be so much more than half-way: garbage is not collected on the same turn every time. */
const FLAT = 1.05
const LONGEST = 120_000

export async function memory(): Promise<Finding[]> {
  const world = await createWorld()
  try {
    await world.seed({ teams: 50, cases: 10, agreements: 2 })
    const server = await world.serve('tovholder')
    const held: number[] = []
    while (held.length < TURNS / STEP) {
      const job = { connections: 32, teams: 50, milliseconds: LONGEST, turns: STEP }
      const { rss } = await runOne(world, server, { manner: 'dialog', authenticated: true }, job)
      held.push(rss)
    }
    const last = held.at(-1) ?? 0
    const middle = held[held.length / 2 - 1] ?? 0
    return [
      {
        what: `memory after ${thousands(TURNS)} turns`,
        target: `≤ ${MOST} MB and flat`,
        measured: `${Math.round(last)} MB; after every ${thousands(STEP)}: ${held.map(Math.round).join(', ')}`,
        met: last <= MOST && last <= middle * FLAT,
      },
    ]
  } finally {
    await world.close()
  }
}
