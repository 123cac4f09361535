/** What it costs to look for what is due, and to say it to everybody at eight in the morning. */
import { setTimeout } from 'node:timers/promises'
import { atHour, dayOf, nextSchoolDay } from '../../../src/domain/school-calendar.ts'
import { type Finding, milliseconds, thousands } from '../findings.ts'
import { spread } from '../rounds.ts'
import { createWorld, type School, type Server, type World } from '../world.ts'

const ZONE = 'Europe/Copenhagen'
/** Each has 10 agreements. */
const TEAMS_SWEPT = 10_000
/** Each has 5 agreements that are due. */
const TEAMS_REMINDED = 2_000
const ROUNDS = 5
const MINUTE = 60_000

/** Nothing is due: what the sweep costs every minute of the day. */
export async function sweep(): Promise<Finding[]> {
  return await withSchool({ teams: TEAMS_SWEPT, cases: 2, agreements: 5, silent: true }, async (world, server) => {
    const took: number[] = []
    const cpu: number[] = []
    for (let round = 0; round <= ROUNDS; round++) {
      const [before, redisBefore] = [await server.sample(), await world.redisUsed()]
      const started = performance.now()
      await server.ask('sweep')
      if (round > 0) took.push(performance.now() - started)
      const [after, redisAfter] = [await server.sample(), await world.redisUsed()]
      if (round > 0) cpu.push((after.cpu - before.cpu + redisAfter.cpu - redisBefore.cpu) / 1000)
    }
    const share = spread(cpu).median / MINUTE
    return [
      {
        what: 'due sweep over 10,000 teams with 100,000 open agreements',
        target: '≤ 1 s, ≤ 5 % of a core',
        measured: `${milliseconds(spread(took).median)}, ${(share * 100).toFixed(1)} % of a core, Redis included`,
        met: spread(took).median <= 1000 && share <= 0.05,
      },
    ]
  })
}

/** Everything is due at the same moment, and the connector takes it as fast as it comes. */
export async function reminders(): Promise<Finding[]> {
  const today = dayOf(Date.now(), ZONE)
  const due = nextSchoolDay(today, { closed: [] }, 2)
  return await withSchool(
    { teams: TEAMS_REMINDED, cases: 1, agreements: 5, due, silent: true },
    async (world, server) => {
      await server.ask('ahead', atHour(due, 8, ZONE) - Date.now() + 1000)
      const [before, redisBefore] = [await server.sample(), await world.redisUsed()]
      const started = performance.now()
      await server.ask('sweep')
      while ((await world.atMicrosoft()).posts < TEAMS_REMINDED) {
        if (performance.now() - started > MINUTE) throw new Error('not all reminders were posted within a minute')
        await setTimeout(20)
      }
      const seconds = (performance.now() - started) / 1000
      // The last ones are still being noted.
      await setTimeout(500)
      const [after, redisAfter] = [await server.sample(), await world.redisUsed()]
      if ((await server.ask('sweep')) !== 0) throw new Error('something is still due')
      const { posts, faults } = await world.atMicrosoft()
      if (posts !== TEAMS_REMINDED || faults.length > 0) throw new Error(`${posts} cards posted; ${faults[0] ?? ''}`)
      const perCard = (used: number) => (used / TEAMS_REMINDED / 1000).toFixed(2)
      return [
        {
          what: '10,000 reminders due at 08:00 for 2,000 teams, one card each',
          target: '≥ 2,000 reminders/s',
          measured: [
            `${thousands((TEAMS_REMINDED * 5) / seconds)} reminders/s on ${thousands(TEAMS_REMINDED / seconds)} cards/s`,
            `${perCard(after.cpu - before.cpu)} ms CPU a card and ${perCard(redisAfter.cpu - redisBefore.cpu)} ms of Redis`,
            `${thousands((redisAfter.documents - redisBefore.documents) / TEAMS_REMINDED)} documents read a card`,
          ].join('; '),
          met: (TEAMS_REMINDED * 5) / seconds >= 2000,
        },
      ]
    },
  )
}

async function withSchool<T>(school: School, act: (world: World, server: Server) => Promise<T>): Promise<T> {
  const world = await createWorld()
  try {
    await world.seed(school)
    return await act(world, await world.serve('tovholder'))
  } finally {
    await world.close()
  }
}
