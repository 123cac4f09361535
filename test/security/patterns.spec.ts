import { strict as assert } from 'node:assert'
import { globSync, readFileSync } from 'node:fs'
import { parseSync } from '@swc/core'
import { parseCaseCode } from '../../src/domain/case-code.ts'

/** A pattern in the code, and where. */
interface Pattern {
  file: string
  pattern: string
  flags: string
}

/** Every pattern in the code, also those that see nothing from outside today: tomorrow they may. */
function patternsIn(file: string): { literal: Pattern[]; built: string[] } {
  const literal: Pattern[] = []
  const built: string[] = []
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    if ('type' in node && node.type === 'RegExpLiteral')
      literal.push({ file, ...(node as unknown as Omit<Pattern, 'file'>) })
    const callee = 'callee' in node ? (node.callee as { value?: unknown }) : undefined
    if (callee?.value === 'RegExp') built.push(file)
    for (const inner of Object.values(node)) walk(inner)
  }
  walk(parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript' }))
  return { literal, built }
}
const SOURCES = globSync('src/**/*.ts').sort().map(patternsIn)
const PATTERNS = SOURCES.flatMap(({ literal }) => literal)

/** What a pattern may stumble over when it comes again and again; to these, the pattern's own words are added. */
const PIECES = [
  ' ',
  '\n',
  '\t',
  'a',
  'A',
  'Aa',
  'ß',
  'æ',
  '1',
  '12 ',
  '.',
  '!',
  '?',
  ',',
  ':',
  '<',
  '>',
  '&',
  '@',
  '/',
  '\\',
]
  .concat([
    '`',
    '*',
    '_',
    '[',
    '(',
    '"',
    '|',
    '-',
    '+',
    '#',
    '$',
    '{',
    '~',
    '\u00a0',
    '\ufeff',
    '\u2028',
    '\u0301',
    '😀',
  ])
  .concat([
    'a.',
    'a ',
    ' a',
    '! ',
    ' !',
    '?!',
    '1.',
    '1-',
    '.1',
    'a@',
    '<a',
    '</',
    '&#',
    '&a',
    '<@',
    '<@a',
    '\r\n',
    ' \n',
  ])
/** Long enough for a pattern that takes the square of it to need hundreds of times as long as one that does not. */
const LENGTH = 8000
/** Tried first: a pattern that takes twice as long for each letter would never be done with the long one. */
const SHORT = 25
const FRAMES = [SHORT, LENGTH].flatMap((length) =>
  ['', 'a', '/', '<', '<@U|'].flatMap((head) => ['', '\0x'].map((tail) => [head, tail, length] as const)),
)
/** Milliseconds of the processor: the slowest of ours needs a tenth of it. */
const QUICK = 30

const ownWords = (pattern: string): string[] =>
  (pattern.replaceAll(/\\[\w]/g, ' ').match(/[\p{L}\d<>@&#/;:.=' -]{2,}/gu) ?? []).flatMap((word) => [word, `<${word}`])

/** The quickest of four, by the processor's own time, so that nothing else on the machine is counted. */
function milliseconds(act: () => void): number {
  const once = () => {
    const before = process.cpuUsage()
    act()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  const first = once()
  return first < QUICK ? first : Math.min(first, once(), once(), once())
}

/** The text that holds a pattern up, if there is one. */
function stumblesOver({ pattern, flags }: Pick<Pattern, 'pattern' | 'flags'>): string | undefined {
  const regex = new RegExp(pattern, flags)
  for (const piece of new Set([...PIECES, ...ownWords(pattern)]))
    for (const [head, tail, length] of FRAMES) {
      const text = head + piece.repeat(Math.ceil(length / piece.length)) + tail
      const took = milliseconds(() => void text.replace(regex, ''))
      if (took >= QUICK)
        return `${Math.round(took)} ms for ${JSON.stringify(head + piece)}… and ${JSON.stringify(tail)}`
    }
  return undefined
}

describe('every pattern in the code', () => {
  it('is found by this test', () => {
    assert.ok(PATTERNS.length > 80, `${PATTERNS.length}`)
    for (const file of ['src/channels/teams/incoming.ts', 'src/domain/wording.ts', 'src/app/card-filling.ts'])
      assert.ok(
        PATTERNS.some((one) => one.file === file),
        file,
      )
  })

  it('that can be held up would be found out', function () {
    this.timeout(30_000)
    for (const pattern of ['[.!?]+$', ' *\\n *', '(a+)+$']) assert.ok(stumblesOver({ pattern, flags: 'gm' }), pattern)
  })

  it('stands there as such: one that is put together from parts could not be tried here', () => {
    // From letters of our own; tried below.
    assert.deepEqual(
      SOURCES.flatMap(({ built }) => built),
      ['src/domain/case-code.ts'],
    )
    for (const piece of ['F', 'F-', '-', ' ', '2', 'f-7k3q'])
      assert.ok(milliseconds(() => parseCaseCode(piece.repeat(LENGTH))) < QUICK, piece)
  })

  it('takes a hostile text in a time that grows with its length only', function () {
    this.timeout(60_000)
    const slow = PATTERNS.flatMap((one) => {
      const found = stumblesOver(one)
      return found ? [`${one.file}: /${one.pattern}/${one.flags}: ${found}`] : []
    })
    assert.deepEqual(slow, [])
  })
})
