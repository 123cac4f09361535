/** Reproaches, orders and threats: assume a good reason instead (guidance §1.1, the attitudes; §4.9). */
import { type Finding, found } from './finding.ts'
import type { Lexicon } from './lexicon.ts'
import type { Message } from './reading.ts'

/** The first reproach, whichever kind it is. */
export function blame({ sentences }: Message, { blame, group, criticism }: Lexicon): Finding[] {
  // What all homes have to bring or sign is no reproach to any of them.
  const notice = group.has(sentences.slice(0, 1)) && !criticism.has(sentences)
  for (const sentence of sentences)
    for (const kind of ['fault', 'notDone', ...(notice ? [] : (['must'] as const))] as const) {
      const [hit] = blame[kind].all(sentence)
      if (hit) return [found('blame', kind, hit)]
    }
  return []
}

export function sanction({ sentences }: Message, lexicon: Lexicon): Finding[] {
  const hit = lexicon.sanction.first(sentences)
  return hit ? [found('sanction', 'sanction', hit)] : []
}
