import assert from 'node:assert/strict'
import type { StoreError } from '../../src/app/ports.ts'
import { checkServer } from '../../src/store/check-server.ts'
import { connect, disconnect } from '../../src/store/redis.ts'
import { sharedRedis, startRedis } from '../helpers/redis.ts'

describe('connecting to Redis', () => {
  it('is refused with the place and the last error when nobody is there, and never with a password', async () => {
    const codes: string[] = []
    const config = { kind: 'url', url: 'redis://someone:sesame@127.0.0.1:1' } as const
    await assert.rejects(connect(config, { within: 150, onError: (code) => codes.push(code) }), (error: StoreError) => {
      assert.equal(error.code, 'store-unreachable')
      assert.match(String(error.cause), /127\.0\.0\.1:1 .*ECONNREFUSED/)
      assert.doesNotMatch(String(error.cause), /sesame/)
      return true
    })
    assert.ok(codes.includes('ECONNREFUSED'))
  })

  it('waits for a server that comes up a little later', async () => {
    const own = await startRedis()
    try {
      await own.kill()
      const connecting = connect(own.config, { within: 5000 })
      await own.restart()
      const redis = await connecting
      assert.equal(await redis.ping(), 'PONG')
      await disconnect(redis)
    } finally {
      await own.stop()
    }
  })

  it('says so when the password is wrong', async () => {
    const own = await startRedis({ requirepass: 'sesame' })
    try {
      const config = { ...own.config, password: 'wrong' } as typeof own.config
      await assert.rejects(connect(config, { within: 300 }), (error: StoreError) =>
        /WRONGPASS/.test(String(error.cause)),
      )
    } finally {
      await own.stop()
    }
  })

  it('works with a Cluster', async () => {
    const own = await startRedis({ port: '0' })
    await own.stop()
  })
})

describe('checking the server', () => {
  it('finds nothing where all is as it should be', async () => {
    const redis = await connect((await sharedRedis()).config)
    assert.deepEqual(await checkServer(redis), [])
    await disconnect(redis)
  })

  it('names each setting that loses data, with a remedy', async () => {
    const own = await startRedis({ appendonly: 'no', appendfsync: 'everysec', 'maxmemory-policy': 'allkeys-lru' })
    const redis = await connect(own.config)
    const found = await checkServer(redis)
    assert.deepEqual(
      found.map(({ setting, is, should }) => [setting, is, should]),
      [
        ['appendonly', 'no', 'yes'],
        ['appendfsync', 'everysec', 'always'],
        ['maxmemory-policy', 'allkeys-lru', 'noeviction'],
      ].map((row) => row),
    )
    assert.ok(found.every(({ remedy }) => remedy.length > 30))
    await disconnect(redis)
    await own.stop()
  })

  for (const [how, forbid] of Object.entries({
    'a rule forbids it': { user: 'default on nopass ~* &* +@all -config' },
    'it has been renamed away': { 'rename-command': 'CONFIG ""' },
  })) {
    it(`says what it cannot see when CONFIG cannot be used because ${how}`, async () => {
      const own = await startRedis(forbid)
      const redis = await connect(own.config)
      assert.deepEqual(
        (await checkServer(redis)).map(({ setting, is }) => [setting, is]),
        [['appendfsync', 'unknown']],
      )
      await disconnect(redis)
      await own.stop()
    })
  }
})
