export type Cleaned = { ok: true; text: string } | { ok: false; code: 'empty' | 'too-long' }

const LINE_BREAK = /\r\n?|[\v\f\u0085\u2028\u2029]/g
// Control characters but for the line break, and the marks that turn the direction of text around.
const INVISIBLE = /[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/** Text as it was meant: one form of each letter, nothing invisible, at most one empty line in a row. */
export function cleanText(input: string, max: number): Cleaned {
  const text = input
    .replaceAll(LINE_BREAK, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(INVISIBLE, (mark) => (mark === '\n' ? mark : ''))
    // Only now: a mark between a letter and its accent would keep them apart.
    .normalize('NFC')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
  if (text === '') return { ok: false, code: 'empty' }
  return text.length > max ? { ok: false, code: 'too-long' } : { ok: true, text }
}
