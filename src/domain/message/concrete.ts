/** Concrete, not general: nobody can answer to "always", or to a complaint without a day (guidance §1.1, the writing tips). */
import { coldComplaint, isToMany } from './cold.ts'
import { type Finding, found } from './finding.ts'
import type { Lexicon } from './lexicon.ts'
import type { Hit } from './phrases.ts'
import type { Message, Sentence } from './reading.ts'

/** `others`: what the other rules have found. */
export function general(message: Message, lexicon: Lexicon, others: readonly Finding[]): Finding[] {
  const { sentences } = message
  const upset = others.some(({ code }) => code === 'angry')
  // What somebody upset says of themselves is no claim about a child, nor is news to many homes.
  const plain = isToMany(sentences, lexicon) && !lexicon.criticism.has(sentences)
  const claims = plain ? [] : sentences.filter((sentence) => !(upset && lexicon.ourselves.has([sentence])))
  const absolute = claims.flatMap((sentence) => lexicon.absolute.all(sentence)).find((hit) => isClaim(hit, lexicon))
  if (absolute) return [found('general', 'absolute', absolute, { word: wordsOf(absolute) })]
  // What is talked about need not be told in writing as well, and whoever is upset has other things to mend.
  const { talk, sensitive, hurt, endedWell, criticism } = lexicon
  if (upset) return []
  if ([talk, sensitive, hurt, endedWell].some((list) => list.has(sentences))) return []
  const told = (sentence: Sentence) => others.some(({ quote }) => sentence.text.includes(quote))
  const critical = sentences.flatMap((sentence, at) => (criticism.has([sentence]) && !told(sentence) ? [at] : []))
  if (critical.some((at) => isPlaced(sentences, at, lexicon))) return []
  const hit =
    criticism.first(critical.map((at) => sentences[at] as Sentence)) ??
    (others.length === 0 ? coldComplaint(message, lexicon) : undefined)
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

/** Whether a day, a number, a lesson or a place stands in the sentence or near it; that of "thank you for yesterday" is another one. */
function isPlaced(sentences: readonly Sentence[], at: number, { anchors, kind }: Lexicon): boolean {
  const from = Math.max(0, at - NEAR)
  const near = sentences.slice(from, at + NEAR + 1).filter((one, index) => from + index >= at || !kind.has([one]))
  return anchors.has(near) || near.some(({ words }) => words.some(({ text }) => /\d/.test(text)))
}
