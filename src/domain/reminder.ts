/** When something is to be said: named policies as data, and the one place that derives reminders from a case. */
import type { Agreement } from './agreement.ts'
import { type Case, openAgreements } from './case.ts'
import type { DueKind } from './due.ts'
import { waitingInquiry } from './inquiry.ts'
import { presentCoordinator, toBeAsked } from './involved.ts'
import { type PlannedMeeting, plannedMeeting } from './meeting.ts'
import { type Stage, stagesAhead } from './next-step.ts'
import type { Ref } from './post.ts'
import { type ProfileName, profileOf } from './rhythm.ts'
import { atHour, atTime, dayOf, isSchoolDay, nextSchoolDay, plusDays, schoolDayFrom } from './school-calendar.ts'
import type { Team } from './team.ts'
import type { Day, Instant, Period } from './time.ts'

/** When a team wants to hear from us. */
export interface Rhythm {
  zone: string
  hour: number
  closed: readonly Period[]
  profile?: ProfileName
}

/** A team that hears from us, with those who may be asked what is to become of a case. */
export type RemindedTeam = Rhythm & Pick<Team, 'members' | 'leaders'>

/** On the due day, and then at most this many times, once a school day (guidance §2.2, §5: five nags at the most). */
export const MOST_OVERDUE = 5
/** A case that nobody holds is mentioned this many times. */
export const MOST_VACANT = 5

/**
 * The next moment an open agreement is a row in the digest; `null` when it never will be. Always in the future.
 * @param asked Who is asked about the case by now. As long as nobody is left to ask, the digest goes on reminding.
 */
