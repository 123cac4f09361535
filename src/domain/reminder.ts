/** When something is to be said: named policies as data, and the one place that derives reminders from a case. */
import type { Agreement } from './agreement.ts'
import type { Case } from './case.ts'
import type { DueKind } from './due.ts'
import { atHour, dayOf, nextSchoolDay, schoolDayFrom } from './school-calendar.ts'
import type { Day, Instant, Period } from './time.ts'

/** When a team wants to hear from us. */
export interface Rhythm {
  zone: string
  hour: number
  closed: readonly Period[]
}

/** On the due day, and then at most this many times, once a school day (guidance §2.2, §5: five nags at the most). */
export const MOST_OVERDUE = 5
/** A case that nobody holds is mentioned this many times. */
export const MOST_VACANT = 5

/** The next moment an open agreement is a row in the digest; `null` when it never will be. Always in the future. */
export function nextReminder(
  { status, by, reminded, lastReminded }: Agreement,
  now: Instant,
  rhythm: Rhythm,
): Instant | null {
  if (status !== 'open' || reminded > MOST_OVERDUE) return null
  const from = lastReminded && lastReminded >= by ? nextSchoolDay(lastReminded, rhythm) : by
  return nextSlot(from, now, rhythm)
}

/** The day school and home agreed to talk again: said once, on that day or the first one possible. */
export const followUpReminder = (
  { status, followUp, followUpSaid }: Agreement,
  now: Instant,
  rhythm: Rhythm,
): Instant | null => (status === 'dropped' || followUpSaid ? null : nextSlot(followUp.on, now, rhythm))

/** A case with agreements that nobody holds is mentioned on the school day after they were made, and once a day from then on. */
export function vacantReminder(found: Case, now: Instant, rhythm: Rhythm): Instant | null {
  const [oldest] = found.agreements.filter(({ status }) => status === 'open')
  if (!oldest || found.coordination.coordinator || (found.vacancies ?? 0) >= MOST_VACANT) return null
  const last = found.lastVacancy ?? dayOf(oldest.loggedAt, rhythm.zone)
  return nextSlot(nextSchoolDay(last, rhythm), now, rhythm)
}

/** Reminded often enough: now the coordinator is asked "new date, close, or hand over?", once. */
export const overdueQuestion = ({ status, reminded, questioned }: Agreement): boolean =>
  status === 'open' && reminded > MOST_OVERDUE && !questioned

/** The team's hour on the first school day from this one on that lies ahead. */
function nextSlot(from: Day, now: Instant, rhythm: Rhythm): Instant {
  const today = dayOf(now, rhythm.zone)
  const day = schoolDayFrom(from < today ? today : from, rhythm)
  const at = atHour(day, rhythm.hour, rhythm.zone)
  return at > now ? at : atHour(nextSchoolDay(day, rhythm), rhythm.hour, rhythm.zone)
}

/** Everything the due index should hold about a case; `null` takes an entry away. */
export function dueEntriesFor(
  found: Case,
  now: Instant,
  rhythm: Rhythm,
): { kind: DueKind; ids: string[]; at: Instant | null }[] {
  const { code, status, agreements } = found
  const closed = status === 'closed'
  return [
    ...agreements.flatMap((agreement) => [
      { kind: 'remind' as const, ids: [code, agreement.id], at: closed ? null : nextReminder(agreement, now, rhythm) },
      {
        kind: 'followup' as const,
        ids: [code, agreement.id],
        at: closed ? null : followUpReminder(agreement, now, rhythm),
      },
    ]),
    { kind: 'vacant' as const, ids: [code], at: closed ? null : vacantReminder(found, now, rhythm) },
  ]
}

/** The case after a digest that showed these of its rows; a row without an agreement said that nobody holds it. */
export function remindedOn(found: Case, rows: readonly (string | undefined)[], day: Day): Case {
  const shown = new Set(rows)
  return {
    ...found,
    ...(shown.has(undefined) && { vacancies: (found.vacancies ?? 0) + 1, lastVacancy: day }),
    agreements: found.agreements.map((one) =>
      shown.has(one.id)
        ? {
            ...one,
            ...(one.by <= day && one.status === 'open' && { reminded: one.reminded + 1, lastReminded: day }),
            ...(one.followUp.on <= day && { followUpSaid: one.followUpSaid ?? day }),
          }
        : one,
    ),
  }
}
