/** What the tools for operators work on: the installation that the settings describe. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Store } from '../app/ports.ts'
import { type Config, readConfig } from '../config.ts'
import { localKeys } from '../local/keys.ts'
import { socketFor } from '../local/redis.ts'
import { type Connection, connect, disconnect, type RedisConfig, usualReplicas } from '../store/redis.ts'
import { readRedisUrl } from '../store/redis-url.ts'
import { type KeyRing, parseKeyRing } from '../store/seal.ts'
import { createStore } from '../store/store.ts'
import { type ToolContext, ToolError } from './tool.ts'

export const redisOf = (config: Config, root: string): RedisConfig =>
  config.REDIS_URL
    ? readRedisUrl(config.REDIS_URL)
    : { kind: 'socket', path: socketFor(resolve(root, config.TOVHOLDER_DATA, 'redis')) }

/** The keys that everything is sealed with. Throws `ToolError` where there are none: new ones would open nothing. */
export function ringOf(config: Config, root: string): KeyRing {
  const file = resolve(root, config.TOVHOLDER_DATA, 'keys')
  if (!config.TOVHOLDER_KEYS && !existsSync(file))
    throw new ToolError('There are no keys here: set TOVHOLDER_KEYS as the service has it.')
  return parseKeyRing(config.TOVHOLDER_KEYS ?? localKeys(file))
}

/** Opens the store for as long as something is done with it. Throws `ConfigError` and `StoreError`. */
export async function withStore<T>(
  { env, root }: ToolContext,
  use: (parts: { store: Store; redis: Connection; ring: KeyRing }) => Promise<T>,
): Promise<T> {
  const config = readConfig(env)
  const place = redisOf(config, root)
  const replicas = config.REDIS_WAIT_REPLICAS ?? usualReplicas(place)
  const redis = await connect(place)
  try {
    const ring = ringOf(config, root)
    return await use({ store: createStore({ redis, ring, replicas }), redis, ring })
  } finally {
    await disconnect(redis)
  }
}