export function nextReminder(agreement: Agreement, now: Instant, rhythm: Rhythm, asked?: string): Instant | null {
  const { status, by, reminded, lastReminded } = agreement
  if (status !== 'open' || (reminded > MOST_OVERDUE && hasBeenAsked(agreement, asked))) return null
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
export function vacantReminder(found: Case, now: Instant, team: RemindedTeam): Instant | null {
  const [oldest] = openAgreements(found)
  if (!oldest || presentCoordinator(found, team) || (found.vacancies ?? 0) >= MOST_VACANT) return null
  const last = found.lastVacancy ?? dayOf(oldest.loggedAt, team.zone)
  return nextSlot(nextSchoolDay(last, team), now, team)
}

/** A home that waits for an answer is mentioned this many times. */
export const MOST_WAITING = 5

/** A home that turned to the school hears from it by the next school day; from then on the digest says that it waits. */
export function waitingReminder(found: Case, now: Instant, rhythm: Rhythm): Instant | null {
  const inquiry = waitingInquiry(found)
  if (!inquiry) return null
  const said = found.waiting?.contact === inquiry.id ? found.waiting : undefined
  if (said && said.times >= MOST_WAITING) return null
  return nextSlot(nextSchoolDay(said?.last ?? dayOf(inquiry.at, rhythm.zone), rhythm), now, rhythm)
}

/** The case after a digest that said so. */
function waitedOn(found: Case, contact: string, last: Day): Pick<Case, 'waiting'> {
  const before = found.waiting?.contact === contact ? found.waiting.times : 0
  return { waiting: { contact, times: before + 1, last } }
}

/** Whoever holds a case is reminded of a talk of the rhythm this many times, so many days apart. */
export const MOST_NUDGES = 2
const DAYS_BETWEEN_NUDGES = 2
/** The first call is to have happened within its time: the reminder comes while there is some left, in days. */
const AHEAD: Record<Stage['stage'], number> = { contact: 2, check: 0, followUp: 0 }

/** The next moment to remind of a talk of the rhythm; `null` when there is none to come. */
export function rhythmReminder(found: Case, now: Instant, rhythm: Rhythm): Instant | null {
  const [first] = nudgesLeft(found, rhythm)
    .map(({ on }) => nextSlot(on, now, rhythm))
    .sort((a, b) => a - b)
  return first ?? null
}

/** The talks to remind of on this day: asked again when the reminder is about to go out. */
export const nudgesDue = (found: Case, today: Day, rhythm: Rhythm): Stage[] =>
  nudgesLeft(found, rhythm)
    .filter(({ on }) => on <= today)
    .map(({ stage }) => stage)

/** Each talk that may still be reminded of, and from which day on. */
function nudgesLeft(found: Case, rhythm: Rhythm): { stage: Stage; on: Day }[] {
  return stagesAhead(found, profileOf(rhythm), rhythm.zone).flatMap((stage) => {
    const said = found.nudges?.find((nudge) => nudge.stage === stage.stage && nudge.from === stage.from)
    if (!said) return [{ stage, on: plusDays(stage.on, -AHEAD[stage.stage]) }]
    return said.times < MOST_NUDGES ? [{ stage, on: plusDays(said.last, DAYS_BETWEEN_NUDGES) }] : []
  })
}

/** The case after its holder was reminded of these talks. What was said of an earlier round is forgotten. */
export function nudgedOn(found: Case, stages: readonly Stage[], day: Day): Case {
  const said = stages.map(({ stage, from }) => {
    const before = found.nudges?.find((nudge) => nudge.stage === stage && nudge.from === from)
    return { stage, from, times: (before?.times ?? 0) + 1, last: day }
  })
  const others = (found.nudges ?? []).filter(({ stage }) => !said.some((one) => one.stage === stage))
  return { ...found, nudges: [...others, ...said] }
}

/** Whoever leads a meeting has this long, in milliseconds, to open the agenda and find a room. */
const BEFORE_MEETING = 3_600_000

/** The morning of a meeting, once; where it begins at the team's hour or earlier, an hour ahead of it. */
function meetingReminder({ on, time }: PlannedMeeting, now: Instant, rhythm: Rhythm): Instant | null {
  const at = Math.min(atHour(on, rhythm.hour, rhythm.zone), atTime(on, time, rhythm.zone) - BEFORE_MEETING)
  return at > now ? at : null
}

/** Reminded often enough: now whoever is asked about the case gets the question "new date, close, or hand over?", once. */
export const overdueQuestion = (agreement: Agreement, asked: string | undefined): boolean =>
  agreement.status === 'open' && agreement.reminded > MOST_OVERDUE && !hasBeenAsked(agreement, asked)

/** Whoever has taken over from the one who was asked has not been. */
const hasBeenAsked = ({ questioned }: Agreement, asked: string | undefined): boolean =>
  questioned === true || (questioned !== undefined && questioned === asked)

/** The team's hour on the first school day from this one on that lies ahead. */
export function nextSlot(from: Day, now: Instant, rhythm: Rhythm): Instant {
  const today = dayOf(now, rhythm.zone)
  const day = schoolDayFrom(from < today ? today : from, rhythm)
  const at = atHour(day, rhythm.hour, rhythm.zone)
  return at > now ? at : atHour(nextSchoolDay(day, rhythm), rhythm.hour, rhythm.zone)
}

/**
 * Whether the team is to be reminded of anything at this moment: on a school day, from its hour on. What comes late, after
 * a night in which nothing got through, waits for that hour too; its card would else take the place of the day's own.
 */
export function isTimeToRemind(now: Instant, rhythm: Rhythm): boolean {
  const today = dayOf(now, rhythm.zone)
  return isSchoolDay(today, rhythm) && now >= atHour(today, rhythm.hour, rhythm.zone)
}

/** A morning that has come is left alone: the word on it may be on its way this very moment. */
function meetingEntries(found: Case, now: Instant, rhythm: Rhythm) {
  const planned = found.status === 'closed' ? undefined : plannedMeeting(found)
  return (found.meetings ?? []).flatMap(({ id }) => {
    const at = planned?.id === id ? meetingReminder(planned, now, rhythm) : null
    return at === null && planned?.id === id ? [] : [{ kind: 'meeting' as const, ids: [found.code, id], at }]
  })
}

/** Everything the due index should hold about a case; `null` takes an entry away. */
export function dueEntriesFor(
  found: Case,
  now: Instant,
  team: RemindedTeam,
): { kind: DueKind; ids: string[]; at: Instant | null }[] {
  const { code, status, agreements } = found
  const closed = status === 'closed'
  const asked = toBeAsked(found, team)
  return [
    ...agreements.flatMap((agreement) => [
      {
        kind: 'remind' as const,
        ids: [code, agreement.id],
        at: closed ? null : nextReminder(agreement, now, team, asked),
      },
      {
        kind: 'followup' as const,
        ids: [code, agreement.id],
        at: closed ? null : followUpReminder(agreement, now, team),
      },
    ]),
    ...meetingEntries(found, now, team),
    { kind: 'vacant' as const, ids: [code], at: closed ? null : vacantReminder(found, now, team) },
    { kind: 'waiting' as const, ids: [code], at: waitingReminder(found, now, team) },
    { kind: 'rhythm' as const, ids: [code], at: rhythmReminder(found, now, team) },
  ]
}

/** The case after a digest that showed these rows of it; a row about the case itself said that nobody holds it. */
export function remindedOn(found: Case, rows: readonly Omit<Ref, 'code'>[], day: Day): Case {
  const shown = new Set(rows.map(({ agreement }) => agreement))
  const inquiry = rows.find((row) => row.inquiry)?.inquiry
  return {
    ...found,
    ...(rows.some((row) => !row.agreement && !row.inquiry) && {
      vacancies: (found.vacancies ?? 0) + 1,
      lastVacancy: day,
    }),
    ...(inquiry && waitedOn(found, inquiry, day)),
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
