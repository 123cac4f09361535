import assert from 'node:assert/strict'
import { LONGEST_DRAFT, readDraft } from '../../../src/domain/message/draft.ts'
import { languageOf } from '../../../src/domain/message/language.ts'

const outcome = (text: string) => {
  const draft = readDraft(text)
  return draft.ok ? draft.text : draft.code
}

describe('a draft', () => {
  for (const [text, expected] of [
    ['', 'empty'],
    [' \n\u200b\t ', 'empty'],
    ['12 34 !!', 'no-letters'],
    ['😀', 'no-letters'],
    ['Hej', 'too-short'],
    ['Hej!! 12', 'too-short'],
    ['Hej\r\nBo', 'Hej\nBo'],
    ['x'.repeat(LONGEST_DRAFT + 1), 'too-long'],
  ] as const)
    it(`${JSON.stringify(text.slice(0, 12))}, of ${text.length} characters, is ${JSON.stringify(expected)}`, () =>
      assert.equal(outcome(text), expected))

  it('may be as long as is said', () => assert.ok(readDraft(`${'a '.repeat(LONGEST_DRAFT / 2 - 1)}a`).ok))
})

describe('the language of a message', () => {
  for (const [text, expected] of [
    ['Hej Mette. Jeg vil gerne tale med jer om det.', 'da'],
    ['Hi Meg, I would like to talk with you about this.', 'en'],
    ['Kære Mr. Brown, han har det godt, og vi ses i morgen.', 'da'],
  ] as const)
    it(`‘${text}’ is ${expected}, whoever asks`, () => {
      assert.equal(languageOf(text, 'da'), expected)
      assert.equal(languageOf(text, 'en'), expected)
    })

  it('is the one of whoever asks where nothing tells', () => {
    assert.equal(languageOf('Xyz 123', 'da'), 'da')
    assert.equal(languageOf('Xyz 123', 'en'), 'en')
  })
})
