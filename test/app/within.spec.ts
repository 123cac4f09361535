import { strict as assert } from 'node:assert'
import { setTimeout } from 'node:timers/promises'
import { within } from '../../src/app/within.ts'

describe('what is waited for no longer than a while', () => {
  it('is given when it comes in time, and something else where it is late', async () => {
    assert.equal(await within(1000, Promise.resolve('here'), 'late'), 'here')
    assert.equal(await within(5, setTimeout(50, 'here'), 'late'), 'late')
  })

  it('fails as it fails, in time; what fails later is nobody’s concern', async () => {
    await assert.rejects(within(1000, Promise.reject(new Error('no')), 'late'), /no/)
    const failing = setTimeout(20).then(() => Promise.reject(new Error('no')))
    assert.equal(await within(5, failing, 'late'), 'late')
    await setTimeout(30)
  })

  it('leaves no timer behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
    const before = timers()
    for (let time = 0; time < 100; time++) await within(60_000, Promise.resolve(1), 0)
    // The test runner has a few of its own.
    assert.ok(timers() - before < 10)
  })
})
