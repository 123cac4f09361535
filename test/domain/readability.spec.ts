import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { LONGEST_PUPIL_LIX, lix } from '../../src/domain/readability.ts'

describe('LIX', () => {
  for (const [text, score, why] of [
    ['', 0, 'nothing has nought'],
    ['… 12:30 !', 0, 'numbers and marks are no words'],
    ['Vi ses i morgen', 4, 'four words in one sentence, none long'],
    ['Vi ses. Du ringer.', 2, 'two words a sentence'],
    ['Hvem? Mig! Hvad: alt.', 1, 'a question, a call and a colon end a sentence, too'],
    ['Vi ses 8.30 ved en dør.', 5, 'a point inside a number ends none'],
    ['Læreren ringer', 52, 'two words, one of more than six letters'],
    ['Øvelser', 101, 'æ, ø and å are letters'],
    ['Bogen er læst', 3, 'a sentence without a full stop is one'],
  ] as const)
    it(`is ${score} of ‘${text}’: ${why}`, () => assert.equal(lix(text), score))

  it('tells a line for a pupil from one for an office', () => {
    assert.ok(lix('Du læser 20 minutter hver dag. Mor skriver under.') <= LONGEST_PUPIL_LIX)
    assert.ok(
      lix('Forældremyndighedsindehaverne kontakter socialforvaltningen vedrørende fraværet.') > LONGEST_PUPIL_LIX,
    )
  })

  it('is a whole number, never below nought, and the same for the same sentences said twice', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom('du', 'læser', 'matematik', 'hjemme'), { maxLength: 12 }), (words) => {
        const text = words.length > 0 ? `${words.join(' ')}.` : ''
        assert.ok(Number.isInteger(lix(text)) && lix(text) >= 0)
        assert.equal(lix(`${text} ${text}`), lix(text))
      }),
    ))
})
