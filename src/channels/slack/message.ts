import type { KnownBlock } from '@slack/types'
import type { Reply } from '../../app/ports.ts'
import { withNote } from '../../app/view/note.ts'
import { blocksOf } from './blocks.ts'
import { escapeText, plain } from './text.ts'

/** A message as Slack takes it. Its `text` is for notifications and screen readers where there are blocks. */
export interface Message {
  text: string
  blocks: KnownBlock[]
}

/** What a block of text takes, in characters. */
const LONGEST = 3000

/** An answer as one message: a card, a sentence, or the card with the sentence on top. */
export function messageOf({ card, text, summary }: Reply): Message {
  // In a block of plain text a name such as *Anna* stays as it is; beside blocks the text is only told, not shown.
  if (!card) return { text: escapeText(text ?? ''), blocks: [{ type: 'section', text: plain(text ?? '', LONGEST) }] }
  const shown = text ? withNote(card, text) : card
  return { text: escapeText(text || summary || String(card.fallbackText ?? '')), blocks: blocksOf(shown) }
}
