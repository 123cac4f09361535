import { strict as assert } from 'node:assert'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { bundle, isOutdated } from '../../scripts/bundle.mjs'

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

  it('takes the place of an earlier one, and leaves alone what else lies there', async () => {
    for (const file of ['former.mjs', 'tovholder-teams.zip']) writeFileSync(`dist/spec/${file}`, '')
    await bundle('src/main.ts', 'dist/spec')
    assert.equal(existsSync('dist/spec/former.mjs'), false)
    assert.ok(existsSync('dist/spec/tovholder-teams.zip'))
    assert.ok(existsSync('dist/spec/commit.lua'))
  }).timeout(20_000)

  it('takes one byte for a letter: a single one beyond ASCII would make it two for the whole file', async () => {
    await bundle('src/main.ts', 'dist/spec')
    // Node holds smaller files in another way.
    const large = globSync('dist/spec/*.mjs').filter((file) => statSync(file).size > 1e6)
    assert.ok(large.length > 1)
    for (const file of large) assert.equal(/\P{ASCII}/u.exec(readFileSync(file, 'utf8'))?.[0], undefined, file)
  }).timeout(20_000)
})
