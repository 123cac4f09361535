import Holidays from 'date-holidays'
import { DateTime } from 'luxon'
import { remembered } from './remembered.ts'
import type { Day, Instant, Period } from './time.ts'

export interface Calendar {
  closed: readonly Period[]
}

const holidays = new Holidays('DK')

/** No public holidays, but schools are closed: Constitution Day, Christmas Eve and New Year's Eve. */
const SCHOOL_HOLIDAYS = ['06-05', '12-24', '12-31']

const holidaysOf = remembered((year: string): ReadonlySet<Day> => {
  const days = holidays.getHolidays(Number(year)).filter(({ type }) => type === 'public')
  return new Set([...days.map(({ date }) => date.slice(0, 10)), ...SCHOOL_HOLIDAYS.map((day) => `${year}-${day}`)])
})

/** Whether the school is open: a weekday that is neither a holiday nor in one of the school's own closed periods. */
export const isSchoolDay = (day: Day, { closed }: Calendar): boolean =>
  !isFree(day) && !closed.some(({ from, to }) => from <= day && day <= to)

/** Whether every school is closed. */
const isFree = remembered((day: Day): boolean => {
  const weekday = new Date(`${day}T12:00Z`).getUTCDay()
  return weekday === 0 || weekday === 6 || holidaysOf(day.slice(0, 4)).has(day)
})

export const plusDays = remembered(
  (day: Day, count: number): Day =>
    new Date(Date.parse(`${day}T12:00Z`) + count * 86_400_000).toISOString().slice(0, 10),
)

/** Whether this is a day there is. `Date` takes 30 February for 2 March, so the day has to come back as it went in. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && plusDays(text, 0) === text

/** A calendar that is closed for longer than this has no next school day. */
const FARTHEST = 400

/** The n-th school day after this one. */
export function nextSchoolDay(day: Day, calendar: Calendar, count = 1): Day {
  let left = count
  let at = day
  for (let tried = 0; tried < FARTHEST; tried++) {
    at = plusDays(at, 1)
    if (isSchoolDay(at, calendar) && --left === 0) return at
  }
  return at
}

/** The first school day on or after this one. */
export const schoolDayFrom = (day: Day, calendar: Calendar): Day =>
  isSchoolDay(day, calendar) ? day : nextSchoolDay(day, calendar)

/** This hour of this day in the team's zone. An hour that the clocks skip is the one after. */
export const atHour = remembered(
  (day: Day, hour: number, zone: string): Instant => atTime(day, `${String(hour).padStart(2, '0')}:00`, zone),
)

/** This time (`HH:MM`) of this day in the team's zone; what the clocks skip is an hour later. */
export const atTime = (day: Day, time: string, zone: string): Instant =>
  DateTime.fromISO(`${day}T${time}`, { zone }).toMillis()

/** The day it is in the team's zone. Days begin on a quarter of an hour everywhere, so an answer is good for all of one. */
export const dayOf = (at: Instant, zone: string): Day => dayOfQuarter(Math.floor(at / QUARTER), zone)

const QUARTER = 15 * 60_000
const dayOfQuarter = remembered(
  (quarter: number, zone: string): Day => DateTime.fromMillis(quarter * QUARTER, { zone }).toISODate() ?? '',
)
