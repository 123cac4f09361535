/**
 * Opens sealed documents, and remembers those that many turns read and few write, the team and the person: opening the
 * two takes a tenth of a turn's time. One is known again by its place and every one of its sealed bytes, which no two
 * sealings have in common, so what is remembered is neither out of date nor anything that would not open.
 */
import { LRUCache } from 'lru-cache'
import type { DocumentKind } from '../app/ports.ts'
import { type KeyRing, open } from './seal.ts'

const REMEMBERED: ReadonlySet<DocumentKind> = new Set(['team', 'user'])

/** Some ten megabytes at the most: a team's roster is about 3 KB sealed and three times that opened. */
const MOST_REMEMBERED = 1000

/** Opens a document of a kind from its place; throws as `open` does. What it gives is not to be changed. */
export type Opener = (kind: DocumentKind, place: string, sealed: Buffer) => unknown

export function createOpener(ring: KeyRing): Opener {
  const remembered = new LRUCache<string, { sealed: Buffer; value: unknown }>({ max: MOST_REMEMBERED })

  return (kind, place, sealed) => {
    if (!REMEMBERED.has(kind)) return open(ring, place, sealed)
    const known = remembered.get(place)
    if (known?.sealed.equals(sealed)) return known.value
    const value = frozen(open(ring, place, sealed))
    remembered.set(place, { sealed: copyOf(sealed), value })
    return value
  }
}

/** These bytes are a part of all that came over the connection at once, and one from Node's pool would keep 64 KB of it. */
function copyOf(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length)
  bytes.copy(copy)
  return copy
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(Object.freeze(value))) frozen(inner)
  return value
}
