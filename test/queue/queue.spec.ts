import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Queue, UnrecoverableError } from 'bullmq'
import type { Log } from '../../src/app/log.ts'
import { DeliveryError, type Store } from '../../src/app/ports.ts'
import { createQueue, type DeliveryQueue } from '../../src/queue/queue.ts'
import { keys } from '../../src/store/keys.ts'
import { type Connection, connect } from '../../src/store/redis.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { createStore } from '../../src/store/store.ts'
import { aTeam } from '../helpers/documents.ts'
import { startRedis, type TestRedis } from '../helpers/redis.ts'

const ring = parseKeyRing(`k1:${Buffer.alloc(32, 7).toString('base64')}`)
const TEAM = '19:team@thread.tacv2'

describe('the queue', () => {
  let redis: TestRedis
  let producer: Connection
  let worker: Connection
  let store: Store
  let queue: DeliveryQueue | undefined
  let logged: { fields: Record<string, string | number>; message: string }[]

  beforeEach(async () => {
    redis = await startRedis()
    producer = await connect(redis.config)
    worker = await connect(redis.config, { role: 'worker' })
    store = createStore({ redis: producer, ring })
    logged = []
  })
  afterEach(async () => {
    await queue?.close(200)
    queue = undefined
    producer.disconnect()
    worker.disconnect()
    await redis.stop()
  })

  const note = (fields: Record<string, string | number>, message: string) => void logged.push({ fields, message })
  const log: Log = { info: note, warn: note, error: note }

  const make = (deliver: (team: string) => Promise<void>, over: { every?: number; concurrency?: number } = {}) => {
    queue = createQueue({ producer, worker, prefix: keys.queuePrefix(), store, deliver, log, ...over })
    return queue
  }
  const schedule = (team: string, id = 'p1', at = 1) =>
    store.commit({
      team,
      writes: [{ kind: 'team', id: team, rev: 0, value: aTeam(team) }],
      due: [{ kind: 'post', ids: [id], at }],
      audit: [],
    })
  const add = (team: string, id: string) =>
    store.commit({ team, writes: [], due: [{ kind: 'post', ids: [id], at: 1 }], audit: [] })
  /** Delivers as the app does: everything that is due is taken from the index. */
  const takeAll = async (team: string): Promise<string[]> => {
    const entries = await store.due(team, await store.now(), 50)
    await store.commit({ team, writes: [], due: entries.map((entry) => ({ ...entry, at: null })), audit: [] })
    return entries.map(({ ids }) => ids.join())
  }
  const until = async (holds: () => boolean | Promise<boolean>, within = 3000) => {
    const end = performance.now() + within
    while (!(await holds())) {
      assert.ok(performance.now() < end, `not within ${within} ms`)
      await wait(5)
    }
  }
  const jobsLeft = async () => (await producer.keys(`${keys.queuePrefix()}:delivery:deliver.*`)).length

  it('delivers what is due once, to every team that has something, after a sweep', async () => {
    const teams = Array.from({ length: 20 }, (_, i) => `19:team ${i}@thread.tacv2`)
    for (const team of teams) await schedule(team)
    await schedule('not yet', 'p1', Date.now() + 3_600_000)
    const delivered: string[] = []
    const { start, sweepNow } = make(async (team) => {
      // A sweep that comes while a team is delivered to has it looked at once more, and there is nothing.
      if ((await takeAll(team)).length > 0) delivered.push(team)
    })
    assert.equal(await sweepNow(), 20)
    assert.equal(await sweepNow(), 20)
    await start()
    await until(() => delivered.length >= 20)
    await until(async () => (await jobsLeft()) === 0)
    assert.deepEqual(delivered.toSorted(), teams.toSorted())
  })

  it('sweeps by itself from the start', async () => {
    await schedule(TEAM)
    const delivered: string[] = []
    const { start } = make(async (team) => {
      delivered.push(...(await takeAll(team)))
    })
    await start()
    await until(() => delivered.length === 1)
  })

  it('delivers at once after a nudge', async () => {
    const delivered: number[] = []
    const { start, nudge } = make(async (team) => {
      delivered.push(performance.now())
      await takeAll(team)
    })
    await start()
    await wait(50)
    await schedule(TEAM)
    const nudged = performance.now()
    await nudge(TEAM)
    await until(() => delivered.length > 0)
    assert.ok((delivered[0] as number) - nudged < 500)
  })

  it('never delivers to one team twice at the same time', async () => {
    let atWork = 0
    let most = 0
    let times = 0
    const { start, nudge } = make(async () => {
      atWork++
      times++
      most = Math.max(most, atWork)
      await wait(5)
      atWork--
    })
    await start()
    for (let i = 0; i < 20; i++) {
      await nudge(TEAM)
      await wait(2)
    }
    await until(async () => atWork === 0 && (await jobsLeft()) === 0)
    assert.equal(most, 1)
    assert.ok(times > 1)
  })

  it('does not lose a nudge that comes while the team is being delivered to', async () => {
    await schedule(TEAM, 'first')
    const delivered: string[][] = []
    const atWork = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const { start, nudge } = make(async (team) => {
      delivered.push(await takeAll(team))
      atWork.resolve()
      await goOn.promise
    })
    await start()
    await nudge(TEAM)
    await atWork.promise
    await add(TEAM, 'second')
    await nudge(TEAM)
    goOn.resolve()
    await until(() => delivered.length === 2, 500)
    assert.deepEqual(delivered, [['first'], ['second']])
  })

  it('does not spin on a team whose entries stay due', async () => {
    await schedule(TEAM)
    let times = 0
    const { start, nudge } = make(async () => {
      times++
    })
    await start()
    await nudge(TEAM)
    await wait(600)
    assert.ok(times >= 2 && times <= 3, `${times} times`)
  })

  it('tries again what failed, when the channel said, and keeps nothing but a code', async () => {
    const times: number[] = []
    const { start, nudge } = make(async (team) => {
      times.push(performance.now())
      if (times.length === 1) throw new DeliveryError('throttled', { permanent: false, retryAfter: 300 })
      // Whatever is thrown is tried again, whatever the queue's own library makes of it.
      if (times.length === 2) throw Object.assign(new UnrecoverableError('Hemmelig Hansen'), { retryAfter: 1 })
      await takeAll(team)
    })
    await start()
    await nudge(TEAM)
    await until(() => times.length >= 1)
    await until(async () => (await jobsLeft()) > 0)
    await until(() => times.length >= 2)
    const waited = (times[1] as number) - (times[0] as number)
    assert.ok(waited >= 290 && waited < 800, `${waited} ms`)
    await until(() => times.length >= 3)
    await until(async () => (await jobsLeft()) === 0)
    const stream = await producer.xrange(`${keys.queuePrefix()}:delivery:events`, '-', '+')
    assert.doesNotMatch(JSON.stringify([stream, logged]), /Hemmelig/)
    assert.ok(logged.some(({ fields }) => fields.code === 'throttled'))
  })

  it('makes its jobs and its schedule anew when they are flushed', async () => {
    const delivered: string[] = []
    const { start } = make(
      async (team) => {
        delivered.push(...(await takeAll(team)))
      },
      { every: 200 },
    )
    await schedule(TEAM, 'first')
    await start()
    await until(() => delivered.length === 1)
    const prefix = `${keys.queuePrefix()}:delivery:`
    await until(async () => (await producer.llen(`${prefix}active`)) === 0)
    await producer.del(...(await producer.keys(`${prefix}*`)))
    await add(TEAM, 'second')
    await until(() => delivered.length === 2)
  })

  it('neither throws nor hangs when it nudges a Redis that is gone or frozen', async () => {
    const { nudge } = make(async () => {})
    await nudge('warm')
    redis.freeze()
    const started = performance.now()
    await nudge(TEAM)
    assert.ok(performance.now() - started < 2500)
    redis.thaw()
    await redis.kill()
    await nudge(TEAM)
    assert.ok(performance.now() - started < 3000)
    assert.ok(logged.filter(({ fields }) => fields.team === TEAM).length === 2)
  })

  it('goes on by itself when Redis comes back', async function () {
    this.timeout(30_000)
    const delivered: string[] = []
    const { start, nudge } = make(async (team) => {
      delivered.push(...(await takeAll(team)))
    })
    await start()
    await redis.kill()
    await wait(100)
    await redis.restart()
    await until(() => producer.status === 'ready')
    await schedule(TEAM)
    await nudge(TEAM)
    await until(() => delivered.length === 1, 20_000)
  })

  it('takes over from a worker that was killed, within ten seconds', async function () {
    this.timeout(30_000)
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('./worker-process.ts', import.meta.url)), redis.socket],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    // Listened to throughout: what is said while nobody listens may be lost.
    const heard: string[] = []
    createInterface({ input: child.stdout }).on('line', (line) => heard.push(line))
    try {
      await until(() => heard.includes('started'), 10_000)
      const delivered: number[] = []
      const { start, nudge } = make(async (team) => {
        delivered.push(performance.now())
        await takeAll(team)
      })
      await schedule(TEAM)
      await nudge(TEAM)
      await until(() => heard.includes(`delivering ${TEAM}`), 10_000)
      child.kill('SIGKILL')
      await once(child, 'exit')
      const died = performance.now()
      await start()
      await until(() => delivered.length > 0, 10_000)
      assert.ok((delivered[0] as number) - died < 10_000)
      assert.ok(logged.some(({ message }) => /died/.test(message)))
    } finally {
      child.kill('SIGKILL')
    }
  })

  it('finishes what it is at before it closes, and takes nothing new', async () => {
    const delivered: string[] = []
    const atWork = Promise.withResolvers<void>()
    const { start, nudge, close } = make(
      async (team) => {
        atWork.resolve()
        await wait(80)
        delivered.push(team)
      },
      { concurrency: 1 },
    )
    await start()
    await nudge('first')
    await nudge('second')
    await atWork.promise
    await close()
    assert.deepEqual(delivered, ['first'])
    const left = new Queue('delivery', { connection: producer, prefix: keys.queuePrefix() })
    assert.equal(await left.getWaitingCount(), 1)
    await left.close()
  })

  it('closes in time although a delivery hangs', async () => {
    const atWork = Promise.withResolvers<void>()
    const { start, nudge, close } = make(() => {
      atWork.resolve()
      return new Promise(() => {})
    })
    await start()
    await nudge(TEAM)
    await atWork.promise
    const started = performance.now()
    await close(150)
    assert.ok(performance.now() - started < 1000)
  })
})
