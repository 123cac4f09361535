/** What comes next in a case, from its own state and the team's rhythm: explainable rules, no score. */
import { type Agreement, allDone } from './agreement.ts'
import { type Case, openAgreements } from './case.ts'
import { beganAt, latestConcern, SPANS, type Span } from './concern.ts'
import { waitingInquiry } from './inquiry.ts'
import { presentCoordinator } from './involved.ts'
import type { Profile } from './rhythm.ts'
import { dayOf, plusDays } from './school-calendar.ts'
import type { Team } from './team.ts'
import type { Day, Instant } from './time.ts'

/** The three talks of the rhythm. */
export interface Stage {
  stage: 'contact' | 'check' | 'followUp'
  /** The day it is counted from, and the day it is to have happened by. */
  from: Day
  on: Day
}

/** An agreed day to talk, this close after the rhythm's own, makes that one superfluous: in days. */
const CLOSE = { check: 2, followUp: 7 }

/**
 * The talks that are still to come or late, soonest first. A talk once the agreements have run a while counts for all that
 * came before; and where school and home agreed on a day of their own, the digest speaks of that one instead.
 */
export function stagesAhead(found: Case, profile: Profile, zone: string): Stage[] {
  if (found.status === 'closed') return []
  const began = beganAt(found)
  const from = dayOf(began, zone)
  if (!hasTalkedSince(found, began)) return [{ stage: 'contact', from, on: plusDays(from, profile.contact) }]
  const agreed = agreedSince(found, began)
  if (agreed === undefined) return []
  const start = dayOf(agreed, zone)
  const check = plusDays(start, profile.check)
  const followUp = plusDays(start, profile.followUp)
  const half = plusDays(start, Math.ceil((profile.check + profile.followUp) / 2))
  const talks = talksOf(found).map((at) => dayOf(at, zone))
  const isAgreed = (after: Day, until: Day) => standing(found).some(({ followUp: { on } }) => after < on && on <= until)
  const stages: Stage[] = []
  if (!talks.some((day) => day > start) && !isAgreed(start, plusDays(check, CLOSE.check)))
    stages.push({ stage: 'check', from: start, on: check })
  if (!talks.some((day) => day > half) && !isAgreed(half, plusDays(followUp, CLOSE.followUp)))
    stages.push({ stage: 'followUp', from: start, on: followUp })
  return stages
}

const standing = ({ agreements }: Case): Agreement[] => agreements.filter(({ status }) => status !== 'dropped')

/** When there was a talk: with the home, or about whether it helped. */
const talksOf = ({ contacts, outcomes }: Case): Instant[] =>
  [...contacts.filter(({ reached }) => reached), ...outcomes].map(({ at }) => at).sort((a, b) => a - b)

/** The newest agreements since then; `undefined` where there are none. */
const agreedSince = (found: Case, since: Instant): Instant | undefined =>
  standing(found)
    .map(({ loggedAt }) => loggedAt)
    .filter((at) => at >= since)
    .sort((a, b) => b - a)[0]

/** Agreements come out of a talk, whether or not that was written down. */
const hasTalkedSince = (found: Case, since: Instant): boolean =>
  talksOf(found).some((at) => at >= since) || agreedSince(found, since) !== undefined

export type StepName =
  | 'answer'
  | 'call'
  | 'agree'
  | 'check'
  | 'followUp'
  | 'meet'
  | 'coordinator'
  | 'askPupil'
  | 'close'
  | 'wait'

/** Why, as a code that names words, with what they mention; days are days. */
export interface Reason {
  code:
    | 'waiting'
    | 'within'
    | 'late'
    | 'attempts'
    | 'homeDoesNotKnow'
    | 'talked'
    | 'pupilNotAsked'
    | 'notHelped'
    | 'helped'
    | 'running'
    | 'overdue'
    | 'nobodyHolds'
    | 'allDone'
    | 'next'
    | 'nothingPlanned'
  day?: Day
  count?: number
}

export interface NextStep {
  step: StepName
  reasons: Reason[]
}

