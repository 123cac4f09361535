/** Concrete, not general: nobody can answer to "always", or to a complaint without a day (guidance §1.1, the writing tips). */
import { type Finding, found } from './finding.ts'
import type { Lexicon } from './lexicon.ts'
import type { Hit } from './phrases.ts'
import type { Message, Sentence } from './reading.ts'

export function general({ sentences }: Message, lexicon: Lexicon): Finding[] {
  const absolute = sentences.flatMap((sentence) => lexicon.absolute.all(sentence)).find((hit) => isClaim(hit, lexicon))
  if (absolute) return [found('general', 'absolute', absolute, { word: wordsOf(absolute) })]
  // What is talked about need not be told in writing as well.
  if ([lexicon.talk, lexicon.sensitive, lexicon.hurt].some((list) => list.has(sentences))) return []
  const critical = sentences.filter((sentence) => lexicon.criticism.has([sentence]))
  const placed = sentences.some((sentence, at) => critical.includes(sentence) && isPlaced(sentences, at, lexicon))
  const hit = placed ? undefined : lexicon.criticism.first(critical)
  return hit ? [found('general', 'vague', hit)] : []
}

/** What was found, as it stands in the message. */
const wordsOf = ({ sentence, word, to }: Hit): string =>
  sentence.text.slice(word.start - sentence.start, (sentence.words[to - 1]?.end ?? word.end) - sentence.start)

/** About what somebody does or leaves undone; neither praise nor what we always do ourselves. */
function isClaim({ sentence, from, to }: Hit, lexicon: Lexicon): boolean {
  const but = lexicon.but.all(sentence).some((turn) => turn.from < from)
  if (lexicon.praise.has([sentence]) && !lexicon.criticism.has([sentence]) && !but) return false
  return !lexicon.ourselves.all(sentence).some((own) => own.from >= from - 2 && own.from <= to)
}

const NEAR = 2

/** Whether a day, a number, a lesson or a place stands in the sentence or near it. */
function isPlaced(sentences: readonly Sentence[], at: number, { anchors }: Lexicon): boolean {
  const near = sentences.slice(Math.max(0, at - NEAR), at + NEAR + 1)
  return anchors.has(near) || near.some(({ words }) => words.some(({ text }) => /\d/.test(text)))
}
