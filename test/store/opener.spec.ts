import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { StoreError } from '../../src/app/ports.ts'
import { createOpener } from '../../src/store/opener.ts'
import { parseKeyRing, seal } from '../../src/store/seal.ts'

const ring = parseKeyRing(`k:${randomBytes(32).toString('base64')}`)
const TEAM = { name: 'Udskolingen', members: [{ id: 'karen', name: 'Karen Holm' }] }
const isBroken = ({ code }: StoreError) => code === 'seal-broken'

describe('an opener', () => {
  it('opens the same bytes at the same place once, and gives the very same document', () => {
    const open = createOpener(ring)
    const sealed = seal(ring, 'a', TEAM)
    const first = open('team', 'a', sealed)
    assert.deepEqual(first, TEAM)
    assert.equal(open('team', 'a', Buffer.from(sealed)), first)
    // What came over the connection is gone when the next comes.
    const kept = Buffer.from(sealed)
    sealed.fill(0)
    assert.equal(open('team', 'a', kept), first)
  })

  it('sees at once what was written anew', () => {
    const open = createOpener(ring)
    open('team', 'a', seal(ring, 'a', TEAM))
    assert.deepEqual(open('team', 'a', seal(ring, 'a', { ...TEAM, name: 'Mellemtrinnet' })), {
      ...TEAM,
      name: 'Mellemtrinnet',
    })
  })

  it('remembers nothing of what was changed or moved', () => {
    const open = createOpener(ring)
    const sealed = seal(ring, 'a', TEAM)
    open('team', 'a', sealed)
    for (const at of [14, sealed.length - 1]) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      assert.throws(() => open('team', 'a', changed), isBroken)
    }
    assert.throws(() => open('team', 'b', sealed), isBroken)
    assert.deepEqual(open('team', 'a', sealed), TEAM)
  })

  it('lets nobody change what others will be given', () => {
    const team = createOpener(ring)('team', 'a', seal(ring, 'a', TEAM)) as typeof TEAM
    assert.throws(() => team.members.pop(), TypeError)
    assert.throws(() => Object.assign(team.members[0] ?? {}, { name: 'x' }), TypeError)
  })

  it('remembers no case and no session', () => {
    const open = createOpener(ring)
    for (const kind of ['case', 'session', 'post'] as const) {
      const sealed = seal(ring, kind, TEAM)
      assert.notEqual(open(kind, kind, sealed), open(kind, kind, sealed))
    }
  })

  it('forgets the oldest when there are too many', () => {
    const open = createOpener(ring)
    const sealed = Array.from({ length: 1001 }, (_, n) => seal(ring, String(n), { n }))
    const first = sealed.map((bytes, n) => open('user', String(n), bytes))
    assert.equal(open('user', '1000', sealed[1000] as Buffer), first[1000])
    assert.notEqual(open('user', '0', sealed[0] as Buffer), first[0])
  })
})