/** The one next step of an open case, with the reasons for it; `undefined` once it is closed. */
export function nextStep(
  found: Case,
  profile: Profile,
  { today, zone, members }: { today: Day } & Pick<Team, 'zone' | 'members'>,
): NextStep | undefined {
  if (found.status === 'closed') return undefined
  const inquiry = waitingInquiry(found)
  if (inquiry) return { step: 'answer', reasons: [{ code: 'waiting', day: dayOf(inquiry.at, zone) }] }
  const began = beganAt(found)
  const stages = stagesAhead(found, profile, zone)
  const contact = stages.find(({ stage }) => stage === 'contact')
  if (contact) return { step: 'call', reasons: whyCall(found, contact, today) }

  const pupil: Reason[] = found.pupilView && found.pupilView.state !== 'notYet' ? [] : [{ code: 'pupilNotAsked' }]
  const agreed = agreedSince(found, began)
  if (agreed === undefined) {
    const last = talksOf(found).at(-1) ?? began
    return { step: 'agree', reasons: [{ code: 'talked', day: dayOf(last, zone) }, ...pupil] }
  }

  const outcome = found.outcomes.findLast(({ at }) => at >= agreed)
  const talkedSince = outcome && found.contacts.some(({ at, reached }) => reached && at > outcome.at)
  if (outcome && outcome.helped !== 'yes' && !talkedSince) return { step: 'meet', reasons: [{ code: 'notHelped' }] }
  if (outcome?.helped === 'yes' && allDone(found)) return { step: 'close', reasons: [{ code: 'helped' }] }

  const due = stages.findLast(({ on }) => on <= today)
  if (due) return { step: due.stage === 'check' ? 'check' : 'followUp', reasons: [{ code: 'running', day: due.from }] }
  const open = openAgreements(found)
  const late = open.filter(({ by }) => by < today).length
  if (late > 0) return { step: 'check', reasons: [{ code: 'overdue', count: late }] }
  if (!presentCoordinator(found, { members }) && !found.coordination.asked)
    return { step: 'coordinator', reasons: [{ code: 'nobodyHolds' }] }
  if (pupil.length > 0) return { step: 'askPupil', reasons: pupil }
  if (allDone(found)) return { step: 'followUp', reasons: [{ code: 'allDone' }] }

  const [next] = [...stages.map(({ on }) => on), ...open.flatMap(({ by, followUp }) => [by, followUp.on])]
    .filter((day) => day >= today)
    .sort()
  return next
    ? { step: 'wait', reasons: [{ code: 'next', day: next }] }
    : { step: 'followUp', reasons: [{ code: 'nothingPlanned' }] }
}

function whyCall(found: Case, { on }: Stage, today: Day): Reason[] {
  const began = beganAt(found)
  const attempts = found.contacts.filter(({ at, reached }) => !reached && at >= began).length
  const concern = latestConcern(found)
  return [
    { code: on < today ? 'late' : 'within', day: on },
    ...(concern && !concern.known.includes('home') ? [{ code: 'homeDoesNotKnow' as const }] : []),
    ...(attempts > 0 ? [{ code: 'attempts' as const, count: attempts }] : []),
  ]
}

/** Why to ask whether the leader knows; a count of days or the deal of 2026, where the team follows it. */
export interface LeaderReason {
  code: Span | 'dealContact' | 'dealPlan'
  count: number
}

/** The deal's own numbers of days in a quarter (guidance §1.3): the leader contacts the home beyond the first, plans at the second. */
const DEAL = { contact: 10, plan: 15 }

/** Occasions to ask whether the leader knows. Only that: what follows is for the leader to judge. */
export function leaderReasons(
  found: Case,
  { asks }: Profile,
  { today, dealFrom }: { today: Day; dealFrom?: Day | undefined },
): LeaderReason[] {
  const concern = latestConcern(found)
  if (!concern || found.status === 'closed' || concern.known.includes('leader')) return []
  const { away } = concern
  const reasons = (Object.keys(SPANS) as Span[]).flatMap((span): LeaderReason[] => {
    const count = away[span]
    return count !== undefined && count >= asks[span] ? [{ code: span, count }] : []
  })
  const count = away.quarter ?? 0
  if (!dealFrom || today < dealFrom || count <= DEAL.contact) return reasons
  return [...reasons, { code: count >= DEAL.plan ? 'dealPlan' : 'dealContact', count }]
}
