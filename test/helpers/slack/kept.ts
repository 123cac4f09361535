/** Blocks as Slack keeps them and gives them back. */
import { elementsIn } from './rules/blocks.ts'
import type { Json, KeptBlock, PlacedElement } from './types.ts'

let lastId = 0
/** Slack makes up five characters where the bot gave no id. */
const madeUp = () => (++lastId).toString(36).padStart(5, '0')

/** Every block has a `block_id`, every element an `action_id`, and every text says how it is to be read. */
export function keep(blocks: unknown): KeptBlock[] {
  const copy = structuredClone(blocks ?? []) as Json[]
  for (const block of copy) {
    block.block_id ??= madeUp()
    for (const element of elementsIn(block)) element.action_id ??= madeUp()
    if (block.type === 'input') {
      block.optional ??= false
      block.dispatch_action ??= false
    }
    readable(block)
  }
  return copy as KeptBlock[]
}

function readable(value: unknown): void {
  if (Array.isArray(value)) value.forEach(readable)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  const known = value as Json
  if (known.type === 'plain_text') known.emoji ??= true
  if (known.type === 'mrkdwn') known.verbatim ??= false
  Object.values(known).forEach(readable)
}

/** Everything a person can use, with the block it is in. */
export const placed = (blocks: KeptBlock[]): PlacedElement[] =>
  blocks.flatMap((block) => elementsIn(block).map((element) => ({ block, element }) as PlacedElement))
