import { strict as assert } from 'node:assert'
import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { doctor } from '../src/cli/doctor.ts'
import { keys } from '../src/store/keys.ts'
import { type Connection, connect, disconnect } from '../src/store/redis.ts'
import { rewriteWhenWanted } from '../src/store/rewrite.ts'
import { wordsOn } from './helpers/cards.ts'
import { aCase } from './helpers/documents.ts'
import { type PlainService, plainService, TEAM, withTeam } from './helpers/plain-service.ts'
import { startRedis, type TestRedis } from './helpers/redis.ts'

const KEYS = `k1:${randomBytes(32).toString('base64')}`
const PEOPLE = Array.from({ length: 8 }, (_, i) => `person-${i}`)
const [ANNA = ''] = PEOPLE

describe('a backup that was copied while people worked', function () {
  this.timeout(30_000)
  let first: TestRedis
  let second: TestRedis | undefined
  let running: PlainService
  let redis: Connection
  let backup: string

  beforeEach(async () => {
    first = await startRedis()
    redis = await connect(first.config)
    running = await plainService(first, { keys: KEYS })
    await withTeam(running, PEOPLE)
    backup = await mkdtemp(join(tmpdir(), 'tov-backup-'))
  })
  afterEach(async () => {
    await running.service.close()
    await disconnect(redis)
    await first.stop()
    await second?.stop()
    await rm(backup, { recursive: true, force: true })
  })

  /** As docs/operations.md says. */
  async function copy(): Promise<void> {
    await redis.config('SET', 'auto-aof-rewrite-percentage', '0')
    await redis.set(keys.rewritten(), '1', 'EX', 600)
    while (!(await redis.info('persistence')).includes('aof_rewrite_in_progress:0')) await wait(10)
    await cp(join(dirname(first.socket), 'appendonlydir'), backup, { recursive: true })
    await redis.config('SET', 'auto-aof-rewrite-percentage', '100')
  }

  it('brings back all that was acknowledged by then, and the work goes on', async () => {
    const now = await running.service.store.now()
    await running.service.store.commit({
      team: TEAM,
      writes: [{ kind: 'case', id: 'F-2222', rev: 0, value: aCase('F-2222', { creator: ANNA }) }],
      due: [{ kind: 'review', ids: ['F-2222'], at: now + 3_600_000 }],
      audit: [{ actor: ANNA, action: 'case-opened', code: 'F-2222' }],
    })
    await running.says(ANNA, 'aftale F-2222')
    let going = true
    const working = PEOPLE.slice(1).map(async (who) => {
      while (going) for (const text of ['opkald forbered', 'MK', 'stop']) await running.says(who, text)
    })
    await wait(100)
    await copy()
    going = false
    await Promise.all(working)
    await running.service.close()
    await first.kill()

    second = await startRedis({}, backup)
    running = await plainService(second, { keys: KEYS })
    assert.match(wordsOn((await running.says(ANNA, 'fortsæt')).card), /eleven/i)
    assert.match(wordsOn((await running.says(ANNA, 'sager')).card), /F-2222/)
    const due = await running.service.store.due(TEAM, Number.MAX_SAFE_INTEGER, 10)
    assert.deepEqual(
      due.map(({ kind, ids }) => [kind, ids]),
      [['review', ['F-2222']]],
    )
    for (const who of PEOPLE.slice(1)) assert.ok((await running.says(who, 'opkald forbered')).card)

    const said: string[] = []
    const env = { REDIS_URL: second.socket, TOVHOLDER_KEYS: KEYS, PORT: new URL(running.url).port }
    const root = new URL('..', import.meta.url).pathname
    assert.equal(await doctor.run([], { env, root, print: (text) => void said.push(text) }), 0, said.join('\n'))
  })

  it('is not disturbed by an erasure, whose rewrite waits for it', async () => {
    const writes = (value: ReturnType<typeof aCase> | undefined, rev: number) => ({
      team: TEAM,
      writes: [{ kind: 'case' as const, id: 'F-2222', rev, value }],
      due: [],
      audit: [],
    })
    await running.service.store.commit(writes(aCase('F-2222'), 0))
    await copy()
    await running.service.store.commit(writes(undefined, 1))
    const silent = { info() {}, warn() {}, error() {} }
    assert.equal(await rewriteWhenWanted(redis, silent), false)
    assert.ok((await redis.ttl(keys.rewritten())) > 590)
  })

  it('is of no use without the keys', async () => {
    await copy()
    second = await startRedis({}, backup)
    const said: string[] = []
    const env = { REDIS_URL: second.socket, TOVHOLDER_KEYS: `k9:${randomBytes(32).toString('base64')}` }
    const root = new URL('..', import.meta.url).pathname
    assert.equal(await doctor.run([], { env, root, print: (text) => void said.push(text) }), 1)
    assert.match(said.join('\n'), /need the key "k1"/)
  })
})
