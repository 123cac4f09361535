/** The writing coach: what could be kinder, clearer or better said on the telephone. Explainable rules; the teacher decides. */
import type { Understood } from '../team.ts'
import { general } from './concrete.ts'
import { ease, messageLix } from './ease.ts'
import { ends } from './ends.ts'
import { FINDING_CODES, type Finding, type Verdict } from './finding.ts'
import { LEXICONS } from './lexicon.ts'
import { personal } from './personal.ts'
import { betterByPhone } from './phone.ts'
import { readMessage } from './reading.ts'
import { blame, sanction } from './reproach.ts'
import { angry, shouting } from './tone.ts'

export interface CheckedMessage {
  verdict: Verdict
  /** Of the whole message; see `readability.ts`. */
  lix: number
  /** The most important first. */
  findings: Finding[]
}

/** More than this nobody can take in, let alone mend. */
const MOST_FINDINGS = 5

/** Reads a message to parents, in the language it is written in. Takes time in proportion to its length. */
export function checkMessage(text: string, language: Understood): CheckedMessage {
  const lexicon = LEXICONS[language]
  const message = readMessage(text, lexicon)
  const lix = messageLix(message, lexicon)
  const upset = angry(message, lexicon)
  const kept = personal(message, lexicon)
  // A parent's mail is not the teacher's to mend.
  if (upset[0]?.kind === 'theirs') return { verdict: 'wait', lix, findings: inOrder([...upset, ...kept]) }
  const reproached = [...upset, ...kept, ...sanction(message, lexicon), ...blame(message, lexicon, upset.length > 0)]
  const said = [...reproached, ...general(message, lexicon, reproached)]
  const phone = upset.length > 0 ? [] : betterByPhone(message, lexicon, said)
  const findings = inOrder([
    ...said,
    ...phone,
    ...ends(message, lexicon, [...said, ...phone]),
    ...shouting(message, lexicon),
    ...ease(message, lexicon),
  ])
  return { verdict: verdictOn(findings), lix, findings }
}

const inOrder = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => FINDING_CODES.indexOf(a.code) - FINDING_CODES.indexOf(b.code)).slice(0, MOST_FINDINGS)

const verdictOn = ([first, ...rest]: readonly Finding[]): Verdict => {
  if (!first) return 'send'
  if (first.code === 'angry') return 'wait'
  return [first, ...rest].some(({ code }) => code === 'better-by-phone') ? 'call' : 'revise'
}
