/** A case as plain data, for the school's own system: names in place of ids, moments in ISO 8601 in the team's zone. */
import { DateTime } from 'luxon'
import { type Case, timeline } from '../../domain/case.ts'
import type { Instant } from '../../domain/time.ts'
import { nameOf, type Scene } from '../scene.ts'

/** Everything that is kept about a case; the same as `exportLines` tells people. */
export function exportRecord(scene: Scene, found: Case) {
  const name = (user: string) => nameOf(scene, user)
  const moment = (at: Instant) => DateTime.fromMillis(at, { zone: scene.team.zone }).toISO()
  /** When something was done, and by whom. */
  const mark = ({ at, by }: { at: Instant; by: string }) => ({ at: moment(at), by: name(by) })
  const marked = <T extends { at: Instant; by: string }>(given: T) => ({ ...given, ...mark(given) })
  const { code, alias, status, closed, pupilView, coordination, concerns = [], meetings = [] } = found
  return {
    format: 'tovholder-case-1',
    exported: moment(scene.now),
    team: scene.team.name,
    code,
    alias,
    status,
    opened: mark({ at: found.openedAt, by: found.creator }),
    closed: closed ? mark(closed) : null,
    coordinator: coordination.coordinator
      ? { name: name(coordination.coordinator.user), since: moment(coordination.coordinator.since) }
      : null,
    asked: coordination.asked ? { name: name(coordination.asked.user), ...mark(coordination.asked) } : null,
    concerns: concerns.map(({ id: _, ...concern }) => marked(concern)),
    pupilView: pupilView ? { state: pupilView.state, words: pupilView.words ?? null, ...mark(pupilView) } : null,
    contacts: found.contacts.map(({ id: _, ...contact }) => marked(contact)),
    meetings: meetings.map(({ id: _, planned, held, ...plan }) => ({
      ...plan,
      planned: planned ? marked(planned) : null,
      held: held ? marked(held) : null,
    })),
    agreements: found.agreements.map(({ id, what, who, staff, by, followUp, status, loggedBy, loggedAt, done }) => ({
      id,
      what,
      who,
      staff: staff === undefined ? null : name(staff),
      by,
      followUp,
      status,
      logged: mark({ at: loggedAt, by: loggedBy }),
      done: done ? mark(done) : null,
    })),
    outcomes: found.outcomes.map(marked),
    history: timeline(found).map(({ at, kind, by, asker }) => ({
      at: moment(at),
      what: kind,
      by: name(by),
      ...(asker !== undefined && { asker: name(asker) }),
    })),
  }
}
