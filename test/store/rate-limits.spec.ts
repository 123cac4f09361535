import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { createRateLimits } from '../../src/store/rate-limits.ts'
import { type Connection, connect, disconnect } from '../../src/store/redis.ts'
import { startRedis, type TestRedis } from '../helpers/redis.ts'

const LIMITS = { user: { most: 12, free: 4 }, tenant: { most: 60, free: 20 } }

describe('how much may come', () => {
  let server: TestRedis
  let redis: Connection
  beforeEach(async () => {
    server = await startRedis()
    redis = await connect(server.config)
  })
  afterEach(async () => {
    await disconnect(redis)
    await server.stop()
  })

  const from = (id: string, tenant = 'skole') => ({ tenant, user: { id, name: '' } })
  const counted = async () => (await redis.keys('tov:rate:*')).sort()
  /** How many of so many get through. */
  async function through(limits: ReturnType<typeof createRateLimits>, who: ReturnType<typeof from>, tries: number) {
    let passed = 0
    for (let time = 0; time < tries; time++) if ((await limits.wait(who)) === 0) passed++
    return passed
  }

  it('costs Redis nothing while people write as people do', async () => {
    const limits = createRateLimits(redis)
    for (let person = 0; person < 20; person++) assert.equal(await through(limits, from(`p${person}`), 30), 30)
    assert.deepEqual(await counted(), [])
  })

  it('is as much from one person as is allowed, and no more; then one waits for a while', async () => {
    const limits = createRateLimits(redis, LIMITS)
    assert.equal(await through(limits, from('anna'), 30), 12)
    const seconds = await limits.wait(from('anna'))
    assert.ok(seconds > 0 && seconds <= 60, `${seconds}`)
    assert.equal(await limits.wait(from('bo')), 0, 'nobody else waits')
  })

  it('is counted over all processes together, but for what each lets through unasked', async () => {
    const processes = [1, 2, 3].map(() => createRateLimits(redis, LIMITS))
    const passed = await Promise.all(processes.map((limits) => through(limits, from('anna'), 20)))
    const sum = passed.reduce((all, one) => all + one, 0)
    assert.ok(sum >= 12 && sum <= 12 + 2 * LIMITS.user.free, `${passed}`)
  })

  it('has a bound for a whole tenant', async () => {
    const limits = createRateLimits(redis, LIMITS)
    let passed = 0
    for (let person = 0; person < 30; person++) passed += await through(limits, from(`p${person}`), 4)
    assert.equal(passed, 60)
    assert.equal(await limits.wait(from('anna', 'another school')), 0)
  })

  it('holds in each process while Redis is away, and keeps nobody out who writes as people do', async () => {
    const limits = createRateLimits(redis, LIMITS)
    await server.kill()
    assert.equal(await through(limits, from('anna'), 4), 4)
    const started = performance.now()
    assert.ok((await through(limits, from('bo'), 30)) <= 12)
    assert.ok(performance.now() - started < 1000)
    await server.restart()
    await wait(300)
    assert.equal(await limits.wait(from('clara')), 0)
  })

  it('is told within the time of one command when Redis hangs', async () => {
    const limits = createRateLimits(redis, LIMITS)
    await through(limits, from('anna'), 4)
    server.freeze()
    const started = performance.now()
    await limits.wait(from('anna'))
    assert.ok(performance.now() - started < 2500)
    server.thaw()
  }).timeout(10_000)

  it('counts ids that hold anything apart', async () => {
    const limits = createRateLimits(redis, LIMITS)
    assert.equal(await through(limits, from('a:b', 'c'), 20), 12)
    assert.equal(await limits.wait(from('b', 'c:a')), 0)
  })
})
