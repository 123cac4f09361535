import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import type { Case } from '../../src/domain/case.ts'
import {
  acceptCoordination,
  askCoordinator,
  type Coordination,
  declineCoordination,
  suggestCoordinators,
} from '../../src/domain/coordinator.ts'
import { aCase, anAgreement, NOON } from '../helpers/documents.ts'

const accepted = (found: Case, user: string, now = NOON): Case => {
  const answer = acceptCoordination(found, user, now)
  assert.ok(answer.ok)
  return answer.case
}
const declined = (found: Case, user: string, now = NOON): Case => {
  const answer = declineCoordination(found, user, now)
  assert.ok(answer.ok)
  return answer.case
}
const told = ({ history }: Coordination) => history.map(({ user, what, by }) => `${user} ${what} by ${by}`)
const asked = askCoordinator(aCase('F-2222'), 'bo', 'anna', NOON)
const held = accepted(asked, 'bo', NOON + 1)

describe('a colleague who is asked to hold a case', () => {
  it('does not hold it yet', () =>
    assert.deepEqual(asked.coordination, {
      asked: { user: 'bo', by: 'anna', at: NOON },
      history: [{ user: 'bo', what: 'asked', at: NOON, by: 'anna' }],
    }))

  it('is asked once, however often the question is put', () =>
    assert.deepEqual(askCoordinator(asked, 'bo', 'carl', NOON + 1), asked))

  it('holds it with a yes', () =>
    assert.deepEqual(held.coordination, {
      coordinator: { user: 'bo', since: NOON + 1 },
      history: [...asked.coordination.history, { user: 'bo', what: 'accepted', at: NOON + 1, by: 'bo' }],
    }))

  it('leaves it to whoever holds it with a no', () => {
    const { coordination } = declined(askCoordinator(held, 'carl', 'bo', NOON), 'carl')
    assert.deepEqual(coordination.coordinator, held.coordination.coordinator)
    assert.equal(coordination.asked, undefined)
    assert.deepEqual(told(coordination).slice(2), ['carl asked by bo', 'carl declined by carl'])
  })

  it('need not answer any more once somebody else is asked', () => {
    const other = askCoordinator(asked, 'carl', 'dorte', NOON)
    assert.deepEqual(told(other.coordination), ['bo asked by anna', 'bo withdrawn by dorte', 'carl asked by dorte'])
    assert.deepEqual(acceptCoordination(other, 'bo', NOON), { ok: false, code: 'not-asked' })
    assert.deepEqual(declineCoordination(other, 'bo', NOON), { ok: false, code: 'not-asked' })
  })

  it('starts over how often it was said that nobody holds it', () => {
    const said = accepted({ ...asked, vacancies: 5, lastVacancy: '2026-11-30' }, 'bo', NOON + 1)
    assert.deepEqual(said, held)
  })

  it('takes over from whoever held it, and the case remembers both', () => {
    const { coordination } = accepted(askCoordinator(held, 'carl', 'bo', NOON), 'carl')
    assert.equal(coordination.coordinator?.user, 'carl')
    assert.deepEqual(told(coordination).slice(2), ['carl asked by bo', 'bo released by bo', 'carl accepted by carl'])
  })

  it('is not released from what is taken on once more', () => {
    const { coordination } = accepted(askCoordinator(held, 'bo', 'anna', NOON), 'bo')
    assert.deepEqual(told(coordination).slice(2), ['bo asked by anna', 'bo accepted by bo'])
  })

  it('is the only one whose answer counts, and it counts once, whatever happens before', () => {
    const who = fc.constantFrom('anna', 'bo', 'carl')
    const act = fc.record({ what: fc.constantFrom('ask', 'accept', 'decline'), user: who, by: who })
    return fc.assert(
      fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
        let found = aCase('F-2222')
        for (const [index, { what, user, by }] of acts.entries()) {
          const before = found.coordination
          if (what === 'ask') found = askCoordinator(found, user, by, NOON + index)
          else {
            const answer = (what === 'accept' ? acceptCoordination : declineCoordination)(found, user, NOON + index)
            assert.equal(answer.ok, before.asked?.user === user)
            if (answer.ok) {
              assert.equal(answer.case.coordination.asked, undefined)
              found = answer.case
            }
          }
          const { coordinator, history } = found.coordination
          assert.deepEqual(history.slice(0, before.history.length), before.history)
          // Who holds the case can be told from its history alone.
          assert.equal(coordinator?.user, history.findLast((event) => event.what === 'accepted')?.user)
          assert.equal(
            history.filter((event) => event.what === 'asked').length,
            history.filter((event) => ['accepted', 'declined', 'withdrawn'].includes(event.what)).length +
              (found.coordination.asked ? 1 : 0),
          )
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('who is suggested to hold a case', () => {
  const member = (id: string, guest = false) => ({ id, name: id, guest })
  const contact = { at: NOON, direction: 'outgoing', notes: {} } as const
  const found = aCase('F-2222', {
    creator: 'anna',
    contacts: [
      { ...contact, id: 'c1', by: 'bo', reached: true },
      { ...contact, id: 'c2', by: 'carl', reached: false },
    ],
    agreements: [
      anAgreement('a1', { staff: 'dorte' }),
      anAgreement('a2', { staff: 'carl', status: 'done' }),
      anAgreement('a3', { staff: 'carl', status: 'dropped' }),
    ],
  })
  const suggested = (ids: readonly string[], open: Record<string, number> = {}, of = found) =>
    suggestCoordinators(
      ids.map((id) => member(id)),
      open,
      of,
    ).map(({ user, reasons }) => `${user}: ${reasons.join()}`)

  it('is first who has talked with the home, then who is in the case, then who carries least', () =>
    assert.deepEqual(suggested(['carl', 'anna', 'dorte', 'bo'], { dorte: 1, carl: 2, bo: 9, anna: 0 }), [
      'bo: contact',
      'anna: creator,fewCases',
      'dorte: agreement,fewCases',
      'carl: ',
    ]))

  it('is at the same merit who has fewer cases, and then the first by id', () =>
    assert.deepEqual(suggested(['z', 'y', 'x', 'w'], { w: 5, x: 3, y: 3, z: 2 }), ['z: ', 'x: ', 'y: ', 'w: ']))

  it('is told one reason for being in the case from the start', () => {
    const own = aCase('F-2222', { creator: 'anna', contacts: [{ ...contact, id: 'c1', by: 'anna', reached: true }] })
    assert.deepEqual(suggested(['anna'], {}, own), ['anna: contact,fewCases'])
  })

  it('is every member but the guests, each once, in whatever order the roster comes', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ id: fc.constantFrom(...'abcdefgh', 'anna', 'bo'), guest: fc.boolean() }), {
          selector: ({ id }) => id,
        }),
        fc.dictionary(fc.constantFrom(...'abcdefgh'), fc.nat({ max: 4 })),
        fc.nat(),
        (roster, open, turn) => {
          const members = roster.map(({ id, guest }) => member(id, guest))
          const turned =
            members.length > 0
              ? [...members.slice(turn % members.length), ...members.slice(0, turn % members.length)]
              : []
          const suggestions = suggestCoordinators(members, open, found)
          assert.deepEqual(suggestCoordinators(turned, open, found), suggestions)
          assert.deepEqual(
            suggestions.map(({ user }) => user).sort(),
            members
              .filter(({ guest }) => !guest)
              .map(({ id }) => id)
              .sort(),
          )
        },
      ),
      { numRuns: 60 },
    ))
})
