/** Reaches Redis, however it is run, with options under which nothing ever waits in silence. */
import { Cluster, Redis, type RedisOptions } from 'ioredis'
import { StoreError } from '../app/ports.ts'
import { within } from '../app/within.ts'

interface Credentials {
  username?: string
  password?: string
}

export interface Address {
  host: string
  port: number
}

/** How Redis is run. */
export type RedisConfig =
  /** One server: `redis://` or, with TLS, `rediss://`. */
  | { kind: 'url'; url: string }
  /** One server on this machine, at the path of its unix socket. */
  | ({ kind: 'socket'; path: string } & Credentials)
  /** Sentinels that know the present master by a name. */
  | ({ kind: 'sentinel'; sentinels: Address[]; name: string; sentinelPassword?: string; tls?: boolean } & Credentials)
  | ({ kind: 'cluster'; nodes: Address[]; tls?: boolean } & Credentials)

export type Connection = Redis | Cluster

/** How many replicas must have what people are told is saved, unless a setting says otherwise: where one may take over. */
export const usualReplicas = ({ kind }: RedisConfig): number => (kind === 'sentinel' || kind === 'cluster' ? 1 : 0)

/**
 * `turn`: somebody is waiting, so every command ends within two seconds, one way or the other.
 * `worker`: nobody is, so it waits until Redis is back; BullMQ asks for this.
 */
export type ConnectionRole = 'turn' | 'worker'

/** What a command waits for its answer in milliseconds: a frozen Redis is noticed by nothing else. */
const COMMAND_TIMEOUT = 2000

const OPTIONS: Record<ConnectionRole, RedisOptions> = {
  turn: {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: COMMAND_TIMEOUT,
    // What was on its way when the connection broke may have happened: who asked decides, not the client.
    autoResendUnfulfilledCommands: false,
  },
  worker: { maxRetriesPerRequest: null },
}

const SHARED: RedisOptions = {
  lazyConnect: true,
  // A frozen Redis does not take leave either.
  disconnectTimeout: 500,
  retryStrategy: (times) => Math.min(50 * 2 ** times, 2000),
  // After a failover a former master still answers, but refuses to write.
  reconnectOnError: ({ message }) => message.includes('READONLY'),
}

export interface ConnectOptions {
  role?: ConnectionRole
  /** Milliseconds until Redis has to be ready. */
  within?: number
  /** Told of every connection error with a code; the client reconnects by itself. */
  onError?: (code: string) => void
}

/**
 * Connects, and waits until Redis is ready.
 * @throws {StoreError} `store-unreachable`; its cause names the place and the last error.
 */
export async function connect(
  config: RedisConfig,
  { role = 'turn', within = 5000, onError = () => {} }: ConnectOptions = {},
): Promise<Connection> {
  const redis = createClient(config, { ...SHARED, ...OPTIONS[role] })
  let last = 'no answer'
  const report = (error: Error) => {
    last = codeOf(error)
    onError(last)
  }
  // A Cluster tells of its servers' troubles apart from its own.
  redis.on('error', report).on('node error', report)
  const ready = await becomesReady(redis, within)
  if (ready) return redis
  redis.disconnect()
  const remedy = `Redis at ${placeOf(config)} is not ready after ${within} ms (${last}): is it running, and is the address right?`
  throw new StoreError('store-unreachable', { cause: new Error(remedy) })
}

/** Ends a connection, letting what is on its way finish; where Redis does not answer, without it. */
export async function disconnect(redis: Connection): Promise<void> {
  if (redis.status === 'end') return
  const ended = new Promise<void>((resolve) => redis.once('end', () => resolve()))
  // A worker's connection would keep even this until Redis is back.
  await within(
    COMMAND_TIMEOUT,
    redis.quit().catch(() => undefined),
    undefined,
  )
  // Between two attempts to reconnect there is no connection whose end could be told.
  const connected = redis.status !== 'reconnecting'
  redis.disconnect()
  if (connected) await within(COMMAND_TIMEOUT, ended, undefined)
}

function createClient(config: RedisConfig, options: RedisOptions): Connection {
  switch (config.kind) {
    case 'url':
      return new Redis(config.url, options)
    case 'socket':
      return new Redis({ ...options, path: config.path, ...credentialsOf(config) })
    case 'sentinel':
      return new Redis({
        ...options,
        sentinels: config.sentinels,
        name: config.name,
        ...credentialsOf(config),
        ...(config.sentinelPassword && { sentinelPassword: config.sentinelPassword }),
        ...(config.tls && { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true }),
      })
    case 'cluster': {
      const { enableOfflineQueue = true, retryStrategy, lazyConnect = true, ...redisOptions } = options
      return new Cluster(config.nodes, {
        enableOfflineQueue,
        lazyConnect,
        ...(retryStrategy && { clusterRetryStrategy: retryStrategy }),
        redisOptions: { ...redisOptions, ...credentialsOf(config), ...(config.tls && { tls: {} }) },
      })
    }
  }
}

const credentialsOf = ({ username, password }: Credentials): Credentials => ({
  ...(username && { username }),
  ...(password && { password }),
})

async function becomesReady(redis: Connection, within: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), within)
  redis.once('ready', () => resolve(true))
  // A first attempt that fails is not the end: the client tries again, and reports through `error`.
  redis.connect().catch(() => {})
  try {
    return await promise
  } finally {
    clearTimeout(timer)
  }
}

/** Where Redis was looked for, without user names and passwords. */
function placeOf(config: RedisConfig): string {
  const listed = (nodes: Address[]) => nodes.map(({ host, port }) => `${host}:${port}`).join(', ')
  switch (config.kind) {
    case 'url':
      return URL.canParse(config.url) ? new URL(config.url).host : 'a URL that cannot be read'
    case 'socket':
      return config.path
    case 'sentinel':
      return `"${config.name}" of the sentinels ${listed(config.sentinels)}`
    case 'cluster':
      return `the cluster ${listed(config.nodes)}`
  }
}

/** A short code of a connection error: `ECONNREFUSED`, `WRONGPASS`, `ClusterAllFailedError`. */
function codeOf(error: Error & { code?: unknown }): string {
  if (typeof error.code === 'string') return error.code
  // Redis begins its own errors with a word in capitals; the rest may quote what it was sent.
  return /^[A-Z]{4,}/.exec(error.message)?.[0] ?? error.name
}
