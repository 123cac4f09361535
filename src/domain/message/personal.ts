/** What must not be written to a home at all: a personal number; or not by a teacher: a diagnosis (guidance §4). */
import { cprIn } from '../wording.ts'
import { type Finding, found } from './finding.ts'
import type { Lexicon } from './lexicon.ts'
import type { Message } from './reading.ts'

export function personal({ text, sentences }: Message, lexicon: Lexicon): Finding[] {
  const cpr = cprIn(text)
  const diagnosis = lexicon.diagnosis.first(sentences)
  return [
    ...(cpr ? [{ code: 'cpr' as const, kind: 'cpr', quote: `${cpr.slice(0, -4)}••••` }] : []),
    ...(diagnosis ? [found('diagnosis', 'diagnosis', diagnosis)] : []),
  ]
}
