import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { keys } from '../../src/store/keys.ts'
import { type Connection, connect, disconnect } from '../../src/store/redis.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { createVault } from '../../src/store/vault.ts'
import { startRedis, type TestRedis } from '../helpers/redis.ts'

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`
const SECRET = { token: 'xoxb-hemmelig', botUser: 'U1' }

describe('the vault', () => {
  const old = key('old')
  const ring = parseKeyRing(old)
  let server: TestRedis
  let redis: Connection
  before(async () => {
    server = await startRedis()
    redis = await connect(server.config)
  })
  beforeEach(() => redis.flushall())
  after(async () => {
    await disconnect(redis)
    await server.stop()
  })
  const vault = (given = ring) => createVault({ redis, ring: given })

  it('gives back what was put into it, until it is replaced or removed', async () => {
    const { get, put, remove } = vault()
    assert.equal(await get('slack-T1'), undefined)
    await put('slack-T1', SECRET)
    await put('slack-T2', { token: 'xoxb-other' })
    assert.deepEqual(await get('slack-T1'), SECRET)
    await put('slack-T1', { token: 'xoxb-new' })
    assert.deepEqual(await get('slack-T1'), { token: 'xoxb-new' })
    await remove('slack-T1')
    await remove('slack-T1')
    assert.equal(await get('slack-T1'), undefined)
    assert.deepEqual(await get('slack-T2'), { token: 'xoxb-other' })
  })

  it('shows nothing of it in Redis', async () => {
    await vault().put('slack-T1', SECRET)
    assert.deepEqual(await redis.keys('*'), [keys.vault('slack-T1')])
    const sealed = (await redis.getBuffer(keys.vault('slack-T1'))) ?? assert.fail()
    assert.doesNotMatch(sealed.toString('latin1'), /xoxb|hemmelig|token|U1/)
    assert.equal(await redis.ttl(keys.vault('slack-T1')), -1)
  })

  it('keeps it for as long as a key of the ring opens it', async () => {
    await vault().put('slack-T1', SECRET)
    assert.deepEqual(await vault(parseKeyRing(`${key('new')},${old}`)).get('slack-T1'), SECRET)
    await assert.rejects(vault(parseKeyRing(key('new'))).get('slack-T1'), { code: 'seal-key-unknown' })
  })

  it('opens nothing that was moved or changed', async () => {
    await vault().put('slack-T1', SECRET)
    await redis.rename(keys.vault('slack-T1'), keys.vault('slack-T2'))
    await assert.rejects(vault().get('slack-T2'), { code: 'seal-broken' })
    await redis.set(keys.vault('slack-T1'), JSON.stringify(SECRET))
    await assert.rejects(vault().get('slack-T1'), { code: 'seal-unknown' })
  })

  it('says so when Redis does not answer, without what was to be kept', async () => {
    server.freeze()
    const { get, put, remove } = vault()
    const failures = await Promise.allSettled([get('slack-T1'), put('slack-T1', SECRET), remove('slack-T1')])
    server.thaw()
    for (const failure of failures) {
      assert.equal(failure.status, 'rejected')
      const { code, cause } = failure.reason as { code: string; cause: object }
      assert.equal(code, 'store-unavailable')
      assert.doesNotMatch(JSON.stringify({ ...failure.reason, ...cause }), /xoxb|hemmelig/)
    }
  })
})
