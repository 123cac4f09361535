/** Concrete, not general: nobody can answer to "always", or to a complaint without a day (guidance §1.1, the writing tips). */
import { type Finding, found } from './finding.ts'
import type { Lexicon } from './lexicon.ts'
import type { Hit } from './phrases.ts'
import type { Message, Sentence } from './reading.ts'

/** `others`: what the other rules have found. */
export function general({ sentences }: Message, lexicon: Lexicon, others: readonly Finding[]): Finding[] {
  const absolute = sentences.flatMap((sentence) => lexicon.absolute.all(sentence)).find((hit) => isClaim(hit, lexicon))
  if (absolute) return [found('general', 'absolute', absolute, { word: wordsOf(absolute) })]
  // What is talked about need not be told in writing as well, and whoever is upset has other things to mend.
  const { talk, sensitive, hurt, endedWell, criticism } = lexicon
  if (others.some(({ code }) => code === 'angry')) return []
  if ([talk, sensitive, hurt, endedWell].some((list) => list.has(sentences))) return []
  const told = (sentence: Sentence) => others.some(({ quote }) => sentence.text.includes(quote))
  const critical = sentences.flatMap((sentence, at) => (criticism.has([sentence]) && !told(sentence) ? [at] : []))
  if (critical.some((at) => isPlaced(sentences, at, lexicon))) return []
  const hit = criticism.first(critical.map((at) => sentences[at] as Sentence))
  return hit ? [found('general', 'vague', hit)] : []
}

/** What was found, as it stands in the message. */
const wordsOf = ({ sentence, word, to }: Hit): string =>
  sentence.text.slice(word.start - sentence.start, (sentence.words[to - 1]?.end ?? word.end) - sentence.start)

/** So many words lie between "we" and "always" where we are the ones who do it. */
const OWN = 4

/** About what somebody does or leaves undone; neither praise nor what we always do ourselves. */
function isClaim({ sentence, from, to }: Hit, lexicon: Lexicon): boolean {
  const but = lexicon.but.all(sentence).some((turn) => turn.from < from)
  if (lexicon.praise.has([sentence]) && !lexicon.criticism.has([sentence]) && !but) return false
  return !lexicon.we.all(sentence).some((own) => own.from >= from - OWN && own.from <= to)
}

const NEAR = 2

/** Whether a day, a number, a lesson or a place stands in the sentence or near it. */
function isPlaced(sentences: readonly Sentence[], at: number, { anchors }: Lexicon): boolean {
  const near = sentences.slice(Math.max(0, at - NEAR), at + NEAR + 1)
  return anchors.has(near) || near.some(({ words }) => words.some(({ text }) => /\d/.test(text)))
}
