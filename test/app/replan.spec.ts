import { strict as assert } from 'node:assert'
import { replan } from '../../src/app/replan.ts'
import { atHour } from '../../src/domain/school-calendar.ts'
import { type CoreStage, coreStage } from '../helpers/core-stage.ts'
import { aCase, anAgreement, aTeam } from '../helpers/documents.ts'

const FRIDAY = '2026-11-27'
const AT_EIGHT = atHour(FRIDAY, 8, 'Europe/Copenhagen')

describe('other times for a team', () => {
  let stage: CoreStage
  const team = () => aTeam(stage.team)
  const remindersOf = async () => {
    const due = await stage.store.due(stage.team, Infinity, 100)
    return due.filter(({ kind }) => kind === 'remind').map(({ ids, at }) => `${ids.join('/')} ${at}`)
  }

  beforeEach(async () => {
    stage = await coreStage('da')
    await stage.until('2026-11-24T10:00')
    const opened = ['F-2222', 'F-3333', 'F-4444'].map((code) => ({
      kind: 'case' as const,
      id: code,
      rev: 0,
      value: aCase(code, { agreements: [anAgreement('a1', { by: FRIDAY })] }),
    }))
    const closed = { kind: 'case' as const, id: 'F-5555', rev: 0, value: aCase('F-5555', { status: 'closed' }) }
    await stage.store.commit({ team: stage.team, writes: [...opened, closed], due: [], audit: [] })
  })
  afterEach(() => stage.close())

  it('move what every open case makes due, and that of no closed one', async () => {
    await replan(stage.store, team())
    assert.deepEqual(
      await remindersOf(),
      ['F-2222', 'F-3333', 'F-4444'].map((code) => `${code}/a1 ${AT_EIGHT}`),
    )
    await replan(stage.store, { ...team(), hour: 10, closed: [{ from: FRIDAY, to: FRIDAY }] })
    const monday = atHour('2026-11-30', 10, 'Europe/Copenhagen')
    assert.deepEqual(
      await remindersOf(),
      ['F-2222', 'F-3333', 'F-4444'].map((code) => `${code}/a1 ${monday}`),
    )
  })

  it('change no case, and look again where somebody was faster', async () => {
    const { commit, ...rest } = stage.store
    let raced = false
    const store: typeof stage.store = {
      ...rest,
      commit: async (change) => {
        const [write] = change.writes
        if (!raced && write?.kind === 'case') {
          raced = true
          await commit({ ...change, due: [], writes: [{ ...write, value: aCase(write.id, { agreements: [] }) }] })
        }
        return commit(change)
      },
    }
    await replan(store, team())
    assert.deepEqual(
      await remindersOf(),
      ['F-3333', 'F-4444'].map((code) => `${code}/a1 ${AT_EIGHT}`),
    )
    const [kept] = await stage.store.load(stage.team, 'case', ['F-3333'])
    assert.deepEqual(kept?.value, aCase('F-3333', { agreements: [anAgreement('a1', { by: FRIDAY })] }))
  })
})
