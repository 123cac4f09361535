import type { Agreement, AgreementTerms } from '../../domain/agreement.ts'
import { LONGEST_PUPIL_LIX } from '../../domain/readability.ts'
import { agreementHints } from '../../domain/wording.ts'
import { nameOf, type Scene, say, sayDay, sayMoment, wordsOf } from '../scene.ts'
import { type Button, button, type RowView, row } from './parts.ts'

/** Who does it: a colleague by name, everybody else by role. */
const whoDoesIt = (scene: Scene, { who, staff }: Pick<AgreementTerms, 'who' | 'staff'>): string =>
  who === 'school' && staff ? nameOf(scene, staff) : say(scene, `parties.${who}`)

export const agreementLine = (scene: Scene, terms: AgreementTerms): string =>
  say(scene, 'agreement.line', { who: whoDoesIt(scene, terms), by: sayDay(scene, terms.by) })

export const followUpLine = (scene: Scene, { followUp }: AgreementTerms): string =>
  say(scene, 'agreement.followUp', { on: sayDay(scene, followUp.on), how: say(scene, `ways.${followUp.how}`) })

/** Gentle hints on the wording, as sentences. */
export function agreementHintLines(scene: Scene, what: string): string[] {
  const names = scene.team.members.map(({ name }) => name)
  return agreementHints(what, names).map(({ code, values }) =>
    say(scene, `hints.${code}`, { lix: LONGEST_PUPIL_LIX, word: '', ...values }),
  )
}

export interface RowOptions {
  post?: string
  heading?: string
  picking?: boolean
  open?: boolean
  /** There is nothing to press: the card is looked at before it is posted, or the case is closed. */
  inert?: boolean
  /** Whether something is due or late is not said. */
  standing?: boolean
}

/** An agreement of a case with its state and, while it can be acted on, its buttons. */
export function agreementRow(scene: Scene, code: string, agreement: Agreement, more: RowOptions = {}): RowView {
  const view = liveRow(scene, code, agreement, more)
  return more.inert ? { ...view, datePicker: false, actions: [] } : view
}

function liveRow(scene: Scene, code: string, agreement: Agreement, more: RowOptions): RowView {
  const data = { team: scene.team.id, code, agreement: agreement.id, ...(more.post && { post: more.post }) }
  const opening = more.open ? [button(say(scene, 'agreement.open'), 'open', data)] : []
  const line = `${agreementLine(scene, agreement)} · ${followUpLine(scene, agreement)}`
  const base = { heading: more.heading ?? '', what: agreement.what, line }
  if (agreement.status === 'done' && agreement.done)
    return row({
      ...base,
      state: `✅ ${say(scene, 'agreement.done', { on: sayMoment(scene, agreement.done.at), name: nameOf(scene, agreement.done.by) })}`,
      stateColor: 'good',
      actions: [button(say(scene, 'agreement.undo'), 'undo', data), ...opening],
    })
  if (agreement.status === 'dropped') return row({ ...base, state: say(scene, 'agreement.dropped'), actions: opening })
  return row({
    ...base,
    ...(more.standing ? {} : lateness(scene, agreement)),
    ...(more.picking && { datePicker: true, dateLabel: say(scene, 'agreement.newDate'), date: agreement.by }),
    actions: more.picking ? pickingButtons(scene, data) : [...actingButtons(scene, data), ...opening],
  })
}

const actingButtons = (scene: Scene, data: Record<string, string>): Button[] => [
  button(say(scene, 'agreement.markDone'), 'done', data, { style: 'positive' }),
  button(say(scene, 'agreement.postpone'), 'postpone', data),
]

/** While a new date is being chosen. */
export const pickingButtons = (scene: Scene, data: Record<string, string>): Button[] => [
  button(say(scene, 'agreement.save'), 'postponed', data, { style: 'positive', inputs: 'auto' }),
  button(say(scene, 'agreement.keep'), 'refresh', data),
]

function lateness(scene: Scene, { by }: Agreement): Pick<RowView, 'state' | 'stateColor'> {
  if (by > scene.today) return { state: '', stateColor: 'default' }
  if (by === scene.today) return { state: say(scene, 'agreement.dueToday'), stateColor: 'accent' }
  const days = Math.round((Date.parse(scene.today) - Date.parse(by)) / 86_400_000)
  return { state: say(scene, 'agreement.overdue', { days }), stateColor: 'attention' }
}

/** The agreements as a letter the pupil and the home can read, line by line. */
export function pupilLetter(scene: Scene, agreements: AgreementTerms[]): string[] {
  const words = wordsOf(scene, 'agreement-log')
  const letter = (path: string, args?: Record<string, string>) => words.say(`pupil-version.letter.${path}`, args)
  const who = ({ who, staff }: AgreementTerms) => letter(`whos.${who}`, { name: staff ? nameOf(scene, staff) : '' })
  const talks = new Set(
    agreements.map(({ followUp }) =>
      letter('followUp', { on: sayDay(scene, followUp.on), how: letter(`hows.${followUp.how}`) }),
    ),
  )
  return [
    letter('hello'),
    ...agreements.map((terms) => letter('line', { what: terms.what, who: who(terms), by: sayDay(scene, terms.by) })),
    ...talks,
    letter('close'),
  ]
}
