import { randomFillSync } from 'node:crypto'

/** What AES-GCM wants for each sealing; 96 bits are also more than anybody guesses of an id. */
const BYTES = 12

/** Drawn many at a time: a draw of twelve bytes takes as long as a third of a sealing. Each is given out once. */
const drawn = Buffer.alloc(BYTES * 256)
let given = drawn.length

/** Twelve random bytes, good until the next call. */
export function twelveRandomBytes(): Buffer {
  if (given === drawn.length) {
    randomFillSync(drawn)
    given = 0
  }
  given += BYTES
  return drawn.subarray(given - BYTES, given)
}
