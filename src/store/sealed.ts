/** Everything sealed there is, for looking through all of it. */
import { Cluster, type Redis } from 'ioredis'
import { keys } from './keys.ts'
import type { Connection } from './redis.ts'

export interface Sealed {
  /** The Redis key; what is sealed opens only under it. */
  place: string
  kind: 'document' | 'secret'
  body: Buffer
}

/** Keys in one round trip of a scan. */
const SCANNED = 500

/** All that is sealed, a batch at a time. What is written while it runs may come or not; what was there before comes, perhaps twice. */
export async function* everythingSealed(redis: Connection): AsyncGenerator<Sealed[]> {
  const servers = redis instanceof Cluster ? redis.nodes('master') : [redis]
  for (const server of servers) {
    yield* scan(server, keys.anyDocument(), 'hash', 'document')
    yield* scan(server, keys.vault('*'), 'string', 'secret')
  }
}

async function* scan(
  server: Redis,
  pattern: string,
  type: 'hash' | 'string',
  kind: Sealed['kind'],
): AsyncGenerator<Sealed[]> {
  let cursor = '0'
  do {
    const [next, places] = await server.scan(cursor, 'MATCH', pattern, 'COUNT', SCANNED, 'TYPE', type)
    cursor = next
    const pipeline = server.pipeline()
    for (const place of places) kind === 'document' ? pipeline.hgetBuffer(place, 'doc') : pipeline.getBuffer(place)
    const answers = places.length > 0 ? ((await pipeline.exec()) ?? []) : []
    const found = answers.flatMap(([error, body], index): Sealed[] => {
      if (error) throw error
      const place = places[index]
      // Other hashes of a team, such as who holds what, have no document in them.
      return place !== undefined && Buffer.isBuffer(body) ? [{ place, kind, body }] : []
    })
    if (found.length > 0) yield found
  } while (cursor !== '0')
}
