/** Reproaches, orders and threats: assume a good reason instead (guidance §1.1, the attitudes; §4.9). */
import { coldReproach, isToMany } from './cold.ts'
import { type Finding, found } from './finding.ts'
import type { Lexicon } from './lexicon.ts'
import type { Message } from './reading.ts'
import { shouting } from './tone.ts'

/** The first reproach, whichever kind it is; `upset`: the writer has more to mend than a "not". */
export function blame(message: Message, lexicon: Lexicon, upset: boolean): Finding[] {
  const { sentences } = message
  const { blame, criticism, hurt } = lexicon
  const critical = [criticism, hurt].some((list) => list.has(sentences))
  // What all homes have to bring or sign is no reproach to any of them, unless it is shouted.
  const notice = isToMany(sentences, lexicon) && !critical && shouting(message, lexicon).length === 0
  for (const sentence of sentences) {
    const [must] = notice ? [] : [...blame.must.all(sentence), ...(critical ? blame.order.all(sentence) : [])]
    if (must) return [found('blame', 'must', must)]
    const [notDone] = blame.notDone.all(sentence)
    if (notDone) return [found('blame', 'notDone', notDone)]
    const [fault] = blame.fault.all(sentence)
    if (fault) return [found('blame', 'fault', fault)]
  }
  const cold = upset ? undefined : coldReproach(message, lexicon)
  return cold ? [found('blame', 'notDone', cold)] : []
}

export function sanction({ sentences }: Message, lexicon: Lexicon): Finding[] {
  const hit = lexicon.sanction.first(sentences)
  return hit ? [found('sanction', 'sanction', hit)] : []
}
