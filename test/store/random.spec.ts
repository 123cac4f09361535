import { strict as assert } from 'node:assert'
import { twelveRandomBytes } from '../../src/store/random.ts'

describe('random bytes', () => {
  it('are twelve, and no two of many draws are the same', () => {
    const drawn = Array.from({ length: 10_000 }, () => twelveRandomBytes().toString('hex'))
    assert.ok(drawn.every((hex) => hex.length === 24))
    assert.equal(new Set(drawn).size, drawn.length)
  })
})
