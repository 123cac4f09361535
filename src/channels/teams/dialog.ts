/** Dialogs: the windows Teams opens over a chat. What stands in one is the same card, with buttons of the kind they take. */
import { type Activity, CardFactory } from 'botbuilder'
import type { Card, Reply } from '../../app/ports.ts'
import { withNote } from '../../app/view/note.ts'

type Node = Record<string, unknown>

/** A form of so many fields is easier to fill in in a window than in a chat. */
const LONG = 5

/** Every Teams client says what it runs on, and all of those have dialogs. */
export const hasDialogs = ({ entities = [] }: Activity): boolean =>
  entities.some((entity) => entity.type === 'clientInfo' && typeof entity.platform === 'string')

/** The card of a step with a long form, with a button that opens it in a window; any other card as it is. */
export function withWindow(card: Card, title: (language: string) => string): Card {
  const actions = nodesIn(card.actions)
  const step = actions.find(({ verb }) => verb === 'step')
  if (!step || inputsIn(card.body) < LONG) return card
  const { team } = step.data as Node
  const data = { msteams: { type: 'task/fetch' }, team }
  const open = { type: 'Action.Submit', title: title(String(card.lang)), associatedInputs: 'none', data }
  return { ...card, actions: [...actions, open] }
}

/** What is shown in a window. `remember` comes back with whatever is pressed there. */
export function windowAnswer({ card, text }: Reply, remember: Node = {}): object {
  if (!card) return { task: { type: 'message', value: text ?? '' } }
  const shown = submitting(text ? withNote(card, text) : card, remember) as Card
  const title = String(card.fallbackText ?? '')
  return {
    task: {
      type: 'continue',
      value: { title, height: 'large', width: 'medium', card: CardFactory.adaptiveCard(shown) },
    },
  }
}

/** Whether a card is still about the step that was filled in: something in it was not right. */
export const isStillAt = (card: Card, step: unknown): boolean =>
  nodesIn(card.actions).some(({ verb, data }) => verb === 'step' && (data as Node).step === step)

/** The same buttons as Action.Submit, which is all a window takes. */
function submitting(node: unknown, remember: Node): unknown {
  if (Array.isArray(node)) return node.map((inner) => submitting(inner, remember))
  if (typeof node !== 'object' || node === null) return node
  const copy: Node = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, submitting(value, remember)]))
  if (copy.type !== 'Action.Execute') return copy
  const { verb, data, ...action } = copy
  return { ...action, type: 'Action.Submit', data: { ...(data as Node), ...remember, verb } }
}

const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? value : [])

function inputsIn(nodes: unknown): number {
  let inputs = 0
  for (const { type, items, columns } of nodesIn(nodes))
    inputs += String(type).startsWith('Input.') ? 1 : inputsIn(items) + inputsIn(columns)
  return inputs
}
