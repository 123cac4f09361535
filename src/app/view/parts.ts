import type { Arguments } from '../../dialog/words.ts'
import type { Fault } from '../../domain/fault.ts'
import type { Card } from '../ports.ts'
import { type Scene, say } from '../scene.ts'

/** A button. Its data holds ids only; whoever clicks is asked for at the gate again. */
export interface Button {
  title: string
  verb: string
  data: Record<string, string>
  style: 'default' | 'positive' | 'destructive'
  /** Whether the card's input fields come along. */
  inputs: 'auto' | 'none'
}

export const button = (
  title: string,
  verb: string,
  data: Record<string, string>,
  more: Partial<Pick<Button, 'style' | 'inputs'>> = {},
): Button => ({ title, verb, data, style: 'default', inputs: 'none', ...more })

/** A button that does what typing a command does. */
export const commandButton = (scene: Scene, title: string, command: string, code = '', more: Partial<Button> = {}) =>
  button(title, 'command', { team: scene.team.id, command, ...(code && { code }) }, more)

/** Something to fetch with the browser. */
export interface Link {
  title: string
  url: string
}

/** A form field, ready for a template. */
export interface FieldView {
  kind: 'text' | 'choice' | 'date'
  id: string
  label: string
  placeholder: string
  value: string
  required: boolean
  missing: string
  lines: boolean
  max: number
  style: 'compact' | 'expanded' | 'filtered'
  /** Several may be chosen. */
  many: boolean
  options: { title: string; value: string }[]
}

export const field = (given: Partial<FieldView> & Pick<FieldView, 'kind' | 'id' | 'label'>): FieldView => ({
  placeholder: '',
  value: '',
  required: false,
  missing: '',
  lines: false,
  max: 0,
  style: 'compact',
  many: false,
  options: [],
  ...given,
})

export interface RowView {
  heading: string
  what: string
  line: string
  state: string
  stateColor: 'default' | 'attention' | 'good' | 'accent'
  datePicker: boolean
  dateLabel: string
  date: string
  actions: Button[]
}

export const row = (given: Partial<RowView> & Pick<RowView, 'what'>): RowView => ({
  heading: '',
  line: '',
  state: '',
  stateColor: 'default',
  datePicker: false,
  dateLabel: '',
  date: '',
  actions: [],
  ...given,
})

/** Draws one of the templates in cards/. */
export function draw(scene: Scene, card: string, data: { title: string } & Record<string, unknown>): Card {
  const template = scene.content.cards[card]
  if (!template) throw new Error(`There is no card "${card}" in cards/`)
  return template.expand({ lang: scene.language, ...data })
}

/** Rows beyond this are counted instead of shown, so that a card stays readable. */
export const MOST_ROWS = 12

/** Room on one card, in bytes: Teams refuses a message of more than 28 KB, and there is an envelope around the card. */
const ROOM = 25_000

export const fits = (card: Card): boolean => Buffer.byteLength(JSON.stringify(card)) <= ROOM

/** A short card: a title, a few sentences, perhaps quoted lines, fields and buttons. */
export function notice(
  scene: Scene,
  given: {
    title: string
    texts?: string[]
    faults?: string[]
    facts?: { title: string; value: string }[]
    quotes?: { what: string; line: string }[]
    fields?: FieldView[]
    links?: Link[]
    actions?: Button[]
  },
): Card {
  const faults = given.faults ?? []
  return draw(scene, 'notice', {
    title: given.title,
    texts: given.texts ?? [],
    faults,
    faultsTitle: say(scene, 'faults.title'),
    facts: given.facts ?? [],
    quotes: given.quotes ?? [],
    fields: given.fields ?? [],
    links: given.links ?? [],
    actions: given.actions ?? [],
  })
}

/** A list of rows with buttons of their own: the digest, my cases, today. */
export const rows = (
  scene: Scene,
  given: { title: string; text?: string; rows: RowView[]; footer?: string; actions?: Button[] },
): Card => draw(scene, 'rows', { text: '', footer: '', actions: [], ...given })

export const sayFault = (scene: Scene, fault: Fault, label: string): string =>
  say(scene, `faults.${fault.code}`, { label, ...(fault.values as Arguments) })
