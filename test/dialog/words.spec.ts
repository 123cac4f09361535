import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { IntlMessageFormat } from 'intl-messageformat'
import { compileWords, firstOf } from '../../src/dialog/words.ts'

describe('the words of a dialog', () => {
  it('are found by their path and filled in', () => {
    const words = compileWords({ so: { far: '{count, plural, one {én aftale} other {# aftaler}}' }, n: 7 }, 'da')
    assert.equal(words.say('so.far', { count: 1 }), 'én aftale')
    assert.equal(words.say('so.far', { count: 1200 }), '1.200 aftaler')
    assert.equal(words.say('n'), '7')
    assert.deepEqual([words.has('so.far'), words.has('so')], [true, false])
  })

  it('take what people wrote as it stands', () => {
    const words = compileWords({ seen: '»{seen}«, <b>' }, 'da')
    for (const seen of ['{count}', '<b>x</b>', "it's '{'", '# #'])
      assert.equal(words.say('seen', { seen }), `»${seen}«, <b>`)
  })

  it('put arguments in their place as ICU does, and miss none', () => {
    const pieces = fc.constantFrom('{x}', '{y}', "'{'", "''", "it's ", '#', '<b>', ' æ – ', '🌱')
    const values = fc.record({ x: fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer()), y: fc.string() })
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1 }), values, (parts, args) => {
        const text = parts.join('')
        const expected = new IntlMessageFormat(text, 'da', undefined, { ignoreTag: true }).format(args)
        assert.equal(compileWords({ text }, 'da').say('text', args), expected)
      }),
    )
    assert.throws(() => compileWords({ a: 'Hej {name}' }, 'da').say('a', { x: 1 }), /"name"/)
  })

  it('tell which names each message fills in, also those inside a choice', () => {
    const { messages } = compileWords({ a: 'Hej', b: '{self, select, yes {I {code}} other {{name} {name}}}' }, 'en')
    assert.deepEqual(
      [...messages].map(([path, { names }]) => [path, names]),
      [
        ['a', []],
        ['b', ['self', 'code', 'name']],
      ],
    )
  })

  it('name the place of a message that does not parse or is not there', () => {
    assert.throws(() => compileWords({ a: { b: '{count, plural, one {x}' } }, 'da'), /words at "a\.b" do not parse/)
    assert.throws(() => compileWords({ a: { b: null } }, 'da'), /no words at "a\.b".*must stand in quotes/)
    assert.throws(() => compileWords({}, 'da').say('a.b'), /no words for "a\.b"/)
  })

  it('of the dialog come before the shared ones', () => {
    const words = firstOf(compileWords({ a: 'own' }, 'en'), compileWords({ a: 'shared {x}', b: 'only {y}' }, 'en'))
    assert.equal(words.say('a'), 'own')
    assert.equal(words.say('b', { y: 1 }), 'only 1')
    assert.deepEqual([...words.messages].map(([path, { names }]) => [path, names]).sort(), [
      ['a', []],
      ['b', ['y']],
    ])
    assert.throws(() => words.say('c'), /no words for "c"/)
  })
})
