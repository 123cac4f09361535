import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDemoClock, parseMove } from '../../src/local/demo-clock.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

describe('the demo clock', () => {
  let dir: string
  let file: string

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tov-clock-'))
    file = join(dir, 'demo-clock')
  })
  afterEach(() => rm(dir, { recursive: true }))

  it('understands days, hours in both languages, and minutes', () => {
    assert.equal(parseMove('+3d'), 3 * DAY)
    assert.equal(parseMove('+2h'), 2 * HOUR)
    assert.equal(parseMove(' +2T '), 2 * HOUR)
    assert.equal(parseMove('+30m'), HOUR / 2)
  })

  it('understands nothing else', () => {
    for (const text of ['', '3d', '-3d', '+d', '+3', '+3 d', '+3w', '+1.5d', '+99999d', '+3d!'])
      assert.equal(parseMove(text), undefined, text)
  })

  it('shows the real time until it is moved', () => {
    assert.equal(createDemoClock(file).offset(), 0)
  })

  it('adds one move to another, and keeps them over a restart', () => {
    const clock = createDemoClock(file)
    assert.equal(clock.move('+3d'), true)
    assert.equal(clock.move('+2h'), true)
    assert.equal(clock.offset(), 3 * DAY + 2 * HOUR)
    assert.equal(createDemoClock(file).offset(), 3 * DAY + 2 * HOUR)
  })

  it('stays where it is when a move is not understood, is none, or leads too far', () => {
    const clock = createDemoClock(file)
    clock.move('+399d')
    for (const by of ['tomorrow', '+0d', '+2d']) assert.equal(clock.move(by), false, by)
    assert.equal(clock.offset(), 399 * DAY)
  })
})
