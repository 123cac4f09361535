// biome-ignore-all lint/suspicious/noTemplateCurlyInString: people may type such a thing
import { strict as assert } from 'node:assert'
import { compileFormula } from '../../src/dialog/expressions.ts'

describe('a formula', () => {
  it('computes from the answers so far', () => {
    const holds = (text: string, scope: object) => compileFormula(text).evaluate(scope)
    assert.equal(holds("direction == 'outgoing'", { direction: 'outgoing' }), true)
    assert.equal(holds('count(agreements) < 5', { agreements: [1, 2] }), true)
    assert.equal(holds("empty(code) || code == 'new'", { code: 'F-7K3Q' }), false)
    assert.equal(holds("'yes'", {}), 'yes')
  })

  it('is empty where a name has no value yet', () => {
    assert.equal(compileFormula('inAWeek').evaluate({}), undefined)
    assert.equal(compileFormula('count(agreements)').evaluate({}), undefined)
  })

  it('tells the names it reads, once it is compiled', () => {
    assert.deepEqual(compileFormula("count(xs) > 0 && a.b[0].c == 'y'").reads, ['xs', 'a'])
    assert.deepEqual(compileFormula("'call'").reads, [])
  })

  it('is refused with a reason where it does not parse or calls something unknown', () => {
    for (const text of ['a ==', "who = 'school'", 'empty(code'])
      assert.throws(() => compileFormula(text), /syntax error/)
    assert.throws(() => compileFormula('nope(a)'), /nope does not have an evaluator/)
  })

  it('never takes an answer for a part of itself', () => {
    const said = "${1+1} ') || true || ('"
    assert.equal(compileFormula("concat(what, '!')").evaluate({ what: said }), `${said}!`)
    assert.equal(compileFormula("what == 'x'").evaluate({ what: said }), false)
  })
})
