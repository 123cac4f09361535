import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Case } from '../../src/domain/case.ts'
import type { Concern } from '../../src/domain/concern.ts'
import type { Contact } from '../../src/domain/contact.ts'
import { leaderReasons, nextStep, stagesAhead } from '../../src/domain/next-step.ts'
import { PROFILE_NAMES, PROFILES, profileOf } from '../../src/domain/rhythm.ts'
import { plusDays } from '../../src/domain/school-calendar.ts'
import { aCase, anAgreement, NOON } from '../helpers/documents.ts'

const ZONE = 'Europe/Copenhagen'
const DAY = 86_400_000
/** Monday 23 November 2026, when the case was opened. */
const MONDAY = '2026-11-23'
const profile = profileOf({})

const day = (after: number): string => plusDays(MONDAY, after)
const talk = (after: number, over: Partial<Contact> = {}): Contact => ({
  id: `c${after}`,
  at: NOON + after * DAY,
  by: 'anna',
  direction: 'outgoing',
  reached: true,
  notes: {},
  ...over,
})
const agreed = (after: number, over: Parameters<typeof anAgreement>[1] = {}) =>
  anAgreement('a1', {
    loggedAt: NOON + after * DAY,
    by: day(after + 60),
    followUp: { on: day(after + 60), how: 'call' },
    ...over,
  })
const outcome = (after: number, helped: 'yes' | 'partly' | 'no') => ({ helped, at: NOON + after * DAY, by: 'anna' })
const concern = (over: Partial<Concern> = {}): Concern => ({
  id: 's',
  at: NOON,
  by: 'anna',
  seen: 'Væk',
  weekdays: [],
  away: {},
  known: [],
  ...over,
})
const BO = { id: 'bo', name: 'Bo', guest: false }
const held = { coordinator: { user: 'bo', since: NOON }, history: [] }
const asked = { state: 'asked' as const, at: NOON, by: 'anna' }

const stepOf = (over: Partial<Case>, today: number): string => {
  const next = nextStep(aCase('F-2222', over), profile, { today: day(today), zone: ZONE, members: [BO] })
  const why = next?.reasons.map(({ code, day: on, count }) =>
    [code, on, count].filter((x) => x !== undefined).join(' '),
  )
  return next ? `${next.step}: ${why?.join(', ')}` : 'none'
}

