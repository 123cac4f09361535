/** A real Redis for tests: a child process on a unix socket in a directory of its own. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { cp, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RedisConfig } from '../../src/store/redis.ts'

export interface TestRedis {
  config: RedisConfig
  socket: string
  pid: number
  lives(): boolean
  /** Ends the server without a chance to save anything. */
  kill(): Promise<void>
  /** Starts a server on the same directory, after `kill`; with no room on its disk for files larger than so many bytes. */
  restart(room?: number): Promise<void>
  /** Stops the server so that it answers nothing but keeps its connections; and lets it go on. */
  freeze(): void
  thaw(): void
  stop(): Promise<void>
}

// A run that is cut short leaves nothing behind either.
const leftBehind = new Set<() => void>()
process.once('exit', () => {
  for (const clear of leftBehind) clear()
})

/** Starts a server with the settings that are asked for in production, or with others; on a copy of a backup, if there is one. */
export async function startRedis(settings: Record<string, string> = {}, backup?: string): Promise<TestRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'tov-redis-'))
  if (backup) await cp(backup, join(directory, 'appendonlydir'), { recursive: true })
  const socket = join(directory, 's')
  const clear = () => rmSync(directory, { recursive: true, force: true })
  leftBehind.add(clear)
  let server = await launch(directory, socket, settings)
  const end = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return
    const gone = once(server, 'exit')
    server.kill('SIGCONT')
    server.kill(signal)
    await gone
  }
  return {
    config: { kind: 'socket', path: socket },
    socket,
    get pid() {
      return server.pid as number
    },
    lives: () => server.exitCode === null && server.signalCode === null,
    kill: () => end('SIGKILL'),
    restart: async (room) => {
      server = await launch(directory, socket, settings, room)
    },
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    stop: async () => {
      await end('SIGKILL')
      leftBehind.delete(clear)
      clear()
    },
  }
}

const PRODUCTION = { appendonly: 'yes', appendfsync: 'always', save: '', 'maxmemory-policy': 'noeviction' }

/** A shell's limit on what its program may write: beyond it a write fails, as on a full disk. In blocks of 512 bytes. */
const LIMITED = 'trap "" XFSZ; ulimit -f "$1"; exec redis-server "$2"'

async function launch(
  directory: string,
  socket: string,
  settings: Record<string, string>,
  room?: number,
): Promise<ChildProcess> {
  const merged = { port: '0', unixsocket: socket, dir: directory, ...PRODUCTION, ...settings }
  const file = join(directory, 'redis.conf')
  await writeFile(
    file,
    Object.entries(merged)
      .map(([name, value]) => `${name} ${value || '""'}\n`)
      .join(''),
  )
  const server =
    room === undefined
      ? spawn('redis-server', [file], STDIO)
      : spawn('/bin/sh', ['-c', LIMITED, 'sh', String(Math.ceil(room / 512)), file], STDIO)
  return endsWithUs(server, 'eady to accept connections')
}

const STDIO = { stdio: ['ignore', 'pipe', 'inherit'] } as const satisfies SpawnOptions

/** Waits until a server has said that it is ready; should our process end, so does the server. */
export async function endsWithUs(server: ChildProcess, ready: string): Promise<ChildProcess> {
  const orphaned = () => server.kill('SIGKILL')
  leftBehind.add(orphaned)
  server.once('exit', () => leftBehind.delete(orphaned))
  await becomesReady(server, ready)
  return server
}

async function becomesReady(server: ChildProcess, ready: string): Promise<void> {
  let said = ''
  for await (const chunk of server.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    said += chunk
    if (!said.includes(ready)) continue
    // Read on without listening, or the server would block on a full pipe.
    server.stdout?.resume()
    return
  }
  throw new Error(`redis-server did not start:\n${said}`)
}

let shared: Promise<TestRedis> | undefined

/** One server for the whole run, started when first asked for. Its data is everybody's: use team ids of your own. */
export function sharedRedis(): Promise<TestRedis> {
  shared ??= startRedis()
  return shared
}

// Outside of mocha, as in a benchmark, the process's end takes the server along.
if (typeof after === 'function') after(async () => (await shared)?.stop())
