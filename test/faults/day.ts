/** What goes on in a school whatever breaks: a talk becomes an agreement, and yesterday's is reminded of and done. */
import { setTimeout as wait } from 'node:timers/promises'
import { nextSchoolDay, plusDays } from '../../src/domain/school-calendar.ts'
import { type Account, type Agreed, codeOf, digestTitle } from './account.ts'
import type { Act, Answer, School } from './school.ts'
import type { World } from './world.ts'

/** How somebody does something; as they always do it, unless a scenario says otherwise. */
export type Manner = (school: School, act: Act) => Promise<Answer>
const usual: Manner = (school, act) => school.insist(act)

/** How long a row of the day's digest is waited for, in milliseconds. */
const PATIENCE = 60_000
/** Far more steps than a dialog has. */
const MOST_STEPS = 40
/** Pupils' initials; each is found again by the number of its agreement. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** The last step, answered the first time or the second. */
const SAVED = /The agreements are saved|That is saved already/

let agreements = 0

/** A whole dialog, from the first word to the card in the channel. `mark` stands in what is agreed. */
export async function agree(
  world: World,
  account: Account,
  school: School,
  { manner = usual, mark = '' }: { manner?: Manner; mark?: string } = {},
): Promise<Agreed> {
  const number = ++agreements
  const what = `Meets somebody at the gate every morning, number ${number}.${mark}`
  const by = nextSchoolDay(world.now.day, { closed: [] })
  const terms = {
    what,
    who: 'school',
    staff: school.cast.bo.aadObjectId,
    by,
    followUpOn: plusDays(by, 300),
    followUpHow: 'call',
  }
  const letter = (at: number) => LETTERS[at % LETTERS.length]
  const initials = `${letter(number)}${letter(Math.floor(number / LETTERS.length))}`
  const steps: [shows: string, act: () => Act][] = [
    ['Which case are', () => school.clicked('karen', 'Next', { code: 'new' })],
    ['Which pupil', () => school.typed('karen', initials)],
    ['What does the pupil say', () => school.clicked('karen', 'Next', { view: 'declined' })],
    ['What did you agree', () => school.clicked('karen', 'Next', terms)],
    ['The agreement so far', () => school.clicked('karen', 'Show me what the channel sees')],
    ['This is what the channel sees', () => school.clicked('karen', 'Yes, post it')],
  ]
  const begun = await manner(school, school.typed('karen', '/agreement'))
  if (begun.words.includes('in the middle')) await manner(school, school.clicked('karen', 'Start over'))
  let last = ''
  for (let [saved, tries] = [false, 0]; !saved; tries++) {
    if (tries > MOST_STEPS) throw new Error(`the dialog does not come to its end, but to ${last}`)
    // Reminders may come between; it goes on at the step that the newest card of a dialog shows.
    const card = school.newest('karen', 'Step ')
    const step = steps.find(([shows]) => card.includes(shows))
    if (!step) throw new Error(`no step of an agreement:\n${card}`)
    const { words } = await manner(school, step[1]())
    last = words
    saved = SAVED.test(words)
    if (words.includes('That card is too old')) {
      account.count('lost', `a half-done dialog of ${school.number}`)
      await manner(school, school.typed('karen', '/agreement'))
    }
  }
  const agreed = { school, what, by, done: false }
  account.agreed.push(agreed)
  world.agreed.push(agreed)
  return agreed
}

/** Marks what is due today as done, on the card of the day. */
async function finish(world: World, account: Account, school: School, manner = usual): Promise<void> {
  const { day } = world.now
  for (const agreed of account.agreed.filter((one) => one.school === school && one.by === day && !one.done)) {
    const row = await rowOf(agreed, day)
    // Counted as a reminder that is lost.
    if (!row) continue
    await manner(school, school.clicking('bo', row.id, 'done', row.data))
    agreed.done = true
  }
}

/** The row of an agreement on the card of a day, as soon as it is there. */
export async function rowOf(agreed: Agreed, day: string) {
  const end = performance.now() + PATIENCE
  while (performance.now() < end) {
    const code = codeOf(agreed)
    const row = code && agreed.school.row('Done', code, digestTitle(day))
    if (row) return row
    await wait(20)
  }
  return undefined
}

/** So that there is something to be reminded of on the next day: what was agreed on the last one, or else a first one. */
export async function begin(world: World, account: Account): Promise<void> {
  if (world.schools.every((school) => account.agreed.some((one) => one.school === school))) return
  await schoolDay(world, account)
}

/** The next school day, in all schools at once, with what breaks meanwhile; until everything is said that was to be said. */
export async function schoolDay(
  world: World,
  account: Account,
  breaks: () => Promise<void> = async () => {},
  manner = usual,
): Promise<void> {
  const begins = world.nextDay()
  const people = world.schools.flatMap((school) => [
    agree(world, account, school, { manner }),
    finish(world, account, school, manner),
  ])
  await Promise.all([begins, ...people, breaks()])
  await world.settle()
}
