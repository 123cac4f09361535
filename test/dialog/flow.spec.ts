import { strict as assert } from 'node:assert'
import { findStep, flowSchema } from '../../src/dialog/flow.ts'
import { aFlow } from '../helpers/flows.ts'

const STEP = { id: 'a' }
const refused = (steps: unknown, more: object = {}): string => {
  const parsed = flowSchema.safeParse({ needs: 'case.open', steps, finish: [{}], ...more })
  assert.equal(parsed.success, false)
  return parsed.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n') ?? ''
}

describe('a flow', () => {
  it('needs only what is not usual: the rest has a sensible value', () => {
    const flow = aFlow(
      '{ needs: case.open, steps: [{ id: a, fields: { what: { kind: text, max: 9 } } }], finish: [{}] }',
    )
    const step = findStep(flow, 'a')
    assert.equal(step?.card, 'step')
    assert.deepEqual(step?.actions, [{ id: 'next', style: 'default' }])
    assert.deepEqual(step?.fields.what, { kind: 'text', max: 9, lines: false, required: false })
    assert.equal(findStep(flow, 'b'), undefined)
  })

  it('compiles its conditions', () => {
    const flow = aFlow("{ needs: case.open, steps: [{ id: a, if: who == 'home' }], finish: [{}] }")
    assert.equal(flow.steps[0]?.if?.evaluate({ who: 'home' }), true)
  })

  it('is refused where something in it is not known, and says where', () => {
    assert.match(refused([{ ...STEP, colour: 'red' }]), /^steps\.0: .*"colour"/)
    assert.match(refused([{ ...STEP, fields: { x: { kind: 'number' } } }]), /^steps\.0\.fields\.x\.kind/)
    assert.match(refused([{ ...STEP, fields: { x: { kind: 'text' } } }]), /^steps\.0\.fields\.x\.max/)
    assert.match(refused([{ ...STEP, if: 'a ==' }]), /^steps\.0\.if: "a ==" is not an expression: .*syntax error/)
    assert.match(refused([{ ...STEP, if: 'nope(a)' }]), /"nope\(a\)" is not an expression: nope does not have/)
    assert.match(refused([]), /^steps/)
    assert.match(refused([{ ...STEP, actions: [] }]), /^steps\.0\.actions/)
    assert.match(refused([STEP], { finish: [] }), /^finish/)
  })
})
