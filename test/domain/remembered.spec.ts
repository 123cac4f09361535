import assert from 'node:assert/strict'
import { remembered } from '../../src/domain/remembered.ts'

describe('a function that remembers', () => {
  it('is asked the same question once, and different ones each', () => {
    const asked: string[] = []
    const join = remembered((...words: string[]) => {
      asked.push(words.join('+'))
      return words.join('')
    })
    assert.deepEqual([join('a', 'b'), join('ab'), join('a', 'b')], ['ab', 'ab', 'ab'])
    assert.deepEqual(asked, ['a+b', 'ab'])
  })

  it('asks again after a failure', () => {
    let failures = 0
    const fail = remembered((_: number): number => {
      failures++
      throw new Error('no')
    })
    assert.throws(() => fail(1), /no/)
    assert.throws(() => fail(1), /no/)
    assert.equal(failures, 2)
  })

  it('forgets before there are too many', () => {
    let asked = 0
    const count = remembered((n: number) => {
      asked++
      return n
    }, 3)
    for (const n of [1, 2, 3, 1, 4, 1]) assert.equal(count(n), n)
    assert.equal(asked, 5)
  })
})
