import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { StoreError } from '../../src/app/ports.ts'
import { open, parseKeyRing, seal } from '../../src/store/seal.ts'

const newKey = () => randomBytes(32).toString('base64')
const [old, fresh] = [newKey(), newKey()]
const ring = parseKeyRing(`2026:${fresh},2025:${old}`)

/** All an error says, to its last cause. */
const said = (error: unknown): string =>
  error instanceof Error ? `${error.message} ${error.stack} ${said(error.cause)}` : ''

describe('sealing', () => {
  it('gives back any JSON value, from the place it was sealed for', () =>
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, place) => {
        // JSON knows no negative nought.
        assert.deepEqual(open(ring, place, seal(ring, place, value)), JSON.parse(JSON.stringify(value)))
      }),
    ))

  it('opens nowhere else', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), (place, other) => {
        fc.pre(place !== other)
        assert.throws(() => open(ring, other, seal(ring, place, 1)), { code: 'seal-broken' })
      }),
    ))

  it('notices every changed byte and every cut, and never quotes the content', () =>
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), fc.boolean(), (position, flip, cut) => {
        const sealed = seal(ring, 'here', { note: 'hemmelig note' })
        const at = position % sealed.length
        const changed = cut ? sealed.subarray(0, at) : Buffer.from(sealed)
        if (!cut) changed[at] = (changed[at] as number) ^ flip
        assert.throws(
          () => open(ring, 'here', changed),
          (error) => error instanceof StoreError && /^seal-/.test(error.code) && !said(error).includes('hemmelig'),
        )
      }),
    ))

  it('never looks the same twice', () => {
    assert.notDeepEqual(seal(ring, 'here', 1), seal(ring, 'here', 1))
  })

  it('writes with the first key and reads with all', () => {
    const before = seal(parseKeyRing(`2025:${old}`), 'here', 'kept')
    assert.equal(open(ring, 'here', before), 'kept')
    const after = seal(ring, 'here', 'kept')
    assert.throws(
      () => open(parseKeyRing(`2025:${old}`), 'here', after),
      (error: StoreError) => {
        assert.equal(error.code, 'seal-key-unknown')
        return /"2026"/.test(String((error.cause as Error).message))
      },
    )
  })

  it('tells a wrong key under the right id', () => {
    assert.throws(() => open(parseKeyRing(`2026:${newKey()}`), 'here', seal(ring, 'here', 1)), { code: 'seal-broken' })
  })
})

describe('the key ring', () => {
  const faults = {
    'is empty': '',
    'has a key without an id': old,
    'has a key that is too short': `a:${randomBytes(16).toString('base64')}`,
    'has a key that is no base64': `a:${'*'.repeat(44)}`,
    'has the same id twice': `a:${old},a:${fresh}`,
    'ends in a comma': `a:${old},`,
  }
  for (const [fault, text] of Object.entries(faults)) {
    it(`is refused when it ${fault}, without showing a key`, () => {
      assert.throws(
        () => parseKeyRing(text),
        (error: StoreError) => {
          assert.equal(error.code, 'key-ring-invalid')
          assert.ok(error.cause instanceof Error && error.cause.message.length > 20)
          return !said(error).includes(old) && !said(error).includes(fresh)
        },
      )
    })
  }

  it('allows spaces between keys', () => assert.equal(parseKeyRing(`a:${old}, b:${fresh}`).readers.size, 2))
})
