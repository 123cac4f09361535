/** A kind beginning and a kind end, where a message may be taken as criticism (guidance §1.1, the writing tips). */
import { isCold, isToMany, isUndone, isUnkind, saysIndeed } from './cold.ts'
import type { Finding, FindingCode } from './finding.ts'
import type { Lexicon } from './lexicon.ts'
import { type Message, quoteOf, type Sentence } from './reading.ts'

/** Found in a message, it is criticism whoever reads it. */
const SERIOUS: ReadonlySet<FindingCode> = new Set(['angry', 'sanction', 'blame', 'general'])

/** `others`: what the other rules have found. */
export function ends(message: Message, lexicon: Lexicon, others: readonly Finding[]): Finding[] {
  const { sentences } = message
  const serious = others.filter(({ code }) => SERIOUS.has(code))
  const hard = sentences.map(
    (sentence) => serious.some(({ quote }) => sentence.text.includes(quote)) || isHard(sentence, lexicon),
  )
  if (serious.length === 0) {
    // Told plainly to many homes, with a question, a kind line or a talk to come, it is only information.
    const soft = sentences.some((sentence) => sentence.text.endsWith('?') || isKindEnd(sentence, lexicon))
    const told = lexicon.talk.has(sentences) || lexicon.praise.has(sentences) || isToMany(sentences, lexicon)
    const grave = others.some(({ code }) => code === 'better-by-phone')
    const cold = grave ? isUnkind(message, lexicon) : isCold(message, lexicon)
    const undone = sentences.some((sentence) => isUndone(sentence, lexicon))
    if (!(cold && (undone || grave)) && (soft || told || !isCritical(sentences, lexicon, grave ? 1 : SEVERAL)))
      return []
  }
  const first = hard.indexOf(true)
  const last = hard.lastIndexOf(true)
  const opening = first < 0 ? sentences : sentences.slice(0, Math.max(first, isGreeting(sentences[0], lexicon) ? 2 : 1))
  const closing = last < 0 ? sentences : sentences.slice(last + 1)
  const begins = opening.some((sentence) => isKind(sentence, lexicon))
  const closes = closing.some((sentence) => isKindEnd(sentence, lexicon))
  return [
    ...(begins ? [] : [at('no-warm-opening', sentences[isGreeting(sentences[0], lexicon) ? 1 : 0] ?? sentences[0])]),
    ...(closes ? [] : [at('no-warm-close', lastLine(sentences, lexicon))]),
  ]
}

const SEVERAL = 2

/** One sentence alone may be chance. */
const isCritical = (sentences: readonly Sentence[], { criticism }: Lexicon, least: number): boolean =>
  sentences.filter((sentence) => criticism.has([sentence])).length >= least

const isKind = (sentence: Sentence, lexicon: Lexicon): boolean =>
  [lexicon.kind, lexicon.praise].some((list) => saysIndeed(sentence, list, lexicon))

const isKindEnd = (sentence: Sentence, lexicon: Lexicon): boolean =>
  isKind(sentence, lexicon) || lexicon.kindEnd.has([sentence])

const isHard = (sentence: Sentence, lexicon: Lexicon): boolean =>
  [lexicon.blame.fault, lexicon.blame.must, lexicon.blame.notDone, lexicon.sanction, lexicon.criticism].some((list) =>
    list.has([sentence]),
  )

const LONGEST_GREETING = 4

const isGreeting = (sentence: Sentence | undefined, { greeting }: Lexicon): boolean =>
  sentence !== undefined && sentence.words.length <= LONGEST_GREETING && greeting.all(sentence)[0]?.from === 0

/** The last sentence that says something: a name and "regards" do not. */
function lastLine(sentences: readonly Sentence[], { signOff }: Lexicon): Sentence | undefined {
  const said = sentences.findLast(
    (sentence) => sentence.words.length > 4 && !signOff.all(sentence).some(({ from }) => from === 0),
  )
  return said ?? sentences.at(-1)
}

const at = (code: FindingCode, sentence: Sentence | undefined): Finding => ({
  code,
  kind: code,
  quote: sentence ? quoteOf(sentence) : '',
})
