// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a card template names a value
import { strict as assert } from 'node:assert'
import { Template } from 'adaptivecards-templating'
import fc from 'fast-check'
import { compileTemplate } from '../../src/app/card-filling.ts'
import { withoutEscapes } from '../../src/app/markdown.ts'

const item = fc.record({ a: fc.constantFrom('', 'x'), n: fc.constantFrom(0, 3), yes: fc.boolean() })
const data = fc.record({
  a: fc.constantFrom('', 'x', 'two words'),
  n: fc.constantFrom(0, 3),
  yes: fc.boolean(),
  deep: item,
  items: fc.array(item, { maxLength: 3 }),
})

const condition = fc.constantFrom("${a == 'x'}", "${a != ''}", '${n > 1}', '${yes}', '${!yes}', '${$root.deep.yes}')
const text = fc.constantFrom('plain', '${a}', '${n}', '${yes}', 'a ${a}, n ${n}', '${$root.a}', '${$root.deep.a}')
const source = fc.constantFrom('${$root.items}', '${$root.deep}')
const part = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    text,
    fc.constantFrom(1, true),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.record({ $when: condition, $data: source, value: text, inner: tie('any') }, { requiredKeys: ['value'] }),
  ),
})).any

describe('a filled-in template', () => {
  it('is what the templating library makes of it', () => {
    fc.assert(
      fc.property(part, data, (body, $root) =>
        assert.deepEqual(compileTemplate({ body })($root), new Template({ body }).expand({ $root })),
      ),
      { numRuns: 500 },
    )
  })

  it('keeps the lines of what people typed, where one line break is none', () => {
    const card = compileTemplate({ body: [{ type: 'TextBlock', text: '${a}' }] })({ a: 'one\ntwo\n\nthree' })
    assert.deepEqual(card, { body: [{ type: 'TextBlock', text: 'one\n\ntwo\n\nthree' }] })
    assert.equal(withoutEscapes('one\n\ntwo'), 'one\ntwo')
  })

  it('leaves what it was filled in with as it was', () => {
    const given = { rows: [{ type: 'TextBlock', text: '*a*' }], data: { id: '*a*' } }
    const before = structuredClone(given)
    const card = compileTemplate({ body: '${rows}', data: '${data}' })(given)
    assert.deepEqual(given, before)
    assert.deepEqual(card, { body: [{ type: 'TextBlock', text: String.raw`\*a\*` }], data: { id: '*a*' } })
  })
})
