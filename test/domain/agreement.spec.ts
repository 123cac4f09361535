import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import {
  type Agreement,
  type AgreementTerms,
  allDone,
  checkTerms,
  dropAgreement,
  isOwnAndDue,
  logAgreements,
  markDone,
  nextOwnDay,
  postpone,
  undoDone,
} from '../../src/domain/agreement.ts'
import type { Case } from '../../src/domain/case.ts'
import { plusDays } from '../../src/domain/school-calendar.ts'
import { aCase, anAgreement, NOON } from '../helpers/documents.ts'

const MONDAY = '2026-11-23'
const today = MONDAY
const terms: AgreementTerms = {
  what: 'Du møder kl. 8',
  who: 'school',
  staff: 'anna',
  by: '2026-11-30',
  followUp: { on: '2026-12-01', how: 'call' },
}

const holding = (...agreements: Agreement[]) => aCase('F-2222', { agreements })
const only = ({ agreements: [agreement] }: Case) => agreement
const changed = <T extends { ok: boolean }>(answer: T): Extract<T, { ok: true }> => {
  assert.ok(answer.ok)
  return answer as Extract<T, { ok: true }>
}

describe('the terms of an agreement', () => {
  const members = [
    { id: 'anna', name: 'Anna', guest: false },
    { id: 'gæst', name: 'Gæst', guest: true },
  ]
  const faults = (over: object) =>
    checkTerms({ ...terms, ...over }, { today, members }).map(({ field, code }) => `${field} ${code}`)

  for (const [over, expected, why] of [
    [{}, [], 'whole'],
    [{ who: 'home', staff: undefined }, [], "another's than the school's, and need no name"],
    [{ by: today, followUp: { on: today, how: 'visit' } }, [], 'for today'],
    [{ what: 'å'.repeat(240) }, [], 'as long as they may be'],
    [{ what: ' \n' }, ['what missing'], 'empty'],
    [{ what: 'å'.repeat(241) }, ['what too-long'], 'too long'],
    [{ who: 'naboen', staff: undefined }, ['who not-an-option'], "nobody's"],
    [{ staff: undefined }, ['staff missing'], "the school's, but no colleague's"],
    [{ staff: 'bo' }, ['staff not-a-member'], "a stranger's"],
    [{ who: 'home', staff: 'bo' }, ['staff not-a-member'], "the home's and a stranger's"],
    [{ staff: 'gæst' }, ['staff not-a-member'], "a guest's"],
    [{ followUp: { on: terms.by, how: 'brev' } }, ['followUpHow not-an-option'], 'followed up in no way we know'],
    [
      { what: '', who: 'x', staff: 'bo', by: '2026-11-22', followUp: { on: 'snart', how: 'x' } },
      [
        'what missing',
        'who not-an-option',
        'staff not-a-member',
        'followUpHow not-an-option',
        'by too-early',
        'followUpOn not-a-date',
      ],
      'wrong in every way, told at once',
    ],
  ] as const)
    it(`are ${expected.length === 0 ? 'right' : 'refused'} when they are ${why}`, () =>
      assert.deepEqual(faults(over), expected))

  it('have days between today and a year ahead', () =>
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 800 }), (ahead) => {
        const on = plusDays(today, ahead)
        const code = ahead < 0 ? ['too-early'] : ahead > 366 ? ['too-late'] : []
        assert.deepEqual(faults({ by: on, followUp: { on, how: 'call' } }), [
          ...code.map((one) => `by ${one}`),
          ...code.map((one) => `followUpOn ${one}`),
        ])
        const moved = postpone(holding(anAgreement('a1')), 'a1', on, { today })
        assert.equal(moved.ok ? undefined : moved.code, code[0])
      }),
      { examples: [[-1], [0], [366], [367]] },
    ))

  for (const by of ['', 'i morgen', '2026-12-1', '2026-13-01', '2027-02-30', '2027-02-29', '2026-12-01T08:00'])
    it(`have no day ‘${by}’`, () => {
      assert.deepEqual(faults({ by }), ['by not-a-date'])
      assert.deepEqual(postpone(holding(anAgreement('a1')), 'a1', by, { today }), { ok: false, code: 'not-a-date' })
    })
})

describe('agreements that are logged', () => {
  it('are open, nobody has been reminded of them, and they come after those before', () => {
    const logged = logAgreements(holding(anAgreement('a1')), [terms, { ...terms, what: 'Mor ringer' }], 'bo', NOON + 5)
    const fresh = { loggedBy: 'bo', loggedAt: NOON + 5, status: 'open', reminded: 0 }
    assert.deepEqual(logged.agreements, [
      anAgreement('a1'),
      { ...terms, ...fresh, id: 'a2' },
      { ...terms, what: 'Mor ringer', ...fresh, id: 'a3' },
    ])
  })
})

describe('an agreement that is done', () => {
  const done = changed(markDone(holding(anAgreement('a1', { reminded: 2 })), 'a1', 'bo', NOON + 1)).case

  it('tells who said so and when', () =>
    assert.deepEqual(only(done), anAgreement('a1', { reminded: 2, status: 'done', done: { by: 'bo', at: NOON + 1 } })))

  it('is done once: the first to say so is kept', () =>
    assert.deepEqual(markDone(done, 'a1', 'anna', NOON + 2), { ok: true, already: true, case: done }))

  it('is as it was before when that is taken back', () =>
    assert.deepEqual(only(changed(undoDone(done, 'a1')).case), anAgreement('a1', { reminded: 2 })))

  it('is reminded of from the beginning where the question had been asked already', () => {
    const asked = holding(
      anAgreement('a1', { reminded: 6, questioned: true, status: 'done', done: { by: 'bo', at: NOON } }),
    )
    assert.deepEqual(only(changed(undoDone(asked, 'a1')).case), anAgreement('a1', { reminded: 0 }))
  })

  it('can neither be moved nor dropped', () => {
    assert.deepEqual(postpone(done, 'a1', MONDAY, { today }), { ok: false, code: 'not-open' })
    assert.deepEqual(dropAgreement(done, 'a1'), { ok: false, code: 'not-open' })
  })
})

