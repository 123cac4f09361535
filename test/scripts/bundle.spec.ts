import { strict as assert } from 'node:assert'
import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { isOutdated } from '../../scripts/bundle.mjs'

const MADE = 'dist/spec/main.mjs'
const CODE = 'src/main.ts'

/** That the bundle works is seen by the main job in the browser, which runs it. */
describe('A bundle', () => {
  beforeEach(() => {
    mkdirSync('dist/spec', { recursive: true })
    writeFileSync(MADE, '')
  })
  afterEach(() => rmSync('dist/spec', { recursive: true }))

  it('is made where there is none', () => {
    assert.equal(isOutdated('dist/spec/other.mjs'), true)
  })

  it('is left alone as long as nothing has changed', () => {
    assert.equal(isOutdated(MADE), false)
  })

  it('is made anew when anything in it is newer', () => {
    const before = statSync(CODE).mtimeMs / 1000 - 1
    utimesSync(MADE, before, before)
    assert.equal(isOutdated(MADE), true)
  })
})
