import assert from 'node:assert/strict'
import type { Case } from '../../src/domain/case.ts'
import { closeCase } from '../../src/domain/case.ts'
import type { Contact } from '../../src/domain/contact.ts'
import { answerInquiry, waitingInquiry } from '../../src/domain/inquiry.ts'
import { MOST_WAITING, remindedOn, waitingReminder } from '../../src/domain/reminder.ts'
import { atHour, dayOf } from '../../src/domain/school-calendar.ts'
import { aCase, anAgreement, NOON } from '../helpers/documents.ts'

const HOUR = 3_600_000
const COPENHAGEN = { zone: 'Europe/Copenhagen', hour: 8, closed: [] }

const aContact = (id: string, over: Partial<Contact> = {}): Contact => ({
  id,
  at: NOON,
  by: 'anna',
  direction: 'incoming',
  reached: true,
  answered: false,
  notes: {},
  ...over,
})
const waits = (over: Partial<Case>): string | undefined => waitingInquiry(aCase('F-2222', over))?.id

describe('a home that turned to the school', () => {
  it('waits until it has heard something back', () => {
    const asked = aContact('c1')
    assert.equal(waits({ contacts: [asked] }), 'c1')
    assert.equal(waits({ contacts: [{ ...asked, answered: true }] }), undefined)
    assert.equal(waits({ contacts: [asked], agreements: [anAgreement('a1', { loggedAt: NOON })] }), undefined)
    const { answered: _, ...called } = aContact('c2', { at: NOON + HOUR, direction: 'outgoing' })
    assert.equal(waits({ contacts: [asked, called] }), undefined)
    assert.equal(waits({ contacts: [asked, { ...called, reached: false }] }), 'c1')
    const met = { id: 'm', on: '2026-11-24', who: '', planned: { by: 'anna', at: NOON + HOUR } }
    assert.equal(waits({ contacts: [asked], meetings: [met as NonNullable<Case['meetings']>[number]] }), undefined)
  })

  it('is not forgotten because it turned to the school twice, nor answered by what was said before', () => {
    const [first, second] = [aContact('c1'), aContact('c2', { at: NOON + HOUR })]
    assert.equal(waits({ contacts: [first, second] }), 'c1')
    assert.equal(waits({ contacts: [second], agreements: [anAgreement('a1', { loggedAt: NOON })] }), 'c2')
  })

  it('waits no more once somebody says so, or the case is closed', () => {
    const found = aCase('F-2222', { contacts: [aContact('c1')] })
    assert.equal(waitingInquiry(answerInquiry(found)), undefined)
    assert.equal(waitingInquiry(closeCase(found, 'anna', NOON)), undefined)
  })

  it('is mentioned from the next school day on, once a day, and a few times only', () => {
    // A Friday afternoon.
    const friday = Date.UTC(2026, 10, 27, 14)
    let found = aCase('F-2222', { contacts: [aContact('c1', { at: friday })] })
    const days: string[] = []
    for (let now = friday; ; ) {
      const at = waitingReminder(found, now, COPENHAGEN)
      if (at === null) break
      now = at
      days.push(dayOf(at, COPENHAGEN.zone))
      assert.equal(at, atHour(days.at(-1) ?? '', 8, COPENHAGEN.zone))
      found = remindedOn(found, [{ inquiry: 'c1' }], days.at(-1) ?? '')
    }
    assert.deepEqual(days, ['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04'])
    assert.equal(days.length, MOST_WAITING)
  })
})
