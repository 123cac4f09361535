import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'

export interface EmbeddedRedis {
  /** The path of its unix socket. */
  socket: string
  stop(): Promise<void>
}

/** A path longer than this cannot be a unix socket on any system. */
const LONGEST_SOCKET = 100
const READY_WITHIN = 10_000
const STOP_WITHIN = 5_000

/**
 * Starts a Redis of our own that loses nothing: every write is on the disk before it is acknowledged. Throws an `Error`
 * when it does not come up, or when another Tovholder already uses the folder.
 */
export async function startEmbeddedRedis({
  dir,
  onExit,
}: {
  dir: string
  onExit?: () => void
}): Promise<EmbeddedRedis> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const socket = socketFor(dir)
  if (await answers(socket)) throw new Error(`Another Tovholder is already running on ${dir}; stop it first.`)
  const settings = {
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    dir,
    save: '',
    appendonly: 'yes',
    appendfsync: 'always',
    'maxmemory-policy': 'noeviction',
    loglevel: 'warning',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
  // In a group of its own: Ctrl-C in the terminal must not end it before the bot has put its things away.
  const server = await spawned(['redis-server', 'valkey-server'], flags)
  const orphaned = () => server.kill('SIGTERM')
  process.once('exit', orphaned)
  let stopping = false
  server.once('exit', () => {
    if (!stopping) onExit?.()
  })
  for (const until = Date.now() + READY_WITHIN; !(await answers(socket)); await setTimeout(20)) {
    if (server.exitCode !== null)
      throw new Error(`redis-server ended at once with code ${server.exitCode}; its folder is ${dir}.`)
    if (Date.now() > until)
      throw new Error(`redis-server did not answer within ${READY_WITHIN / 1000} seconds; its folder is ${dir}.`)
  }
  return {
    socket,
    async stop() {
      stopping = true
      process.off('exit', orphaned)
      if (server.exitCode !== null || server.signalCode !== null) return
      const gone = once(server, 'exit')
      server.kill('SIGTERM')
      const late = new AbortController()
      setTimeout(STOP_WITHIN, undefined, { signal: late.signal }).then(
        () => server.kill('SIGKILL'),
        () => {},
      )
      await gone
      late.abort()
    },
  }
}

const socketFor = (dir: string): string => {
  const near = resolve(dir, 'redis.sock')
  if (near.length <= LONGEST_SOCKET) return near
  return join(tmpdir(), `tovholder-${createHash('sha256').update(near).digest('hex').slice(0, 16)}.sock`)
}

/** Whether somebody listens on this socket. */
const answers = (socket: string): Promise<boolean> =>
  new Promise((tell) => {
    const probe = connect(socket)
    probe.once('connect', () => {
      probe.destroy()
      tell(true)
    })
    probe.once('error', () => tell(false))
  })

async function spawned(programs: string[], flags: string[]): Promise<ChildProcess> {
  for (const program of programs) {
    const child = spawn(program, flags, { stdio: 'ignore', detached: true })
    const started = await Promise.race([once(child, 'spawn').then(() => true), once(child, 'error').then(() => false)])
    if (started) return child
  }
  throw new Error(
    `Neither ${programs.join(' nor ')} is on the PATH; install one, or set REDIS_URL to a server of yours.`,
  )
}
