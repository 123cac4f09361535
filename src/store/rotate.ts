/** Seals everything anew with the first key of the ring, while the service runs. */
import type { Connection } from './redis.ts'
import { defineScripts } from './scripts.ts'
import { type KeyRing, keyIdOf, open, seal } from './seal.ts'
import { everythingSealed, type Sealed } from './sealed.ts'

export interface Rotation {
  /** How many have been sealed anew. */
  resealed: number
  /** How many there are still under each other key: written meanwhile by a process that has the old ring, or unreadable. */
  left: Record<string, number>
}

/**
 * Seals anew whatever another key than the first has sealed. What is written at the same moment is left to whoever writes
 * it. Rejects as the Redis client does, and with the codes of `seal.ts` but for an unknown key.
 */
export async function rotateKeys(
  { redis, ring }: { redis: Connection; ring: KeyRing },
  progress: (resealed: number) => void = () => {},
): Promise<Rotation> {
  const { reseal } = defineScripts(redis)
  let resealed = 0
  for await (const batch of everythingSealed(redis)) {
    const done = await Promise.all(
      batch.filter(isOld(ring)).map(async ({ place, body }) => {
        if (!ring.readers.has(keyIdOf(body))) return 0
        return Number(await reseal([place], [body, seal(ring, place, open(ring, place, body))]))
      }),
    )
    resealed += done.reduce((sum, one) => sum + one, 0)
    progress(resealed)
  }
  return { resealed, left: await countOld(redis, ring) }
}

/** How much is sealed with each other key than the first. */
async function countOld(redis: Connection, ring: KeyRing): Promise<Record<string, number>> {
  const left: Record<string, number> = {}
  for await (const batch of everythingSealed(redis))
    for (const { body } of batch.filter(isOld(ring))) left[keyIdOf(body)] = (left[keyIdOf(body)] ?? 0) + 1
  return left
}

const isOld =
  ({ writer }: KeyRing) =>
  ({ body }: Sealed): boolean =>
    keyIdOf(body) !== writer.id
