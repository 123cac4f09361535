import assert from 'node:assert/strict'
import { DeliveryError } from '../../src/app/ports.ts'
import { backoff } from '../../src/queue/backoff.ts'
import { errorCode, jobError } from '../../src/queue/job-error.ts'

describe('the wait after a failure', () => {
  it('doubles each time up to five minutes, half of it left to chance', () => {
    const waits = [1, 2, 3, 8, 9, 2000].map((attempt) => [
      backoff(attempt, undefined, () => 0),
      backoff(attempt, undefined, () => 1),
    ])
    assert.deepEqual(waits, [
      [1000, 2000],
      [2000, 4000],
      [4000, 8000],
      [128_000, 256_000],
      [150_000, 300_000],
      [150_000, 300_000],
    ])
  })

  it('is what the channel asked for', () => {
    assert.equal(backoff(9, new DeliveryError('throttled', { permanent: false, retryAfter: 1234 })), 1234)
    assert.equal(backoff(9, jobError(new DeliveryError('throttled', { permanent: false, retryAfter: 1234 }))), 1234)
    assert.equal(
      backoff(1, new DeliveryError('offline', { permanent: false }), () => 1),
      2000,
    )
  })
})

describe('what a job keeps of an error', () => {
  it('is its code and nothing it says', () => {
    assert.equal(errorCode(new DeliveryError('throttled', { permanent: false })), 'throttled')
    assert.equal(errorCode(new TypeError('cannot read Hemmelig Hansen')), 'TypeError')
    assert.equal(errorCode(Object.assign(new Error('x'), { code: 'with Hemmelig Hansen in it' })), 'Error')
    assert.equal(errorCode('Hemmelig Hansen'), 'unknown')
    assert.equal(errorCode(undefined), 'unknown')
    assert.doesNotMatch(String(jobError(new Error('Hemmelig Hansen')).stack), /Hemmelig/)
  })
})
