import assert from 'node:assert/strict'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localKeys } from '../../src/local/keys.ts'
import { parseKeyRing } from '../../src/store/seal.ts'

describe('the keys of the local mode', () => {
  let dir: string
  let file: string

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tov-keys-'))
    file = join(dir, 'keys')
  })
  afterEach(() => rm(dir, { recursive: true }))

  it('are made at the first start, as the store reads them', () => {
    assert.equal(parseKeyRing(localKeys(file)).writer.id, 'local')
  })

  it('are the same at every later start, or nothing could be read any more', () => {
    assert.equal(localKeys(file), localKeys(file))
  })

  it('are for their owner only', async () => {
    localKeys(file)
    assert.equal((await stat(file)).mode & 0o777, 0o600)
  })
})
