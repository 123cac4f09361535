import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { type DueKind, dueEntry, dueName } from '../../src/domain/due.ts'
import { NOON } from '../helpers/documents.ts'

const anId = fc.string().map((id) => id.replaceAll('|', ''))
const aKind = fc.constantFrom<DueKind>(
  ...(['remind', 'followup', 'vacant', 'post', 'update', 'show', 'retry', 'tell', 'draft'] as const),
  ...(['review', 'erase', 'redact', 'release', 'forget'] as const),
)

describe('the name of something due', () => {
  it('is read back as what it stands for, ids left empty and all', () =>
    fc.assert(
      fc.property(aKind, fc.array(anId, { minLength: 1, maxLength: 4 }), (kind, ids) => {
        assert.deepEqual(dueEntry(dueName({ kind, ids }), NOON), { kind, ids, at: NOON })
      }),
    ))

  it('is the same for the same thing to say, and different for any other', () => {
    const said = { kind: 'remind', ids: ['F-2222', 'a1'] } as const
    const names = [
      said,
      { ...said, kind: 'followup' },
      { ...said, ids: ['F-2222'] },
      { ...said, ids: ['F-2222', 'a2'] },
      { ...said, ids: ['F-2222', 'a', '1'] },
    ].map((entry) => dueName({ kind: entry.kind as DueKind, ids: [...entry.ids] }))
    assert.equal(new Set(names).size, names.length)
    assert.equal(dueName({ kind: said.kind, ids: [...said.ids] }), names[0])
  })
})