describe('the next step of a case', () => {
  for (const [what, over, today, expected] of [
    ['a call within a week', {}, 0, `call: within ${day(7)}`],
    ['a call on the last day', {}, 7, `call: within ${day(7)}`],
    ['a late call', {}, 8, `call: late ${day(7)}`],
    ['a call when the home does not know', { concerns: [concern()] }, 1, `call: within ${day(7)}, homeDoesNotKnow`],
    ['a call, when the home knows', { concerns: [concern({ known: ['home'] })] }, 1, `call: within ${day(7)}`],
    ['another call', { contacts: [talk(1, { reached: false })] }, 2, `call: within ${day(7)}, attempts 1`],
    [
      'a call again, when there is a new concern',
      { contacts: [talk(1)], concerns: [concern({ at: NOON + 20 * DAY, known: ['home'] })] },
      20,
      `call: within ${day(27)}`,
    ],
    ['agreements after a talk', { contacts: [talk(1)] }, 1, `agree: talked ${day(1)}, pupilNotAsked`],
    ['agreements, the pupil asked', { contacts: [talk(1)], pupilView: asked }, 1, `agree: talked ${day(1)}`],
    [
      'agreements again, when those there were are dropped',
      { agreements: [agreed(1, { status: 'dropped' })], contacts: [talk(1)], pupilView: asked },
      2,
      `agree: talked ${day(1)}`,
    ],
    ['a coordinator', { agreements: [agreed(1)], pupilView: asked }, 2, 'coordinator: nobodyHolds'],
    [
      'a coordinator, when the one there was has left',
      {
        agreements: [agreed(1)],
        pupilView: asked,
        coordination: { ...held, coordinator: { user: 'birte', since: NOON } },
      },
      2,
      'coordinator: nobodyHolds',
    ],
    ['the pupil', { agreements: [agreed(1)], coordination: held }, 2, 'askPupil: pupilNotAsked'],
    ['nothing for now', { agreements: [agreed(1)], coordination: held, pupilView: asked }, 2, `wait: next ${day(8)}`],
    [
      'a look after a week',
      { agreements: [agreed(1)], coordination: held, pupilView: asked },
      8,
      `check: running ${day(1)}`,
    ],
    [
      'the talk after four weeks, when there was a look',
      { agreements: [agreed(1)], contacts: [talk(9)], coordination: held, pupilView: asked },
      29,
      `followUp: running ${day(1)}`,
    ],
    [
      'what is overdue',
      { agreements: [agreed(1, { by: day(3) })], coordination: held, pupilView: asked },
      5,
      'check: overdue 1',
    ],
    [
      'sitting down together, when it has not helped',
      { agreements: [agreed(1)], outcomes: [outcome(20, 'no')], coordination: held, pupilView: asked },
      21,
      'meet: notHelped',
    ],
    [
      'nothing for now, once that has been talked about',
      {
        agreements: [agreed(1)],
        outcomes: [outcome(20, 'partly')],
        contacts: [talk(21)],
        coordination: held,
        pupilView: asked,
      },
      22,
      `wait: next ${day(61)}`,
    ],
    [
      'asking whether it helped',
      { agreements: [agreed(1, { status: 'done' })], contacts: [talk(30)], coordination: held, pupilView: asked },
      30,
      'followUp: allDone',
    ],
    [
      'closing, when all is done and it helped',
      {
        agreements: [agreed(1, { status: 'done' })],
        outcomes: [outcome(20, 'yes')],
        coordination: held,
        pupilView: asked,
      },
      20,
      'close: helped',
    ],
    ['none at all once it is closed', { status: 'closed' }, 0, 'none'],
  ] as [string, Partial<Case>, number, string][])
    it(`is ${what}`, () => assert.equal(stepOf(over, today), expected))

  const anyContact = fc
    .record({ after: fc.nat(40), reached: fc.boolean() })
    .map(({ after, reached }) => talk(after, { reached, id: `c${after}${reached}` }))
  const anyCase = fc
    .record({
      contacts: fc.array(anyContact, { maxLength: 3 }),
      agreements: fc.array(
        fc
          .record({
            after: fc.nat(40),
            by: fc.nat(60),
            on: fc.nat(60),
            status: fc.constantFrom('open' as const, 'done' as const, 'dropped' as const),
          })
          .map(({ after, by, on, status }) =>
            agreed(after, { by: day(by), followUp: { on: day(on), how: 'call' }, status }),
          ),
        { maxLength: 3 },
      ),
      outcomes: fc.array(
        fc
          .tuple(fc.nat(40), fc.constantFrom('yes' as const, 'partly' as const, 'no' as const))
          .map(([after, helped]) => outcome(after, helped)),
        { maxLength: 2 },
      ),
      concerns: fc.option(
        fc.array(
          fc.nat(40).map((after) => concern({ at: NOON + after * DAY })),
          { maxLength: 2 },
        ),
        { nil: undefined },
      ),
      coordination: fc.constantFrom(held, { history: [] }),
      pupilView: fc.option(fc.constant(asked), { nil: undefined }),
    })
    .map(({ concerns, pupilView, ...rest }) =>
      aCase('F-2222', { ...rest, ...(concerns && { concerns }), ...(pupilView && { pupilView }) }),
    )

  it('is always one with a reason, while the case is open', () =>
    fc.assert(
      fc.property(anyCase, fc.nat(80), (found, today) => {
        const next = nextStep(found, profile, { today: day(today), zone: ZONE, members: [BO] })
        assert.ok(next && next.reasons.length > 0)
        assert.deepEqual(nextStep(found, profile, { today: day(today), zone: ZONE, members: [BO] }), next)
      }),
    ))

  it('is a call until there has been a talk, and never again before the next concern', () =>
    fc.assert(
      fc.property(anyCase, fc.nat(80), (found, today) => {
        const began = found.concerns?.at(-1)?.at ?? found.openedAt
        const moments = [
          ...found.contacts.filter(({ reached }) => reached).map(({ at }) => at),
          ...found.agreements.filter(({ status }) => status !== 'dropped').map(({ loggedAt }) => loggedAt),
          ...found.outcomes.map(({ at }) => at),
        ]
        const next = nextStep(found, profile, { today: day(today), zone: ZONE, members: [BO] })
        assert.equal(next?.step === 'call', !moments.some((at) => at >= began))
      }),
    ))
})

