/** Links to files: sealed like every document, so that nobody can read or make one, and nothing is kept of one. */
import { StoreError, type Ticket } from '../app/ports.ts'
import { type KeyRing, open, seal } from './seal.ts'

/** What a link is sealed for: no document can be passed off as one. */
const PLACE = 'tov:file'

/** Longer than any link of ours; Slack takes 3000 characters. */
const LONGEST_TOKEN = 4000

/** The address at which a ticket is taken, below the public address of the service. */
export const linkFor = (ring: KeyRing, address: string, ticket: Ticket): string =>
  `${address}/files/${seal(ring, PLACE, ticket).toString('base64url')}`

/** The ticket of a link's last part; nothing where it is not one of ours. */
export function readTicket(ring: KeyRing, token: string): Ticket | undefined {
  if (token.length > LONGEST_TOKEN || !/^[\w-]+$/.test(token)) return undefined
  try {
    return open(ring, PLACE, Buffer.from(token, 'base64url')) as Ticket
  } catch (error) {
    if (error instanceof StoreError) return undefined
    throw error
  }
}
