import type { Agreement } from './agreement.ts'
import type { Concern } from './concern.ts'
import type { Contact } from './contact.ts'
import type { Coordination } from './coordinator.ts'
import type { Meeting } from './meeting.ts'
import type { Stage } from './next-step.ts'
import type { Day, Instant } from './time.ts'

/** Whether the pupil has been heard, and in which words. "Not yet" is allowed; leaving it open is not. */
export interface PupilView {
  state: 'asked' | 'notYet' | 'declined'
  words?: string
  at: Instant
  by: string
}

/** One pupil's absence, as the staff around the pupil work with it. The school's own journal stays the record. */
export interface Case {
  /** Schema version of this document. */
  v: 1
  /** The public name, such as `F-7K3Q`. */
  code: string
  /** The pupil's initials. Private: never in a channel, a log or an error. */
  alias: string
  creator: string
  openedAt: Instant
  /** What made somebody worry, newest last; cases that began otherwise have none. */
  concerns?: Concern[]
  contacts: Contact[]
  pupilView?: PupilView
  agreements: Agreement[]
  /** Oldest first; a case from before there were meetings has none. */
  meetings?: Meeting[]
  coordination: Coordination
  status: 'open' | 'closed'
  closed?: { by: string; at: Instant }
  /** The coordinator's answer to "did it help?", newest last. */
  outcomes: { helped: 'yes' | 'partly' | 'no'; at: Instant; by: string }[]
  /** Digests that have said that nobody holds this case, and the day of the last one. */
  vacancies?: number
  lastVacancy?: Day
  /** Digests that have said that the home waits for an answer to this contact, and the day of the last one. */
  waiting?: { contact: string; times: number; last: Day }
  /** How often its holder has been reminded of each talk of the rhythm, and on which day last. */
  nudges?: { stage: Stage['stage']; from: Day; times: number; last: Day }[]
  /** When somebody was last asked whether the case is still needed, and when somebody last said so. */
  review?: { asked?: Instant; kept?: Instant }
  /** Ids of the posted cards that show this case, so that all of them can be updated. */
  posts: string[]
}

export const openCase = ({
  code,
  alias,
  creator,
  now,
}: {
  code: string
  alias: string
  creator: string
  now: Instant
}): Case => ({
  v: 1,
  code,
  alias,
  creator,
  openedAt: now,
  contacts: [],
  agreements: [],
  coordination: { history: [] },
  status: 'open',
  outcomes: [],
  posts: [],
})

export const closeCase = (found: Case, by: string, now: Instant): Case =>
  found.status === 'closed' ? found : { ...found, status: 'closed', closed: { by, at: now } }

/** What was agreed and is still to be done. */
export const openAgreements = ({ agreements }: Case): Agreement[] =>
  agreements.filter(({ status }) => status === 'open')

export const recordPupilView = (found: Case, pupilView: PupilView): Case => ({ ...found, pupilView })

export const recordOutcome = (found: Case, outcome: Case['outcomes'][number]): Case => ({
  ...found,
  outcomes: [...found.outcomes, outcome],
})

export interface TimelineEvent {
  at: Instant
  kind:
    | 'opened'
    | 'concern'
    | 'contact-reached'
    | 'contact-incoming'
    | 'contact-written'
    | 'contact-missed'
    | 'pupil-view'
    | 'agreement-logged'
    | 'agreement-done'
    | 'meeting-planned'
    | 'meeting-held'
    | `coordinator-${Coordination['history'][number]['what']}`
    | 'outcome'
    | 'closed'
  by: string
  /** On whose initiative, where that was somebody else's. */
  asker?: string
}

/** How a talk with the home came about, or that nobody answered. */
export function contactKind({ reached, direction, way }: Contact): TimelineEvent['kind'] {
  if (!reached) return 'contact-missed'
  if (direction === 'outgoing') return 'contact-reached'
  return way === 'message' ? 'contact-written' : 'contact-incoming'
}

/** What happened in a case, oldest first; derived, so that it cannot disagree with the case. */
export function timeline(found: Case): TimelineEvent[] {
  const { concerns = [], contacts, agreements, meetings = [], pupilView, coordination, outcomes, closed } = found
  const events: TimelineEvent[] = [
    { at: found.openedAt, kind: 'opened', by: found.creator },
    ...concerns.map(({ at, by }): TimelineEvent => ({ at, by, kind: 'concern' })),
    ...contacts.map((contact): TimelineEvent => ({ at: contact.at, by: contact.by, kind: contactKind(contact) })),
    ...(pupilView ? [{ at: pupilView.at, by: pupilView.by, kind: 'pupil-view' as const }] : []),
    ...agreements.map(
      ({ loggedAt, loggedBy }): TimelineEvent => ({ at: loggedAt, by: loggedBy, kind: 'agreement-logged' }),
    ),
    ...agreements.flatMap(({ done }): TimelineEvent[] => (done ? [{ ...done, kind: 'agreement-done' }] : [])),
    ...meetings.flatMap(({ planned, held }): TimelineEvent[] => [
      ...(planned ? [{ at: planned.at, by: planned.by, kind: 'meeting-planned' as const }] : []),
      ...(held ? [{ at: held.at, by: held.by, kind: 'meeting-held' as const }] : []),
    ]),
    ...coordination.history.map(
      ({ at, user, what, by }): TimelineEvent => ({
        at,
        by: user,
        kind: `coordinator-${what}`,
        ...(by !== user && { asker: by }),
      }),
    ),
    ...outcomes.map(({ at, by }): TimelineEvent => ({ at, by, kind: 'outcome' })),
    ...(closed ? [{ ...closed, kind: 'closed' as const }] : []),
  ]
  return events.sort((a, b) => a.at - b.at)
}
