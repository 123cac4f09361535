import type { KnownBlock, ModalView } from '@slack/types'
import * as z from 'zod'
import { withoutEscapes } from '../../app/markdown.ts'
import type { Card } from '../../app/ports.ts'
import { drawing } from './blocks.ts'
import { ids } from './buttons.ts'
import { fitted } from './fit.ts'
import { parsed } from './json.ts'
import { LIMITS, whole } from './limits.ts'
import {
  allIn,
  bodyOf,
  hasInputs,
  headingOf,
  isInput,
  type Node,
  nodesIn,
  takesInputs,
  textIn,
  within,
} from './nodes.ts'
import { plain } from './text.ts'

/** Tells our views from others, as `callback_id`. */
export const MODAL = 'card'

/**
 * A card's fields for one person alone, where the card itself would stand in a channel; of a row that has fields and
 * buttons of its own, just that row. Its title is the one given, or else the card's. Submitting it is pressing the first
 * button that takes the fields along; `metadata` comes back with that. `undefined` where there are no fields or no such
 * button: then there is nothing to submit.
 */
export function modalOf(card: Card, { metadata, title }: { metadata: string; title?: string }): ModalView | undefined {
  const row = bodyOf(card).flatMap(allIn).find(isForm)
  const sets = row ? buttonSets(within(row)) : [...buttonSets(bodyOf(card)), nodesIn(card.actions)]
  const actions = sets.find((set) => set.some(takesInputs)) ?? []
  const submit = actions.find(takesInputs)
  if (!submit || !hasInputs(card)) return undefined
  const close = actions.find((action) => action.type === 'Action.Execute' && !takesInputs(action))
  const heading = plain(title ?? withoutEscapes(headingOf(card)), LIMITS.modalTitle)
  const draw = drawing(card, { modal: true })
  const blocks = row ? draw.blocks(within(row), { top: false, quoted: false }) : draw.blocks(bodyOf(card))
  // A view has two buttons of its own, and its title may say what the card's heading says.
  const isShown = (block: KnownBlock): boolean =>
    block.type !== 'actions' && !(block.type === 'header' && block.text.text === heading.text)
  return {
    type: 'modal',
    callback_id: MODAL,
    title: heading,
    blocks: fitted(blocks.filter(isShown), [], LIMITS.modal),
    submit: plain(textIn(submit.title), LIMITS.modalButton),
    ...(close && { close: plain(textIn(close.title), LIMITS.modalButton) }),
    private_metadata: remembered({ verb: textIn(submit.verb), data: submit.data ?? {}, metadata }),
  }
}

/** A row with fields and buttons of its own, such as one whose new date is being chosen. */
const isForm = (node: Node): boolean =>
  within(node).some(isInput) && buttonSets(within(node)).some((set) => set.some(takesInputs))

const buttonSets = (nodes: Node[]): Node[][] =>
  nodes.flatMap(allIn).flatMap(({ type, actions }) => (type === 'ActionSet' ? [nodesIn(actions)] : []))

const form = z.object({ verb: z.string().min(1), data: ids, metadata: z.string() })

/** What submitting a view of ours means, and the metadata it was opened with. */
export type Form = z.output<typeof form>

const remembered = (given: object): string =>
  whole(JSON.stringify(given), LIMITS.modalMetadata, 'what a view is to remember')

/** Reads a view's `private_metadata`; `undefined` for any that is not ours. Never throws. */
export const readForm = (privateMetadata: unknown): Form | undefined => form.safeParse(parsed(privateMetadata)).data
