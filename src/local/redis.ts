import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { leash } from './leash.ts'
import { LocalError } from './local-error.ts'

export interface EmbeddedRedis {
  /** The path of its unix socket. */
  socket: string
  stop(): Promise<void>
}

export interface EmbeddedRedisOptions {
  /** Where it keeps its data; made if it is not there. */
  dir: string
  /** Told when it ends without having been stopped. */
  onExit?: () => void
}

/** A longer path cannot be a unix socket on every system. */
const LONGEST_SOCKET = 100
const READY_WITHIN = 10_000

/**
 * Starts a Redis of our own that loses nothing: every write is on the disk before it is acknowledged.
 * @throws {LocalError} `redis-taken` when another Tovholder uses the folder, `redis-missing` when no server is
 * installed, `redis-failed` when it does not come up.
 */
export async function startEmbeddedRedis({ dir, onExit }: EmbeddedRedisOptions): Promise<EmbeddedRedis> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const socket = socketFor(dir)
  if (await answers(socket))
    throw new LocalError('redis-taken', `Another Tovholder is running on ${dir}`, 'stop it, or set TOVHOLDER_DATA')

  const settings = {
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    dir,
    save: '',
    appendonly: 'yes',
    appendfsync: 'always',
    'maxmemory-policy': 'noeviction',
  }
  const log = join(dir, 'redis.log')
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
  const server = leash([findServer(), ...flags], { log })
  const outcome = await server.ready(() => isReady(socket), READY_WITHIN)
  if (outcome !== 'ready') {
    await server.stop()
    throw new LocalError('redis-failed', `The Redis server on ${dir} did not start (${outcome})`, `see ${log}`)
  }

  let stopping = false
  void server.ended.then(() => {
    if (!stopping) onExit?.()
  })
  return {
    socket,
    stop() {
      stopping = true
      return server.stop()
    },
  }
}

function findServer(): string {
  const { stdout } = spawnSync('/bin/sh', ['-c', 'command -v redis-server || command -v valkey-server'])
  const found = String(stdout).trim()
  if (found) return found
  const remedy = 'install one of them, or set REDIS_URL to a server of yours'
  throw new LocalError('redis-missing', 'Neither redis-server nor valkey-server is on PATH', remedy)
}

/** Where the socket of the Redis on this folder is. */
export function socketFor(dir: string): string {
  const near = resolve(dir, 'redis.sock')
  if (near.length <= LONGEST_SOCKET) return near
  return join(tmpdir(), `tovholder-${hash('sha256', near, 'hex').slice(0, 16)}.sock`)
}

/** Whether somebody listens on this socket. */
const answers = (socket: string): Promise<boolean> => heard(socket, 'connect')

/** Whether a server there has read its data: it listens before that, and may still fail over it. */
const isReady = (socket: string): Promise<boolean> => heard(socket, 'data', 'PING\r\n', '+PONG')

/** A server that thinks answers nobody meanwhile; it is asked again after so many milliseconds. */
const ANSWER_WITHIN = 1000

/** Whether this happens on a socket, having said something; where something is heard, what it begins with. */
function heard(socket: string, event: 'connect' | 'data', said = '', expected = ''): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const probe = connect(socket)
  if (said) probe.write(said)
  probe.setTimeout(ANSWER_WITHIN, () => probe.destroy())
  probe.once(event, (told = '') => {
    probe.destroy()
    resolve(String(told).startsWith(expected))
  })
  probe.once('error', () => resolve(false)).once('close', () => resolve(false))
  return promise
}
