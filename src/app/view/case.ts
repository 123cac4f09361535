import type { Agreement } from '../../domain/agreement.ts'
import { type Case, openAgreements, type TimelineEvent, timeline } from '../../domain/case.ts'
import { latestConcern } from '../../domain/concern.ts'
import { lastHeld, plannedMeeting } from '../../domain/meeting.ts'
import { deletionAt } from '../../domain/retention.ts'
import type { Instant } from '../../domain/time.ts'
import type { Card } from '../ports.ts'
import { nameOf, type Scene, say, sayMoment } from '../scene.ts'
import { agreementRow } from './agreement.ts'
import { concernLines, type Line, meetingLines, talkLines } from './lines.ts'
import { sayWhen } from './meeting.ts'
import { leaderQuestion, nextOf } from './next-step.ts'
import { type Button, button, commandButton, draw, fits } from './parts.ts'

/** So many agreements and events a card shows; the older ones are counted, so that there is room for the notes. */
const MOST_AGREEMENTS = 8
const MOST_EVENTS = 8
/** Room for a note where even the newest talk's are too long for one card, in characters. */
const SHORT_NOTE = 250

/** What was written down, and when. */
interface Talk {
  at: Instant
  title: string
  lines: Line[]
}

interface Shown {
  full: boolean
  picking?: string | undefined
  /** Whether files can be fetched. */
  files: boolean
}

/**
 * A case as one person may see it: all of it, or (for the owner of an agreement) without notes and the pupil's words.
 * Notes of earlier talks are left out where they do not fit on a card.
 */
export function caseCard(scene: Scene, found: Case, shown: Shown): Card {
  const all = talksOf(scene, found)
  const told = shown.full ? all : []
  const drawWith = (talks: Talk[], longest?: number) =>
    drawCase(scene, found, { ...shown, talks, longest, more: all.length - talks.length })
  for (let left = 0; left < told.length; left++) {
    const card = drawWith(told.slice(left))
    if (fits(card)) return card
  }
  return drawWith(told.slice(-1), SHORT_NOTE)
}

function drawCase(
  scene: Scene,
  found: Case,
  shown: Shown & { talks: Talk[]; more: number; longest: number | undefined },
): Card {
  const { code, pupilView } = found
  const agreements = mostPressing(found)
  const moreAgreements = found.agreements.length - agreements.length
  const planned = plannedMeeting(found)
  const events = timeline(found)
  const deletion = deletionAt(found)
  return draw(scene, 'case', {
    title: say(scene, 'case.title', { code }),
    facts: [
      { title: say(scene, 'case.alias'), value: found.alias },
      { title: say(scene, 'case.coordinator'), value: holder(scene, found) },
      { title: say(scene, 'case.status'), value: say(scene, `case.${found.status}`) },
      { title: say(scene, 'case.opened'), value: sayMoment(scene, found.openedAt) },
      ...(planned ? [{ title: say(scene, 'case.meeting'), value: sayWhen(scene, planned) }] : []),
      ...(deletion === null ? [] : [{ title: say(scene, 'case.deletion'), value: sayMoment(scene, deletion) }]),
    ],
    next: shown.full ? suggestions(scene, found) : [],
    agreementsTitle: say(scene, 'case.agreements'),
    noAgreements: agreements.length === 0 ? say(scene, 'case.noAgreements') : '',
    moreAgreements: moreAgreements > 0 ? say(scene, 'case.moreAgreements', { count: moreAgreements }) : '',
    rows: agreements.map((agreement) =>
      agreementRow(scene, code, agreement, {
        picking: shown.picking === agreement.id,
        inert: found.status === 'closed',
      }),
    ),
    private: shown.full,
    viewTitle: say(scene, 'case.view'),
    view: say(scene, `case.views.${pupilView?.state ?? 'notYet'}`),
    viewWords: pupilView?.words ? say(scene, 'quote', { text: pupilView.words }) : '',
    notes: [...(shown.full ? worryOf(scene, found) : []), ...shown.talks].map(({ title, lines }) => ({
      title,
      lines: lines.map(({ label, text }) => ({ label, text: shortened(text, shown.longest) })),
    })),
    moreNotes: shown.more > 0 ? say(scene, 'case.moreNotes', { count: shown.more }) : '',
    timelineTitle: say(scene, 'case.timeline'),
    timeline: [
      ...(events.length > MOST_EVENTS ? ['…'] : []),
      ...events.slice(-MOST_EVENTS).map((event) => `${sayMoment(scene, event.at)}: ${sayEvent(scene, event)}`),
    ],
    actions: shown.full ? caseButtons(scene, found, shown.files) : [],
  })
}

