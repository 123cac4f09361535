import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Case } from '../../src/domain/case.ts'
import { countOf, FEW, overviewOf, type Share, shareOf } from '../../src/domain/overview.ts'
import { profileOf } from '../../src/domain/rhythm.ts'
import { plusDays } from '../../src/domain/school-calendar.ts'
import { aCase, anAgreement, NOON } from '../helpers/documents.ts'

const DAY = 86_400_000
const ZONE = 'Europe/Copenhagen'
const TODAY = '2026-12-15'
const MONDAY = '2026-11-23'
const BO = { id: 'bo', name: 'Bo', guest: false }
const overview = (cases: Case[]) => overviewOf(cases, profileOf({}), { today: TODAY, zone: ZONE, members: [BO] })

const talked = (after: number) => ({
  id: 'c',
  at: NOON + after * DAY,
  by: 'anna',
  direction: 'outgoing' as const,
  reached: true,
  notes: {},
})
const held = { coordinator: { user: 'bo', since: NOON }, history: [] }
const many = (count: number, over: (index: number) => Partial<Case>): Case[] =>
  Array.from({ length: count }, (_, index) => aCase(`F-${index}`, over(index)))

describe('the overview of a team', () => {
  it('counts open cases, those without a coordinator and those talked about in time', () => {
    const cases = many(16, (index) => ({
      ...(index < 9 && { coordination: held }),
      // Whoever held it has left the team.
      ...(index === 15 && { coordination: { ...held, coordinator: { user: 'birte', since: NOON } } }),
      ...(index < 10 && { contacts: [talked(index)] }),
    }))
    const closed = many(5, () => ({ status: 'closed' }))
    assert.deepEqual(overview([...cases, ...closed]), {
      open: { kind: 'exact', count: 16 },
      withoutCoordinator: { kind: 'exact', part: 7, of: 16 },
      // Days nought to seven are in time.
      contactInTime: { kind: 'exact', part: 8, of: 16 },
      daysToContact: 4,
      agreementsKept: { kind: 'untold' },
    })
  })

  it('counts a talk from the newest concern on, and an attempt not at all', () => {
    const concern = { id: 's', at: NOON + 10 * DAY, by: 'a', seen: 'x', weekdays: [], away: {}, known: [] }
    const before = many(10, () => ({ contacts: [talked(3)], concerns: [concern] }))
    assert.deepEqual(overview(before).contactInTime, { kind: 'few', of: 10 })
    const missed = many(10, () => ({ contacts: [{ ...talked(3), reached: false }] }))
    assert.deepEqual(overview(missed).contactInTime, { kind: 'few', of: 10 })
    const after = many(10, () => ({ contacts: [talked(3), talked(12)], concerns: [concern] }))
    assert.equal(overview(after).daysToContact, 2)
  })

  it('counts as kept what was done by its day, of all that is done or overdue', () => {
    const by = plusDays(MONDAY, 7)
    const cases = many(12, (index) => ({
      agreements: [
        anAgreement('a1', { by, status: 'done', done: { by: 'bo', at: NOON + (index < 6 ? 7 : 8) * DAY } }),
        anAgreement('a2', { by: TODAY }),
        anAgreement('a3', { by, status: 'dropped' }),
        ...(index < 2 ? [anAgreement('a4', { by })] : []),
      ],
    }))
    assert.deepEqual(overview(cases).agreementsKept, { kind: 'exact', part: 6, of: 14 })
  })

  it('tells nothing of agreements that belong to a few cases', () => {
    const agreements = Array.from({ length: 6 }, (_, n) =>
      anAgreement(`a${n}`, { status: 'done', done: { by: 'bo', at: NOON } }),
    )
    const cases = many(12, (index) => (index < 4 ? { agreements } : {}))
    assert.deepEqual(overview(cases).agreementsKept, { kind: 'untold' })
  })

  it('names nobody', () => {
    const secret = { alias: 'HEMMELIG', creator: 'hemmelig', coordination: held }
    const told = JSON.stringify(overview(many(12, () => ({ ...secret, contacts: [talked(1)] }))))
    assert.doesNotMatch(told, /hemmelig|F-|anna|bo/i)
  })
})

/** Whether what is shown leaves open which of at least five numbers a small one is. */
const STAYS_OPEN = FEW

