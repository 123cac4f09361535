/** What is said twice, late or by several people at once. */
import { plusDays } from '../../src/domain/school-calendar.ts'
import { wordsOn } from '../helpers/cards.ts'
import { type Agreed, openAccount } from './account.ts'
import { agree, begin, type Manner, rowOf, schoolDay } from './day.ts'
import { type Amount, random } from './scenario.ts'
import type { Act, School } from './school.ts'
import type { World } from './world.ts'

/** Everything comes twice at the same moment, to two processes; and all of it once more when it is long over. */
export async function everythingTwice(world: World, { rounds }: Amount) {
  const account = openAccount(world)
  await begin(world, account)
  for (let round = 0; round < rounds; round++) {
    const said: [School, Act][] = []
    const twice: Manner = async (school, act) => {
      said.push([school, act])
      account.tally.tried++
      const answers = await Promise.all([school.send(act), school.send(act)])
      return answers.find((answer) => typeof answer === 'object') ?? school.insist(act)
    }
    await schoolDay(world, account, undefined, twice)
    const late = said.map((one) => ({ one, order: random() })).sort((a, b) => a.order - b.order)
    for (const {
      one: [school, act],
    } of late)
      await school.send(act)
  }
  return account.close()
}

/** What somebody may be told, by the button they pressed; it must agree with what has become of the case. */
const TOLD = {
  done: /The agreement is marked done/,
  moved: /The agreement has moved to/,
  tooLate: /The agreement is done already/,
  privately: /I have written to you there/,
}

/** Done, Postpone and Hand over, pressed at once by two people on the same row. */
export async function threeAtOnce(world: World, { rounds }: Amount) {
  const account = openAccount(world)
  const [school] = world.schools as [School]
  await world.nextDay()
  const agreed = await agree(world, account, school)
  await world.settle()
  await world.nextDay()
  const row = await rowOf(agreed, world.now.day)
  if (!row) throw new Error('there is no row whose buttons could be pressed')
  const press = (who: 'karen' | 'bo', verb: string, data: object = {}) =>
    school.insist(school.clicking(who, row.id, verb, { ...row.data, ...data }))
  for (let round = 0; round < rounds; round++) {
    account.tally.tried++
    const before = await stateOf(world, agreed)
    // A day that is another one each time.
    const by = plusDays(world.now.day, 1 + (round % 300))
    const [done, postponed, handOver] = await Promise.all([
      press('bo', 'done'),
      press('karen', 'postponed', { by }),
      press('karen', 'command', { command: 'coordinator-pick' }),
    ])
    account.tally.acknowledged += 3
    const after = await stateOf(world, agreed)
    const moved = TOLD.moved.test(postponed.words)
    if (after.status !== 'done') account.count('lost', 'a "done"')
    if (moved && after.by !== by) account.count('lost', 'a new date')
    if (!moved && after.by !== before.by) account.count('wrong', 'a new date that nobody was told of')
    if (after.done - before.done !== 1) account.count('wrong', 'not marked as done once')
    if (after.postponed - before.postponed !== Number(moved)) account.count('wrong', 'not postponed once')
    const fits = TOLD.done.test(done.words) && (moved || TOLD.tooLate.test(postponed.words))
    if (!fits || !TOLD.privately.test(handOver.words))
      account.count('wrong', `told ${[done, postponed, handOver].map(({ words }) => words.split('\n').slice(0, 3))}`)
    await press('bo', 'undo')
  }
  await world.settle()
  const asked = school
    .posted()
    .filter(({ to, card }) => to === school.cast.karen.aadObjectId && ASKS.test(wordsOn(card)))
  if (asked.length === 0) account.count('lost', 'a wish to hand over')
  // Its dates are all over the year: what it should be reminded of is none of this.
  account.agreed.length = 0
  return account.close()
}

const ASKS = /Who should hold the rope|Who on the team/

/** What is kept about an agreement, and how often that was changed. */
async function stateOf(world: World, { school, what }: Agreed) {
  const { cases, done } = await world.inspect(school)
  const [found] = cases.flatMap(({ code, agreements }) =>
    agreements.filter((one) => one.what === what).map(({ status, by }) => ({ code, status, by })),
  )
  const times = (action: string) => done.filter((entry) => entry.code === found?.code && entry.action === action).length
  return { ...found, done: times('agreement-done'), postponed: times('agreement-postponed') }
}
