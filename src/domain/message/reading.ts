/** A message as sentences and words, with where each stands, so that a finding can quote it. Linear in its length. */

export interface Word {
  /** As it stands, and in small letters with one kind of apostrophe. */
  text: string
  lower: string
  start: number
  end: number
}

export interface Sentence {
  /** As it stands in the message, without the space around it. */
  text: string
  start: number
  words: Word[]
}

export interface Message {
  text: string
  sentences: Sentence[]
  words: Word[]
}

/** What can end a sentence: marks, a line break, or a picture where people leave the full stop out. */
const ENDS = /[.!?…]+["”»«“’)]*|\n+|\p{Extended_Pictographic}\p{Emoji_Modifier}?/gu
const WORDS = /[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu

/** How a language is written. */
export interface Spelling {
  /** What may stand before a full stop in the middle of a sentence, in small letters. */
  abbreviations: ReadonlySet<string>
  /** What people in a hurry write for what. */
  respelt: Readonly<Record<string, string>>
}

export function readMessage(text: string, spelling: Spelling): Message {
  const words = wordsIn(text, spelling)
  return { text, sentences: sentencesIn(text, words, spelling), words }
}

export const wordsIn = (text: string, { respelt }: Pick<Spelling, 'respelt'>): Word[] =>
  Array.from(text.matchAll(WORDS), ({ 0: word, index }) => {
    const lower = word.toLowerCase().replaceAll('’', "'")
    const spelt = Object.hasOwn(respelt, lower) ? respelt[lower] : undefined
    return { text: word, lower: spelt ?? lower, start: index, end: index + word.length }
  })

/** Its sentences, of the words that were found in it. */
export function sentencesIn(
  text: string,
  words: readonly Word[],
  { abbreviations }: Pick<Spelling, 'abbreviations'>,
): Sentence[] {
  const sentences: Sentence[] = []
  let next = 0
  let from = 0
  const cut = (to: number) => {
    const inside: Word[] = []
    for (let word = words[next]; word && word.start < to; word = words[++next]) inside.push(word)
    const piece = text.slice(from, to)
    if (inside.length > 0) {
      const start = from + (piece.length - piece.trimStart().length)
      sentences.push({ text: piece.trim(), start, words: inside })
    }
    from = to
  }
  let before = 0
  for (const { 0: mark, index } of text.matchAll(ENDS)) {
    for (let word = words[before]; word && word.end <= index; word = words[before]) before++
    const word = words[before - 1]
    const touching = word?.end === index ? word.lower : ''
    if (ends(mark, touching, text.slice(index + mark.length, index + mark.length + 3), abbreviations))
      cut(index + mark.length)
  }
  cut(text.length)
  return sentences
}

/** Whether a mark ends a sentence, from the word it touches and what follows: "den 12. tager vi" and "kl. 8" go on. */
function ends(mark: string, touching: string, after: string, abbreviations: ReadonlySet<string>): boolean {
  if (mark.startsWith('\n')) return true
  const follows = after.trimStart()
  if (/^\p{Extended_Pictographic}/u.test(mark)) return /^[\p{Lu}\n]/u.test(follows) || follows === ''
  if (after !== '' && !/^\s/.test(after)) return false
  if (mark !== '.') return true
  if (abbreviations.has(touching)) return false
  return !(/^\d+$/.test(touching) && /^\p{Ll}/u.test(follows))
}

const LONGEST_QUOTE = 160

/** The sentence as it stands; where it is long, the part of it around these words. */
export function quoteOf(sentence: Sentence, at = sentence.words[0]): string {
  if (sentence.text.length <= LONGEST_QUOTE) return sentence.text
  const middle = (at?.start ?? sentence.start) - sentence.start
  const from = Math.max(0, Math.min(middle - LONGEST_QUOTE / 4, sentence.text.length - LONGEST_QUOTE))
  // Cut where words begin and end.
  const first = sentence.words.find(({ start }) => start - sentence.start >= from)
  const last = sentence.words.findLast(({ end }) => end - sentence.start <= from + LONGEST_QUOTE)
  if (!first || !last || last.end <= first.start) return sentence.text.slice(0, LONGEST_QUOTE)
  return sentence.text.slice(first.start - sentence.start, last.end - sentence.start)
}
