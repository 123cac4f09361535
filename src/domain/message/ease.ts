/** How easy it is to read, and how long: most parents read on a telephone, and not all in their first language. */
import { lixOf } from '../readability.ts'
import type { Finding } from './finding.ts'
import type { Lexicon } from './lexicon.ts'
import { type Message, quoteOf, type Sentence } from './reading.ts'

/** Björnsson (1968) calls a text above 45 hard: official papers. */
const HARDEST_LIX = 45
/** LIX says little of a few words. */
const ENOUGH_WORDS = 20
/** More than can be read on a telephone's screen or two. */
const MOST_WORDS = 250
const LONGEST_SENTENCE = 40

/** The LIX of what the message says, without its greeting and signature; nought where it says nothing. */
export const messageLix = (message: Message, lexicon: Lexicon): number => {
  const body = bodyOf(message, lexicon)
  return lixOf(
    body.flatMap(({ words }) => words.map(({ text }) => text)),
    body.length,
  )
}

export function ease(message: Message, lexicon: Lexicon): Finding[] {
  const count = message.words.length
  const lix = messageLix(message, lexicon)
  const [hardest] = bodyOf(message, lexicon).toSorted((a, b) => b.words.length - a.words.length)
  const [first] = message.sentences
  const hard = count >= ENOUGH_WORDS && (lix > HARDEST_LIX || (hardest?.words.length ?? 0) > LONGEST_SENTENCE)
  return [
    ...(count > MOST_WORDS && first
      ? [{ code: 'too-long' as const, kind: 'too-long', quote: quoteOf(first), values: { words: count } }]
      : []),
    ...(hard && hardest
      ? [{ code: 'hard-to-read' as const, kind: 'hard-to-read', quote: quoteOf(hardest), values: { lix } }]
      : []),
  ]
}

function bodyOf({ sentences }: Message, { greeting, signOff }: Lexicon): Sentence[] {
  const short = (sentence: Sentence) => sentence.words.length <= 5
  const framing = (sentence: Sentence) =>
    short(sentence) && (greeting.all(sentence)[0]?.from === 0 || signOff.all(sentence)[0]?.from === 0)
  return sentences.filter((sentence) => !framing(sentence))
}
