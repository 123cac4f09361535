/**
 * How a team's open cases run, in numbers that give nobody away: about the process only, never about one pupil, family or
 * colleague. Fewer than five are not told, and neither is what they could be worked out from. That holds for one look; who
 * looks before and after a case is opened sees that there is one more.
 */
import type { Case } from './case.ts'
import { beganAt } from './concern.ts'
import { presentCoordinator } from './involved.ts'
import type { Profile } from './rhythm.ts'
import { dayOf } from './school-calendar.ts'
import type { Team } from './team.ts'
import type { Day } from './time.ts'

/** Fewer than this are "fewer than five", also none at all. */
export const FEW = 5

/** How many; `few` where it must not be said. */
export type Count = { kind: 'exact'; count: number } | { kind: 'few' }

/**
 * A part of a whole that is known. The part and the rest give each other away, so each is told only where both are many:
 * `few` says that the part is below five, `most` that the rest is. A whole of fewer than ten has always one small side;
 * then nothing is told, for which side it is would narrow it down.
 */
export type Share =
  | { kind: 'exact'; part: number; of: number }
  | { kind: 'few' | 'most'; of: number }
  | { kind: 'untold' }

export const countOf = (count: number): Count => (count < FEW ? { kind: 'few' } : { kind: 'exact', count })

export function shareOf(part: number, of: number): Share {
  if (of < 2 * FEW) return { kind: 'untold' }
  if (part < FEW) return { kind: 'few', of }
  return of - part < FEW ? { kind: 'most', of } : { kind: 'exact', part, of }
}

export interface Overview {
  open: Count
  withoutCoordinator: Share
  /** Cases whose first talk with the home came within the time the profile gives. */
  contactInTime: Share
  /** Days from concern or opening to that talk, as half of the cases have it or fewer; where there are enough of them. */
  daysToContact?: number
  /** Of the agreements that are done or overdue, those done by their day. */
  agreementsKept: Share
}

export function overviewOf(
  cases: readonly Case[],
  profile: Profile,
  { today, zone, members }: { today: Day } & Pick<Team, 'zone' | 'members'>,
): Overview {
  const open = cases.filter(({ status }) => status === 'open')
  const waits = open.flatMap((found) => daysToContact(found, zone) ?? []).sort((a, b) => a - b)
  const typical = open.length >= 2 * FEW && waits.length >= FEW ? waits[Math.floor((waits.length - 1) / 2)] : undefined
  const ripe = open.map(({ agreements }) =>
    agreements.filter(({ status, by }) => status === 'done' || (status === 'open' && by < today)),
  )
  const kept = ripe.flat().filter(({ done, by }) => done && dayOf(done.at, zone) <= by).length
  // All of them in a few cases would tell of those families.
  const isSpread = ripe.filter(({ length }) => length > 0).length >= FEW
  return {
    open: countOf(open.length),
    withoutCoordinator: shareOf(open.filter((found) => !presentCoordinator(found, { members })).length, open.length),
    contactInTime: shareOf(waits.filter((days) => days <= profile.contact).length, open.length),
    ...(typical !== undefined && { daysToContact: typical }),
    agreementsKept: isSpread ? shareOf(kept, ripe.flat().length) : { kind: 'untold' },
  }
}

/** Days from the concern, or the opening, to the first talk with the home; `undefined` before there was one. */
function daysToContact(found: Case, zone: string): number | undefined {
  const began = beganAt(found)
  const talks = found.contacts.filter(({ at, reached }) => reached && at >= began).map(({ at }) => at)
  if (talks.length === 0) return undefined
  return Math.round((Date.parse(dayOf(Math.min(...talks), zone)) - Date.parse(dayOf(began, zone))) / 86_400_000)
}
