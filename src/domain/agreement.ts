import type { Case } from './case.ts'
import type { Fault } from './fault.ts'
import { holderOf } from './involved.ts'
import { isDay, plusDays } from './school-calendar.ts'
import { isOnTeam, type Member } from './team.ts'
import type { Day, Instant } from './time.ts'

/** Who does what was agreed. `school` always names a member of staff as well. */
export const PARTIES = ['school', 'home', 'pupil', 'other'] as const
export type Party = (typeof PARTIES)[number]

/** How school and home talk again about an agreement. */
export const FOLLOW_UPS = ['call', 'meeting', 'message', 'visit'] as const
export type FollowUpWay = (typeof FOLLOW_UPS)[number]

/** What was agreed. All of it is needed: what, who, by when, and when and how we follow up (guidance §1.1, §5). */
export interface AgreementTerms {
  what: string
  who: Party
  /** The member of staff, where `who` is `school`. */
  staff?: string
  by: Day
  followUp: { on: Day; how: FollowUpWay }
}

export interface Agreement extends AgreementTerms {
  /** Unique within its case: `a1`, `a2`… */
  id: string
  loggedBy: string
  loggedAt: Instant
  status: 'open' | 'done' | 'dropped'
  done?: { by: string; at: Instant }
  /** Digest rows posted for the present due date; a new date starts at nought. */
  reminded: number
  lastReminded?: Day
  /** The day on which the digest said that it is time to talk about how it went. */
  followUpSaid?: Day
  /** Who has been asked "new date, close, or hand over?" last; `true` from before that was noted. */
  questioned?: string | true
}

/** Room for one agreement, in characters: a line in the channel and a sentence for a pupil. */
const LONGEST_AGREEMENT = 240

/** Whether terms are whole and possible. A date lies between today and a year ahead. */
export function checkTerms(
  terms: AgreementTerms,
  { today, members }: { today: Day; members: readonly Member[] },
): Fault[] {
  const { what, who, staff, by, followUp } = terms
  const faults: Fault[] = []
  if (what.trim() === '') faults.push({ field: 'what', code: 'missing' })
  if (what.length > LONGEST_AGREEMENT)
    faults.push({ field: 'what', code: 'too-long', values: { max: LONGEST_AGREEMENT } })
  if (!PARTIES.includes(who)) faults.push({ field: 'who', code: 'not-an-option' })
  if (who === 'school' && !staff) faults.push({ field: 'staff', code: 'missing' })
  if (staff && !isOnTeam({ members }, staff)) faults.push({ field: 'staff', code: 'not-a-member' })
  if (!FOLLOW_UPS.includes(followUp.how)) faults.push({ field: 'followUpHow', code: 'not-an-option' })
  return [...faults, ...checkDay('by', by, today), ...checkDay('followUpOn', followUp.on, today)]
}

function checkDay(field: string, day: Day, today: Day): Fault[] {
  if (!isDay(day)) return [{ field, code: 'not-a-date' }]
  if (day < today) return [{ field, code: 'too-early' }]
  return day > plusDays(today, 366) ? [{ field, code: 'too-late' }] : []
}

/** A case with these agreements added. */
export function logAgreements(to: Case, terms: readonly AgreementTerms[], by: string, now: Instant): Case {
  const logged = terms.map(
    (one, index): Agreement => ({
      ...one,
      id: `a${to.agreements.length + index + 1}`,
      loggedBy: by,
      loggedAt: now,
      status: 'open',
      reminded: 0,
    }),
  )
  return { ...to, agreements: [...to.agreements, ...logged] }
}

type Changed<More = unknown> = ({ ok: true; case: Case } & More) | { ok: false; code: string }

/** Marks an agreement done. Done twice is done once: the first to say so is kept. */
export const markDone = (found: Case, id: string, by: string, now: Instant): Changed<{ already: boolean }> => {
  const agreement = found.agreements.find((one) => one.id === id)
  if (!agreement || agreement.status === 'dropped') return { ok: false, code: 'not-open' }
  if (agreement.status === 'done') return { ok: true, case: found, already: true }
  return { ok: true, already: false, case: replaced(found, { ...agreement, status: 'done', done: { by, at: now } }) }
}

export const undoDone = (found: Case, id: string): Changed => {
  const agreement = found.agreements.find((one) => one.id === id)
  if (agreement?.status !== 'done') return { ok: false, code: 'not-done' }
  const { done: _done, questioned, ...rest } = agreement
  // Where the question has been asked already, nothing more would ever be said of it: its reminders start over.
  const reminded = questioned ? 0 : rest.reminded
  return { ok: true, case: replaced(found, { ...rest, reminded, status: 'open' }) }
}

/** Moves an agreement to a new day; its reminders start over. */
export const postpone = (found: Case, id: string, to: Day, { today }: { today: Day }): Changed => {
  const agreement = found.agreements.find((one) => one.id === id)
  if (agreement?.status !== 'open') return { ok: false, code: 'not-open' }
  const [fault] = checkDay('by', to, today)
  if (fault) return { ok: false, code: fault.code }
  const { lastReminded: _last, questioned: _asked, ...rest } = agreement
  return { ok: true, case: replaced(found, { ...rest, by: to, reminded: 0 }) }
}

/** Takes an open agreement off the list. */
export const dropAgreement = (found: Case, id: string): Changed => {
  const agreement = found.agreements.find((one) => one.id === id)
  if (agreement?.status !== 'open') return { ok: false, code: 'not-open' }
  return { ok: true, case: replaced(found, { ...agreement, status: 'dropped' }) }
}

/** Whether something was agreed and nothing of it is left to do. */
export const allDone = ({ agreements }: Case): boolean =>
  agreements.some(({ status }) => status === 'done') && agreements.every(({ status }) => status !== 'open')

/** Whose an open agreement is to see to: the named colleague's, and whoever holds the case. */
const isOwn = (found: Case, { staff, status }: Agreement, user: string): boolean =>
  status === 'open' && (staff === user || holderOf(found) === user)

export const isOwnAndDue = (found: Case, agreement: Agreement, user: string, today: Day): boolean =>
  isOwn(found, agreement, user) && agreement.by <= today

/** The next day on which something of one's own is due. */
export const nextOwnDay = (cases: readonly Case[], user: string, today: Day): Day | undefined =>
  cases
    .flatMap((found) => found.agreements.filter((one) => isOwn(found, one, user) && one.by > today).map(({ by }) => by))
    .sort()[0]

const replaced = (found: Case, agreement: Agreement): Case => ({
  ...found,
  agreements: found.agreements.map((one) => (one.id === agreement.id ? agreement : one)),
})
