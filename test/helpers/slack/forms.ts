/** What stands in the fields of a message or a modal, for each person who looks at it. */
import { placed } from './kept.ts'
import { isDate } from './rules/elements.ts'
import type { Fills, Json, KeptBlock, PlacedElement } from './types.ts'

type Surface = { blocks: KeptBlock[] }
type Values = Map<string, Json>
type Option = { value: string }

const LONGEST_TEXT = 3000

export function createForms() {
  const forms = new WeakMap<Surface, { first: Values; typed: Map<string, Values> }>()

  const formOf = (surface: Surface) => {
    const known = forms.get(surface) ?? { first: new Map(), typed: new Map() }
    forms.set(surface, known)
    return known
  }

  /**
   * To be called after every change of the blocks. A field whose `block_id` and `action_id` stay the same keeps what
   * stood in it, and its new initial value is not looked at: so Slack does it, in modals and in messages.
   */
  function shown(surface: Surface): void {
    const form = formOf(surface)
    const before = form.first
    form.first = new Map()
    for (const field of placed(surface.blocks)) {
      const value = initial(field.element)
      if (!value) continue
      const old = before.get(keyOf(field))
      form.first.set(keyOf(field), old?.type === value.type && stillOffered(field, old) ? old : value)
    }
    // What stood in a field that is gone is forgotten, also when the field comes back.
    for (const typed of form.typed.values()) for (const key of typed.keys()) if (!form.first.has(key)) typed.delete(key)
  }

  /** Fills in fields, as far as Slack's client lets a person. */
  function fill(surface: Surface, user: string, fills: Fills): void {
    const form = formOf(surface)
    const typed = form.typed.get(user) ?? new Map()
    form.typed.set(user, typed)
    for (const [name, value] of Object.entries(fills)) {
      const field = named(surface, name)
      typed.set(keyOf(field), filled(field, value))
    }
  }

  /** `state.values`, as it stands for one person. */
  function values(surface: Surface, user: string): Record<string, Json> {
    const { first, typed } = formOf(surface)
    const state: Record<string, Json> = {}
    for (const field of placed(surface.blocks)) {
      const key = keyOf(field)
      const mine = typed.get(user)?.get(key)
      const start = first.get(key)
      if (!start) continue
      const value = mine && mine.type === start.type && stillOffered(field, mine) ? mine : start
      state[field.block.block_id] = { ...state[field.block.block_id], [field.element.action_id]: value }
    }
    return state
  }

  return { shown, fill, values }
}

const keyOf = ({ block, element }: PlacedElement) => `${block.block_id}/${element.action_id}`

function named(surface: Surface, name: string): PlacedElement {
  const fields = placed(surface.blocks).filter(({ element }) => initial(element) !== undefined)
  const found = fields.filter((field) => field.element.action_id === name || keyOf(field) === name)
  const [field, second] = found
  if (!field) throw new Error(`no field "${name}" to fill in, only: ${fields.map(keyOf).join(', ')}`)
  if (second) throw new Error(`"${name}" names several fields: ${found.map(keyOf).join(', ')}`)
  return field
}

/** What a field says before anybody has touched it; nothing for what is not a field. */
function initial({ type, ...element }: PlacedElement['element']): Json | undefined {
  if (type === 'plain_text_input') return { type, value: element.initial_value ?? null }
  if (type === 'static_select' || type === 'radio_buttons')
    return { type, selected_option: element.initial_option ?? null }
  if (type === 'checkboxes') return { type, selected_options: element.initial_options ?? [] }
  if (type === 'datepicker') return { type, selected_date: element.initial_date ?? null }
  if (type === 'users_select') return { type, selected_user: element.initial_user ?? null }
  return undefined
}

function filled({ element }: PlacedElement, value: string | string[] | null): Json {
  const { type, action_id } = element
  const impossible = (why: string) => new Error(`"${action_id}" (${type}) cannot be filled in: ${why}`)
  const option = (wanted: string) => {
    const found = (element.options as Option[]).find((known) => known.value === wanted)
    if (!found) throw impossible(`there is no option "${wanted}"`)
    return found
  }
  if (type === 'checkboxes') {
    if (typeof value === 'string') throw impossible('it takes a list')
    return { type, selected_options: (value ?? []).map(option) }
  }
  if (Array.isArray(value)) throw impossible('it takes one value')
  if (type === 'static_select' || type === 'radio_buttons')
    return { type, selected_option: value === null ? null : option(value) }
  if (type === 'users_select') {
    if (value !== null && !/^[UW][A-Z0-9]+$/.test(value)) throw impossible(`"${value}" is not the id of a user`)
    return { type, selected_user: value }
  }
  if (type === 'datepicker') {
    if (value !== null && !isDate(value)) throw impossible(`"${value}" is not a date`)
    return { type, selected_date: value }
  }
  const longest = Number(element.max_length ?? LONGEST_TEXT)
  if (value !== null && value.length > longest) throw impossible(`${value.length} characters, of ${longest}`)
  // An emptied field says nothing, not an empty text.
  return { type, value: value === '' ? null : value }
}

function stillOffered({ element }: PlacedElement, value: Json): boolean {
  const chosen = (value.selected_options ?? [value.selected_option]) as (Option | null | undefined)[]
  const options = (element.options ?? []) as Option[]
  return chosen.every((option) => !option || options.some((known) => known.value === option.value))
}

/** The fields of a modal that must be filled in and are not. */
export function unfilled(blocks: KeptBlock[], state: Record<string, Json>): string[] {
  return placed(blocks)
    .filter(({ block }) => block.type === 'input' && block.optional === false)
    .filter(({ block, element }) => {
      const { type: _, ...value } = (state[block.block_id]?.[element.action_id] ?? {}) as Json
      const [said = null] = Object.values(value)
      return said === null || (Array.isArray(said) && said.length === 0)
    })
    .map(keyOf)
}
