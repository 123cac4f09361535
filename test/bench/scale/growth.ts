/** Whether a turn costs the same however many cases are stored. */
import { type Finding, times } from '../findings.ts'
import { ratio, runOne } from '../rounds.ts'
import type { Manner } from '../speakers.ts'
import { createWorld, type Server, type World } from '../world.ts'

/** The same team speaks in both; the other has 999 teams more, with 100 open cases each. */
const SCHOOLS = { few: { teams: 1, cases: 100, agreements: 2 }, many: { teams: 1000, cases: 100, agreements: 2 } }
const MANNERS: Manner[] = ['dialog', 'cases', 'today']
const ROUND = { milliseconds: 2000, connections: 16, teams: 1 }
/** Milliseconds before the first round that counts. */
const WARM_UP = 8000
const ROUNDS = 5

export async function growth(): Promise<Finding[]> {
  const few = await createWorld()
  const many = await createWorld()
  try {
    await few.seed(SCHOOLS.few)
    await many.seed({ ...SCHOOLS.many })
    const inFew = { world: few, server: await few.serve('tovholder') }
    const inMany = { world: many, server: await many.serve('tovholder') }
    const findings: Finding[] = []
    for (const manner of MANNERS) {
      const cpu = { few: [] as number[], many: [] as number[] }
      const read = { few: 0, many: 0 }
      for (let round = 0; round <= ROUNDS; round++)
        for (const [name, side] of [
          ['few', inFew],
          ['many', inMany],
        ] as const) {
          const one = await oneRound(side, manner, round === 0 ? WARM_UP : ROUND.milliseconds)
          read[name] = one.read
          if (round > 0) cpu[name].push(one.cpu)
        }
      const { median, min, max } = ratio(cpu.many, cpu.few)
      findings.push({
        what: `${manner}: 100,000 open cases stored instead of 100`,
        target: 'CPU of a turn ≤ 1.1 ×',
        measured: `${times(median)} (${min.toFixed(2)}–${max.toFixed(2)}), ${read.many.toFixed(1)} documents read instead of ${read.few.toFixed(1)}`,
        met: median <= 1.1,
      })
    }
    return findings
  } finally {
    await few.close()
    await many.close()
  }
}

async function oneRound({ world, server }: { world: World; server: Server }, manner: Manner, milliseconds: number) {
  const before = await world.redisUsed()
  const { cpu, rate } = await runOne(world, server, { manner, authenticated: true }, { ...ROUND, milliseconds })
  const { documents } = await world.redisUsed()
  return { cpu, read: (documents - before.documents) / ((rate * milliseconds) / 1000) }
}
