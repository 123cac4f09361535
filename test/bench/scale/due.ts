/** What it costs to look for what is due, and to say it to everybody at eight in the morning. */
import { setTimeout } from 'node:timers/promises'
import { atHour, dayOf, nextSchoolDay, plusDays } from '../../../src/domain/school-calendar.ts'
import type { Day } from '../../../src/domain/time.ts'
import { type Finding, milliseconds, thousands } from '../findings.ts'
import { spread } from '../rounds.ts'
import { createWorld, type School, type Server, type World } from '../world.ts'

const ZONE = 'Europe/Copenhagen'
/** Each has 10 agreements. */
const TEAMS_SWEPT = 10_000
/** Each has 5 agreements that are due. */
const TEAMS_REMINDED = 2_000
const ROUNDS = 5
/** An agreement is a reminder on its day and on five more. */
const MORNINGS = 5
const OPEN = { closed: [] }
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

/**
 * Everything is due at the same moment, and the connector takes it as fast as it comes: on several mornings, since nothing of
 * it gets done. On the first one the process has never said anything, and V8 compiles as it goes; that does not count.
 */
export async function reminders(): Promise<Finding[]> {
  const due = beginning(nextSchoolDay(dayOf(Date.now(), ZONE), OPEN, 2))
  const school = { teams: TEAMS_REMINDED, cases: 1, agreements: 5, due, silent: true }
  const [first, ...later] = await withSchool(school, async (world, server) => {
    const mornings: Morning[] = []
    for (let day = due; mornings.length < MORNINGS; day = nextSchoolDay(day, OPEN))
      mornings.push(await morning(world, server, day))
    return mornings
  })
  const of = (figure: keyof Morning) => spread(later.map((one) => one[figure]))
  const { median, min, max } = of('rate')
  return [
    {
      what: '10,000 reminders due at 08:00 for 2,000 teams, one card each',
      target: '≥ 2,000 reminders/s',
      measured: [
        `${thousands(median)} reminders/s (${thousands(min)}–${thousands(max)}) on ${thousands(median / 5)} cards/s`,
        `${of('cpu').median.toFixed(2)} ms CPU a card and ${of('redis').median.toFixed(2)} ms of Redis`,
        `${thousands(of('documents').median)} documents read a card`,
        `${thousands(first?.rate ?? 0)} reminders/s on the first morning of a process that has just started`,
      ].join('; '),
      met: median >= 2000,
    },
  ]
}

/** The first day from this one on that is followed by enough school days within a week: then the follow-up is due as well. */
const beginning = (day: Day): Day =>
  nextSchoolDay(day, OPEN, MORNINGS - 1) < plusDays(day, 7) ? day : beginning(nextSchoolDay(day, OPEN))

/** Reminders a second; and of each card the milliseconds of CPU, those of Redis, and the documents that were read. */
type Morning = Record<'rate' | 'cpu' | 'redis' | 'documents', number>

async function morning(world: World, server: Server, day: Day): Promise<Morning> {
  const postsBefore = (await world.atMicrosoft()).posts
  const wanted = postsBefore + TEAMS_REMINDED
  await server.ask('ahead', atHour(day, 8, ZONE) - Date.now() + 1000)
  const [before, redisBefore] = [await server.sample(), await world.redisUsed()]
  const started = performance.now()
  await server.ask('sweep')
  while ((await world.atMicrosoft()).posts < wanted) {
    if (performance.now() - started > MINUTE) throw new Error('not all reminders were posted within a minute')
    await setTimeout(20)
  }
  const seconds = (performance.now() - started) / 1000
  // The last ones are still being noted.
  await setTimeout(500)
  const [after, redisAfter] = [await server.sample(), await world.redisUsed()]
  if ((await server.ask('sweep')) !== 0) throw new Error('something is still due')
  const { posts, faults } = await world.atMicrosoft()
  if (posts !== wanted || faults.length > 0) throw new Error(`${posts - postsBefore} cards posted; ${faults[0] ?? ''}`)
  return {
    rate: (TEAMS_REMINDED * 5) / seconds,
    cpu: (after.cpu - before.cpu) / TEAMS_REMINDED / 1000,
    redis: (redisAfter.cpu - redisBefore.cpu) / TEAMS_REMINDED / 1000,
    documents: (redisAfter.documents - redisBefore.documents) / TEAMS_REMINDED,
  }
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
