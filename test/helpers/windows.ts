/** Reads a card as it stands in a Teams dialog, where buttons are Action.Submit. */
import { type Node, nodes } from './cards.ts'

export const submitsOn = (card: unknown): { title: string; data: Node }[] =>
  nodes(card)
    .filter(({ type }) => type === 'Action.Submit')
    .map(({ title, data }) => ({ title: String(title), data: (data ?? {}) as Node }))
