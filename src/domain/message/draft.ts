import { cleanText } from '../text.ts'

/** As much as fits into any message a parent would read, several times over. */
export const LONGEST_DRAFT = 20_000
const FEWEST_WORDS = 2

export type Draft =
  | { ok: true; text: string }
  | { ok: false; code: 'empty' | 'too-long' | 'no-letters' | 'too-short'; values: { max: number } }

/** A draft ready to be read, or why there is nothing to read. */
export function readDraft(input: string): Draft {
  const values = { max: LONGEST_DRAFT }
  const cleaned = cleanText(input, LONGEST_DRAFT)
  if (!cleaned.ok) return { ...cleaned, values }
  const words = cleaned.text.match(/\p{L}+/gu) ?? []
  if (words.length === 0) return { ok: false, code: 'no-letters', values }
  return words.length < FEWEST_WORDS ? { ok: false, code: 'too-short', values } : { ok: true, text: cleaned.text }
}
