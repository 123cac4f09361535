import { hash } from 'node:crypto'
import type { InputBlock, InputBlockElement, PlainTextOption } from '@slack/types'
import { DateTime } from 'luxon'
import * as z from 'zod'
import { LIMITS, whole } from './limits.ts'
import { type Node, nodesIn, textIn } from './nodes.ts'
import { CUT, isBlank, plain, shorten } from './text.ts'

/** A colleague in Slack. */
const PERSON = /^[UW][A-Z0-9]{5,}$/
const TOGGLE = 'toggle'

/** Where a field stands: what its card was drawn for, which of its fields it is, and whether that is a message or a modal. */
interface Asked {
  moment: string
  position: number
  modal: boolean
}

/** A field, or nothing for a choice of nothing, which Slack refuses. */
export function inputBlock(field: Node, { moment, position, modal }: Asked): InputBlock | undefined {
  const element = elementOf(field)
  if (!element) return undefined
  return {
    type: 'input',
    block_id: blockId(field, moment, position),
    label: plain(textIn(field.label) || (field.type === 'Input.Toggle' ? textIn(field.title) : ''), LIMITS.label),
    // In a message Slack enforces nothing and would only add "(optional)", in English; the core sees to what is missing.
    optional: modal && field.isRequired !== true,
    // The one place to say so that is seen before and after choosing.
    ...(isCut(field) && { hint: plain(CUT, LIMITS.label) }),
    element: { ...element, action_id: whole(textIn(field.id), LIMITS.actionId, 'the id of a field') },
  }
}

/**
 * Slack keeps what was typed into a block of this id when the message is updated, whatever the update says. So a field
 * gets another id whenever it is asked at another moment or shows something else.
 */
function blockId(field: Node, moment: string, position: number): string {
  const mark = hash('sha256', JSON.stringify([moment, field]), 'base64url').slice(0, 8)
  const kind = field.type === 'Input.Toggle' ? TOGGLE : 'field'
  return whole(`${textIn(field.id)}:${position}:${mark}:${kind}`, LIMITS.blockId, 'the id of a field')
}

function elementOf(field: Node): InputBlockElement | undefined {
  const value = textIn(field.value)
  switch (field.type) {
    case 'Input.Text':
      return textInput(field, value)
    case 'Input.Date':
      return {
        type: 'datepicker',
        // A day that does not exist is refused; so is a date typed in words.
        ...(DateTime.fromFormat(value, 'yyyy-MM-dd').isValid && { initial_date: value }),
        ...invitation(field),
      }
    case 'Input.Toggle':
      return boxes([option(textIn(field.title) || textIn(field.label), 'true')], value === 'true' ? ['true'] : [])
    case 'Input.ChoiceSet':
      return choice(field, value)
    default:
      return undefined
  }
}

function textInput(field: Node, value: string): InputBlockElement {
  const asked = typeof field.maxLength === 'number' && field.maxLength > 0 ? field.maxLength : LIMITS.entered
  const max = Math.min(asked, LIMITS.entered)
  return {
    type: 'plain_text_input',
    multiline: field.isMultiline === true,
    max_length: max,
    ...(value && { initial_value: shorten(value, max) }),
    ...placeholder(field),
  }
}

function choice(field: Node, value: string): InputBlockElement | undefined {
  const values = valuesOf(field)
  const choices = nodesIn(field.choices)
  if (choices.length === 0) return undefined
  if (asksForPerson(field))
    return { type: 'users_select', ...(PERSON.test(value) && { initial_user: value }), ...invitation(field) }
  const options = offered(choices, values)
  const chosen = options.filter((offer) => values.includes(offer.value))
  const laidOut = field.style === 'expanded' && options.length <= LIMITS.laidOut
  if (field.isMultiSelect === true)
    return laidOut
      ? boxes(options, values)
      : {
          type: 'multi_static_select',
          options,
          ...(chosen.length > 0 && { initial_options: chosen }),
          ...invitation(field),
        }
  const [first] = chosen
  const initial = first && { initial_option: first }
  return laidOut
    ? { type: 'radio_buttons', options, ...initial }
    : { type: 'static_select', options, ...initial, ...invitation(field) }
}

/** A search among colleagues: Slack has one of its own, over the whole workspace. Whoever is no member is refused by the core. */
const asksForPerson = ({ style, choices, isMultiSelect }: Node): boolean =>
  style === 'filtered' && isMultiSelect !== true && nodesIn(choices).every(({ value }) => PERSON.test(textIn(value)))

const isCut = (field: Node): boolean => nodesIn(field.choices).length > LIMITS.options && !asksForPerson(field)

type Offer = PlainTextOption & { value: string }

/** As many choices as Slack takes; those that are chosen already are among them. */
function offered(choices: Node[], chosen: string[]): Offer[] {
  const all = choices.map(({ title, value }) => option(textIn(title), textIn(value)))
  if (all.length <= LIMITS.options) return all
  const kept = new Set([...all.filter(({ value }) => chosen.includes(value)), ...all].slice(0, LIMITS.options))
  return all.filter((offer) => kept.has(offer))
}

const option = (title: string, value: string): Offer => ({
  text: plain(title, LIMITS.option),
  value: whole(value, LIMITS.optionValue, 'the value of a choice'),
})

function boxes(options: Offer[], values: string[]): InputBlockElement {
  const chosen = options.filter(({ value }) => values.includes(value))
  return { type: 'checkboxes', options, ...(chosen.length > 0 && { initial_options: chosen }) }
}

const valuesOf = ({ isMultiSelect, value }: Node): string[] =>
  isMultiSelect === true ? textIn(value).split(',') : [textIn(value)]

const placeholder = ({ placeholder: text }: Node) =>
  isBlank(textIn(text)) ? {} : { placeholder: plain(textIn(text), LIMITS.placeholder) }

/** Where something is to be picked, Slack would write an invitation of its own, in English. */
const invitation = (field: Node) =>
  placeholder({ placeholder: [field.placeholder, field.label].map(textIn).find((text) => !isBlank(text)) })

/** What stands in a field, in words; '' for nothing. */
export function shownIn(field: Node): string {
  if (field.type === 'Input.Toggle') return field.value === 'true' ? textIn(field.title) || textIn(field.label) : ''
  if (field.type !== 'Input.ChoiceSet') return textIn(field.value)
  const values = valuesOf(field)
  const chosen = nodesIn(field.choices).filter(({ value }) => values.includes(textIn(value)))
  return chosen.map(({ title }) => textIn(title)).join(', ')
}

const chosen = z.object({ value: z.string() })
const entered = z.object({
  value: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_user: z.string().nullish(),
  selected_option: chosen.nullish(),
  selected_options: z.array(chosen).nullish(),
})
const state = z.record(z.string(), z.record(z.string(), entered))

/**
 * What stands in the fields, by their ids, from the `state.values` that Slack sends with a click or a submission: '' for
 * nothing, several choices with commas between them, as in an Adaptive Card. Never throws.
 */
export const valuesIn = (values: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(state.safeParse(values).data ?? {}).flatMap(([block, fields]) =>
      Object.entries(fields).map(([id, field]) => [id, isToggle(block) ? String(isOn(field)) : enteredIn(field)]),
    ),
  )

const isToggle = (block: string): boolean => block.endsWith(`:${TOGGLE}`)
const isOn = (field: z.output<typeof entered>): boolean => (field.selected_options ?? []).length > 0

const enteredIn = (field: z.output<typeof entered>): string =>
  field.value ??
  field.selected_option?.value ??
  field.selected_date ??
  field.selected_user ??
  (field.selected_options ?? []).map(({ value }) => value).join(',')
