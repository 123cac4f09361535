import assert from 'node:assert/strict'
import fc from 'fast-check'
import { finder } from '../../../src/domain/message/phrases.ts'
import { readMessage } from '../../../src/domain/message/reading.ts'

const emphatic = new Set(['så', 'meget'])
const found = (hits: string, text: string, unless?: string) =>
  readMessage(text, { abbreviations: new Set(), respelt: {} }).sentences.flatMap((sentence) =>
    finder({ hits, ...(unless && { unless }) }, emphatic)
      .all(sentence)
      .map(({ from, to }) =>
        sentence.words
          .slice(from, to)
          .map(({ lower }) => lower)
          .join(' '),
      ),
  )

describe('a list of phrases', () => {
  for (const [hits, text, expected] of [
    ['hele tiden', 'Det sker HELE tiden.', ['hele tiden']],
    ['hele tiden', 'Det sker hele. Tiden går.', []],
    ['i/du har ikke', 'Du har ikke, og I har ikke', ['du har ikke', 'i har ikke']],
    ['mobb*', 'De mobber, men ikke amobb', ['mobber']],
    ['*er ikke', 'Han hører ikke. De er ikke her, og hun så ikke op.', ['hører ikke', 'er ikke']],
    ['han *er/kan ikke', 'Han hører ikke. Han kan ikke. Han så ikke', ['han hører ikke', 'han kan ikke']],
    ['hver _ dag', 'hver eneste dag, hver dag', ['hver eneste dag']],
    ['jeg er ~ vred', 'Jeg er så meget vred. Jeg er ikke vred. Jeg er vred', ['jeg er så meget vred', 'jeg er vred']],
    ['skal … sørge', 'I skal sørge. I skal nu altså bare sørge', ['skal sørge', 'skal nu altså bare sørge']],
    ['skal … sørge', 'I skal nu altså bare også sørge', []],
    ['i dag | i dag og i morgen', 'i dag og i morgen', ['i dag og i morgen']],
  ] as const)
    it(`‘${hits}’ finds ${JSON.stringify(expected)} in ‘${text}’`, () => assert.deepEqual(found(hits, text), expected))

  it('lets go of what an excuse covers, and of nothing else', () => {
    assert.deepEqual(found('altid', 'I er altid velkomne. Han er altid sen.', 'altid velkom*'), ['altid'])
    assert.deepEqual(found('i har ikke', 'Hvis i har ikke hørt det', 'hvis i'), [])
  })

  it('finds nothing where no word begins any of them', () => {
    const words = ['hun', 'mobber', 'tiden', 'hele', 'hører', 'ikke', 'du', 'så', 'amobb']
    const phrases = finder({ hits: 'hele tiden | mobb* | *er ikke | i/du ~ ikke' }, emphatic)
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 12 }), (said) => {
        const { sentences, words: read } = readMessage(said.join(' '), { abbreviations: new Set(), respelt: {} })
        assert.ok(!phrases.has(sentences) || read.some(({ lower }) => phrases.begins(lower)))
      }),
    )
    assert.deepEqual(
      words.filter((word) => phrases.begins(word)),
      ['mobber', 'hele', 'hører', 'du'],
    )
  })
})