describe('a small number', () => {
  it('is never told', () => {
    for (let count = 0; count < FEW; count++) assert.deepEqual(countOf(count), { kind: 'few' })
    assert.deepEqual(countOf(FEW), { kind: 'exact', count: FEW })
  })

  it('cannot be worked out from its whole, by whoever knows these rules, whatever the numbers are', () => {
    for (let of = 0; of <= 60; of++) {
      const shown = new Map<string, number[]>()
      for (let part = 0; part <= of; part++) {
        const key = JSON.stringify(shareOf(part, of))
        shown.set(key, [...(shown.get(key) ?? []), part])
      }
      // A whole of fewer than five is not told itself, so there the parts of all such wholes are candidates.
      for (const [key, parts] of shown)
        if (of >= FEW && parts.some((part) => part < FEW || of - part < FEW))
          assert.ok(parts.length >= STAYS_OPEN, `${key} of ${of} can only be ${parts.join(', ')}`)
    }
  })

  it('cannot be worked out from all numbers of an overview together', () => {
    // Every team of up to 24 cases, by what its overview would show of three numbers.
    const shown = new Map<string, [of: number, without: number, inTime: number][]>()
    for (let of = 0; of <= 24; of++)
      for (let without = 0; without <= of; without++)
        for (let inTime = 0; inTime <= of; inTime++) {
          const key = JSON.stringify([countOf(of), shareOf(without, of), shareOf(inTime, of)])
          shown.set(key, [...(shown.get(key) ?? []), [of, without, inTime]])
        }
    const values = (all: number[]) => new Set(all).size
    for (const [key, all] of shown) {
      const parts: [name: string, of: (team: (typeof all)[number]) => number][] = [
        ['the cases', ([of]) => of],
        ['those without a coordinator', ([, without]) => without],
        ['those with one', ([of, without]) => of - without],
        ['those in time', ([, , inTime]) => inTime],
        ['those not in time', ([of, , inTime]) => of - inTime],
      ]
      for (const [name, part] of parts)
        if (all.some((team) => part(team) < FEW))
          assert.ok(values(all.map(part)) >= STAYS_OPEN, `${key} gives away ${name}`)
    }
  })

  it('cannot be worked out from there being a typical number of days', () => {
    const shown = new Map<string, [of: number, talked: number, inTime: number][]>()
    for (let of = FEW; of <= 24; of++)
      for (let talked = 0; talked <= of; talked++)
        for (let inTime = 0; inTime <= talked; inTime++) {
          const isTold = of >= 2 * FEW && talked >= FEW
          const key = JSON.stringify([countOf(of), shareOf(inTime, of), isTold])
          shown.set(key, [...(shown.get(key) ?? []), [of, talked, inTime]])
        }
    for (const [key, all] of shown)
      for (const part of [
        ([, , inTime]: (typeof all)[number]) => inTime,
        ([, talked, inTime]: (typeof all)[number]) => talked - inTime,
        ([of, talked]: (typeof all)[number]) => of - talked,
      ])
        if (all.some((team) => part(team) < FEW)) assert.ok(new Set(all.map(part)).size >= STAYS_OPEN, key)
  })

  it('is not told of any team there can be', () => {
    const anyCase = fc
      .record({
        held: fc.boolean(),
        talk: fc.option(fc.nat(20), { nil: undefined }),
        done: fc.array(fc.integer({ min: -3, max: 10 }), { maxLength: 3 }),
        closed: fc.boolean(),
      })
      .map(({ held: isHeld, talk, done, closed }) =>
        aCase('F-2222', {
          ...(isHeld && { coordination: held }),
          ...(talk !== undefined && { contacts: [talked(talk)] }),
          ...(closed && { status: 'closed' }),
          agreements: done.map((after, n) =>
            anAgreement(`a${n}`, {
              by: plusDays(MONDAY, 3),
              ...(after >= 0 && { status: 'done', done: { by: 'bo', at: NOON + after * DAY } }),
            }),
          ),
        }),
      )
    const isSafe = (share: Share) =>
      share.kind === 'untold' ||
      (share.of >= 2 * FEW && (share.kind !== 'exact' || (share.part >= FEW && share.of - share.part >= FEW)))
    fc.assert(
      fc.property(fc.array(anyCase, { maxLength: 30 }), (cases) => {
        const { open, daysToContact, ...shares } = overview(cases)
        assert.ok(open.kind === 'few' || open.count >= FEW)
        for (const [name, share] of Object.entries(shares)) assert.ok(isSafe(share), name)
        if (daysToContact !== undefined) assert.ok(open.kind === 'exact' && open.count >= 2 * FEW)
      }),
    )
  })
})
