import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Store } from '../../src/app/ports.ts'
import { keys } from '../../src/store/keys.ts'
import { type Connection, connect, disconnect } from '../../src/store/redis.ts'
import { rewriteWhenWanted } from '../../src/store/rewrite.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { createStore } from '../../src/store/store.ts'
import { aCase, aSession } from '../helpers/documents.ts'
import { startRedis, type TestRedis } from '../helpers/redis.ts'

describe('the file that Redis writes', () => {
  let server: TestRedis
  let redis: Connection
  let store: Store
  let warned: string[]
  beforeEach(async () => {
    server = await startRedis()
    redis = await connect(server.config)
    store = createStore({ redis, ring: parseKeyRing(`k1:${Buffer.alloc(32, 7).toString('base64')}`) })
    warned = []
  })
  afterEach(async () => {
    await disconnect(redis)
    await server.stop()
  })

  const warn = (fields: object) => void warned.push(JSON.stringify(fields))
  const log = { info: warn, warn, error: warn }
  const rewrite = (every?: number) => rewriteWhenWanted(redis, log, every)
  /** What is in clear in the file tells what is in it at all. */
  function fileHolds(text: string): boolean {
    const folder = join(dirname(server.socket), 'appendonlydir')
    return readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(text))
  }
  const put = (code: string) =>
    store.commit({ team: 't', writes: [{ kind: 'case', id: code, rev: 0, value: aCase(code) }], due: [], audit: [] })
  const erase = (code: string) =>
    store.commit({ team: 't', writes: [{ kind: 'case', id: code, rev: 1, value: undefined }], due: [], audit: [] })
  const settled = () => redis.del(keys.rewritten())
  async function isRewritten(): Promise<void> {
    while (/rewrite_in_progress:1|rewrite_scheduled:1/.test(await redis.info('persistence'))) await wait(10)
  }

  it('holds what was deleted until it is rewritten, a minute after the first erasure', async () => {
    await put('F-2222')
    await erase('F-2222')
    assert.equal(await rewrite(), false, 'before what follows from the erasure is done')
    const left = await redis.pttl(keys.rewritten())
    assert.ok(left > 50_000 && left <= 60_000, `${left} ms`)
    assert.equal(fileHolds('F-2222'), true)
    await settled()
    assert.equal(await rewrite(), true)
    await isRewritten()
    assert.equal(fileHolds('F-2222'), false)
    assert.equal(await rewrite(1), false, 'nothing more is wanted')
  })

  it('is rewritten once an hour at most, and none of the erasures is forgotten', async () => {
    for (const code of ['F-2222', 'F-3333']) await put(code)
    await erase('F-2222')
    await settled()
    assert.equal(await rewrite(), true)
    await isRewritten()
    await erase('F-3333')
    for (let time = 0; time < 5; time++) assert.equal(await rewrite(), false)
    const left = await redis.pttl(keys.rewritten())
    assert.ok(left > 3_500_000 && left <= 3_600_000, `${left} ms`)
    await settled()
    assert.equal(await rewrite(), true)
    await isRewritten()
    assert.equal(fileHolds('F-3333'), false)
  })

  it('is left alone while only drafts come and go', async () => {
    await store.commit({
      team: 't',
      writes: [{ kind: 'session', id: 's', rev: 0, value: aSession('s', 'anna') }],
      due: [],
      audit: [],
    })
    await store.commit({
      team: 't',
      writes: [{ kind: 'session', id: 's', rev: 1, value: undefined }],
      due: [],
      audit: [],
    })
    await settled()
    assert.equal(await rewrite(), false)
  })

  it('stays to be rewritten where the server forbids it, and the log says what to allow', async () => {
    await put('F-2222')
    await erase('F-2222')
    await settled()
    await redis.acl('SETUSER', 'default', '-bgrewriteaof')
    assert.equal(await rewrite(1), false)
    assert.deepEqual(warned, ['{"code":"rewrite-forbidden"}'])
    await redis.acl('SETUSER', 'default', '+@all')
    await wait(5)
    assert.equal(await rewrite(1), true)
  })
})
