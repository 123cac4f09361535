import { strict as assert } from 'node:assert'
import type { Case } from '../../src/domain/case.ts'
import type { Contact } from '../../src/domain/contact.ts'
import { type CoreStage, coreStage, PEOPLE } from '../helpers/core-stage.ts'
import { aCase } from '../helpers/documents.ts'
import { press } from '../helpers/play.ts'

const MINUTE = 60_000

describe('a word to try a home again', () => {
  let stage: CoreStage
  let now: number
  const told = () => stage.posted().map(({ to, text }) => `${to}: ${text}`)
  const due = async () => (await stage.store.due(stage.team, Infinity, 9)).filter(({ kind }) => kind === 'retry')
  const contact = (id: string, over: Partial<Contact>): Contact => ({
    id,
    at: now,
    by: PEOPLE.karen,
    direction: 'outgoing',
    reached: false,
    notes: {},
    ...over,
  })
  /** Karen has reached nobody, and it is the moment to try again in a case that by now lies there like this. */
  async function isDue(over: Partial<Case>): Promise<void> {
    const found = aCase('F-2222', { creator: PEOPLE.karen, contacts: [contact('c1', {})], ...over })
    await stage.store.commit({
      team: stage.team,
      writes: [{ kind: 'case', id: 'F-2222', rev: 0, value: found }],
      due: [{ kind: 'retry', ids: ['F-2222', PEOPLE.karen], at: now }],
      audit: [],
    })
    await stage.settle()
  }
  const heldBy = (user: string, since: number): Partial<Case> => ({
    coordination: { coordinator: { user, since }, history: [] },
  })
  const again = [`${PEOPLE.karen}: Du ville prøve at ringe hjem igen om F-2222. Er nu et godt tidspunkt?`]

  beforeEach(async () => {
    stage = await coreStage('da')
    await stage.until('2026-11-30T10:00')
    now = await stage.store.now()
  })
  afterEach(() => stage.close())

  it('comes, once', async () => {
    await isDue({})
    assert.deepEqual([told(), await due()], [again, []])
  })

  it('comes when the home was reached before, and not since', async () => {
    await isDue({ contacts: [contact('c0', { at: now - MINUTE, reached: true }), contact('c1', {})] })
    assert.deepEqual(told(), again)
  })

  it('comes when somebody else held the case already', async () => {
    await isDue(heldBy(PEOPLE.bo, now - MINUTE))
    assert.deepEqual(told(), again)
  })

  for (const [why, over] of [
    ['whoever it was has reached the home since', () => ({ contacts: [contact('c1', {}), reachedBy(PEOPLE.bo)] })],
    ['the home has turned to the school since', () => ({ contacts: [contact('c1', {}), turned()] })],
    ['the case is closed', () => ({ status: 'closed' })],
    ['somebody else has taken the case over since', () => heldBy(PEOPLE.bo, now + MINUTE)],
    [
      'somebody else has taken it over and tried as well',
      () => ({
        ...heldBy(PEOPLE.bo, now + MINUTE),
        contacts: [contact('c1', {}), contact('c2', { at: now + 2 * MINUTE, by: PEOPLE.bo })],
      }),
    ],
    ['the case is none of theirs any more', () => ({ creator: PEOPLE.bo })],
  ] as [string, () => Partial<Case>][])
    it(`does not come when ${why}`, async () => {
      await isDue(over())
      assert.deepEqual([told(), await due()], [[], []])
    })
  const reachedBy = (by: string) => contact('c2', { at: now + MINUTE, by, reached: true })
  const turned = () => contact('c2', { at: now + MINUTE, direction: 'incoming', reached: true, way: 'message' })

  it('does not come when there is no such case any more', async () => {
    await stage.store.commit({
      team: stage.team,
      writes: [],
      due: [{ kind: 'retry', ids: ['F-2222', PEOPLE.karen], at: now }],
      audit: [],
    })
    await stage.settle()
    assert.deepEqual([told(), await due()], [[], []])
  })

  it('is taken back as soon as the same person has reached the home', async () => {
    const calls = async (start: () => Promise<unknown>, reached: 'yes' | 'no') => {
      await start()
      await press(stage, PEOPLE.karen, 'Videre', { fills: { direction: 'incoming' } })
      await press(stage, PEOPLE.karen, 'Gem og gå videre', { fills: { reached } })
    }
    await calls(async () => {
      await stage.says(PEOPLE.karen, 'opkald forbered', 'direct')
      await stage.says(PEOPLE.karen, 'AB', 'direct')
    }, 'no')
    const [entry] = await due()
    assert.ok(entry)
    await calls(() => stage.says(PEOPLE.karen, `opkald forbered ${entry.ids[0]}`, 'direct'), 'yes')
    assert.deepEqual(await due(), [])
  })
})