describe('the talks of the rhythm', () => {
  const ahead = (over: Partial<Case>) =>
    stagesAhead(aCase('F-2222', over), profile, ZONE).map(({ stage, on }) => `${stage} ${on}`)

  it('are a call within a week, then a look after one and a talk after four', () => {
    assert.deepEqual(ahead({}), [`contact ${day(7)}`])
    assert.deepEqual(ahead({ contacts: [talk(2)] }), [])
    assert.deepEqual(ahead({ agreements: [agreed(2)] }), [`check ${day(9)}`, `followUp ${day(30)}`])
  })

  it('are over when somebody has talked: at once the look, in the second half all of it', () => {
    assert.deepEqual(ahead({ agreements: [agreed(2)], contacts: [talk(2)] }), [
      `check ${day(9)}`,
      `followUp ${day(30)}`,
    ])
    assert.deepEqual(ahead({ agreements: [agreed(2)], contacts: [talk(3)] }), [`followUp ${day(30)}`])
    assert.deepEqual(ahead({ agreements: [agreed(2)], contacts: [talk(21)] }), [])
    assert.deepEqual(ahead({ agreements: [agreed(2)], outcomes: [outcome(25, 'no')] }), [])
  })

  it('give way to the days that school and home have agreed on', () => {
    const on = (after: number) => ({ agreements: [agreed(2, { followUp: { on: day(after), how: 'call' } })] })
    assert.deepEqual(ahead(on(11)), [`followUp ${day(30)}`])
    assert.deepEqual(ahead(on(12)), [`check ${day(9)}`, `followUp ${day(30)}`])
    assert.deepEqual(ahead(on(37)), [`check ${day(9)}`])
    assert.deepEqual(ahead(on(38)), [`check ${day(9)}`, `followUp ${day(30)}`])
  })

  it('are none once the case is closed', () => assert.deepEqual(ahead({ status: 'closed' }), []))
})

describe('whether the leader knows', () => {
  const reasons = (over: Partial<Concern>, dealFrom?: string, name: (typeof PROFILE_NAMES)[number] = 'bornholm') =>
    leaderReasons(aCase('F-2222', { concerns: [concern(over)] }), PROFILES[name], { today: MONDAY, dealFrom }).map(
      ({ code, count }) => `${code} ${count}`,
    )

  it('is asked at the numbers of the profile, and below them not', () => {
    for (const name of PROFILE_NAMES) {
      const { row, month, quarter } = PROFILES[name].asks
      assert.deepEqual(reasons({ away: { row, month, quarter } }, undefined, name), [
        `row ${row}`,
        `month ${month}`,
        `quarter ${quarter}`,
      ])
      assert.deepEqual(reasons({ away: { row: row - 1, month: month - 1, quarter: quarter - 1 } }, undefined, name), [])
    }
  })

  it('is not asked of a case without a concern, without numbers, closed, or when the leader knows', () => {
    assert.deepEqual(leaderReasons(aCase('F-2222'), profile, { today: MONDAY }), [])
    assert.deepEqual(reasons({}), [])
    assert.deepEqual(reasons({ away: { row: 9 }, known: ['leader'] }), [])
    const closed = aCase('F-2222', { status: 'closed', concerns: [concern({ away: { row: 9 } })] })
    assert.deepEqual(leaderReasons(closed, profile, { today: MONDAY }), [])
  })

  it('is asked after the deal of 2026 only where the team follows it, and from its day on', () => {
    const away = { quarter: 11 }
    assert.deepEqual(reasons({ away }), [])
    assert.deepEqual(reasons({ away }, day(1)), [])
    assert.deepEqual(reasons({ away }, MONDAY), ['dealContact 11'])
    assert.deepEqual(reasons({ away: { quarter: 10 } }, MONDAY), [])
    assert.deepEqual(reasons({ away: { quarter: 15 } }, MONDAY), ['quarter 15', 'dealPlan 15'])
  })
})

describe('a profile', () => {
  it('grows from one span to the next', () => {
    for (const name of PROFILE_NAMES) {
      const { contact, check, followUp, asks } = PROFILES[name]
      assert.ok(contact > 0 && check > 0 && followUp > check)
      assert.ok(asks.month <= asks.quarter)
    }
  })
})
