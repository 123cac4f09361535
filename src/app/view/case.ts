import type { Agreement } from '../../domain/agreement.ts'
import { type Case, type TimelineEvent, timeline } from '../../domain/case.ts'
import { QUESTIONS } from '../../domain/contact.ts'
import type { Card } from '../ports.ts'
import { nameOf, type Scene, say, sayMoment, wordsOf } from '../scene.ts'
import { agreementRow } from './agreement.ts'
import { concernNotes } from './concern.ts'
import { leaderQuestion, nextOf } from './next-step.ts'
import { type Button, button, commandButton, draw, fits } from './parts.ts'

/** So many agreements and events a card shows; the older ones are counted, so that there is room for the notes. */
const MOST_AGREEMENTS = 8
const MOST_EVENTS = 12
/** Room for a note where even the newest talk's are too long for one card, in characters. */
const SHORT_NOTE = 250

type Contact = Case['contacts'][number]

/**
 * A case as one person may see it: all of it, or (for the owner of an agreement) without notes and the pupil's words.
 * Notes of earlier talks are left out where they do not fit on a card.
 */
export function caseCard(scene: Scene, found: Case, full: boolean, picking?: string): Card {
  const told = full ? found.contacts.filter(hasNotes) : []
  const drawWith = (contacts: Contact[], longest?: number) =>
    drawCase(scene, found, { full, picking, contacts, longest })
  for (let left = 0; left < told.length; left++) {
    const card = drawWith(told.slice(left))
    if (fits(card)) return card
  }
  return drawWith(told.slice(-1), SHORT_NOTE)
}

function drawCase(
  scene: Scene,
  found: Case,
  shown: { full: boolean; picking: string | undefined; contacts: Contact[]; longest: number | undefined },
): Card {
  const { code, pupilView } = found
  const agreements = mostPressing(found.agreements)
  const moreAgreements = found.agreements.length - agreements.length
  const moreNotes = found.contacts.filter(hasNotes).length - shown.contacts.length
  const events = timeline(found)
  return draw(scene, 'case', {
    title: say(scene, 'case.title', { code }),
    facts: [
      { title: say(scene, 'case.alias'), value: found.alias },
      { title: say(scene, 'case.coordinator'), value: holder(scene, found) },
      { title: say(scene, 'case.status'), value: say(scene, `case.${found.status}`) },
      { title: say(scene, 'case.opened'), value: sayMoment(scene, found.openedAt) },
    ],
    next: shown.full ? suggestions(scene, found) : [],
    agreementsTitle: say(scene, 'case.agreements'),
    noAgreements: agreements.length === 0 ? say(scene, 'case.noAgreements') : '',
    moreAgreements: moreAgreements > 0 ? say(scene, 'case.moreAgreements', { count: moreAgreements }) : '',
    rows: agreements.map((agreement) =>
      agreementRow(scene, code, agreement, {
        picking: shown.picking === agreement.id,
        closed: found.status === 'closed',
      }),
    ),
    private: shown.full,
    viewTitle: say(scene, 'case.view'),
    view: say(scene, `case.views.${pupilView?.state ?? 'notYet'}`),
    viewWords: pupilView?.words ? `»${pupilView.words}«` : '',
    notes: [
      ...(shown.full ? concernNotes(scene, found, (text) => shortened(text, shown.longest)) : []),
      ...shown.contacts.map((contact) => ({
        title: say(scene, 'case.notes', { on: sayMoment(scene, contact.at) }),
        lines: QUESTIONS.flatMap((question) => {
          const text = shortened(contact.notes[question] ?? '', shown.longest)
          return text ? [{ label: wordsOf(scene, 'call-prep').say(`sheet.fields.${question}.label`), text }] : []
        }),
      })),
    ],
    moreNotes: moreNotes > 0 ? say(scene, 'case.moreNotes', { count: moreNotes }) : '',
    timelineTitle: say(scene, 'case.timeline'),
    timeline: [
      ...(events.length > MOST_EVENTS ? ['…'] : []),
      ...events.slice(-MOST_EVENTS).map((event) => `${sayMoment(scene, event.at)}: ${sayEvent(scene, event)}`),
    ],
    actions: found.status === 'open' && shown.full ? caseButtons(scene, found) : [],
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
function mostPressing(agreements: readonly Agreement[]): Agreement[] {
  const open = agreements.filter(({ status }) => status === 'open').sort((a, b) => a.by.localeCompare(b.by))
  const rest = agreements.filter(({ status }) => status !== 'open').toReversed()
  const shown = new Set([...open, ...rest].slice(0, MOST_AGREEMENTS))
  return agreements.filter((agreement) => shown.has(agreement))
}

const shortened = (text: string, longest = Number.POSITIVE_INFINITY): string =>
  text.length > longest ? `${text.slice(0, longest)}…` : text

const hasNotes = ({ notes }: Contact): boolean => Object.keys(notes).length > 0

export function holder(scene: Scene, { coordination }: Case): string {
  const { coordinator, asked } = coordination
  const holds = coordinator ? nameOf(scene, coordinator.user) : say(scene, 'case.nobody')
  return asked ? `${holds} (${say(scene, 'case.asked', { name: nameOf(scene, asked.user) })})` : holds
}

const caseButtons = (scene: Scene, { code, agreements }: Case): Button[] => [
  commandButton(scene, say(scene, 'help.lines.call-prep'), 'call-prep', code),
  commandButton(scene, say(scene, 'help.lines.agreement-log'), 'agreement-log', code),
  commandButton(scene, say(scene, 'help.lines.coordinator-pick'), 'coordinator-pick', code),
  ...(agreements.some(({ status }) => status === 'open')
    ? []
    : [button(say(scene, 'case.close'), 'close', { team: scene.team.id, code })]),
]

const sayEvent = (scene: Scene, event: TimelineEvent): string =>
  say(scene, `case.events.${event.kind}`, { name: nameOf(scene, event.by) })
