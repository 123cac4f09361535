/** Consider ringing: what is sensitive, critical or an answer to anger sounds harsher in writing (guidance §1.1, the writing tips). */
import { isUnkind } from './cold.ts'
import { type Finding, type FindingCode, found } from './finding.ts'
import type { Lexicon } from './lexicon.ts'
import type { Hit } from './phrases.ts'
import type { Message } from './reading.ts'

/** A short message that only asks for a talk is just right; one that tells it all beforehand is not. */
const LONGEST_INVITATION = 120
const LONG = 120

/** `others`: what the other rules have found. */
export function betterByPhone(message: Message, lexicon: Lexicon, others: readonly Finding[]): Finding[] {
  const { sentences, words } = message
  const codes = new Set<FindingCode>(others.map(({ code }) => code))
  if (lexicon.talk.has(sentences) && words.length <= LONGEST_INVITATION && !codes.has('sanction')) return []
  const answer = lexicon.answersAnger.first(sentences) ?? coldAnswer(message, lexicon)
  if (answer) return [found('better-by-phone', 'reply', answer)]
  const sensitive =
    lexicon.sensitive.first(sentences) ?? lexicon.diagnosis.first(sentences) ?? unhappy(message, lexicon)
  if (sensitive) return [found('better-by-phone', 'sensitive', sensitive)]
  const reproaches = (['sanction', 'blame', 'general'] as const).filter((code) => codes.has(code))
  const critical = (codes.has('sanction') && reproaches.length > 1) || reproaches.length > 2
  const long = reproaches.length > 0 && words.length > LONG
  const worst = others.find(({ code }) => code === reproaches[0])
  if ((critical || long) && worst) return [{ code: 'better-by-phone', kind: 'critical', quote: worst.quote }]
  return []
}

/** Something is denied, and nothing kind said, in answer to what they wrote. */
const coldAnswer = (message: Message, lexicon: Lexicon): Hit | undefined =>
  isUnkind(message, lexicon) && lexicon.negation.has(message.sentences)
    ? lexicon.theirMail.first(message.sentences)
    : undefined

const SEVERAL_SIGNS = 2

/** A child that was hurt, or several different signs that one is unhappy, where nothing after them says that it ended well, or that somebody did well. */
function unhappy({ sentences }: Message, { hurt, distress, endedWell, praise }: Lexicon): Hit | undefined {
  const first = sentences.findIndex((sentence) => hurt.has([sentence]) || distress.has([sentence]))
  const since = first < 0 ? [] : sentences.slice(first)
  if (endedWell.has(since) || praise.has(since)) return undefined
  const signs = since.flatMap((sentence) => distress.all(sentence))
  const different = new Set(signs.map(({ word }) => word.lower))
  return hurt.first(since) ?? (different.size >= SEVERAL_SIGNS ? signs[0] : undefined)
}
