import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { StoreError } from '../../src/app/ports.ts'
import { checkServer } from '../../src/store/check-server.ts'
import { connect, disconnect } from '../../src/store/redis.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { createStore } from '../../src/store/store.ts'
import { aCase, aSession, aTeam, NOON } from '../helpers/documents.ts'
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

  it('can be ended while the server is away', async () => {
    const own = await startRedis()
    const redis = await connect(own.config)
    await own.stop()
    await wait(400)
    const started = performance.now()
    await disconnect(redis)
    assert.ok(performance.now() - started < 3000)
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

  it('works with a Cluster, where all keys of a turn have to be in one slot', async () => {
    const port = await freePort()
    const own = await startRedis({ port: String(port), 'cluster-enabled': 'yes', 'cluster-announce-ip': '127.0.0.1' })
    const node = await connect(own.config)
    try {
      await node.call('CLUSTER', 'ADDSLOTSRANGE', 0, 16383)
      const redis = await connect({ kind: 'cluster', nodes: [{ host: '127.0.0.1', port }] })
      const store = createStore({ redis, ring: parseKeyRing(`k:${Buffer.alloc(32).toString('base64')}`) })
      const teams = ['19:a@thread.tacv2', '19:b@thread.tacv2', '19:c@thread.tacv2']
      for (const team of teams) {
        const outcome = await store.commit({
          team,
          event: 'e1',
          writes: [
            { kind: 'team', id: team, rev: 0, value: aTeam(team) },
            { kind: 'case', id: 'F-2222', rev: 0, value: aCase('F-2222') },
            { kind: 'session', id: 's1', rev: 0, value: aSession('s1', 'anna', { code: 'F-2222' }) },
          ],
          due: [{ kind: 'post', ids: ['a'], at: NOON }],
          audit: [{ actor: 'anna', action: 'open' }],
        })
        assert.equal(outcome, 'done')
        await store.indexMembers('skole', team, ['anna', 'bo'], ['carl'])
        const seen = await store.read({ team, user: 'anna', mine: true })
        assert.equal(seen.case?.value.code, 'F-2222')
        assert.equal(seen.mine.length, 1)
        assert.equal((await store.load(team, 'case', ['F-2222', 'F-3333'])).filter(Boolean).length, 1)
        await store.bury(team, { kind: 'post', ids: ['a'], at: NOON + 1 }, 'poison')
      }
      assert.deepEqual((await store.teamsWithDue(NOON)).sort(), teams)
      assert.deepEqual((await store.teamsOf('skole', 'anna')).teams.sort(), teams)
      assert.deepEqual(await checkServer(redis), [])
      await disconnect(redis)
    } finally {
      await disconnect(node)
      await own.stop()
    }
  })
})

/** A port nobody listens at, low enough for the Cluster's second one, which is 10,000 higher. */
async function freePort(): Promise<number> {
  const server = createServer()
  for (let port = 20_000 + Math.floor(Math.random() * 10_000); ; port++) {
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true))
    })
    server.removeAllListeners()
    if (!free) continue
    await new Promise((resolve) => server.close(resolve))
    return port
  }
}

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
      ],
    )
    assert.ok(found.every(({ remedy }) => remedy.length > 30))
    await disconnect(redis)
    await own.stop()
  })

  const FORBIDDEN: Record<string, Record<string, string>> = {
    'a rule forbids it': { user: 'default on nopass ~* &* +@all -config' },
    'it has been renamed away': { 'rename-command': 'CONFIG ""' },
  }
  for (const [how, forbid] of Object.entries(FORBIDDEN)) {
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