/** The next step, and the question about the leader where there is an occasion. */
const suggestions = (scene: Scene, found: Case) => {
  const [next, leader] = [nextOf(scene, found), leaderQuestion(scene, found)]
  return [
    ...(next ? [{ title: say(scene, 'next.title'), ...next }] : []),
    ...(leader ? [{ ...leader, title: '' }] : []),
  ]
}

/** What is open comes first, the soonest due of it; then the newest of the rest. Shown in the order it was agreed. */
function mostPressing(found: Case): Agreement[] {
  const { agreements } = found
  const open = openAgreements(found).sort((a, b) => a.by.localeCompare(b.by))
  const rest = agreements.filter(({ status }) => status !== 'open').toReversed()
  const shown = new Set([...open, ...rest].slice(0, MOST_AGREEMENTS))
  return agreements.filter((agreement) => shown.has(agreement))
}

const shortened = (text: string, longest = Number.POSITIVE_INFINITY): string =>
  text.length > longest ? `${text.slice(0, longest)}…` : text

/** The newest concern; a case that began otherwise has none. */
function worryOf(scene: Scene, found: Case): Pick<Talk, 'title' | 'lines'>[] {
  const concern = latestConcern(found)
  if (!concern) return []
  return [
    { title: say(scene, 'case.concern', { on: sayMoment(scene, concern.at) }), lines: concernLines(scene, concern) },
  ]
}

/** The talks and meetings with notes, oldest first. */
function talksOf(scene: Scene, { contacts, meetings = [] }: Case): Talk[] {
  const noted = (title: string, at: Instant, lines: Line[]): Talk => ({
    at,
    title: say(scene, title, { on: sayMoment(scene, at) }),
    lines,
  })
  return [
    ...contacts.map((contact) => noted('case.notes', contact.at, talkLines(scene, contact))),
    ...meetings.flatMap((meeting) =>
      meeting.held ? [noted('case.meetingNotes', meeting.held.at, meetingLines(scene, meeting))] : [],
    ),
  ]
    .filter(({ lines }) => lines.length > 0)
    .sort((a, b) => a.at - b.at)
}

export function holder(scene: Scene, { coordination }: Case): string {
  const { coordinator, asked } = coordination
  const holds = coordinator ? nameOf(scene, coordinator.user) : say(scene, 'case.nobody')
  return asked ? `${holds} (${say(scene, 'case.asked', { name: nameOf(scene, asked.user) })})` : holds
}

/** The last ones are behind three dots where there is no room for all. */
const caseButtons = (scene: Scene, found: Case, files: boolean): Button[] => [
  ...(found.status === 'open' ? workButtons(scene, found) : closedButtons(scene, found)),
  ...(files ? fileButtons(scene, found) : []),
  ...(found.status === 'open'
    ? [button(say(scene, 'case.close'), 'close', { team: scene.team.id, code: found.code })]
    : []),
]

/** A link lasts a short while only, so it is asked for when it is needed. */
function fileButtons(scene: Scene, found: Case): Button[] {
  const [planned, held] = [found.status === 'open' ? plannedMeeting(found) : undefined, lastHeld(found)]
  const data = { team: scene.team.id, code: found.code }
  return [
    ...(planned ? [button(say(scene, 'meeting.calendar'), 'invitation', { ...data, meeting: planned.id })] : []),
    ...(held ? [button(say(scene, 'meeting.minutes'), 'minutes', { ...data, meeting: held.id })] : []),
  ]
}

const workButtons = (scene: Scene, { code }: Case): Button[] => [
  commandButton(scene, say(scene, 'help.lines.call-prep'), 'call-prep', code),
  commandButton(scene, say(scene, 'help.lines.pupil-talk'), 'pupil-talk', code),
  commandButton(scene, say(scene, 'help.lines.agreement-log'), 'agreement-log', code),
  commandButton(scene, say(scene, 'help.lines.coordinator-pick'), 'coordinator-pick', code),
  commandButton(scene, say(scene, 'help.lines.meeting'), 'meeting', code),
]

/** What is left to do with a closed case before it is deleted by itself. */
const closedButtons = (scene: Scene, { code }: Case): Button[] => [
  commandButton(scene, say(scene, 'privacy.export.button'), 'privacy-export', code),
  commandButton(scene, say(scene, 'privacy.erase.button'), 'privacy-erase', code),
]

const sayEvent = (scene: Scene, event: TimelineEvent): string =>
  say(scene, `case.events.${event.kind}`, { name: nameOf(scene, event.by) })