describe('an agreement that is moved to another day', () => {
  it('has that day, and its reminders start over', () => {
    const late = anAgreement('a1', { by: '2026-11-16', reminded: 6, lastReminded: MONDAY, questioned: true })
    const moved = only(changed(postpone(holding(late), 'a1', '2026-12-04', { today })).case)
    assert.deepEqual(moved, anAgreement('a1', { by: '2026-12-04' }))
  })
})

describe('an agreement that is dropped', () => {
  const dropped = changed(dropAgreement(holding(anAgreement('a1')), 'a1')).case

  it('stays where it was, out of everybody’s way', () =>
    assert.deepEqual(only(dropped), anAgreement('a1', { status: 'dropped' })))

  it('can be nothing else any more', () => {
    assert.deepEqual(markDone(dropped, 'a1', 'bo', NOON), { ok: false, code: 'not-open' })
    assert.deepEqual(undoDone(dropped, 'a1'), { ok: false, code: 'not-done' })
    assert.deepEqual(postpone(dropped, 'a1', MONDAY, { today }), { ok: false, code: 'not-open' })
    assert.deepEqual(dropAgreement(dropped, 'a1'), { ok: false, code: 'not-open' })
  })
})

describe('the agreements of a case', () => {
  it('have ids of their own for good and change one at a time, whatever is done with them', () => {
    const act = fc.record({ what: fc.constantFrom('log', 'done', 'undo', 'postpone', 'drop'), id: fc.nat({ max: 6 }) })
    return fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        let found = holding()
        for (const { what, id: number } of acts) {
          const before = found.agreements
          const id = `a${number}`
          const answers = {
            log: () => ({ ok: true as const, case: logAgreements(found, [terms, terms], 'anna', NOON) }),
            done: () => markDone(found, id, 'anna', NOON),
            undo: () => undoDone(found, id),
            postpone: () => postpone(found, id, '2026-12-04', { today }),
            drop: () => dropAgreement(found, id),
          }
          const answer = answers[what]()
          if (!answer.ok) continue
          found = answer.case
          const ids = found.agreements.map((agreement) => agreement.id)
          assert.equal(new Set(ids).size, ids.length)
          const others = (all: Agreement[]) => all.filter((agreement) => what === 'log' || agreement.id !== id)
          assert.deepEqual(others(found.agreements.slice(0, before.length)), others(before))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('that nobody has made can be neither done, taken back, moved nor dropped', () => {
    assert.deepEqual(markDone(holding(), 'a1', 'bo', NOON), { ok: false, code: 'not-open' })
    assert.deepEqual(undoDone(holding(), 'a1'), { ok: false, code: 'not-done' })
    assert.deepEqual(postpone(holding(), 'a1', MONDAY, { today }), { ok: false, code: 'not-open' })
    assert.deepEqual(dropAgreement(holding(), 'a1'), { ok: false, code: 'not-open' })
  })

  for (const [statuses, done] of [
    [[], false],
    [['open'], false],
    [['done'], true],
    [['dropped'], false],
    [['done', 'dropped'], true],
    [['done', 'open'], false],
  ] as const)
    it(`are ${done ? '' : 'not '}all done when they are ${statuses.join(' and ') || 'none'}`, () =>
      assert.equal(allDone(holding(...statuses.map((status, index) => anAgreement(`a${index}`, { status })))), done))
})

describe('what is mine to see to', () => {
  const coordination = { coordinator: { user: 'carl', since: NOON }, history: [] }
  const due = anAgreement('a1', { staff: 'bo', by: today })

  for (const [user, over, agreement, mine, why] of [
    ['bo', {}, due, true, 'names me'],
    ['anna', {}, due, true, 'is of a case that I opened and nobody else holds'],
    ['anna', { coordination }, due, false, 'is of a case that I opened and somebody else holds'],
    ['carl', { coordination }, due, true, 'is of a case that I hold'],
    ['dorte', {}, due, false, 'has nothing to do with me'],
    ['bo', {}, { ...due, status: 'done' }, false, 'is done'],
    ['bo', {}, { ...due, status: 'dropped' }, false, 'is dropped'],
    ['bo', {}, { ...due, by: '2026-11-20' }, true, 'is overdue'],
    ['bo', {}, { ...due, by: '2026-11-24' }, false, 'is for tomorrow'],
  ] as const)
    it(`${mine ? 'is' : 'is not'} an agreement that ${why}`, () =>
      assert.equal(isOwnAndDue(aCase('F-2222', over), agreement, user, today), mine))

  it('is next on the first day ahead on which something of mine is due, over all cases', () => {
    const cases = [
      holding(anAgreement('a1', { staff: 'bo', by: '2026-12-03' }), anAgreement('a2', { by: '2026-11-25' })),
      holding(
        anAgreement('a1', { staff: 'bo', by: '2026-12-01' }),
        anAgreement('a2', { staff: 'bo', by: today }),
        anAgreement('a3', { staff: 'bo', by: '2026-11-26', status: 'done' }),
      ),
    ]
    assert.equal(nextOwnDay(cases, 'bo', today), '2026-12-01')
    assert.equal(nextOwnDay(cases, 'anna', today), '2026-11-25')
    assert.equal(nextOwnDay(cases, 'dorte', today), undefined)
  })
})
