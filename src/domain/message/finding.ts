import type { Hit } from './phrases.ts'
import { quoteOf } from './reading.ts'

/** What can be found in a message, the most important first: at most five are told. */
export const FINDING_CODES = [
  'angry',
  'cpr',
  'better-by-phone',
  'diagnosis',
  'sanction',
  'blame',
  'general',
  'no-warm-opening',
  'no-warm-close',
  'shouting',
  'too-long',
  'hard-to-read',
] as const
export type FindingCode = (typeof FINDING_CODES)[number]

export interface Finding {
  code: FindingCode
  /** Which words go with it, where one code has several. */
  kind: string
  /** The passage, as it stands in the message; only the last digits of a CPR number are covered. */
  quote: string
  values?: Record<string, string | number>
}

export type Verdict = 'send' | 'revise' | 'call' | 'wait'

export const found = (
  code: FindingCode,
  kind: string,
  { sentence, word }: Hit,
  values?: Finding['values'],
): Finding => ({
  code,
  kind,
  quote: quoteOf(sentence, word),
  ...(values && { values }),
})
