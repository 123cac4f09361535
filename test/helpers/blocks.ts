/** Reads Slack's blocks as a person does: their words, their fields and their buttons. */
import type { InputBlock, KnownBlock, RichTextBlockElement } from '@slack/types'
import type { SeenButton } from './cards.ts'

type Part = Record<string, unknown>

export interface SeenBlockButton extends SeenButton {
  actionId: string
  value: string
}

export interface SeenBlockField {
  id: string
  value: string
  choices: string[]
  blockId: string
  /** The sort of element, as Slack names it with what was entered. */
  type: string
}

/** All the words the blocks show, one piece a line. */
export const wordsOnBlocks = (blocks: readonly KnownBlock[]): string => blocks.flatMap(wordsIn).join('\n')

function wordsIn(block: KnownBlock): string[] {
  switch (block.type) {
    case 'input': {
      const element = partOf(block.element)
      const options = (element.options ?? []) as Part[]
      const entered = options.length > 0 ? [] : [element.initial_value, element.initial_date]
      const placed = [block.label, element.placeholder, ...entered, ...options.map(({ text }) => text), block.hint]
      return placed.flatMap(shown)
    }
    case 'rich_text':
      return block.elements.flatMap(richWords)
    case 'header':
    case 'section':
      return shown(block.text)
    case 'context':
    case 'actions':
      return block.elements.flatMap(shown)
    default:
      return []
  }
}

function richWords(part: RichTextBlockElement): string[] {
  if (part.type !== 'rich_text_list') return (part.elements as unknown[]).flatMap(shown)
  return part.elements.map(({ elements }) => `• ${(elements as unknown[]).flatMap(shown).join('')}`)
}

/** A text, a text object, or something with one of those as its text. */
function shown(given: unknown): string[] {
  if (typeof given === 'string') return given.trim() === '' ? [] : [given]
  return typeof given === 'object' && given !== null && 'text' in given ? shown(given.text) : []
}

const partOf = (given: object): Part => ({ ...given })

/** The buttons that do something; a link opens by itself. */
export const buttonsOnBlocks = (blocks: readonly KnownBlock[]): SeenBlockButton[] =>
  blocks
    .flatMap((block) => (block.type === 'actions' ? block.elements : []))
    .flatMap((element) => {
      if (element.type !== 'button' || element.url !== undefined) return []
      const [, inputs, verb] = /^\d+:(with|bare):(.*)$/s.exec(element.action_id ?? '') ?? []
      const value = element.value ?? ''
      return [
        {
          title: element.text.text,
          verb: verb ?? '',
          data: JSON.parse(value) as Record<string, unknown>,
          takesInputs: inputs === 'with',
          actionId: element.action_id ?? '',
          value,
        },
      ]
    })

const inputsIn = (blocks: readonly KnownBlock[]): InputBlock[] =>
  blocks.flatMap((block) => (block.type === 'input' ? [block] : []))

/** The fields with what stands in them; a search among people names no choices. */
export const fieldsOnBlocks = (blocks: readonly KnownBlock[]): SeenBlockField[] =>
  inputsIn(blocks).map(({ block_id, element }) => {
    const { action_id, type, options, initial_option, initial_options, ...more } = partOf(element)
    const many = (initial_options ?? (initial_option ? [initial_option] : [])) as Part[]
    const choices = ((options ?? []) as Part[]).map(({ value }) => String(value))
    const value = more.initial_value ?? more.initial_date ?? more.initial_user ?? many.map((one) => one.value).join(',')
    return { id: String(action_id), value: String(value), choices, blockId: String(block_id), type: String(type) }
  })

/** What Slack sends of the fields, `state.values`, once somebody has filled in these by their ids. */
export function stateOnBlocks(blocks: readonly KnownBlock[], fills: Record<string, string> = {}) {
  const fields = fieldsOnBlocks(blocks)
  return Object.fromEntries(
    fields.map(({ id, value, blockId, type }) => [blockId, { [id]: { type, ...entered(type, fills[id] ?? value) } }]),
  )
}

function entered(type: string, value: string): object {
  const chosen = (one: string) => ({ text: { type: 'plain_text', text: one, emoji: false }, value: one })
  switch (type) {
    case 'plain_text_input':
      return { value: value || null }
    case 'datepicker':
      return { selected_date: value || null }
    case 'users_select':
      return { selected_user: value || null }
    case 'checkboxes':
    case 'multi_static_select':
      return { selected_options: value ? value.split(',').map(chosen) : [] }
    default:
      return { selected_option: value ? chosen(value) : null }
  }
}
