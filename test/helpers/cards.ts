/** Reads a card as a person does: its words, its fields and its buttons. */

type Node = Record<string, unknown>

export interface SeenButton {
  title: string
  verb: string
  data: Record<string, unknown>
  /** Whether the card's fields come along. */
  takesInputs: boolean
}

/** Every node of a card, in reading order. */
function nodes(card: unknown): Node[] {
  if (Array.isArray(card)) return card.flatMap(nodes)
  if (typeof card !== 'object' || card === null) return []
  return [card as Node, ...Object.entries(card).flatMap(([key, value]) => (key === 'data' ? [] : nodes(value)))]
}

const SHOWN = ['text', 'label', 'title', 'placeholder']

/** All the words a card shows, one piece a line. */
export const wordsOn = (card: unknown): string =>
  nodes(card)
    .flatMap((node) => [
      ...SHOWN.flatMap((key) => (typeof node[key] === 'string' ? [node[key] as string] : [])),
      ...(String(node.type).startsWith('Input.') && typeof node.value === 'string' && node.choices === undefined
        ? [node.value]
        : []),
    ])
    .join('\n')

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
