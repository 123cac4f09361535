/** A card as a person reads it in a terminal: lines of text, with a number before each button. */
import { stripVTControlCharacters } from 'node:util'
import { withoutEscapes } from '../../app/markdown.ts'
import type { Card } from '../../app/ports.ts'

/** Something a button asks for before it is pressed. */
export interface Field {
  id: string
  label: string
  value: string
  /** The answers to choose among; none where any text will do. */
  options: { title: string; value: string }[]
}

export interface Button {
  verb: string
  data: Record<string, unknown>
  fields: Field[]
}

export interface Reading {
  lines: string[]
  buttons: Button[]
}

/** Colours a text, where there are colours. */
export type Paint = (style: Style, text: string) => string
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'cyan' | 'yellow'

type Node = Record<string, unknown>

/** Reads a card; its first button gets the number `first`. */
export function readCard(card: Card, first: number, paint: Paint): Reading {
  const fields = nodesIn(card.body).flatMap(fieldsIn)
  const buttons: Button[] = []

  const row = (actions: Node[]): string[] => {
    if (actions.length === 0) return []
    const shown = actions.map(({ type, title, verb, data, associatedInputs, style, url }) => {
      // A terminal makes something of an address by itself.
      if (type === 'Action.OpenUrl') return `${plain(title)}: ${paint('cyan', plain(url))}`
      const own = associatedInputs === 'none' ? [] : fields
      buttons.push({ verb: String(verb), data: (data ?? {}) as Node, fields: own })
      const label = `[${first + buttons.length - 1}] ${plain(title)}`
      return style === 'positive' ? paint('green', label) : label
    })
    return ['', shown.join('   ')]
  }

  const read = (node: Node): string[] => {
    const lines = linesOf(node)
    return node.separator === true ? ['', ...lines] : lines
  }

  const linesOf = (node: Node): string[] => {
    switch (node.type) {
      case 'TextBlock':
        return plain(withoutEscapes(String(node.text)))
          .split('\n')
          .map((line) => painted(node, line, paint))
      case 'RichTextBlock':
        return nodesIn(node.inlines)
          .map((run) => painted(run, plain(run.text), paint))
          .join('')
          .split('\n')
      case 'FactSet':
        return nodesIn(node.facts).map(
          ({ title, value }) =>
            `${paint('bold', plain(withoutEscapes(String(title))))}  ${plain(withoutEscapes(String(value)))}`,
        )
      case 'Container':
        return boxed(node, nodesIn(node.items).flatMap(read), paint)
      case 'ColumnSet':
        return nodesIn(node.columns).flatMap(({ items }) => nodesIn(items).flatMap(read))
      case 'ActionSet':
        return row(nodesIn(node.actions))
      default:
        return fieldsIn(node).map((field) =>
          paint('dim', `· ${field.label} ${shownValue(field) || choices(field)}`.trimEnd()),
        )
    }
  }

  const body = nodesIn(card.body).flatMap(read)
  return { lines: [...body, ...row(nodesIn(card.actions))], buttons }
}

/** What stands in a field, in the words of its options. */
export const shownValue = ({ value, options }: Field): string =>
  value && `[${options.find((option) => option.value === value)?.title ?? value}]`

const choices = ({ options }: Field): string => options.map(({ title }) => title).join(' / ')

/** Nothing that somebody typed may move the cursor or change a colour. */
const plain = (text: unknown): string => stripVTControlCharacters(String(text ?? '')).replaceAll(/[^\P{Cc}\n]/gu, '')

function painted({ weight, style, isSubtle, color }: Node, text: string, paint: Paint): string {
  const coloured = text && typeof color === 'string' && COLOURS[color] ? paint(COLOURS[color], text) : text
  if (weight === 'Bolder' || style === 'heading') return text && paint('bold', coloured)
  return isSubtle && text ? paint('dim', coloured) : coloured
}

const COLOURS: Record<string, Style> = { attention: 'red', good: 'green', accent: 'cyan' }

/** What a card sets apart by its ground has a line down its side. */
function boxed({ style }: Node, lines: string[], paint: Paint): string[] {
  const colour: Style | undefined = style === 'emphasis' ? 'dim' : COLOURS[String(style)]
  return colour ? lines.map((line) => `${paint(colour, '│')} ${line}`) : lines
}

const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? value : [])

function fieldsIn({ type, items, columns, id, label, value, choices }: Node): Field[] {
  if (!String(type).startsWith('Input.')) return [...nodesIn(items), ...nodesIn(columns)].flatMap(fieldsIn)
  const options = nodesIn(choices).map((choice) => ({ title: plain(choice.title), value: String(choice.value) }))
  return [{ id: String(id), label: plain(label), value: typeof value === 'string' ? plain(value) : '', options }]
}
