import type { Case } from './case.ts'
import type { Member } from './team.ts'
import type { Instant } from './time.ts'

export interface CoordinatorEvent {
  user: string
  what: 'asked' | 'accepted' | 'declined' | 'released' | 'withdrawn'
  at: Instant
  by: string
}

/** Who holds the rope, who has been asked to, and how it came about. */
export interface Coordination {
  coordinator?: { user: string; since: Instant }
  asked?: { user: string; by: string; at: Instant }
  history: CoordinatorEvent[]
}

/** Asks somebody; a question to somebody else that is still open is withdrawn. */
export function askCoordinator(found: Case, user: string, by: string, now: Instant): Case {
  const { asked, history } = found.coordination
  if (asked?.user === user) return found
  const withdrawn: CoordinatorEvent[] = asked ? [{ user: asked.user, what: 'withdrawn', at: now, by }] : []
  return {
    ...found,
    coordination: {
      ...found.coordination,
      asked: { user, by, at: now },
      history: [...history, ...withdrawn, { user, what: 'asked', at: now, by }],
    },
  }
}

type Answered = { ok: true; case: Case } | { ok: false; code: 'not-asked' }

/** Yes from the one who was asked; whoever held the case before hands it over, and how often nobody did is forgotten. */
export function acceptCoordination(found: Case, user: string, now: Instant): Answered {
  const { vacancies: _said, lastVacancy: _on, ...rest } = found
  const { coordinator, asked, history } = found.coordination
  if (asked?.user !== user) return { ok: false, code: 'not-asked' }
  const handedOver = coordinator !== undefined && coordinator.user !== user
  const released: CoordinatorEvent[] = handedOver
    ? [{ user: coordinator.user, what: 'released', at: now, by: asked.by }]
    : []
  return {
    ok: true,
    case: {
      ...rest,
      coordination: {
        coordinator: { user, since: now },
        history: [...history, ...released, { user, what: 'accepted', at: now, by: user }],
      },
    },
  }
}

/** No from the one who was asked; whoever holds the case goes on holding it. */
export function declineCoordination(found: Case, user: string, now: Instant): Answered {
  const { asked, history, ...rest } = found.coordination
  if (asked?.user !== user) return { ok: false, code: 'not-asked' }
  return {
    ok: true,
    case: { ...found, coordination: { ...rest, history: [...history, { user, what: 'declined', at: now, by: user }] } },
  }
}

export interface Suggestion {
  user: string
  reasons: ('contact' | 'creator' | 'agreement' | 'fewCases')[]
  openCases: number
}

/** Cases that somebody can hold and still be said to have few. */
const FEW = 1

/** Who could hold a case, best first: who knows the home, who is in it already, who carries least. */
export function suggestCoordinators(
  members: readonly Member[],
  openCases: Readonly<Record<string, number>>,
  found: Case,
): Suggestion[] {
  const points = { contact: 4, creator: 2, agreement: 2, fewCases: 1 }
  const score = ({ reasons }: Suggestion) => reasons.reduce((sum, reason) => sum + points[reason], 0)
  return members
    .filter(({ guest }) => !guest)
    .map(({ id }): Suggestion => {
      const open = openCases[id] ?? 0
      const reasons: Suggestion['reasons'] = []
      if (found.contacts.some(({ by, reached }) => by === id && reached)) reasons.push('contact')
      if (found.creator === id && reasons.length === 0) reasons.push('creator')
      if (found.agreements.some(({ staff, status }) => staff === id && status === 'open')) reasons.push('agreement')
      if (open <= FEW) reasons.push('fewCases')
      return { user: id, reasons, openCases: open }
    })
    .sort((a, b) => score(b) - score(a) || a.openCases - b.openCases || a.user.localeCompare(b.user))
}
