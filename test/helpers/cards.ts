/** Reads a card as a person does: its words, its fields and its buttons. */

export type Node = Record<string, unknown>

export interface SeenButton {
  title: string
  verb: string
  data: Record<string, unknown>
  /** Whether the card's fields come along. */
  takesInputs: boolean
}

/** Every node of a card, in reading order. */
export function nodes(card: unknown): Node[] {
  if (Array.isArray(card)) return card.flatMap(nodes)
  if (typeof card !== 'object' || card === null) return []
  return [
    card as Node,
    ...Object.entries(card).flatMap(([key, value]) => (key === 'data' || key === 'facts' ? [] : nodes(value))),
  ]
}

const SHOWN = ['text', 'label', 'title', 'placeholder']

/** All the words a card shows, one piece a line. */
export const wordsOn = (card: unknown): string => nodes(card).flatMap(wordsOfNode).join('\n')

function wordsOfNode({ type, facts, choices, ...node }: Node): string[] {
  // A chart is not everywhere: what it shows stands in words beside it.
  if (String(type).startsWith('Chart.')) return []
  const shown = SHOWN.flatMap((key) => (typeof node[key] === 'string' ? [node[key] as string] : []))
  if (type === 'TextBlock') return shown.map(asShown)
  if (Array.isArray(facts)) return facts.flatMap(({ title, value }) => [asShown(title), asShown(value)])
  const entered = String(type).startsWith('Input.') && typeof node.value === 'string' && !choices
  return entered ? [...shown, node.value as string] : shown
}

/** A text block and a fact show Markdown, in which a backslash says that the next sign stands for itself. */
const asShown = (text: string): string => text.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')

/** The words without case codes: those are made by chance and may spell anybody's initials. */
export const withoutCodes = (words: string): string => words.replaceAll(/F-[0-9A-Z]{4}/g, 'F-')

export const buttonsOn = (card: unknown): SeenButton[] =>
  nodes(card)
    .filter(({ type }) => type === 'Action.Execute')
    .map(({ title, verb, data, associatedInputs }) => ({
      title: String(title),
      verb: String(verb),
      data: (data ?? {}) as Record<string, unknown>,
      takesInputs: associatedInputs !== 'none',
    }))

/** The fields of a card with what stands in them. */
export const fieldsOn = (card: unknown): { id: string; value: string; choices: string[] }[] =>
  nodes(card)
    .filter(({ type }) => String(type).startsWith('Input.'))
    .map(({ id, value, choices }) => ({
      id: String(id),
      value: typeof value === 'string' ? value : '',
      choices: ((choices ?? []) as { value: string }[]).map((choice) => choice.value),
    }))
