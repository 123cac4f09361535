import { strict as assert } from 'node:assert'
import { commitOf } from '../../src/app/change.ts'
import type { Reply } from '../../src/app/ports.ts'
import { closeCase, openCase } from '../../src/domain/case.ts'
import { type CoreStage, coreStage, PEOPLE } from '../helpers/core-stage.ts'
import { clickOn, press, shown } from '../helpers/play.ts'

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

describe('somebody in a dialog', () => {
  let stage: CoreStage
  beforeEach(async () => {
    stage = await coreStage('da')
  })
  afterEach(() => stage.close())

  const cases = async () => (await stage.store.openCases(stage.team)).map(({ value }) => value)
  const session = async () => (await stage.store.read({ team: stage.team, user: karen })).session?.value

  /** Up to the call sheet; resolves to the click that saves it. */
  async function toSheet() {
    await stage.says(karen, 'opkald forbered', 'direct')
    await stage.says(karen, 'AB', 'direct')
    await press(stage, karen, 'Videre', { fills: { direction: 'incoming' } })
    const save = clickOn(stage, karen, 'Gem og gå videre', { fills: { reached: 'yes', home: 'Flyttet' } })
    assert.ok(save)
    return save
  }

  it('makes one case, however often the last step is pressed', async () => {
    const { message, verb, data } = await toSheet()
    const [one, other] = await Promise.all([1, 2].map(() => stage.presses(karen, message, verb, data)))
    const later = await stage.presses(karen, message, verb, data)
    const all = await cases()
    assert.deepEqual(
      all.map(({ contacts }) => contacts.length),
      [1],
    )
    for (const reply of [one, other, later]) assert.match(shown(reply as Reply), /Hvad siger eleven selv\?/)
  })

  it('leaves nothing of one dialog behind when another takes its place', async () => {
    const { data } = await toSheet()
    await stage.presses(karen, { id: '', to: karen, card: {}, text: '' }, 'command', {
      command: 'concern',
      force: 'yes',
    })
    assert.equal((await session())?.dialog, 'concern')
    assert.deepEqual(await stage.store.load(stage.team, 'session', [String(data.session)]), [undefined])
  })

  it('leaves nothing of it behind either when another is asked for in the channel', async () => {
    await stage.says(karen, 'opkald forbered', 'direct')
    const first = await session()
    await stage.says(karen, 'bekymring', 'channel')
    await stage.settle()
    assert.equal((await session())?.dialog, 'concern')
    assert.deepEqual(await stage.store.load(stage.team, 'session', [String(first?.id)]), [undefined])
  })

  it('keeps the dialog when an old card of it chooses another case', async () => {
    for (const alias of ['AB', 'CD']) {
      await stage.says(karen, 'tal med eleven', 'direct')
      await press(stage, karen, 'Videre', { fills: { code: 'new' } }).catch(() => {})
      await stage.says(karen, alias, 'direct')
      await press(stage, karen, 'Vis mig spørgsmålene')
      await press(stage, karen, 'Gem elevens ord', { fills: { view: 'declined' } })
    }
    const [one, other] = await cases()
    await stage.says(karen, 'opkald forbered', 'direct')
    const choose = clickOn(stage, karen, 'Videre', { fills: { code: String(one?.code) } })
    assert.ok(choose)
    await stage.presses(karen, choose.message, choose.verb, choose.data)
    const reply = await stage.presses(karen, choose.message, choose.verb, { ...choose.data, code: other?.code })
    assert.match(shown(reply), /Hvem taler sammen\?/)
    assert.equal((await session())?.code, one?.code)
  })

  it('goes no further with a case that a colleague has closed, and loses nothing', async () => {
    const { message, verb, data } = await toSheet()
    await stage.presses(karen, message, verb, data)
    const [found] = await cases()
    assert.ok(found)
    const [kept] = await stage.store.load(stage.team, 'case', [found.code])
    const writes = [{ kind: 'case' as const, id: found.code, rev: kept?.rev ?? 0, value: closeCase(found, karen, 0) }]
    await stage.store.commit({ team: stage.team, writes, due: [], audit: [] })
    const before = await session()
    const typed = await press(stage, karen, 'Videre', { fills: { view: 'not-yet' } })
    assert.match(shown(typed), /Sagen er lukket/)
    assert.deepEqual(await session(), before)
    for (const words of [`aftale ${found.code}`, 'fortsæt'])
      assert.match(shown(await stage.says(karen, words, 'direct')), /Sagen er lukket/)
    assert.match(shown(await stage.says(karen, 'stop', 'direct')), /Vi stopper her/)
  })

  it('goes on from the beginning of a dialog that was rewritten, and gets through', async () => {
    const { message, verb, data } = await toSheet()
    const { session: standing } = await stage.store.read({ team: stage.team, user: karen })
    assert.ok(standing)
    const value = { ...standing.value, step: 'is-no-more' }
    const writes = [{ kind: 'session' as const, id: value.id, rev: standing.rev, value }]
    await stage.store.commit({ team: stage.team, writes, due: [], audit: [] })
    await stage.presses(karen, message, verb, data)
    assert.notEqual((await session())?.step, 'is-no-more')
    await press(stage, karen, 'Videre', { fills: { alias: 'AB' } })
    await press(stage, karen, 'Videre', { fills: { direction: 'incoming' } })
    await press(stage, karen, 'Gem og gå videre', { fills: { reached: 'yes' } })
    assert.equal((await cases()).length, 1)
  })
})
