/** Reads the nodes of a card; anything that is not as a card has it reads as nothing. */
import type { Card } from '../../app/ports.ts'

export interface Node {
  type?: unknown
  [key: string]: unknown
}

const isNode = (given: unknown): given is Node => typeof given === 'object' && given !== null && !Array.isArray(given)

export const nodesIn = (given: unknown): Node[] => (Array.isArray(given) ? given.filter(isNode) : [])

export const textIn = (given: unknown): string => (typeof given === 'string' ? given : '')

export const isInput = ({ type }: Node): boolean => textIn(type).startsWith('Input.')

export const isChart = ({ type }: Node): boolean => textIn(type).startsWith('Chart.')

/** What stands directly within a node. */
export const within = ({ items, columns }: Node): Node[] => [...nodesIn(items), ...nodesIn(columns)]

/** A node with everything in it, in reading order. */
export const allIn = (node: Node): Node[] => [node, ...within(node).flatMap(allIn)]

export const bodyOf = ({ body }: Card): Node[] => nodesIn(body)

/** Every button of these nodes, in reading order. */
export const actionsIn = (nodes: Node[]): Node[] =>
  nodes.flatMap(allIn).flatMap(({ type, actions }) => (type === 'ActionSet' ? nodesIn(actions) : []))

export const takesInputs = ({ type, associatedInputs }: Node): boolean =>
  type === 'Action.Execute' && associatedInputs !== 'none'

/** Whether a card asks for anything. */
export const hasInputs = (card: Card): boolean => bodyOf(card).flatMap(allIn).some(isInput)

/** The card's own heading as its template wrote it, with escapes. */
export const headingOf = (card: Card): string =>
  textIn(bodyOf(card).find(({ type, style }) => type === 'TextBlock' && style === 'heading')?.text)
