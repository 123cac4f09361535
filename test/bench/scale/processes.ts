/** Two processes on one Redis: whether they do twice the work of one. */
import { CORES, ENOUGH } from '../child.ts'
import { type Finding, thousands, times } from '../findings.ts'
import { ratio, spread } from '../rounds.ts'
import { createWorld, type Server } from '../world.ts'

const ROUNDS = 5
const JOB = { manner: 'dialog', authenticated: true, connections: 64, teams: 50, milliseconds: 3000 } as const

export async function processes(): Promise<Finding[]> {
  const world = await createWorld()
  try {
    await world.seed({ teams: JOB.teams, cases: 10, agreements: 2 })
    const first = await world.serve('tovholder', { core: 'server' })
    const second = await world.serve('tovholder', { core: 'second' })
    const sides = { one: side([first]), two: side([first, second]) }

    for (let round = 0; round <= ROUNDS; round++)
      for (const { servers, rate, cpu, redis } of Object.values(sides)) {
        const before = await Promise.all(servers.map((server) => server.sample()))
        const redisBefore = await world.redisUsed()
        const { turns, milliseconds, faults } = await world.speak({ ...JOB, urls: servers.map(({ url }) => url) })
        const after = await Promise.all(servers.map((server) => server.sample()))
        if (faults.count > 0) throw new Error(faults.first)
        if (round === 0) continue
        const used = after.reduce((sum, sample, index) => sum + sample.cpu - (before[index]?.cpu ?? 0), 0)
        rate.push((turns / milliseconds) * 1000)
        cpu.push(used / turns)
        redis.push(((await world.redisUsed()).cpu - redisBefore.cpu) / turns)
      }

    const { one, two } = sides
    const faster = ratio(two.rate, one.rate)
    const dearer = ratio(two.cpu, one.cpu)
    const redis = spread(two.redis).median
    const cpu = spread(two.cpu).median
    return [
      {
        what: 'two processes on two cores, instead of one on one',
        target: '≥ 1.7 ×',
        measured:
          CORES < ENOUGH
            ? `${times(faster.median)} with load and Redis on the same two cores; CPU of a turn ${times(dearer.median)}`
            : `${times(faster.median)} (${faster.min.toFixed(2)}–${faster.max.toFixed(2)})`,
        met: CORES < ENOUGH ? undefined : faster.median >= 1.7,
      },
      {
        what: 'what one Redis carries',
        target: '',
        measured: `${Math.round(redis)} µs of Redis and ${Math.round(cpu)} µs of the process a card step: ${thousands(1e6 / redis)} turns/s a Redis, ${thousands(1e6 / cpu)} turns/s a core`,
        met: undefined,
      },
    ]
  } finally {
    await world.close()
  }
}

const side = (servers: Server[]) => ({
  servers,
  rate: [] as number[],
  cpu: [] as number[],
  redis: [] as number[],
})
