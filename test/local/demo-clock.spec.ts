import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDemoClock, parseMove } from '../../src/local/demo-clock.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const noon = () => Date.parse('2026-11-23T12:00+01:00')

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
    assert.equal(createDemoClock(file, noon).offset(), 0)
  })

  it('adds one move to another, and keeps them over a restart', () => {
    const clock = createDemoClock(file, noon)
    assert.equal(clock.move('+3d'), true)
    assert.equal(clock.move('+2h'), true)
    assert.equal(clock.offset(), 3 * DAY + 2 * HOUR)
    assert.equal(createDemoClock(file, noon).offset(), 3 * DAY + 2 * HOUR)
  })

  it('goes on to the morning of a day that it comes to at night, when nothing is said yet', () => {
    const night = () => Date.parse('2026-11-23T01:40+01:00')
    const clock = createDemoClock(file, night)
    assert.equal(clock.move('+7d'), true)
    assert.equal(night() + clock.offset(), Date.parse('2026-11-30T09:00+01:00'))
    clock.move('+1d')
    assert.equal(night() + clock.offset(), Date.parse('2026-12-01T09:00+01:00'))
    // Hours are taken by the letter.
    clock.move('+16h')
    assert.equal(night() + clock.offset(), Date.parse('2026-12-02T01:00+01:00'))
  })

  it('stays where it is when a move is not understood, is none, or leads too far', () => {
    const clock = createDemoClock(file, noon)
    clock.move('+399d')
    for (const by of ['tomorrow', '+0d', '+2d']) assert.equal(clock.move(by), false, by)
    assert.equal(clock.offset(), 399 * DAY)
  })
})
