/** What was acknowledged while something broke, and what has become of it. */
import { DateTime } from 'luxon'
import type { Day } from '../../src/domain/time.ts'
import { wordsOn } from '../helpers/cards.ts'
import type { School } from './school.ts'
import type { World } from './world.ts'

/** The row of the table. */
export interface Tally {
  /** How often the fault was brought about. */
  tried: number
  /** Actions that were answered as done, and reminders that were due. */
  acknowledged: number
  lost: number
  duplicated: number
  /** Whatever else is not as it should be. */
  wrong: number
  /** What each of the last three was. */
  notes: string[]
}

/** An agreement that somebody was told is saved. */
export interface Agreed {
  school: School
  what: string
  /** The day on which it is due, and reminded of. */
  by: Day
  /** Somebody was told that it is marked done. */
  done: boolean
}

export type Account = ReturnType<typeof openAccount>

export const digestTitle = (day: Day): string =>
  `Agreements on ${DateTime.fromISO(day).setLocale('en-GB').toFormat('cccc d LLLL')}`

export const codeOf = ({ school, what }: Agreed): string | undefined =>
  /F-[0-9A-Z]{4}/.exec(wordsOn(school.inChannel('New agreements', what)[0]?.card))?.[0]

export function openAccount(world: World) {
  const tally: Tally = { tried: 0, acknowledged: 0, lost: 0, duplicated: 0, wrong: 0, notes: [] }
  // What was agreed today, when something else broke, is due tomorrow.
  const agreed: Agreed[] = world.agreed.filter(({ by }) => by > world.now.day)
  // Its card was counted by then.
  const before = new Set(agreed)
  const faultsBefore = world.schools.map(({ connector }) => connector.faults.length)
  for (const { slowest } of world.schools) slowest.answer = 0

  function count(what: 'lost' | 'duplicated' | 'wrong', why: string, times = 1): void {
    if (times <= 0) return
    tally[what] += times
    tally.notes.push(`${what}: ${why}`)
  }

  /** Each agreement is in the channel, was reminded of on its day, and is as it was left; each digest came once. */
  async function close(): Promise<Tally> {
    await world.settle()
    for (const [index, school] of world.schools.entries()) {
      const { cases, faults, done, setAside } = await world.inspect(school)
      const own = agreed.filter((one) => one.school === school)
      for (const one of own) {
        tally.acknowledged += one.done ? 2 : 1
        const held = cases.flatMap(({ code, agreements }) =>
          agreements.filter(({ what }) => what === one.what).map(({ status }) => ({ code, status })),
        )
        if (held.length === 0) count('lost', `an agreement of ${school.number}`)
        count('wrong', `${held.length} of one agreement`, held.length - 1)
        const [{ code, status } = { code: '', status: '' }] = held
        if (one.done && status !== 'done') count('lost', `a "done" in ${code}`)
        const times = (action: string) => done.filter((entry) => entry.code === code && entry.action === action).length
        count('wrong', `${code} was logged more than once`, times('agreements-logged') - 1)
        count('wrong', `${code} was done more than once`, times('agreement-done') - 1)
        const cards = school.inChannel('New agreements', one.what).length
        if (cards === 0) count('lost', `the card of ${code}`)
        if (!before.has(one)) count('duplicated', `the card of ${code}`, cards - 1)
      }
      const reminded = own.filter(({ by }) => by <= world.now.day)
      for (const { what, by } of reminded) {
        tally.acknowledged++
        if (school.inChannel(digestTitle(by), what).length === 0) count('lost', `a reminder of ${by}`)
      }
      for (const day of new Set(reminded.map(({ by }) => by))) {
        const rows = reminded.filter(({ by }) => by === day)
        const most = Math.max(...rows.map(({ what }) => school.inChannel(digestTitle(day), what).length))
        count('duplicated', `the digest of ${day} in ${school.number}`, most - 1)
      }
      for (const fault of faults) count('wrong', fault)
      for (const { name } of setAside) count('wrong', `${name} was set aside`)
      for (const fault of school.connector.faults.slice(faultsBefore[index])) count('wrong', `Teams refuses: ${fault}`)
    }
    return tally
  }

  return {
    agreed,
    tally,
    count,
    /** Somebody waited longer for an answer than this, in milliseconds. */
    answersWithin(milliseconds: number): void {
      for (const { slowest, number } of world.schools)
        if (slowest.answer > milliseconds) count('wrong', `school ${number} waited ${Math.round(slowest.answer)} ms`)
    },
    close,
  }
}
