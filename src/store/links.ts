/** Links to files: sealed like every document, so that nobody can read or make one, and nothing is kept but that one is used. */
import { type Links, StoreError, type Ticket } from '../app/ports.ts'
import { keys } from './keys.ts'
import type { Connection } from './redis.ts'
import { type KeyRing, open, seal } from './seal.ts'
import { storeError } from './store.ts'

/** Milliseconds that a used link is remembered: for as long as any link is good, and then some. */
const REMEMBERED = 3_600_000

/** What a link is sealed for: no document can be passed off as one. */
const PLACE = 'tov:file'

/** Longer than any link of ours; Slack takes 3000 characters. */
const LONGEST_TOKEN = 4000

/** The address at which a ticket is taken, below the public address of the service. */
export const linkFor = (ring: KeyRing, address: string, ticket: Ticket): string =>
  `${address}/files/${seal(ring, PLACE, ticket).toString('base64url')}`

/** `use` rejects with a `StoreError`, as the store's methods do. */
export function createLinks({ redis, ring }: { redis: Connection; ring: KeyRing }): Links {
  return {
    read: (token) => {
      if (token.length > LONGEST_TOKEN || !/^[\w-]+$/.test(token)) return undefined
      try {
        return open(ring, PLACE, Buffer.from(token, 'base64url')) as Ticket
      } catch (error) {
        if (error instanceof StoreError) return undefined
        throw error
      }
    },
    // By the ticket, not by how it is written: the same bytes can be written in several ways.
    use: async ({ id, team }) => {
      try {
        return (await redis.set(keys.used(team, id), '1', 'PX', REMEMBERED, 'NX')) === 'OK'
      } catch (error) {
        throw storeError(error)
      }
    },
  }
}
