import assert from 'node:assert/strict'
import { Redis } from 'ioredis'
import type { Commit, Store } from '../../src/app/ports.ts'
import { type Connection, connect, disconnect, usualReplicas } from '../../src/store/redis.ts'
import { readRedisUrl } from '../../src/store/redis-url.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { createStore } from '../../src/store/store.ts'
import { createVault } from '../../src/store/vault.ts'
import { aTeam, NOON } from '../helpers/documents.ts'
import { freePort } from '../helpers/ports.ts'
import { startRedis, type TestRedis } from '../helpers/redis.ts'

const HOST = '127.0.0.1'
const TEAM = 'team'
const ring = parseKeyRing(`k:${Buffer.alloc(32).toString('base64')}`)

/** An answer that a replica is to be waited for in vain; Redis itself is waited for longer. */
const BOUND = 1500

describe('a store whose master has a replica', () => {
  let servers: TestRedis[] = []
  let connections: Connection[]
  let store: Store
  let other: Store

  beforeEach(async () => {
    const port = await freePort()
    const master = await startRedis({ port: String(port), bind: HOST, 'repl-diskless-sync-delay': '0' })
    servers = [master, await startRedis({ replicaof: `${HOST} ${port}` })]
    const redis = new Redis(master.socket)
    while (!(await redis.info('replication')).includes('state=online')) await redis.ping()
    // It is said to be online as soon as all has been sent, and may still be reading it.
    await redis.set('first', '1')
    while ((await redis.wait(1, 1000)) < 1) await redis.ping()
    redis.disconnect()
    connections = [await connect(master.config), await connect(master.config)]
    const [one, two] = connections.map((redis) => createStore({ redis, ring, replicas: 1 }))
    store = one as Store
    other = two as Store
  })
  afterEach(async () => {
    for (const redis of connections) await disconnect(redis)
    for (const server of servers) await server.stop()
  })

  const change: Commit = {
    team: TEAM,
    event: 'click-1',
    writes: [{ kind: 'team', id: TEAM, rev: 0, value: aTeam(TEAM) }],
    due: [{ kind: 'post', ids: ['a'], at: NOON }],
    audit: [],
  }
  const seen = (by: Store) => by.read({ team: TEAM, user: 'anna', event: 'click-1' })
  const replica = () => servers[1] as TestRedis

  async function unconfirmed(act: Promise<unknown>): Promise<void> {
    const began = performance.now()
    await assert.rejects(act, { code: 'store-unavailable' })
    const took = performance.now() - began
    assert.ok(took < BOUND, `${took} ms`)
  }

  it('tells of what the replica has too', async () => {
    assert.equal(await store.commit(change), 'done')
    assert.equal((await seen(other)).team?.rev, 1)
    assert.equal((await other.pending(TEAM, 9)).entries.length, 1)
    assert.equal(await store.commit(change), 'repeated')
  })

  it('tells nobody that something is saved while the replica hangs, whoever asks and however often', async () => {
    replica().freeze()
    await unconfirmed(store.commit(change))
    await unconfirmed(store.commit(change))
    await unconfirmed(seen(store))
    // Another process, which has written nothing.
    await unconfirmed(seen(other))
    await unconfirmed(other.pending(TEAM, 9))
    replica().thaw()
  })

  it('says so of secrets and of whose teams are whose, too', async () => {
    const vault = createVault({ redis: connections[0] as Connection, ring, replicas: 1 })
    await vault.put('slack-T1', { token: 'xoxb-1' })
    await store.indexMembers('tenant', TEAM, ['anna', 'bent'], [])
    assert.deepEqual(await store.teamsOf('tenant', 'anna'), { teams: [TEAM] })
    replica().freeze()
    await unconfirmed(vault.put('slack-T1', { token: 'xoxb-2' }))
    await unconfirmed(vault.remove('slack-T1'))
    await unconfirmed(store.indexMembers('tenant', TEAM, ['anna'], ['bent']))
    await unconfirmed(store.chooseTeam('tenant', 'anna', TEAM))
    replica().thaw()
  })

  it('says that it is done already to whoever tries again when the replica has caught up', async () => {
    await store.commit(change)
    replica().freeze()
    const again: Commit = { ...change, event: 'click-2', writes: [] }
    await unconfirmed(store.commit(again))
    replica().thaw()
    assert.equal((await store.read({ team: TEAM, user: 'anna', event: 'click-2' })).repeated, true)
    assert.equal(await store.commit(again), 'repeated')
  })

  it('tells nobody where the replica is gone', async () => {
    await replica().kill()
    await unconfirmed(store.commit(change))
  })
})

describe('the number of replicas that must have something', () => {
  for (const [url, replicas] of [
    ['redis://one', 0],
    ['rediss://one', 0],
    ['redis+sentinel://one,two/tov', 1],
    ['rediss+cluster://one,two', 1],
  ] as const)
    it(`is ${replicas} with ${url}, unless it is said`, () => assert.equal(usualReplicas(readRedisUrl(url)), replicas))
})
