import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { checkMessage } from '../../src/domain/message/check.ts'
import { LANGUAGES } from '../../src/domain/team.ts'
import { labelledMessages, measure } from '../helpers/messages.ts'

describe('the writing coach', () => {
  it('says of the messages it was mended with nearly all that their reader says, and leaves the fine ones alone', () => {
    const { all, fine, leftAlone, differences } = measure(labelledMessages().filter(({ held }) => held !== true))
    assert.ok(all.precision >= 0.98 && all.recall >= 0.98, JSON.stringify(differences, undefined, 1))
    assert.equal(leftAlone, fine)
  })

  it('tells at most five things of any text, quotes what stands there, and always comes to a verdict', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.constantFrom(...LANGUAGES), (text, language) => {
        const { verdict, lix, findings } = checkMessage(text, language)
        assert.ok(Number.isInteger(lix) && lix >= 0)
        assert.ok(findings.length <= 5)
        assert.equal(verdict === 'send', findings.length === 0)
        for (const { code, quote } of findings) assert.ok(code === 'cpr' || text.includes(quote), quote)
      }),
    ))
})
