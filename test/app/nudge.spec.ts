import { strict as assert } from 'node:assert'
import type { Case } from '../../src/domain/case.ts'
import { type CoreStage, coreStage, PEOPLE } from '../helpers/core-stage.ts'
import { aCase } from '../helpers/documents.ts'

describe('a reminder of the rhythm', () => {
  let stage: CoreStage
  const told = () => stage.posted().map(({ to, text }) => `${to}: ${text}`)
  const due = async () => (await stage.store.due(stage.team, Infinity, 9)).filter(({ kind }) => kind === 'rhythm')
  /** A case as it lies there, with the reminder of it due at this moment. */
  async function isDue(over: Partial<Case>): Promise<void> {
    const now = await stage.store.now()
    const found = aCase('F-2222', { creator: PEOPLE.karen, openedAt: now - 6 * 86_400_000, ...over })
    await stage.store.commit({
      team: stage.team,
      writes: [{ kind: 'case', id: 'F-2222', rev: 0, value: found }],
      due: [{ kind: 'rhythm', ids: ['F-2222'], at: now }],
      audit: [],
    })
    await stage.settle()
  }
  const kept = async () => (await stage.store.load(stage.team, 'case', ['F-2222']))[0]?.value

  beforeEach(async () => {
    stage = await coreStage('da')
    await stage.until('2026-11-30T10:00')
  })
  afterEach(() => stage.close())

  it('goes to whoever opened the case, and is remembered', async () => {
    await isDue({})
    assert.deepEqual(told(), [`${PEOPLE.karen}: Har du talt med hjemmet i F-2222?`])
    assert.deepEqual((await kept())?.nudges, [{ stage: 'contact', from: '2026-11-24', times: 1, last: '2026-11-30' }])
    const [next] = await due()
    assert.equal(next && new Date(next.at).toISOString(), '2026-12-02T07:00:00.000Z')
  })

  it('goes to the coordinator, where there is one', async () => {
    await isDue({ coordination: { coordinator: { user: PEOPLE.bo, since: 0 }, history: [] } })
    assert.deepEqual(told(), [`${PEOPLE.bo}: Har du talt med hjemmet i F-2222?`])
  })

  it('is not said when somebody has talked in the meantime', async () => {
    const at = await stage.store.now()
    await isDue({ contacts: [{ id: 'c', at, by: 'x', direction: 'outgoing', reached: true, notes: {} }] })
    assert.deepEqual([told(), await due(), (await kept())?.nudges], [[], [], undefined])
  })

  it('is not said of a closed case, nor to somebody who has left', async () => {
    await isDue({ status: 'closed' })
    assert.deepEqual([told(), await due()], [[], []])
    await stage.store.commit({
      team: stage.team,
      writes: [{ kind: 'case', id: 'F-2222', rev: 2, value: undefined }],
      due: [],
      audit: [],
    })
    await isDue({ creator: 'somebody who has left' })
    assert.deepEqual(told(), [])
  })

  it('waits on a day on which the school is closed', async () => {
    await stage.until('2026-12-05T10:00')
    await isDue({})
    assert.deepEqual(told(), [])
    const [next] = await due()
    assert.equal(next && new Date(next.at).toISOString(), '2026-12-07T07:00:00.000Z')
  })
})
