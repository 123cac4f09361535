import { type Case, type TimelineEvent, timeline } from '../../domain/case.ts'
import { QUESTIONS } from '../../domain/contact.ts'
import type { Card } from '../ports.ts'
import { nameOf, type Scene, say, sayMoment, wordsOf } from '../scene.ts'
import { agreementRow } from './agreement.ts'
import { type Button, button, commandButton, draw } from './parts.ts'

/** A case as one person may see it: all of it, or (for the owner of an agreement) without notes and the pupil's words. */
export function caseCard(scene: Scene, found: Case, full: boolean, picking?: string): Card {
  const { code, agreements, pupilView, contacts } = found
  return draw(scene, 'case', {
    title: say(scene, 'case.title', { code }),
    facts: [
      { title: say(scene, 'case.alias'), value: found.alias },
      { title: say(scene, 'case.coordinator'), value: holder(scene, found) },
      { title: say(scene, 'case.status'), value: say(scene, `case.${found.status}`) },
      { title: say(scene, 'case.opened'), value: sayMoment(scene, found.openedAt) },
    ],
    agreementsTitle: say(scene, 'case.agreements'),
    noAgreements: agreements.length === 0 ? say(scene, 'case.noAgreements') : '',
    rows: agreements.map((agreement) => agreementRow(scene, code, agreement, { picking: picking === agreement.id })),
    private: full,
    viewTitle: say(scene, 'case.view'),
    view: say(scene, `case.views.${pupilView?.state ?? 'notYet'}`),
    viewWords: pupilView?.words ? `»${pupilView.words}«` : '',
    notes: contacts.filter(hasNotes).map((contact) => ({
      title: say(scene, 'case.notes', { on: sayMoment(scene, contact.at) }),
      lines: QUESTIONS.flatMap((question) => {
        const text = contact.notes[question]
        return text ? [{ label: wordsOf(scene, 'call-prep').say(`sheet.fields.${question}.label`), text }] : []
      }),
    })),
    timelineTitle: say(scene, 'case.timeline'),
    timeline: timeline(found).map((event) => `${sayMoment(scene, event.at)}: ${sayEvent(scene, event)}`),
    actions: found.status === 'open' && full ? caseButtons(scene, found) : [],
  })
}

const hasNotes = ({ notes }: Case['contacts'][number]): boolean => Object.keys(notes).length > 0

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
