import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../types.ts'
import { anyText, flag, ifGiven, list, object, oneOf, plainText, whole, words, wrong } from './shapes.ts'

type Place = 'actions' | 'accessory' | 'input'
type Rule = { in: Place[]; check: (element: unknown, where: string) => void }

/** Checks an element of a block; what may be where is Slack's list. */
export function element(value: unknown, where: string, place: Place): void {
  const type = String((value as Json | undefined)?.type)
  const rule = rules[type]
  if (!rule?.in.includes(place)) throw wrong(where, `unsupported type: ${type}`)
  rule.check(value, where)
  ifGiven((value as Json).action_id, (id) => words(id, `${where}/action_id`, 255))
  ifGiven((value as Json).confirm, (confirm) => confirmation(confirm, `${where}/confirm`))
  ifGiven((value as Json).placeholder, (text) => plainText(text, `${where}/placeholder`, 150))
  flag((value as Json).focus_on_load, `${where}/focus_on_load`)
}

const rules: Record<string, Rule> = {
  button: { in: ['actions', 'accessory'], check: button },
  plain_text_input: { in: ['input'], check: plainTextInput },
  static_select: { in: ['actions', 'accessory', 'input'], check: select },
  radio_buttons: { in: ['actions', 'accessory', 'input'], check: radioButtons },
  checkboxes: { in: ['actions', 'accessory', 'input'], check: checkboxes },
  datepicker: { in: ['actions', 'accessory', 'input'], check: datepicker },
  users_select: { in: ['actions', 'accessory', 'input'], check: usersSelect },
}

function button(value: unknown, where: string): void {
  const optional = ['action_id', 'value', 'url', 'style', 'confirm', 'accessibility_label']
  const { text, url, style, ...rest } = object(value, where, ['type', 'text'], optional)
  plainText(text, `${where}/text`, 75)
  ifGiven(rest.value, (given) => words(given, `${where}/value`, 2000))
  ifGiven(url, (given) => address(words(given, `${where}/url`, 3000), `${where}/url`))
  oneOf(style, `${where}/style`, 'primary', 'danger')
  ifGiven(rest.accessibility_label, (label) => words(label, `${where}/accessibility_label`, 75))
}

function plainTextInput(value: unknown, where: string): void {
  const { initial_value, multiline, min_length, max_length, dispatch_action_config } = object(
    value,
    where,
    ['type'],
    [
      'action_id',
      'initial_value',
      'multiline',
      'min_length',
      'max_length',
      'placeholder',
      'dispatch_action_config',
      'focus_on_load',
    ],
  )
  flag(multiline, `${where}/multiline`)
  whole(min_length, `${where}/min_length`, 0, 3000)
  whole(max_length, `${where}/max_length`, 1, 3000)
  if (Number(min_length ?? 0) > Number(max_length ?? 3000)) throw wrong(where, 'min_length is above max_length')
  ifGiven(initial_value, (text) => words(text, `${where}/initial_value`, Number(max_length ?? 3000), 0))
  ifGiven(dispatch_action_config, (config) => {
    const here = `${where}/dispatch_action_config`
    const { trigger_actions_on } = object(config, here, ['trigger_actions_on'])
    for (const trigger of list(trigger_actions_on, here, 1, 2))
      oneOf(trigger, here, 'on_enter_pressed', 'on_character_entered')
  })
}

function select(value: unknown, where: string): void {
  const optional = ['action_id', 'initial_option', 'placeholder', 'confirm', 'focus_on_load']
  const { options, initial_option } = object(value, where, ['type', 'options'], optional)
  const known = optionsOf(options, where, 100, plainText)
  ifGiven(initial_option, (option) => offered(option, known, `${where}/initial_option`))
}

function radioButtons(value: unknown, where: string): void {
  const optional = ['action_id', 'initial_option', 'confirm', 'focus_on_load']
  const { options, initial_option } = object(value, where, ['type', 'options'], optional)
  const known = optionsOf(options, where, 10, anyText)
  ifGiven(initial_option, (option) => offered(option, known, `${where}/initial_option`))
}

function checkboxes(value: unknown, where: string): void {
  const optional = ['action_id', 'initial_options', 'confirm', 'focus_on_load']
  const { options, initial_options } = object(value, where, ['type', 'options'], optional)
  const known = optionsOf(options, where, 10, anyText)
  ifGiven(initial_options, (given) => {
    for (const option of list(given, `${where}/initial_options`, 1, 10))
      offered(option, known, `${where}/initial_options`)
  })
}

function datepicker(value: unknown, where: string): void {
  const optional = ['action_id', 'initial_date', 'placeholder', 'confirm', 'focus_on_load']
  const { initial_date } = object(value, where, ['type'], optional)
  ifGiven(initial_date, (date) => {
    if (!isDate(date)) throw wrong(`${where}/initial_date`, 'is not a date, YYYY-MM-DD')
  })
}

function usersSelect(value: unknown, where: string): void {
  const optional = ['action_id', 'initial_user', 'placeholder', 'confirm', 'focus_on_load']
  const { initial_user } = object(value, where, ['type'], optional)
  ifGiven(initial_user, (user) => {
    if (!/^[UW][A-Z0-9]+$/.test(String(user))) throw wrong(`${where}/initial_user`, 'is not the id of a user')
  })
}

function optionsOf(value: unknown, where: string, most: number, text: typeof plainText): unknown[] {
  const options = list(value, `${where}/options`, 1, most)
  for (const [index, option] of options.entries()) {
    const here = `${where}/options/${index}`
    const known = object(option, here, ['text', 'value'], ['description'])
    text(known.text, `${here}/text`, 75)
    words(known.value, `${here}/value`, 150)
    ifGiven(known.description, (description) => text(description, `${here}/description`, 75))
  }
  return options
}

/** The very same option, not only its value. */
function offered(option: unknown, options: unknown[], where: string): void {
  if (!options.some((known) => isDeepStrictEqual(known, option))) throw wrong(where, 'is not among the options')
}

function confirmation(value: unknown, where: string): void {
  const { title, text, confirm, deny, style } = object(value, where, ['title', 'text', 'confirm', 'deny'], ['style'])
  plainText(title, `${where}/title`, 100)
  anyText(text, `${where}/text`, 300)
  plainText(confirm, `${where}/confirm`, 30)
  plainText(deny, `${where}/deny`, 30)
  oneOf(style, `${where}/style`, 'primary', 'danger')
}

function address(url: string, where: string): void {
  if (!/^(https?|mailto|tel|slack):/.test(url) || !URL.canParse(url)) throw wrong(where, 'is not a URL')
}

/** A day of the calendar, YYYY-MM-DD. */
export function isDate(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)
}
