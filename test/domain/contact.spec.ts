import assert from 'node:assert/strict'
import { type Contact, recordContact } from '../../src/domain/contact.ts'
import { aCase, NOON } from '../helpers/documents.ts'

describe('a contact', () => {
  const missed: Contact = { id: 's1-1', at: NOON, by: 'anna', direction: 'outgoing', reached: false, notes: {} }
  const talked: Contact = { ...missed, id: 's2-1', reached: true, whom: 'far', notes: { home: 'sover dårligt' } }

  it('is added after those before it', () =>
    assert.deepEqual(recordContact(recordContact(aCase('F-2222'), missed), talked).contacts, [missed, talked]))

  it('that is recorded twice is there once, in its place', () => {
    const once = recordContact(recordContact(aCase('F-2222'), missed), talked)
    assert.deepEqual(recordContact(once, missed), once)
  })

  it('that is corrected is as it was told last, and when it was stays', () => {
    const once = recordContact(recordContact(aCase('F-2222'), missed), talked)
    const corrected = { ...missed, at: NOON + 60_000, whom: 'mor' }
    assert.deepEqual(recordContact(once, corrected).contacts, [{ ...missed, whom: 'mor' }, talked])
  })
})
