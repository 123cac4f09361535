/** Secrets on Redis, sealed like every document. */
import type { Vault } from '../app/ports.ts'
import { createConfirm } from './confirm.ts'
import { keys } from './keys.ts'
import type { Connection } from './redis.ts'
import { type KeyRing, open, seal } from './seal.ts'
import { storeError } from './store.ts'

interface VaultOptions {
  redis: Connection
  ring: KeyRing
  /** How many replicas must have what is put into it or taken out of it. */
  replicas?: number
}

/** Every method rejects with a `StoreError`, as the store's do. */
export function createVault({ redis, ring, replicas = 0 }: VaultOptions): Vault {
  const confirm = createConfirm(redis, replicas)
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
        const key = keys.vault(name)
        await confirm(key, (commands) => commands.set(key, seal(ring, key, value)))
      }),
    remove: (name) =>
      shielded(async () => {
        const key = keys.vault(name)
        await confirm(key, (commands) => commands.del(key))
      }),
  }
}
