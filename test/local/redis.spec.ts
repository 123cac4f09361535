import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { connect as dial } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedRedis } from '../../src/local/redis.ts'
import { checkServer } from '../../src/store/check-server.ts'
import { type Connection, connect, disconnect } from '../../src/store/redis.ts'

describe('the embedded Redis', () => {
  let dir: string
  let stops: (() => Promise<void>)[]

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tov-embedded-'))
    stops = []
  })
  afterEach(async () => {
    for (const stop of stops.reverse()) await stop()
    await rm(dir, { recursive: true })
  })

  async function start(folder = dir, onExit?: () => void) {
    const redis = await startEmbeddedRedis({ dir: folder, ...(onExit && { onExit }) })
    stops.push(redis.stop)
    return redis
  }

  async function ask<T>(socket: string, question: (redis: Connection) => Promise<T>): Promise<T> {
    const redis = await connect({ kind: 'socket', path: socket })
    try {
      return await question(redis)
    } finally {
      await disconnect(redis)
    }
  }

  it('is set up as production is asked to be', async () => {
    const { socket } = await start()
    assert.deepEqual(await ask(socket, checkServer), [])
  })

  it('is open to its owner alone', async () => {
    const { socket } = await start()
    assert.equal((await stat(socket)).mode & 0o777, 0o700)
  })

  it('keeps everything over a restart', async () => {
    const first = await start()
    await ask(first.socket, (redis) => redis.set('rope', 'tight'))
    await first.stop()
    const second = await start()
    assert.equal(await ask(second.socket, (redis) => redis.get('rope')), 'tight')
  })

  it('refuses a folder that another one already uses', async () => {
    await start()
    await assert.rejects(start(), { code: 'redis-taken', message: new RegExp(dir) })
  })

  it('starts in a folder too deep for a socket', async () => {
    const deep = join(dir, 'a-folder-with-a-long-name'.repeat(6))
    const { socket } = await start(deep)
    assert.ok(socket.length < 100)
    assert.equal(await ask(socket, (redis) => redis.ping()), 'PONG')
  })

  it('says where to look when its data cannot be read', async () => {
    const first = await start()
    await ask(first.socket, (redis) => redis.set('rope', 'tight'))
    await first.stop()
    await writeFile(join(dir, 'appendonlydir/appendonly.aof.manifest'), 'nonsense')
    await assert.rejects(start(), { code: 'redis-failed', remedy: `see ${join(dir, 'redis.log')}` })
  })

  it('says so, too, where that shows only when it listens already', async () => {
    const first = await start()
    await ask(first.socket, (redis) => redis.set('rope', 'tight'))
    await first.stop()
    // It thinks for half a second before it comes to what it cannot read.
    const slow = '*3\r\n$5\r\nDEBUG\r\n$5\r\nSLEEP\r\n$3\r\n0.5\r\n'
    await appendFile(join(dir, 'appendonlydir/appendonly.aof.1.incr.aof'), `${slow}nonsense\r\n${slow}`)
    await assert.rejects(start(), { code: 'redis-failed' })
  })

  it('tells when it ends by itself, and not when it is stopped', async () => {
    let told = 0
    const stopped = await start(dir, () => told++)
    await stopped.stop()
    assert.equal(told, 0)

    const { promise, resolve } = Promise.withResolvers<void>()
    const { socket } = await start(dir, resolve)
    dial(socket).end('SHUTDOWN\r\n')
    await promise
  })

  it('ends with whoever started it, however that ends', async () => {
    const { owner, socket } = await startElsewhere(dir)
    owner.kill('SIGKILL')
    await once(owner, 'exit')
    for (const until = Date.now() + 5000; await answers(socket); await pause(20)) assert.ok(Date.now() < until)
  })

  it('outlives a Ctrl-C, which the terminal sends to the whole group', async () => {
    const { owner, socket } = await startElsewhere(dir)
    process.kill(-(owner.pid as number), 'SIGINT')
    await pause(100)
    assert.equal(await answers(socket), true)
    owner.kill('SIGKILL')
  })
})

/** A process, leading a group of its own, that starts a Redis and ignores Ctrl-C. */
async function startElsewhere(dir: string): Promise<{ owner: ChildProcess; socket: string }> {
  const script = `
    import { startEmbeddedRedis } from ${JSON.stringify(join(import.meta.dirname, '../../src/local/redis.ts'))}
    process.on('SIGINT', () => {})
    console.log((await startEmbeddedRedis({ dir: ${JSON.stringify(dir)} })).socket)
    setInterval(() => {}, 1000)
  `
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await once(owner.stdout, 'data')
  return { owner, socket: String(said).trim() }
}

const pause = (milliseconds: number): Promise<void> => new Promise((go) => setTimeout(go, milliseconds))

const answers = (socket: string): Promise<boolean> =>
  new Promise((tell) => {
    const probe = dial(socket)
    probe.once('connect', () => {
      probe.destroy()
      tell(true)
    })
    probe.once('error', () => tell(false))
  })
