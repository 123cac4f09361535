import assert from 'node:assert/strict'
import fc from 'fast-check'
import { encodeId, keys } from '../../src/store/keys.ts'

/** What Redis Cluster hashes: between the first `{` and the first `}` after it. */
const hashTag = (key: string): string | undefined => /\{([^}]+)\}/.exec(key)?.[1]

const id = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.string({ unit: fc.constantFrom(...':{}@;%|*?[] \r\n\u0000æ🙂'), minLength: 1 }),
)

const ofTeam = (team: string, other: string): string[] => [
  keys.document(team, 'team', team),
  keys.document(team, 'user', other),
  keys.document(team, 'case', other),
  keys.document(team, 'session', other),
  keys.document(team, 'post', other),
  keys.due(team),
  keys.tries(team),
  keys.buried(team),
  keys.audit(team),
  keys.event(team, other),
  keys.mine(team, other),
  keys.holders(team),
  keys.open(team),
]

describe('keys', () => {
  it('of one team all carry the same hash tag, whatever its id', () =>
    fc.assert(
      fc.property(id, id, (team, other) => {
        for (const key of ofTeam(team, other)) assert.equal(hashTag(key), encodeId(team))
      }),
    ))

  it('hold their ids in a way that can be undone, so that two ids are never one key', () =>
    fc.assert(
      fc.property(id, (one) => {
        assert.equal(decodeURIComponent(encodeId(one)), one)
        assert.doesNotMatch(encodeId(one), /[:{}\s]/)
      }),
    ))

  it('never meet those of another purpose', () =>
    fc.assert(
      fc.property(id, id, (team, other) => {
        const apart = [keys.teams(), keys.rewriteWanted(), keys.rewritten(), keys.queuePrefix()]
        const all = [...ofTeam(team, other), keys.teamsOf(team, other), ...apart]
        assert.equal(new Set(all).size, all.length)
      }),
    ))

  it('are refused without an id, or with half a character', () => {
    assert.throws(() => keys.due(''), { code: 'id-invalid' })
    assert.throws(() => keys.document('team', 'case', ''), { code: 'id-invalid' })
    assert.throws(() => keys.due('\ud83d'), { code: 'id-invalid' })
  })

  it('of the queue carry a hash tag that is no team’s', () => {
    assert.equal(hashTag(keys.queuePrefix()), 'queue')
    assert.ok(!keys.due('queue').startsWith(keys.queuePrefix()))
  })
})
