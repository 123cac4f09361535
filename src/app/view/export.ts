/** A case to be moved to the school's own file: as text for people, and as a record for a system. Pure: whoever asks decides where it goes. */
import { DateTime } from 'luxon'
import type { Agreement } from '../../domain/agreement.ts'
import { type Case, timeline } from '../../domain/case.ts'
import { QUESTIONS } from '../../domain/contact.ts'
import type { Instant } from '../../domain/time.ts'
import { nameOf, type Scene, say, sayDay, sayMoment, wordsOf } from '../scene.ts'
import { agreementLine, followUpLine } from './agreement.ts'
import { holder } from './case.ts'

/** Everything that is kept about a case, in the reader's language, line by line. */
export function exportLines(given: Scene, found: Case): string[] {
  // A file is read years later: a scene without a today writes every date with its year.
  const scene = { ...given, today: '' }
  const { code, alias, pupilView } = found
  const label = (path: string) => wordsOf(scene, 'call-prep').say(path)
  const contacts = found.contacts.flatMap(({ at, by, reached, direction, whom, seen, since, notes }) => [
    said(
      scene,
      at,
      !reached ? 'contact-missed' : direction === 'incoming' ? 'contact-incoming' : 'contact-reached',
      by,
    ),
    ...line(label('who-calls.fields.whom.label'), whom),
    ...line(label('seen.fields.seen.label'), seen),
    ...line(label('seen.fields.since.label'), since && sayDay(scene, since)),
    ...QUESTIONS.flatMap((question) => line(label(`sheet.fields.${question}.label`), notes[question])),
  ])
  return [
    say(scene, 'privacy.export.title', { code }),
    ...line(say(scene, 'case.alias'), alias),
    ...line(say(scene, 'case.coordinator'), holder(scene, found)),
    ...line(say(scene, 'case.status'), say(scene, `case.${found.status}`)),
    ...line(say(scene, 'privacy.export.written'), sayMoment(scene, given.now)),
    ...section(say(scene, 'case.view'), [
      ...(pupilView ? [`${sayMoment(scene, pupilView.at)}: ${say(scene, `case.views.${pupilView.state}`)}`] : []),
      ...(pupilView?.words ? [`»${pupilView.words}«`] : []),
    ]),
    ...section(say(scene, 'privacy.export.contacts'), contacts),
    ...section(
      say(scene, 'case.agreements'),
      found.agreements.flatMap((agreement) => [
        agreement.what,
        `${agreementLine(scene, agreement)} · ${followUpLine(scene, agreement)}${state(scene, agreement)}`,
      ]),
    ),
    ...section(
      say(scene, 'case.timeline'),
      timeline(found).map(({ at, kind, by }) => said(scene, at, kind, by)),
    ),
    ...section(say(scene, 'privacy.export.about'), [say(scene, 'help.journal')]),
  ]
}

/** The same as plain data: names in place of ids, moments in ISO 8601 in the team's zone. */
export function exportRecord(scene: Scene, found: Case) {
  const name = (user: string) => nameOf(scene, user)
  const moment = (at: Instant) => DateTime.fromMillis(at, { zone: scene.team.zone }).toISO()
  const { code, alias, status, closed, pupilView, coordination } = found
  return {
    format: 'tovholder-case-1',
    exported: moment(scene.now),
    team: scene.team.name,
    code,
    alias,
    status,
    opened: { at: moment(found.openedAt), by: name(found.creator) },
    closed: closed ? { at: moment(closed.at), by: name(closed.by) } : null,
    coordinator: coordination.coordinator
      ? { name: name(coordination.coordinator.user), since: moment(coordination.coordinator.since) }
      : null,
    pupilView: pupilView
      ? {
          state: pupilView.state,
          words: pupilView.words ?? null,
          at: moment(pupilView.at),
          by: name(pupilView.by),
        }
      : null,
    contacts: found.contacts.map(({ id: _, at, by, ...contact }) => ({ ...contact, at: moment(at), by: name(by) })),
    agreements: found.agreements.map(({ id, what, who, staff, by, followUp, status, loggedBy, loggedAt, done }) => ({
      id,
      what,
      who,
      staff: staff === undefined ? null : name(staff),
      by,
      followUp,
      status,
      logged: { at: moment(loggedAt), by: name(loggedBy) },
      done: done ? { at: moment(done.at), by: name(done.by) } : null,
    })),
    outcomes: found.outcomes.map(({ helped, at, by }) => ({ helped, at: moment(at), by: name(by) })),
    history: timeline(found).map(({ at, kind, by }) => ({ at: moment(at), what: kind, by: name(by) })),
  }
}

/** Room for one part of a text on a card: well within what Teams and Slack take, in bytes. */
const PART = 6000
/** Each line is a paragraph of its own on a card. */
const PART_LINES = 60

/** The lines in as few parts as fit on a card each; there is always one. */
export function partsOf(lines: readonly string[]): string[][] {
  const parts: string[][] = [[]]
  let taken = 0
  for (const one of lines) {
    const size = Buffer.byteLength(one)
    if (taken > 0 && (taken + size > PART || parts.at(-1)?.length === PART_LINES)) {
      parts.push([])
      taken = 0
    }
    parts.at(-1)?.push(one)
    taken += size
  }
  return parts
}

const line = (label: string, value: string | undefined): string[] => (value ? [`${label}: ${value}`] : [])

const section = (title: string, lines: string[]): string[] => (lines.length > 0 ? [title.toUpperCase(), ...lines] : [])

const said = (scene: Scene, at: Instant, kind: string, by: string): string =>
  `${sayMoment(scene, at)}: ${say(scene, `case.events.${kind}`, { name: nameOf(scene, by) })}`

function state(scene: Scene, { status, done }: Agreement): string {
  if (status === 'done' && done)
    return ` · ${say(scene, 'agreement.done', { on: sayMoment(scene, done.at), name: nameOf(scene, done.by) })}`
  return status === 'dropped' ? ` · ${say(scene, 'agreement.dropped')}` : ''
}
