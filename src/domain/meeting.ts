/** Meetings of school and home: planned, moved, held. A case has one planned meeting at most, so a new plan moves it. */
import type { Agreement } from './agreement.ts'
import type { Case } from './case.ts'
import { dayOf, plusDays } from './school-calendar.ts'
import type { Day, Instant } from './time.ts'

/** How the pupil's own voice comes into the meeting: there throughout, for a part of it, or asked beforehand. */
export type PupilPart = 'whole' | 'part' | 'before'
export type Place = 'school' | 'online' | 'home'

/** The points of the agenda with notes, in order: the pupil's perspective comes first (guidance §1.2; the order is ours). */
export const POINTS = ['pupil', 'home', 'school', 'shared', 'worked'] as const
export type Point = (typeof POINTS)[number]

export interface MeetingPlan {
  on: Day
  /** `HH:MM` in the team's zone. */
  time: string
  minutes: number
  place: Place
  /** A room, an address or a link, in the teacher's words. */
  where?: string
  /** Who takes part, in the teacher's words. Private, like a note. */
  who: string
  pupil: PupilPart
  /** How the pupil's words are brought. */
  how?: string
}

export interface Meeting extends Partial<MeetingPlan> {
  /** Stays the same when the meeting is moved, so that a calendar moves it too. */
  id: string
  on: Day
  who: string
  /** Nothing for a meeting that was not planned here. */
  planned?: { by: string; at: Instant; moved: number }
  held?: { by: string; at: Instant; notes: Partial<Record<Point, string>> }
}

/** A meeting with a time and a place, still to come or to be held. */
export type PlannedMeeting = Meeting & MeetingPlan & Required<Pick<Meeting, 'planned'>>

const meetingsOf = ({ meetings = [] }: Case): Meeting[] => meetings

const isPlanned = (meeting: Meeting): meeting is PlannedMeeting => meeting.planned !== undefined && !meeting.held

/** The meeting that is planned and not yet held. */
export const plannedMeeting = (found: Case): PlannedMeeting | undefined => meetingsOf(found).find(isPlanned)

export const meetingById = (found: Case, id: string): Meeting | undefined =>
  meetingsOf(found).find((meeting) => meeting.id === id)

/** Plans a meeting under this id; a meeting that was planned already is moved and keeps its own. */
export function planMeeting(to: Case, id: string, plan: MeetingPlan, by: string, now: Instant): Case {
  const before = plannedMeeting(to)
  const moved = before ? before.planned.moved + 1 : 0
  const meeting: Meeting = { id: before?.id ?? id, ...plan, planned: { by, at: now, moved } }
  return { ...to, meetings: [...meetingsOf(to).filter((one) => one.id !== meeting.id), meeting] }
}

/** Takes the planned meeting away again. */
export const dropMeeting = (from: Case): Case => ({
  ...from,
  meetings: meetingsOf(from).filter((one) => !isPlanned(one)),
})

/**
 * Keeps what was said at the planned meeting or, where none was planned, at one that takes place today; that one, held
 * twice under the same id, is held once.
 */
export function holdMeeting(
  found: Case,
  given: { id: string; on: Day; who: string; held: NonNullable<Meeting['held']> },
): Case {
  const meeting = plannedMeeting(found) ?? { id: given.id, who: given.who }
  const others = meetingsOf(found).filter(({ id }) => id !== meeting.id && id !== given.id)
  return { ...found, meetings: [...others, { ...meeting, on: given.on, held: given.held }] }
}

/** The meeting held last. */
export const lastHeld = (found: Case): (Meeting & Required<Pick<Meeting, 'held'>>) | undefined =>
  meetingsOf(found).findLast((meeting) => meeting.held !== undefined) as ReturnType<typeof lastHeld>

/** What was agreed at a meeting: written down between it and the next one, by the day after at the latest. */
export function agreedAt(found: Case, { held }: Meeting, zone: string): Agreement[] {
  if (!held) return []
  const next = Math.min(
    ...meetingsOf(found).flatMap((other) => (other.held && other.held.at > held.at ? other.held.at : [])),
  )
  const lastDay = plusDays(dayOf(held.at, zone), 1)
  return found.agreements.filter(
    ({ loggedAt, status }) =>
      status !== 'dropped' && loggedAt >= held.at && loggedAt < next && dayOf(loggedAt, zone) <= lastDay,
  )
}

const CLOCK = /^(?:kl\.?\s*)?(\d{1,2})(?:\s*[.:]?\s*(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?$/i

/** Reads a time of day as people write it – 14.30, kl. 14:30, 1430, 14, 2.30 pm – as `HH:MM`. */
export function parseClock(text: string): string | undefined {
  const [, hours, minutes = '00', half] = CLOCK.exec(text.trim()) ?? []
  if (hours === undefined) return undefined
  const given = Number(hours)
  const hour = half ? (given % 12) + (/^p/i.test(half) ? 12 : 0) : given
  if (hour > 23 || Number(minutes) > 59 || (half && (given < 1 || given > 12))) return undefined
  return `${String(hour).padStart(2, '0')}:${minutes}`
}
