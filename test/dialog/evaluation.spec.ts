import { strict as assert } from 'node:assert'
import { Expression } from 'adaptive-expressions'
import fc from 'fast-check'
import { compile } from '../../src/dialog/evaluation.ts'

/** What the library makes of it; a failure is `undefined`, as here. */
const byLibrary = (text: string, scope: object): unknown => {
  const { value, error } = Expression.parse(text).tryEvaluate(scope)
  return error ? undefined : value
}

function here(text: string, scope: object): unknown {
  try {
    return compile(Expression.parse(text))({ $data: scope })
  } catch {
    return undefined
  }
}

const names = fc.constantFrom('a', 'b', 'c', 'a.b', 'b.c.a', 'missing')
const number = fc.oneof(
  fc.constantFrom('0', '2', '0.5'),
  names.map((name) => `count(${name})`),
)
const operand = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    names,
    fc.constantFrom("''", "'x'", "'yes'", 'true', 'false'),
    number,
    fc.tuple(tie('any'), fc.constantFrom('==', '!=', '&&', '||'), tie('any')).map((parts) => `(${parts.join(' ')})`),
    fc.tuple(number, fc.constantFrom('<', '>'), number).map((parts) => `(${parts.join(' ')})`),
    tie('any').map((inner) => `!(${inner})`),
    tie('any').map((inner) => `empty(${inner})`),
    // Nothing of ours: the library evaluates it with what we give it.
    tie('any').map((inner) => `exists(${inner})`),
    names.map((name) => `toUpper(${name})`),
  ),
})).any

const value = fc.oneof(
  fc.constantFrom('', 'x', 'yes', '0'),
  fc.constantFrom(0, 2, -1, 0.5),
  fc.boolean(),
  fc.constantFrom(null, undefined),
  fc.array(fc.constantFrom('x', 2, null), { maxLength: 3 }),
  fc.record({ b: fc.constantFrom('x', 2), c: fc.record({ a: fc.constantFrom('', 'yes') }) }, { requiredKeys: [] }),
)
const scope = fc.record({ a: value, b: value, c: value }, { requiredKeys: [] })

describe('an expression evaluated here', () => {
  it('means what it means to the library', () => {
    fc.assert(
      fc.property(operand, scope, (text, data) => assert.deepEqual(here(text, data), byLibrary(text, data), text)),
      { numRuns: 1000 },
    )
  })

  it('has no order for what is not alike', () => {
    assert.equal(here('a > b', { a: 'x', b: 'w' }), true)
    assert.equal(here('a > b', { a: 'x', b: 2 }), undefined)
  })

  it('tells names apart by upper and lower case, as the lint does', () => {
    assert.equal(here('code', { Code: 'F-7K3Q' }), undefined)
  })

  it('reads nothing but what is in its data', () => {
    assert.equal(here('constructor', {}), undefined)
    assert.equal(here('a.constructor', { a: {} }), undefined)
    assert.equal(here('a.length', { a: 'text' }), undefined)
  })
})
