import assert from 'node:assert/strict'
import { involved } from '../../src/domain/involved.ts'
import { aCase, anAgreement, NOON } from '../helpers/documents.ts'

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
