/** A case as text, to be moved to the school's own file. Pure: whoever asks decides where it goes. */
import type { Agreement } from '../../domain/agreement.ts'
import { type Case, contactKind, type TimelineEvent, timeline } from '../../domain/case.ts'
import type { Contact } from '../../domain/contact.ts'
import type { Meeting } from '../../domain/meeting.ts'
import { nameOf, type Scene, say, sayDay, sayMoment, wordsOf } from '../scene.ts'
import { agreementLine, followUpLine } from './agreement.ts'
import { holder } from './case.ts'
import { concernLines, type Line, line, meetingLines, talkLines } from './lines.ts'
import { sayWhen } from './meeting.ts'

/** Everything that is kept about a case, in the reader's language, line by line. */
export function exportLines(given: Scene, found: Case): string[] {
  // A file is read years later: a scene without a today writes every date with its year.
  const scene = { ...given, today: '' }
  const { code, alias, concerns = [], pupilView, contacts, meetings = [], agreements, outcomes } = found
  return [
    say(scene, 'privacy.export.title', { code }),
    ...inText([
      ...line(say(scene, 'case.alias'), alias),
      ...line(say(scene, 'case.coordinator'), holder(scene, found)),
      ...line(say(scene, 'case.status'), say(scene, `case.${found.status}`)),
      ...line(say(scene, 'privacy.export.written'), sayMoment(scene, given.now)),
    ]),
    ...section(
      say(scene, 'privacy.export.concerns'),
      concerns.flatMap((concern) => [
        said(scene, { ...concern, kind: 'concern' }),
        ...inText(concernLines(scene, concern)),
      ]),
    ),
    ...section(say(scene, 'case.view'), [
      ...(pupilView ? [`${sayMoment(scene, pupilView.at)}: ${say(scene, `case.views.${pupilView.state}`)}`] : []),
      ...(pupilView?.words ? [`»${pupilView.words}«`] : []),
    ]),
    ...section(
      say(scene, 'privacy.export.contacts'),
      contacts.flatMap((contact) => talkWith(scene, contact)),
    ),
    ...section(
      say(scene, 'privacy.export.meetings'),
      meetings.flatMap((meeting) => [
        sayWhen(scene, meeting),
        ...inText([...planLines(scene, meeting), ...meetingLines(scene, meeting)]),
      ]),
    ),
    ...section(
      say(scene, 'case.agreements'),
      agreements.flatMap((agreement) => [
        agreement.what,
        `${agreementLine(scene, agreement)} · ${followUpLine(scene, agreement)}${state(scene, agreement)}`,
      ]),
    ),
    ...section(
      say(scene, 'privacy.export.outcomes'),
      outcomes.map(
        ({ helped, at, by }) =>
          `${sayMoment(scene, at)}: ${say(scene, `post.outcome.${helped}`)} · ${nameOf(scene, by)}`,
      ),
    ),
    ...section(
      say(scene, 'case.timeline'),
      timeline(found).map((event) => said(scene, event)),
    ),
    ...section(say(scene, 'privacy.export.about'), [say(scene, 'help.journal')]),
  ]
}

function talkWith(scene: Scene, contact: Contact): string[] {
  const { at, by, whom, seen, since, answered } = contact
  const label = (path: string) => wordsOf(scene, 'call-prep').say(path)
  return [
    said(scene, { at, by, kind: contactKind(contact) }),
    ...(answered === undefined ? [] : [say(scene, answered ? 'inquiry.settled' : 'privacy.export.promised')]),
    ...inText([
      ...line(label('who-calls.fields.whom.label'), whom),
      ...line(label('seen.fields.seen.label'), seen),
      ...line(label('seen.fields.since.label'), since && sayDay(scene, since)),
      ...talkLines(scene, contact),
    ]),
  ]
}

/** How long a meeting is, where, and who takes part how. */
function planLines(scene: Scene, { minutes, place, where, who, pupil, how }: Meeting): Line[] {
  const words = wordsOf(scene, 'meeting')
  const chosen = (field: string, value: string | number | undefined) =>
    line(words.say(`${field}.label`), value === undefined ? '' : words.say(`${field}.options.${value}`))
  return [
    ...chosen('when.fields.length', minutes),
    ...chosen('when.fields.place', place),
    ...line(words.say('when.fields.where.label'), where),
    ...line(words.say('people.fields.people.label'), who),
    ...chosen('pupil.fields.pupil', pupil),
    ...line(words.say('pupil.fields.how.label'), how),
  ]
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

const inText = (lines: Line[]): string[] => lines.map(({ label, text }) => `${label} ${text}`)

const section = (title: string, lines: string[]): string[] => (lines.length > 0 ? [title.toUpperCase(), ...lines] : [])

function said(scene: Scene, { at, kind, by, asker }: TimelineEvent): string {
  const event = say(scene, `case.events.${kind}`, { name: nameOf(scene, by) })
  const whole = asker === undefined ? event : say(scene, 'privacy.export.asker', { event, name: nameOf(scene, asker) })
  return `${sayMoment(scene, at)}: ${whole}`
}

function state(scene: Scene, { status, done }: Agreement): string {
  if (status === 'done' && done)
    return ` · ${say(scene, 'agreement.done', { on: sayMoment(scene, done.at), name: nameOf(scene, done.by) })}`
  return status === 'dropped' ? ` · ${say(scene, 'agreement.dropped')}` : ''
}
