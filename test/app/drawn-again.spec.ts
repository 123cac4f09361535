import { strict as assert } from 'node:assert'
import type { Roster } from '../../src/app/ports.ts'
import { wordsOn } from '../helpers/cards.ts'
import { type CoreStage, content, coreStage, PEOPLE } from '../helpers/core-stage.ts'
import { press } from '../helpers/play.ts'

type Read = Awaited<ReturnType<Roster['read']>>

const { karen, birte } = PEOPLE
const TERMS = { who: 'school', staff: 'bo', by: '2026-11-27', followUpOn: '2026-12-01', followUpHow: 'call' }
const [FIRST, SECOND] = ['First we meet at the gate', 'Then we read together']
const everybody: Read = {
  name: 'Udskolingen',
  members: [
    { id: karen, name: 'Karen Holm', guest: false },
    { id: birte, name: 'Birte Friis', guest: false },
    { id: PEOPLE.bo, name: 'Bo Lund', guest: false },
  ],
  channels: [{ address: 'channel', name: 'General' }],
}

describe('a posted card that is drawn again', () => {
  let stage: CoreStage
  let roster: Read
  let code: string
  beforeEach(async () => {
    roster = everybody
    stage = await coreStage('en', { roster: async () => roster })
    await stage.until('2026-11-24T14:10')
    await agreesOn(FIRST, '')
    const { mine } = await stage.store.read({ team: stage.team, user: karen, mine: true })
    code = mine[0]?.value.code ?? assert.fail()
  })
  afterEach(() => stage.close())

  async function agreesOn(what: string, known: string): Promise<void> {
    await stage.says(karen, `agreement ${known}`, 'direct')
    if (!known) await stage.says(karen, 'QZ', 'direct')
    await press(stage, karen, 'Next', { fills: { view: 'declined' } })
    await press(stage, karen, 'Next', { fills: { ...TERMS, what } })
    await press(stage, karen, 'Show me what the channel sees')
    await press(stage, karen, 'Yes, post it')
    await stage.settle()
  }
  async function happens(members: Read): Promise<void> {
    roster = members
    await stage.happens('rosterChanged')
  }
  const card = (to: string) => wordsOn(stage.posted().find((posted) => posted.to === to)?.card)
  const taken = content.shared.en.say('post.hidden.title')

  it('shows nothing more to whoever it was for and has left, and what there is once they are back', async () => {
    await stage.says(karen, `coordinator ${code}`, 'direct')
    await press(stage, karen, 'Next', { fills: { pick: 'somebody-else' } })
    await press(stage, karen, 'Next', { fills: { colleague: birte } })
    await press(stage, karen, 'Yes, do that')
    await stage.settle()
    assert.match(card(birte), new RegExp(FIRST))
    await happens({ ...everybody, members: everybody.members.filter(({ id }) => id !== birte) })
    await agreesOn(SECOND, code)
    assert.match(card(birte), new RegExp(taken))
    assert.doesNotMatch(card(birte), new RegExp(`${FIRST}|${SECOND}|${code}`))
    await happens(everybody)
    await press(stage, karen, 'Done', { place: 'channel' })
    await stage.settle()
    assert.match(card(birte), new RegExp(FIRST))
  })

  it('shows nothing more in a channel that outsiders have come into', async () => {
    assert.match(card('channel'), new RegExp(FIRST))
    await happens({ ...everybody, channels: [], outsiders: true })
    await press(stage, karen, 'Done', { place: 'channel' })
    await stage.settle()
    assert.match(card('channel'), new RegExp(taken))
    assert.doesNotMatch(card('channel'), new RegExp(`${FIRST}|${code}`))
  })
})
