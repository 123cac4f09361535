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
const ROUNDS = 3
/** V8 compiles the same program a little better in one process than in another, for as long as it runs: several are asked. */
const PAIRS = 3

interface Asked {
  cpu: number[]
  documents: number
}

export async function growth(): Promise<Finding[]> {
  const few = await createWorld()
  const many = await createWorld()
  const asked = new Map(MANNERS.map((manner) => [manner, { few: nothing(), many: nothing() }]))
  try {
    await few.seed(SCHOOLS.few)
    await many.seed(SCHOOLS.many)
    for (let pair = 0; pair < PAIRS; pair++) {
      const sides = [
        { world: few, server: await few.serve('tovholder'), name: 'few' },
        { world: many, server: await many.serve('tovholder'), name: 'many' },
      ] as const
      for (const [manner, figures] of asked)
        for (let round = 0; round <= ROUNDS; round++)
          for (const side of sides) {
            const one = await oneRound(side, manner, round === 0 ? WARM_UP : ROUND.milliseconds)
            figures[side.name].documents = one.read
            if (round > 0) figures[side.name].cpu.push(one.cpu)
          }
      await Promise.all(sides.map(({ server }) => server.stop()))
    }
  } finally {
    await few.close()
    await many.close()
  }
  return [...asked].map(([manner, figures]) => {
    const { median, min, max } = ratio(figures.many.cpu, figures.few.cpu)
    const read = `${figures.many.documents.toFixed(1)} documents read instead of ${figures.few.documents.toFixed(1)}`
    return {
      what: `${manner}: 100,000 open cases stored instead of 100`,
      target: 'CPU of a turn ≤ 1.1 ×',
      measured: `${times(median)} (${min.toFixed(2)}–${max.toFixed(2)}), ${read}`,
      met: median <= 1.1,
    }
  })
}

const nothing = (): Asked => ({ cpu: [], documents: 0 })

async function oneRound({ world, server }: { world: World; server: Server }, manner: Manner, milliseconds: number) {
  const before = await world.redisUsed()
  const { cpu, rate } = await runOne(world, server, { manner, authenticated: true }, { ...ROUND, milliseconds })
  const { documents } = await world.redisUsed()
  return { cpu, read: (documents - before.documents) / ((rate * milliseconds) / 1000) }
}
