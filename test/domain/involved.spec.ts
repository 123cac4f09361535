import assert from 'node:assert/strict'
import { involved, toBeAsked } from '../../src/domain/involved.ts'
import { aCase, anAgreement, aTeam, NOON } from '../helpers/documents.ts'

describe('who has a part in a case', () => {
  it('is its creator, its coordinator, whoever was asked, and the staff of open agreements, each once', () => {
    const open = aCase('F-2222', {
      creator: 'anna',
      coordination: {
        coordinator: { user: 'bo', since: NOON },
        asked: { user: 'carl', by: 'anna', at: NOON },
        history: [{ user: 'erik', what: 'declined', at: NOON, by: 'erik' }],
      },
      agreements: [
        anAgreement('a1', { staff: 'dorte' }),
        anAgreement('a2', { staff: 'anna' }),
        anAgreement('a3', { staff: 'frida', status: 'done' }),
        anAgreement('a4', { staff: 'gerda', status: 'dropped' }),
        anAgreement('a5', { who: 'home' }),
      ],
    })
    assert.deepEqual(involved(open), ['anna', 'bo', 'carl', 'dorte'])
  })

  it('is the creator alone at first', () => assert.deepEqual(involved(aCase('F-2222')), ['anna']))
})

describe('whoever is asked about a case', () => {
  const members = ['anna', 'bo', 'lene'].map((id) => ({ id, name: id, guest: false }))
  const held = aCase('F-2222', { coordination: { coordinator: { user: 'bo', since: NOON }, history: [] } })
  const without = (...gone: string[]) =>
    aTeam('t', { members: members.filter(({ id }) => !gone.includes(id)), leaders: ['lene'] })

  it('is the coordinator, else who opened it, else the leader, of those who are still there', () => {
    assert.equal(toBeAsked(held, without()), 'bo')
    assert.equal(toBeAsked(held, without('bo')), 'anna')
    assert.equal(toBeAsked(held, without('bo', 'anna')), 'lene')
    assert.equal(toBeAsked(held, without('bo', 'anna', 'lene')), undefined)
  })

  it('is never a guest', () => {
    const guests = aTeam('t', { members: members.map((one) => ({ ...one, guest: true })), leaders: ['lene'] })
    assert.equal(toBeAsked(held, guests), undefined)
  })
})
