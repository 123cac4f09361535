import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { agreementHints, hasCpr } from '../../src/domain/wording.ts'

const hints = (what: string, names: readonly string[] = ['Anne-Marie Holm', 'Bo Lund']) =>
  agreementHints(what, names).map(({ code, values }) => (values ? `${code} ${Object.values(values).join()}` : code))

describe('the wording of an agreement', () => {
  for (const [what, expected] of [
    ['Du møder i skolegården kl. 8.00', []],
    ['Mor sender en besked hver fredag', []],
    ['Call home every Monday at 9', []],
    ['Ring hjem', []],
    ['Prøve at komme til tiden', ['vague Prøve at']],
    ['Du skal gøre dit bedste', ['vague gøre dit bedste']],
    ['Behave in class', ['vague Behave']],
    ['Misbehaved', []],
    ['Du læser en bog', ['not-measurable']],
    ['Du går ikke hjem før kl. 14', ['negative']],
    ["Don't stay up after 10", ['negative']],
    ['I aften ringer Sofie til dig kl. 19', ['name Sofie']],
    ['I aften ringer Anne-Marie til dig kl. 19', []],
    ['I aften ringer Bo til dig kl. 19', []],
    ['Sofie ringer kl. 19. Bagefter spiser vi.', []],
    ['Efter bogen: Ring til far kl. 19', []],
    ['Du og Sofie skal prøve at snakke sammen', ['vague prøve at', 'name Sofie']],
  ] as const)
    it(`‘${what}’ gets ${expected.length === 0 ? 'no hint' : expected.join(' and ')}`, () =>
      assert.deepEqual(hints(what), expected))

  it('is hard to read when it is long as well, and the hint tells its LIX', () => {
    const hard = 'Forældremyndighedsindehaverne kontakter socialforvaltningen vedrørende fraværet inden mandag'
    assert.deepEqual(hints(hard), [])
    assert.deepEqual(hints(`${hard} morgen og orienterer derefter skolens ledelse skriftligt`), ['hard-to-read 85'])
  })
})

/** All that a number can be parted with, as people and word processors do it. */
const within = fc.constantFrom(
  ['', ''],
  [' ', ' '],
  ['.', '.'],
  ['/', ' '],
  ['-', '-'],
  ['/', '-'],
  ['\u00a0', '\u00a0'],
)
const before = fc.constantFrom('', '-', ' ', ' - ', '–', ' — ', '\u2011', '\u2212', '.', '/', '\u00a0')
const around = fc.constantFrom(
  ['', ''],
  ['cpr ', '.'],
  ['(', ')'],
  ['født', 'dreng'],
  ['kl. 12 ', ' i 7'],
  ['99 99 ', ''],
)
const digits = (value: number, count = 2) => String(value).padStart(count, '0')

const aCpr = fc
  .record({
    day: fc.integer({ min: 1, max: 31 }),
    added: fc.constantFrom(0, 40, 60),
    month: fc.integer({ min: 1, max: 12 }),
    year: fc.nat({ max: 99 }),
    serial: fc.nat({ max: 9999 }),
    within,
    before,
    around,
  })
  .map(({ day, added, month, year, serial, within: [first, second], before, around: [left, right] }) => {
    const birth = `${digits(day + added)}${first}${digits(month)}${second}${digits(year)}`
    return `${left}${birth}${before}${digits(serial, 4)}${right}`
  })

describe('a CPR number', () => {
  it('is found in any writing, with anything around it', () =>
    fc.assert(
      fc.property(aCpr, (text) => assert.ok(hasCpr(text))),
      { numRuns: 500 },
    ))

  it('is not a number with a day or a month there is not', () => {
    for (const day of ['00', '32', '40', '92', '99']) assert.ok(!hasCpr(`${day}0190-1234`), day)
    for (const month of ['00', '13', '99']) assert.ok(!hasCpr(`01${month}90-1234`), month)
  })

  it('is not a Danish phone number, nor two of them', () => {
    const phone = fc.integer({ min: 20_000_000, max: 99_999_999 }).map(String)
    const code = fc.constantFrom('', '+45', '+45 ', '0045 ', 'tlf. ')
    const writing = fc.constantFrom('$1$2$3$4', '$1 $2 $3 $4', '$1$2 $3$4')
    const between = fc.constantFrom(' ', ', ', ' / ', ' eller ')
    return fc.assert(
      fc.property(phone, phone, code, writing, between, (one, other, code, writing, between) => {
        const [first, second] = [one, other].map((number) => number.replace(/(..)(..)(..)(..)/, writing))
        assert.ok(!hasCpr(`${code}${first}`))
        assert.ok(!hasCpr(`${first}${between}${second}`))
      }),
      { numRuns: 500 },
    )
  })

  it('is not a date, a time or a span of dates', () => {
    const aDate = fc
      .date({ min: new Date('2020-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10).split('-') as [string, string, string])
    return fc.assert(
      fc.property(aDate, aDate, ([y, m, d], [, month, day]) => {
        for (const text of [
          `${y}-${m}-${d}`,
          `${y}${m}${d}`,
          `${d}.${m}.${y}`,
          `${d}/${m}-${y.slice(2)}`,
          `${d}/${m} ${y}`,
          `${d}.${m}.${y} kl. 12.30`,
          `${y}-${m}-${d}T08:00:00.000Z`,
          `${d}-${day}.${m}.${y}`,
          `${d}.${m}-${day}.${month}.${y}`,
        ])
          assert.ok(!hasCpr(text), text)
      }),
      { numRuns: 200 },
    )
  })

  it('is not part of a longer number', () => {
    for (const text of ['10101901234', '01019012345', 'DK50 0040 0440 1162 43']) assert.ok(!hasCpr(text), text)
  })
})
