import assert from 'node:assert/strict'
import { timeline } from '../../src/domain/case.ts'
import { beganAt, type Concern, daysAway, latestConcern, nowKnown, recordConcern } from '../../src/domain/concern.ts'
import { aCase, NOON } from '../helpers/documents.ts'

const aConcern = (id: string, over: Partial<Concern> = {}): Concern => ({
  id,
  at: NOON + 1,
  by: 'anna',
  seen: 'Væk om mandagen',
  weekdays: ['monday'],
  away: { month: 4 },
  known: ['team'],
  ...over,
})

describe('a concern', () => {
  it('is kept once, however often it is recorded', () => {
    const once = recordConcern(aCase('F-2222'), aConcern('s1.known'))
    assert.deepEqual(recordConcern(once, aConcern('s1.known', { seen: 'igen' })), once)
    assert.deepEqual(
      recordConcern(once, aConcern('s2.known')).concerns?.map(({ id }) => id),
      ['s1.known', 's2.known'],
    )
  })

  it('is where a case counts from; an older case counts from its opening', () => {
    const old = aCase('F-2222')
    assert.deepEqual([latestConcern(old), beganAt(old)], [undefined, NOON])
    const again = recordConcern(recordConcern(old, aConcern('a')), aConcern('b', { at: NOON + 9 }))
    assert.deepEqual([latestConcern(again)?.id, beganAt(again)], ['b', NOON + 9])
  })

  it('is an event of the case', () => {
    const kinds = timeline(recordConcern(aCase('F-2222'), aConcern('a'))).map(({ kind, by }) => `${by} ${kind}`)
    assert.deepEqual(kinds, ['anna opened', 'anna concern'])
  })

  it('remembers who has come to know of it, each once, and only the newest', () => {
    const found = recordConcern(recordConcern(aCase('F-2222'), aConcern('a')), aConcern('b'))
    const told = nowKnown(nowKnown(found, 'leader'), 'leader')
    assert.deepEqual(
      told.concerns?.map(({ known }) => known),
      [['team'], ['team', 'leader']],
    )
    assert.deepEqual(nowKnown(aCase('F-2222'), 'leader'), aCase('F-2222'))
  })
})

describe('days away', () => {
  it('are whole and no more than there are', () => {
    for (const [text, span, count] of [
      ['0', 'month', 0],
      [' 20 ', 'month', 20],
      ['60', 'quarter', 60],
      ['007', 'row', 7],
    ] as const)
      assert.equal(daysAway(text, span), count, text)
  })
  it('are nothing else that people type', () => {
    for (const text of ['', '21', '-1', '4,5', '4.5', 'et par', '1e1', '0x1', '٣', '100000', 'NaN', '4 dage'])
      assert.equal(daysAway(text, 'month'), undefined, text)
  })
})
