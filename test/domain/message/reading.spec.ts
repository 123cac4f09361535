import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { readMessage } from '../../../src/domain/message/reading.ts'

const spelling = { abbreviations: new Set(['kl', 'mr', 'f', 'eks']), respelt: { cant: "can't" } }
const sentences = (text: string) => readMessage(text, spelling).sentences.map((sentence) => sentence.text)

describe('a message', () => {
  for (const [text, expected] of [
    ['Hej Bo. Tak! Hvad nu?', ['Hej Bo.', 'Tak!', 'Hvad nu?']],
    ['Kære alle\n\nVi ses kl. 8.00 den 12. ved porten', ['Kære alle', 'Vi ses kl. 8.00 den 12. ved porten']],
    ['Den 3. Vi ses.', ['Den 3.', 'Vi ses.']],
    ['Dear Mr. Brown. Hello', ['Dear Mr. Brown.', 'Hello']],
    ['Hej Julie 😊 Frida er her 😊 og glad', ['Hej Julie 😊', 'Frida er her 😊 og glad']],
    ['Hun sagde »stop.« Så gik han.', ['Hun sagde »stop.«', 'Så gik han.']],
    ['Se www.skole.dk i dag', ['Se www.skole.dk i dag']],
    ['... !!! \n\n', []],
  ] as const)
    it(`${JSON.stringify(text)} has ${expected.length} sentences`, () => assert.deepEqual(sentences(text), expected))

  it('has its words in small letters, with one kind of apostrophe and as they are meant', () => {
    const { words } = readMessage('You CANT, I don’t 8.b', spelling)
    assert.deepEqual(
      words.map(({ lower }) => lower),
      ['you', "can't", 'i', "don't", '8', 'b'],
    )
  })

  it('keeps every word in exactly one sentence, where it stands', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const { words, sentences: read } = readMessage(text, spelling)
        assert.deepEqual(
          read.flatMap((sentence) => sentence.words),
          words,
        )
        for (const word of words) assert.equal(text.slice(word.start, word.end), word.text)
        for (const sentence of read) assert.equal(text.slice(sentence.start).startsWith(sentence.text), true)
      }),
    ))
})
