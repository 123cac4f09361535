import { strict as assert } from 'node:assert'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { redisOf, ringOf } from '../../src/cli/installation.ts'
import { ToolError } from '../../src/cli/tool.ts'
import { readConfig } from '../../src/config.ts'
import { localKeys } from '../../src/local/keys.ts'
import { socketFor } from '../../src/local/redis.ts'
import { parseKeyRing } from '../../src/store/seal.ts'

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
      assert.throws(() => ringOf(config, root()), ToolError)
      assert.deepEqual(readdirSync(folder), [], 'a tool makes no keys')
      const made = localKeys(join(folder, 'keys'))
      assert.equal(ringOf(config, root()).writer.id, parseKeyRing(made).writer.id)
    })
})
