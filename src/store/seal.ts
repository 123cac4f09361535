/** Encrypts documents before they leave the process: Redis, its files and its backups see ids, dates and ciphertext only. */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto'
import { StoreError } from '../app/ports.ts'
import { twelveRandomBytes } from './random.ts'

/** Keys by id, in the order given: the first one writes, all of them read. */
export interface KeyRing {
  writer: {
    id: string
    key: KeyObject
    /** Version, length of the id, id: what everything sealed with it begins with. */
    header: Buffer
  }
  readers: ReadonlyMap<string, KeyObject>
}

const VERSION = 1
const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16

const KEY_ID = /^[\w-]{1,32}$/
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/**
 * Reads `id:base64,id2:base64`, each key 32 random bytes (`openssl rand -base64 32`). To change the key, put a new one
 * first and keep the old ones for as long as documents written with them are around.
 * @throws {StoreError} `key-ring-invalid`; its cause says which key and what to do, never the key itself.
 */
export function parseKeyRing(text: string): KeyRing {
  const keys = text.split(',').map((part, index) => parseKey(part.trim(), index + 1))
  const readers = new Map(keys.map(({ id, key }) => [id, key]))
  const [writer] = keys
  if (!writer || readers.size < keys.length) throw ringFault('two keys have the same id; give each its own')
  const header = Buffer.concat([Buffer.from([VERSION, writer.id.length]), Buffer.from(writer.id)])
  return { writer: { ...writer, header }, readers }
}

function parseKey(part: string, position: number): { id: string; key: KeyObject } {
  const split = part.indexOf(':')
  const id = part.slice(0, Math.max(split, 0))
  const encoded = part.slice(split + 1)
  // Without an id the part may be a bare key, so it is named by its position.
  if (!KEY_ID.test(id)) throw ringFault(`key ${position} has no id of letters, digits, "-" or "_" before a ":"`)
  const bytes = BASE64.test(encoded) ? Buffer.from(encoded, 'base64') : Buffer.alloc(0)
  if (bytes.length !== KEY_BYTES)
    throw ringFault(`key "${id}" is not 32 bytes in base64; make one with: openssl rand -base64 32`)
  return { id, key: createSecretKey(bytes) }
}

const ringFault = (remedy: string): StoreError => new StoreError('key-ring-invalid', { cause: new Error(remedy) })

/**
 * Seals a JSON value for one place: version, length of the key id, key id, iv, tag, ciphertext.
 * @param place The Redis key it is kept under; it cannot be opened from under another.
 */
export function seal({ writer }: KeyRing, place: string, value: unknown): Buffer {
  const iv = twelveRandomBytes()
  const cipher = createCipheriv(CIPHER, writer.key, iv).setAAD(Buffer.from(place))
  const body = cipher.update(JSON.stringify(value), 'utf8')
  // GCM pads nothing: there is no more to come, but only after that there is a tag.
  cipher.final()
  return Buffer.concat([writer.header, iv, cipher.getAuthTag(), body])
}

/** Which key something was sealed with, by its id; empty for what is no envelope of ours. */
export const keyIdOf = (sealed: Buffer): string =>
  sealed[0] === VERSION ? sealed.toString('utf8', 2, 2 + (sealed[1] ?? 0)) : ''

/**
 * Opens what `seal` made for the same place.
 * @throws {StoreError} `seal-unknown` (not an envelope of ours), `seal-key-unknown` (its key is not in the ring) or
 *   `seal-broken` (changed, moved, or another key under the same id); the cause says where, never what.
 */
export function open({ readers }: KeyRing, place: string, sealed: Buffer): unknown {
  const idEnd = 2 + (sealed[1] ?? 0)
  const ivEnd = idEnd + IV_BYTES
  const tagEnd = ivEnd + TAG_BYTES
  if (sealed[0] !== VERSION || sealed.length < tagEnd) throw sealFault('seal-unknown', `no sealed document at ${place}`)
  const id = sealed.toString('utf8', 2, idEnd)
  const key = readers.get(id)
  if (!key) {
    const named = KEY_ID.test(id) ? `"${id}"` : 'with an unreadable id'
    throw sealFault('seal-key-unknown', `${place} needs the key ${named}: add it to the key ring, after the first`)
  }
  try {
    const decipher = createDecipheriv(CIPHER, key, sealed.subarray(idEnd, ivEnd), { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(ivEnd, tagEnd))
    return JSON.parse(Buffer.concat([decipher.update(sealed.subarray(tagEnd)), decipher.final()]).toString('utf8'))
  } catch {
    // The library's own error is left behind: a parser's message may quote what it read.
    throw sealFault('seal-broken', `${place} was changed, moved here, or sealed with another key named "${id}"`)
  }
}

const sealFault = (code: string, message: string): StoreError => new StoreError(code, { cause: new Error(message) })
