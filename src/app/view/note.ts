import type { Card } from '../ports.ts'

/** The card with a sentence on top, where an answer has both and there is room for one. A text run shows no Markdown. */
export function withNote(card: Card, text: string): Card {
  const note = { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, weight: 'Bolder' }] }
  return { ...card, body: [note, ...(Array.isArray(card.body) ? card.body : [])] }
}
