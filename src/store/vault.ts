/** Secrets on Redis, sealed like every document. */
import type { Vault } from '../app/ports.ts'
import { keys } from './keys.ts'
import type { Connection } from './redis.ts'
import { type KeyRing, open, seal } from './seal.ts'
import { storeError } from './store.ts'

/** Every method rejects with a `StoreError`, as the store's do. */
export function createVault({ redis, ring }: { redis: Connection; ring: KeyRing }): Vault {
  const shielded = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act()
    } catch (error) {
      throw storeError(error)
    }
  }
  return {
    get: (name) =>
      shielded(async () => {
        const sealed = await redis.getBuffer(keys.vault(name))
        return sealed ? open(ring, keys.vault(name), sealed) : undefined
      }),
    put: (name, value) =>
      shielded(async () => {
        await redis.set(keys.vault(name), seal(ring, keys.vault(name), value))
      }),
    remove: (name) =>
      shielded(async () => {
        await redis.del(keys.vault(name))
      }),
  }
}
