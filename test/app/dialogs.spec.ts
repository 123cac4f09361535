import { strict as assert } from 'node:assert'
import { commitOf } from '../../src/app/change.ts'
import { openCase } from '../../src/domain/case.ts'
import { type CoreStage, coreStage, PEOPLE } from '../helpers/core-stage.ts'

const { karen } = PEOPLE

describe('what is kept with the answers of a dialog', () => {
  let stage: CoreStage
  before(async () => {
    stage = await coreStage('da')
    const seen = await stage.store.read({ team: stage.team, user: karen })
    const team = seen.team?.value
    assert.ok(team)
    const found = openCase({ code: 'F-7K3Q', alias: 'MK', creator: karen, now: seen.now })
    const commit = commitOf({ case: found }, seen, team, 'a case')
    assert.ok(commit)
    await stage.store.commit(commit)
  })
  after(() => stage.close())

  /** The names of what is kept as soon as a dialog has begun. */
  async function keptWith(command: string): Promise<string[]> {
    await stage.presses(karen, { id: '', to: karen, card: {}, text: '' }, 'command', { command, force: 'yes' })
    const { session } = await stage.store.read({ team: stage.team, user: karen })
    assert.equal(session?.value.dialog, command)
    return Object.keys(session.value.vars)
  }

  it('is only what it lets choose from: how much everybody has to do is asked for by one of them', async () => {
    assert.deepEqual(await keptWith('call-prep'), ['cases'])
    assert.deepEqual(await keptWith('coordinator-pick'), ['cases', 'burdens'])
  })
})
