/** Reproaches, orders and threats: assume a good reason instead (guidance §1.1, the attitudes; §4.9). */
import { type Finding, found } from './finding.ts'
import type { Lexicon } from './lexicon.ts'
import type { Message } from './reading.ts'

/** The first reproach, whichever kind it is. */
export function blame({ sentences }: Message, { blame, group, criticism, hurt }: Lexicon): Finding[] {
  const critical = [criticism, hurt].some((list) => list.has(sentences))
  // What all homes have to bring or sign is no reproach to any of them.
  const notice = group.has(sentences.slice(0, 1)) && !critical
  for (const sentence of sentences) {
    const [must] = notice ? [] : [...blame.must.all(sentence), ...(critical ? blame.order.all(sentence) : [])]
    if (must) return [found('blame', 'must', must)]
    const [notDone] = blame.notDone.all(sentence)
    if (notDone) return [found('blame', 'notDone', notDone)]
    const [fault] = blame.fault.all(sentence)
    if (fault) return [found('blame', 'fault', fault)]
  }
  return []
}

export function sanction({ sentences }: Message, lexicon: Lexicon): Finding[] {
  const hit = lexicon.sanction.first(sentences)
  return hit ? [found('sanction', 'sanction', hit)] : []
}
