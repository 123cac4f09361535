/** Clocks that are wrong, jump, or are changed twice a year: each reminder comes once, and none too early. */
import { setTimeout as wait } from 'node:timers/promises'
import { nextSchoolDay, plusDays } from '../../src/domain/school-calendar.ts'
import { type Account, digestTitle, openAccount } from './account.ts'
import { agree, begin, schoolDay } from './day.ts'
import type { Amount } from './scenario.ts'
import { morningOf, type World } from './world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Long enough for a delivery that should not be made, in milliseconds. */
const A_WHILE = 700

/** Counts what has come before its time. */
async function notYet(world: World, account: Account, day: string, at: number): Promise<void> {
  await world.moveTo(at)
  await wait(A_WHILE)
  for (const { inChannel, number } of world.schools)
    account.count('wrong', `school ${number} was reminded too early`, inChannel(digestTitle(day)).length)
}

/** One process on a machine whose clock is two hours ahead, or behind: an hour before the time, and when it has come. */
export async function wrongClock(world: World, { rounds }: Amount) {
  const account = openAccount(world)
  await begin(world, account)
  const [wrong, ...others] = world.processes
  if (!wrong) throw new Error('there is no process')
  for (let round = 0; round < rounds; round++) {
    // Every other time nobody else is there to do it right.
    if (round % 2 === 1) for (const other of others) await other.kill()
    await wrong.kill()
    await wrong.start(round % 4 < 2 ? 2 * HOUR : -2 * HOUR)
    account.tally.tried++
    const day = nextSchoolDay(world.now.day, { closed: [] })
    await notYet(world, account, day, morningOf(day) - HOUR)
    await schoolDay(world, account)
    if (round % 2 === 1) for (const other of others) await other.start()
  }
  await wrong.kill()
  await wrong.start()
  return account.close()
}

/** The time of all jumps an hour ahead, and back, and ahead again, over the moment when reminders are due. */
export async function jumps(world: World, { rounds }: Amount) {
  const account = openAccount(world)
  await begin(world, account)
  for (let round = 0; round < rounds; round++) {
    const day = nextSchoolDay(world.now.day, { closed: [] })
    const half = morningOf(day) - HOUR / 2
    await notYet(world, account, day, half)
    for (const at of [half + HOUR, half, half + HOUR]) {
      account.tally.tried++
      await world.moveTo(at)
      await world.settle()
    }
    await schoolDay(world, account)
  }
  return account.close()
}

/** The Fridays before the clocks are changed, in both directions, and no holiday near. */
const FRIDAYS = ['2027-10-29', '2028-03-24']

/** Hour by hour over the weekend in which the clocks are changed: the digest of Monday comes at eight as clocks show it then. */
export async function summerTime(world: World, { rounds }: Amount) {
  const account = openAccount(world)
  for (const friday of FRIDAYS.slice(0, rounds)) {
    world.now.day = friday
    await world.moveTo(morningOf(friday) + 4 * HOUR)
    await Promise.all(world.schools.map((school) => agree(world, account, school)))
    const monday = plusDays(friday, 3)
    const end = morningOf(monday)
    for (let at = morningOf(plusDays(friday, 1)) + 12 * HOUR; at < end; at += HOUR) await world.moveTo(at)
    account.tally.tried++
    await notYet(world, account, monday, end - MINUTE)
    await schoolDay(world, account)
    // What was agreed on Monday has its day too, before it is another year.
    await world.nextDay()
    await world.settle()
  }
  return account.close()
}
