import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { cleanText } from '../../src/domain/text.ts'

/** Text as it comes: letters in several forms, emoji, and what cannot be seen. */
const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\n',
      '\r',
      '\r\n',
      '\t',
      ' ',
      '\u0301',
      '\u030a',
      '\u200b',
      '\u202e',
      '\ufeff',
      '\u2028',
      'e',
      'a',
      'å',
    ),
    fc.string({ unit: 'grapheme', maxLength: 2 }),
  ),
  maxLength: 30,
})
const clean = (input: string, max = 1000): string => {
  const cleaned = cleanText(input, max)
  return cleaned.ok ? cleaned.text : `[${cleaned.code}]`
}

describe('text that is cleaned', () => {
  it('stays as it is when it is cleaned again', () =>
    fc.assert(
      fc.property(anyText, (input) => {
        const once = cleanText(input, 1000)
        if (once.ok) assert.deepEqual(cleanText(once.text, 1000), once)
      }),
      { numRuns: 500 },
    ))

  it('holds nothing invisible, nothing at its edges and no two empty lines in a row', () =>
    fc.assert(
      fc.property(anyText, (input) => {
        const cleaned = cleanText(input, 1000)
        if (!cleaned.ok) return
        assert.doesNotMatch(cleaned.text, /(?!\n)\p{Cc}|\p{Bidi_Control}|[\u200b\ufeff]|\n{3}|^\s|\s$/u)
        assert.equal(cleaned.text, cleaned.text.normalize('NFC'))
      }),
      { numRuns: 500 },
    ))

  for (const [what, input, text] of [
    ['keeps Danish letters, emoji and a family of them', 'Æblegrød på Ærø 👩‍👩‍👧', 'Æblegrød på Ærø 👩‍👩‍👧'],
    ['puts a letter and its mark together', 'a\u030ar', 'år'],
    ['puts them together over something invisible, too', 'a\u200b\u030ar', 'år'],
    ['takes away marks that turn the text around', 'ring \u202e21 43\u202c nu\u061c', 'ring 21 43 nu'],
    ['breaks lines in one way', 'et\r\nto\rtre\u2028fire\vfem', 'et\nto\ntre\nfire\nfem'],
    ['leaves one empty line of many', 'et\r\n\r\n\n\n\nto', 'et\n\nto'],
    ['does not glue words together that a tab kept apart', 'navn\tdag', 'navn dag'],
  ] as const)
    it(what, () => assert.equal(clean(input), text))

  for (const input of ['', '  \n\t ', '\u200b\u202e\ufeff'])
    it(`is empty when nothing can be seen: ${JSON.stringify(input)}`, () => assert.equal(clean(input), '[empty]'))

  it('is too long only when what is left of it is longer than allowed', () => {
    assert.equal(clean(`  ${'a'.repeat(10)}\u200b\n`, 10), 'a'.repeat(10))
    assert.equal(clean('a'.repeat(11), 10), '[too-long]')
  })
})
