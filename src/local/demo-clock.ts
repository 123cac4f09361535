import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { atHour, dayOf } from '../domain/school-calendar.ts'
import type { Instant } from '../domain/time.ts'
import { SCHOOL } from './school.ts'

/** A clock that can be moved ahead, so that a newcomer need not wait days for a reminder. Local mode only. */
export interface DemoClock {
  /** Milliseconds ahead of the real time. */
  offset: () => number
  /** Moves on by `+3d`, to nine in the morning where it would be night, or by `+2h`; false when that is not understood. Back is not possible: reminders have gone out. */
  move: (by: string) => boolean
}

const UNITS: Record<string, number> = { m: 60_000, t: 3_600_000, h: 3_600_000, d: 86_400_000 }
/** A demo of more than a school year shows nothing new. */
const MOST_AHEAD = 400 * 86_400_000

/** Reads `+3d`, `+2h` (or the Danish `+2t`) or `+30m` as milliseconds. */
export function parseMove(text: string): number | undefined {
  const found = /^\+(\d{1,4})([mthd])$/.exec(text.trim().toLowerCase())
  return found ? Number(found[1]) * (UNITS[found[2] ?? ''] ?? 0) : undefined
}

/** What is due on a day is said at eight. */
const MORNING = 9

/** Milliseconds until the morning of the day it is, at night. Who tries it out late wants to see what the day brings. */
const untilMorning = (at: Instant): number => Math.max(0, atHour(dayOf(at, SCHOOL.zone), MORNING, SCHOOL.zone) - at)

/** The clock keeps its offset in this file, so that a restart does not turn time back. */
export function createDemoClock(file: string, now: () => Instant = Date.now): DemoClock {
  let ahead = existsSync(file) ? Number(readFileSync(file, 'utf8')) || 0 : 0
  return {
    offset: () => ahead,
    move: (by) => {
      const more = parseMove(by)
      if (!more || ahead + more > MOST_AHEAD) return false
      ahead += more
      if (/d$/i.test(by.trim())) ahead += untilMorning(now() + ahead)
      writeFileSync(file, String(ahead))
      return true
    },
  }
}
