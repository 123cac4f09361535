import type { Case } from './case.ts'
import { presentHolder } from './involved.ts'
import type { Team } from './team.ts'
import { presentLeaders } from './team-settings.ts'
import type { Instant } from './time.ts'

/** Everything somebody can see or do. */
export const ACTIONS = [
  'team.see',
  'team.setup',
  'case.open',
  'case.read',
  'case.readAgreements',
  'case.close',
  'case.keep',
  'case.export',
  'case.erase',
  'contact.record',
  'meeting.plan',
  'view.record',
  'agreement.log',
  'agreement.done',
  'agreement.undo',
  'agreement.postpone',
  'agreement.drop',
  'coordinator.ask',
  // Becomes the coordinator without having been asked to.
  'coordinator.take',
  'coordinator.answer',
  'outcome.record',
] as const
export type Action = (typeof ACTIONS)[number]

export type Refusal = 'not-a-member' | 'guest' | 'not-yours' | 'not-your-agreement' | 'not-asked' | 'not-a-leader'

interface Subject {
  team: Team
  case?: Case
  agreement?: string
}

type Rule = (actor: string, subject: Subject) => true | Refusal

/**
 * The one gate: whether somebody may do something, from who they are, the team's roster and the case, and nothing else.
 * A case that is not there must be answered like one that is somebody else's, so that codes cannot be guessed.
 */
export function may(actor: string, action: Action, subject: Subject): true | { refused: Refusal } {
  const member = subject.team.members.find(({ id }) => id === actor)
  if (!member) return { refused: 'not-a-member' }
  if (member.guest) return { refused: 'guest' }
  const answer = RULES[action](actor, subject)
  return answer === true ? true : { refused: answer }
}

/** How long a roster is believed, in milliseconds: a day, so that trouble in the channel stops nobody who is at work. */
const BELIEVED = 24 * 3_600_000

/** Whether the roster that the gate decides from is still believed. On an older one whoever has left would be let in. */
export const knowsMembers = ({ membersAt }: Pick<Team, 'membersAt'>, now: Instant): boolean =>
  now - membersAt < BELIEVED

const anybody: Rule = () => true

/** Whoever opened the case or holds it. */
const holdsIt = (actor: string, found: Case | undefined): boolean =>
  found !== undefined && (found.creator === actor || found.coordination.coordinator?.user === actor)

const leads = (actor: string, { leaders }: Team): boolean => leaders.includes(actor)

/** Nobody has set the team up, or all who had have left it. */
const isLeaderless = (team: Team): boolean => presentLeaders(team).length === 0

const holder: Rule = (actor, { case: found }) => holdsIt(actor, found) || 'not-yours'
const holderOrLeader: Rule = (actor, { case: found, team }) =>
  (found !== undefined && (holdsIt(actor, found) || leads(actor, team))) || 'not-yours'

const named = (actor: string, found: Case | undefined, agreement?: string): boolean =>
  found?.agreements.some(
    ({ id, staff, status }) => staff === actor && status !== 'dropped' && (agreement === undefined || id === agreement),
  ) ?? false

const readsAgreements: Rule = (actor, { case: found }) => holdsIt(actor, found) || named(actor, found) || 'not-yours'
const actsOnAgreement: Rule = (actor, { case: found, agreement }) =>
  holdsIt(actor, found) || (agreement !== undefined && named(actor, found, agreement)) || 'not-your-agreement'

const RULES: Record<Action, Rule> = {
  'team.see': anybody,
  'team.setup': (actor, { team }) => isLeaderless(team) || leads(actor, team) || 'not-a-leader',
  'case.open': anybody,
  'case.read': holder,
  'case.readAgreements': readsAgreements,
  'case.close': holderOrLeader,
  'case.keep': holderOrLeader,
  'case.export': holder,
  // A leader answers for what the school keeps, so may have it deleted without reading it.
  'case.erase': holderOrLeader,
  'contact.record': holder,
  'meeting.plan': holder,
  'view.record': holder,
  'agreement.log': holder,
  'agreement.done': actsOnAgreement,
  'agreement.undo': actsOnAgreement,
  'agreement.postpone': actsOnAgreement,
  'agreement.drop': actsOnAgreement,
  'coordinator.ask': holderOrLeader,
  // A leader does not read: what somebody on the team holds is handed over by whoever holds it.
  'coordinator.take': (actor, { case: found, team }) =>
    holdsIt(actor, found) ||
    (found !== undefined && leads(actor, team) && presentHolder(found, team) === undefined) ||
    'not-yours',
  'coordinator.answer': (actor, { case: found }) => found?.coordination.asked?.user === actor || 'not-asked',
  'outcome.record': holder,
}
