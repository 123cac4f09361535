import { strict as assert } from 'node:assert'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { redisOf, ringOf } from '../../src/cli/installation.ts'
import { readConfig } from '../../src/config.ts'
import { socketFor } from '../../src/local/redis.ts'

/** The local mode resolves its folder in the same way: `npm start` runs in the root. */
describe('the folder of the local mode, as the tools look for it', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tov-data-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  for (const [how, root, data] of [
    ['below the root', () => dirname(folder), () => basename(folder)],
    ['elsewhere', () => '/opt/tovholder', () => folder],
  ] as const)
    it(`is found ${how}`, () => {
      const config = readConfig({ TOVHOLDER_DATA: data() })
      assert.deepEqual(redisOf(config, root()), { kind: 'socket', path: socketFor(join(folder, 'redis')) })
      const { writer } = ringOf(config, root())
      assert.match(readFileSync(join(folder, 'keys'), 'utf8'), new RegExp(`^${writer.id}:`))
    })
})
