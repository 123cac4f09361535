/** A message without a kind word: there, what else would be told is heard as a complaint (guidance §1.1, the writing tips). */
import type { Lexicon } from './lexicon.ts'
import type { Finder, Hit } from './phrases.ts'
import type { Message, Sentence } from './reading.ts'

/** Neither thanks nor praise, no question, no offer of a talk; not to many homes at once. */
export function isCold(message: Message, lexicon: Lexicon): boolean {
  return isUnkind(message, lexicon) && !message.sentences.some(({ text }) => text.endsWith('?'))
}

/** The same of one that may ask something. */
export function isUnkind({ sentences }: Message, lexicon: Lexicon): boolean {
  const { kind, kindEnd, praise, talk, endedWell } = lexicon
  const friendly = [kind, praise].some((list) => sentences.some((sentence) => saysIndeed(sentence, list, lexicon)))
  return !friendly && ![kindEnd, talk, endedWell].some((list) => list.has(sentences)) && !isToMany(sentences, lexicon)
}

const WITHIN = 3

/** A phrase that no "not" takes back. */
export function saysIndeed(sentence: Sentence, list: Finder, { negation }: Lexicon): boolean {
  const negations = negation.all(sentence)
  return list.all(sentence).some(({ from }) => !negations.some(({ to }) => to <= from && from - to < WITHIN))
}

const GREETED = 5

/** The greeting is to many homes at once: to all, or to a class. */
export function isToMany([first]: readonly Sentence[], { group }: Lexicon): boolean {
  if (!first) return false
  return group.has([first]) || first.words.slice(0, GREETED).some(({ text }) => /^\d{1,2}\p{L}$/u.test(text))
}

/** What somebody does not do. */
export const isUndone = (sentence: Sentence, { undone }: Lexicon): boolean => undone.has([sentence])

/** The home is spoken to in the same message as something that is not, or is criticised. */
export function coldReproach(message: Message, lexicon: Lexicon): Hit | undefined {
  const { sentences } = message
  const { undone, absolute, criticism, addressed, sanction, sensitive, hurt, answersAnger, theirMail } = lexicon
  // Those are told by their own rules.
  if (
    !isCold(message, lexicon) ||
    [sanction, sensitive, hurt, answersAnger, theirMail].some((list) => list.has(sentences))
  )
    return undefined
  const spokenTo = sentences.filter((sentence) => addressed.has([sentence]))
  const criticised = spokenTo.filter((sentence) => !absolute.has([sentence]))
  return undone.has(sentences) || criticism.has(criticised) ? addressed.first(spokenTo) : undefined
}

/** What is not, where nothing in the whole message says when or where. */
export function coldComplaint(message: Message, lexicon: Lexicon): Hit | undefined {
  const { sentences, words } = message
  if (
    !isCold(message, lexicon) ||
    [lexicon.anchors, lexicon.theirMail, lexicon.answersAnger].some((list) => list.has(sentences))
  )
    return undefined
  return words.some(({ text }) => /\d/.test(text)) ? undefined : lexicon.undone.first(sentences)
}
