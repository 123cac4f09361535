import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import {
  agreedAt,
  dropMeeting,
  holdMeeting,
  lastHeld,
  type MeetingPlan,
  meetingById,
  parseClock,
  planMeeting,
  plannedMeeting,
} from '../../src/domain/meeting.ts'
import { aCase, anAgreement, NOON } from '../helpers/documents.ts'

const PLAN: MeetingPlan = { on: '2026-12-02', time: '14:30', minutes: 45, place: 'school', who: 'mor', pupil: 'whole' }
const HOUR = 3_600_000
const held = (at: number) => ({ by: 'anna', at, notes: { pupil: 'hemmeligt' } })

describe('a meeting', () => {
  const planned = planMeeting(aCase('F-2222'), 'm1', PLAN, 'anna', NOON)

  it('is planned once for a case: planned anew it is moved, and a calendar knows it again', () => {
    assert.deepEqual(plannedMeeting(planned), { id: 'm1', ...PLAN, planned: { by: 'anna', at: NOON, moved: 0 } })
    const moved = planMeeting(planned, 'm2', { ...PLAN, on: '2026-12-03', where: 'lokale 12' }, 'bo', NOON + 1)
    assert.deepEqual(moved.meetings, [
      { id: 'm1', ...PLAN, on: '2026-12-03', where: 'lokale 12', planned: { by: 'bo', at: NOON + 1, moved: 1 } },
    ])
  })

  it('that is dropped is gone, and those that were held stay', () => {
    const first = holdMeeting(planned, { id: 'h1', on: '2026-12-02', who: '', held: held(NOON) })
    const second = planMeeting(first, 'm2', PLAN, 'anna', NOON)
    assert.deepEqual(dropMeeting(second), first)
    assert.deepEqual(dropMeeting(aCase('F-2222')).meetings, [])
  })

  it('that was planned keeps what was planned when it is held', () => {
    const after = holdMeeting(planned, { id: 'h1', on: '2026-12-04', who: 'nobody asked', held: held(NOON) })
    assert.deepEqual(lastHeld(after), { ...plannedMeeting(planned), on: '2026-12-04', held: held(NOON) })
    assert.equal(plannedMeeting(after), undefined)
    assert.deepEqual(meetingById(after, 'm1'), lastHeld(after))
  })

  it('that nobody planned is held all the same, and once', () => {
    const given = { id: 'h1', on: '2026-12-02', who: 'far', held: held(NOON) }
    const once = holdMeeting(aCase('F-2222'), given)
    assert.deepEqual(once.meetings, [given])
    assert.deepEqual(holdMeeting(once, given), once)
    assert.equal(plannedMeeting(once), undefined)
  })

  it('is nowhere in a case from before there were any', () => {
    const old = aCase('F-2222')
    assert.deepEqual([plannedMeeting(old), lastHeld(old), meetingById(old, 'm1')], [undefined, undefined, undefined])
  })
})

describe('what was agreed at a meeting', () => {
  const zone = 'Europe/Copenhagen'
  const agreement = (id: string, hours: number, over = {}) =>
    anAgreement(id, { loggedAt: NOON + hours * HOUR, ...over })
  const first = { id: 'm1', on: '2026-11-23', who: '', held: held(NOON) }
  const second = { id: 'm2', on: '2026-11-24', who: '', held: held(NOON + 20 * HOUR) }
  const agreements = [
    agreement('before', -1),
    agreement('there', 0),
    agreement('dropped', 1, { status: 'dropped' }),
    agreement('next morning', 19),
    agreement('second', 21),
    agreement('much later', 60),
  ]
  const idsOf = (found: Parameters<typeof agreedAt>[0], meeting = first) =>
    agreedAt(found, meeting, zone).map(({ id }) => id)

  it('is written down from then on, until the next meeting', () => {
    const found = aCase('F-2222', { agreements, meetings: [first, second] })
    assert.deepEqual(idsOf(found), ['there', 'next morning'])
    assert.deepEqual(idsOf(found, second), ['second'])
  })

  it('is written down by the day after at the latest', () => {
    assert.deepEqual(idsOf(aCase('F-2222', { agreements, meetings: [first] })), ['there', 'next morning', 'second'])
  })

  it('is nothing before it was held', () => {
    const { held: _, ...planned } = first
    assert.deepEqual(agreedAt(aCase('F-2222', { agreements }), planned, zone), [])
  })
})

describe('a time of day', () => {
  it('is read as people write it', () => {
    for (const [written, read] of [
      ['14.30', '14:30'],
      ['14:30', '14:30'],
      [' kl. 14.30 ', '14:30'],
      ['Kl 8', '08:00'],
      ['1430', '14:30'],
      ['815', '08:15'],
      ['9', '09:00'],
      ['0.05', '00:05'],
      ['2.30 pm', '14:30'],
      ['2pm', '14:00'],
      ['12 a.m.', '00:00'],
      ['12 PM', '12:00'],
    ] as const)
      assert.equal(parseClock(written), read, written)
  })

  it('is not read from anything else', () => {
    for (const written of [
      '',
      'kl.',
      '24.00',
      '14.60',
      '14.5',
      '13 pm',
      '0 am',
      '-1',
      '14.30.00',
      'halv tre',
      '14-30',
      '99999',
    ])
      assert.equal(parseClock(written), undefined, written)
  })

  it('is always one there is', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{1,4}$/)), (text) => {
        const read = parseClock(text)
        assert.ok(read === undefined || /^([01]\d|2[0-3]):[0-5]\d$/.test(read), read)
      }),
    ))
})
