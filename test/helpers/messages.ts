/** The labelled messages, and how well the writing coach does on them. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import * as z from 'zod'
import { checkMessage } from '../../src/domain/message/check.ts'
import { FINDING_CODES } from '../../src/domain/message/finding.ts'
import { LANGUAGES, type Understood } from '../../src/domain/team.ts'

const labelled = z.strictObject({
  id: z.string(),
  verdict: z.enum(['send', 'revise', 'call', 'wait']),
  codes: z.array(z.enum(FINDING_CODES)).max(5),
  /** The round for which it was written, after the rules were settled; without one, it was written to mend them with. */
  held: z.enum(['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth']).optional(),
  text: z.string(),
})
export type Labelled = z.output<typeof labelled> & { language: Understood }

/** The round that nothing has been mended with; all earlier ones have been seen since they were measured. */
export const UNSEEN: Labelled['held'] = 'ninth'

export const labelledMessages = (): Labelled[] =>
  LANGUAGES.flatMap((language) =>
    z
      .array(labelled)
      .parse(parse(readFileSync(new URL(`../fixtures/messages/${language}.yaml`, import.meta.url), 'utf8')))
      .map((message) => ({ ...message, language })),
  )

export interface Score {
  code: string
  right: number
  invented: number
  missed: number
  precision: number
  recall: number
}

export interface Measured {
  messages: number
  verdictsRight: number
  /** Messages of which nothing should be said, and of which nothing was. */
  fine: number
  leftAlone: number
  codes: Score[]
  all: Score
  differences: { id: string; expected: string; got: string }[]
}

const told = (verdict: string, codes: readonly string[]) => `${verdict}: ${[...codes].sort().join(', ') || '-'}`

/** Compares what the coach says with what the reader said. */
export function measure(messages: readonly Labelled[]): Measured {
  const results = messages.map((message) => {
    const { verdict, findings } = checkMessage(message.text, message.language)
    return { message, verdict, codes: findings.map(({ code }) => code) }
  })
  const codes = FINDING_CODES.map((code) => {
    const count = (test: (expected: boolean, got: boolean) => boolean) =>
      results.filter((result) => test(result.message.codes.includes(code), result.codes.includes(code))).length
    return scored(
      code,
      count((expected, got) => expected && got),
      count((expected, got) => !expected && got),
      count((expected, got) => expected && !got),
    )
  })
  const sum = (pick: (score: Score) => number) => codes.reduce((total, score) => total + pick(score), 0)
  const fine = results.filter(({ message }) => message.verdict === 'send')
  return {
    messages: messages.length,
    verdictsRight: results.filter(({ message, verdict }) => message.verdict === verdict).length,
    fine: fine.length,
    leftAlone: fine.filter(({ codes: said }) => said.length === 0).length,
    codes,
    all: scored(
      'all',
      sum(({ right }) => right),
      sum(({ invented }) => invented),
      sum(({ missed }) => missed),
    ),
    differences: results.flatMap(({ message, verdict, codes: said }) => {
      const [expected, got] = [told(message.verdict, message.codes), told(verdict, said)]
      return expected === got ? [] : [{ id: `${message.language} ${message.id}`, expected, got }]
    }),
  }
}

/** Where nothing was said or expected, nothing was wrong. */
const scored = (code: string, right: number, invented: number, missed: number): Score => ({
  code,
  right,
  invented,
  missed,
  precision: right + invented === 0 ? 1 : right / (right + invented),
  recall: right + missed === 0 ? 1 : right / (right + missed),
})
