import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { closeCase, openCase, recordOutcome, recordPupilView, timeline } from '../../src/domain/case.ts'
import type { Contact } from '../../src/domain/contact.ts'
import { aCase, anAgreement, NOON } from '../helpers/documents.ts'

const aContact = (id: string, over: Partial<Contact> = {}): Contact => ({
  id,
  at: NOON,
  by: 'anna',
  direction: 'outgoing',
  reached: true,
  notes: {},
  ...over,
})

describe('a case', () => {
  it('is opened with nothing in it but who opened it and for whom', () =>
    assert.deepEqual(
      openCase({ code: 'F-2222', alias: 'MK', creator: 'anna', now: NOON }),
      aCase('F-2222', { alias: 'MK' }),
    ))

  it('is closed once: the first to close it is kept', () => {
    const closed = closeCase(aCase('F-2222'), 'anna', NOON)
    assert.deepEqual(closed, aCase('F-2222', { status: 'closed', closed: { by: 'anna', at: NOON } }))
    assert.deepEqual(closeCase(closed, 'bo', NOON + 1), closed)
  })

  it("keeps the pupil's newest view, and every answer to whether it helped", () => {
    const notYet = { state: 'notYet', at: NOON, by: 'anna' } as const
    const asked = { state: 'asked', words: 'jeg savner Bo', at: NOON + 1, by: 'anna' } as const
    const viewed = recordPupilView(recordPupilView(aCase('F-2222'), notYet), asked)
    assert.deepEqual(viewed, aCase('F-2222', { pupilView: asked }))

    const partly = { helped: 'partly', at: NOON + 2, by: 'bo' } as const
    const yes = { helped: 'yes', at: NOON + 3, by: 'bo' } as const
    assert.deepEqual(recordOutcome(recordOutcome(viewed, partly), yes).outcomes, [partly, yes])
  })
})

describe('the timeline of a case', () => {
  it('tells all that happened, oldest first, and who did it', () => {
    const lived = aCase('F-2222', {
      contacts: [
        aContact('c3', { at: NOON + 30, by: 'bo', direction: 'incoming' }),
        aContact('c1', { at: NOON + 10, reached: false }),
        aContact('c2', { at: NOON + 20 }),
        aContact('c4', { at: NOON + 35, direction: 'incoming', reached: false }),
      ],
      pupilView: { state: 'asked', words: 'hemmeligt', at: NOON + 40, by: 'anna' },
      agreements: [
        anAgreement('a1', { loggedAt: NOON + 50, status: 'done', done: { by: 'bo', at: NOON + 90 } }),
        anAgreement('a2', { loggedAt: NOON + 60, status: 'dropped' }),
      ],
      coordination: {
        coordinator: { user: 'bo', since: NOON + 80 },
        history: [
          { user: 'bo', what: 'asked', at: NOON + 70, by: 'anna' },
          { user: 'bo', what: 'accepted', at: NOON + 80, by: 'bo' },
        ],
      },
      meetings: [
        {
          id: 'm1',
          on: '2026-12-02',
          who: 'hemmeligt',
          planned: { by: 'anna', at: NOON + 65, moved: 0 },
          held: { by: 'bo', at: NOON + 95, notes: { home: 'hemmeligt' } },
        },
      ],
      outcomes: [{ helped: 'yes', at: NOON + 100, by: 'bo' }],
      status: 'closed',
      closed: { by: 'anna', at: NOON + 110 },
    })
    assert.deepEqual(
      timeline(lived).map(({ at, kind, by }) => `${at - NOON} ${kind} ${by}`),
      [
        '0 opened anna',
        '10 contact-missed anna',
        '20 contact-reached anna',
        '30 contact-incoming bo',
        '35 contact-missed anna',
        '40 pupil-view anna',
        '50 agreement-logged anna',
        '60 agreement-logged anna',
        '65 meeting-planned anna',
        '70 coordinator-asked bo',
        '80 coordinator-accepted bo',
        '90 agreement-done bo',
        '95 meeting-held bo',
        '100 outcome bo',
        '110 closed anna',
      ],
    )
  })

  it('is in order whatever order things were written down in, and says nothing of what was said', () =>
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1000 }), { maxLength: 12 }), (moments) => {
        const secret = { learning: 'hemmeligt' }
        const contacts = moments.map((at, index) =>
          aContact(`c${index}`, { at: NOON + at, notes: secret, whom: 'mor' }),
        )
        const agreements = moments.map((at, index) => anAgreement(`a${index}`, { loggedAt: NOON + at }))
        const events = timeline(aCase('F-2222', { contacts, agreements }))
        const times = events.map(({ at }) => at)
        assert.deepEqual(
          times,
          times.toSorted((a, b) => a - b),
        )
        assert.equal(events.length, 1 + 2 * moments.length)
        assert.doesNotMatch(JSON.stringify(events), /hemmelig|mor/i)
      }),
      { numRuns: 30 },
    ))
})
