import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { closeCase } from '../../src/domain/case.ts'
import { dueName } from '../../src/domain/due.ts'
import { dueEntriesFor } from '../../src/domain/reminder.ts'
import {
  CLOSED_DAYS,
  deletionAt,
  erasureOf,
  isReviewDue,
  keepCase,
  nextReview,
  REVIEW_DAYS,
  retentionEntriesFor,
  reviewAsked,
} from '../../src/domain/retention.ts'
import { dayOf, isSchoolDay, plusDays } from '../../src/domain/school-calendar.ts'
import { aCase, anAgreement, aTeam, NOON } from '../helpers/documents.ts'

const ZONE = 'Europe/Copenhagen'
const TEAM = aTeam('t')
const DAY = 86_400_000
const open = aCase('F-2222')
const today = (at: number) => dayOf(at, ZONE)

describe('an open case', () => {
  it('comes up for review 90 days after it was opened, on a school day at the team’s hour', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), (later) => {
        const found = { ...open, openedAt: NOON + later * DAY }
        const at = nextReview(found, found.openedAt, TEAM)
        assert.ok(at !== null)
        assert.ok(isSchoolDay(today(at), TEAM))
        assert.ok(today(at) >= plusDays(today(found.openedAt), REVIEW_DAYS))
        assert.ok(at - found.openedAt < (REVIEW_DAYS + 7) * DAY)
        assert.equal(isReviewDue(found, today(at), ZONE), true)
        assert.equal(isReviewDue(found, plusDays(today(found.openedAt), REVIEW_DAYS - 1), ZONE), false)
      }),
    ))

  it('is asked about again a month after a question that nobody answered', () => {
    const asked = reviewAsked(open, NOON + 90 * DAY)
    assert.equal(isReviewDue(asked, today(NOON + 119 * DAY), ZONE), false)
    assert.equal(isReviewDue(asked, today(NOON + 120 * DAY), ZONE), true)
  })

  it('has 90 days more from the moment somebody says that it is needed', () => {
    const kept = keepCase(reviewAsked(open, NOON + 90 * DAY), NOON + 95 * DAY)
    assert.equal(isReviewDue(kept, today(NOON + 184 * DAY), ZONE), false)
    assert.equal(isReviewDue(kept, today(NOON + 185 * DAY), ZONE), true)
  })

  it('is never deleted by itself', () => {
    assert.equal(deletionAt(open), null)
    assert.deepEqual(
      retentionEntriesFor(open, NOON, TEAM).map(({ kind, at }) => [kind, at === null]),
      [
        ['review', false],
        ['erase', true],
      ],
    )
  })
})

describe('a closed case', () => {
  const closed = closeCase(open, 'anna', NOON)
  it('is deleted 30 days after it was closed, and not asked about any more', () => {
    assert.equal(deletionAt(closed), NOON + CLOSED_DAYS * DAY)
    assert.deepEqual(retentionEntriesFor(closed, NOON, TEAM), [
      { kind: 'review', ids: ['F-2222'], at: null },
      { kind: 'erase', ids: ['F-2222'], at: NOON + 30 * DAY },
    ])
    assert.equal(isReviewDue(closed, '2099-01-01', ZONE), false)
  })
})

describe('deleting a case', () => {
  const found = aCase('F-2222', {
    agreements: [anAgreement('a1', { staff: 'bo', loggedBy: 'clara' })],
    posts: ['p1', 'p2'],
    meetings: [
      {
        id: 'm1',
        on: '2026-11-24',
        time: '07:30',
        minutes: 30,
        place: 'school',
        who: 'Mum',
        pupil: 'whole',
        planned: { by: 'anna', at: NOON, moved: 0 },
      },
    ],
    coordination: { history: [{ user: 'dorte', what: 'declined', at: NOON, by: 'egon' }] },
  })
  const entries = erasureOf(found, NOON, TEAM)
  const names = (later: boolean) =>
    entries
      .filter(({ at }) => (at !== null) === later)
      .map(dueName)
      .sort()

  it('takes away everything that was still to be said about it', () => {
    const people = ['anna', 'bo', 'clara', 'dorte', 'egon']
    assert.deepEqual(
      names(false),
      [
        'remind|F-2222|a1',
        'followup|F-2222|a1',
        'meeting|F-2222|m1',
        'vacant|F-2222',
        'rhythm|F-2222',
        'waiting|F-2222',
        'review|F-2222',
        'erase|F-2222',
        ...people.map((who) => `retry|F-2222|${who}`),
      ].sort(),
    )
  })

  it('leaves nothing that a case can make due, whatever is added to that', () => {
    for (const hours of [0, 19, 24, 24 * 40]) {
      const now = NOON + hours * 3_600_000
      const gone = new Set(erasureOf(found, now, TEAM).flatMap((entry) => (entry.at === null ? [dueName(entry)] : [])))
      for (const entry of [...dueEntriesFor(found, now, TEAM), ...retentionEntriesFor(found, now, TEAM)])
        assert.ok(gone.has(dueName(entry)), dueName(entry))
    }
  })

  it('empties each of its cards and ends the dialogs of everybody who ever had a part in it', () => {
    const people = ['anna', 'bo', 'clara', 'dorte', 'egon']
    assert.deepEqual(
      names(true),
      ['redact|F-2222|p1', 'redact|F-2222|p2', ...people.map((who) => `release|F-2222|${who}`)].sort(),
    )
  })
})
