import { strict as assert } from 'node:assert'
import type { Incoming } from '../../src/app/ports.ts'
import { wordsOn } from '../helpers/cards.ts'
import { type CoreStage, coreStage, PEOPLE } from '../helpers/core-stage.ts'
import { clickOn } from '../helpers/play.ts'

describe('somebody the bot wrote to before it heard from them', () => {
  let stage: CoreStage
  beforeEach(async () => {
    stage = await coreStage('da')
    const karen = PEOPLE.karen
    const presses = async (title: string, fills: Record<string, string> = {}) => {
      const click = clickOn(stage, karen, title, { fills })
      assert.ok(click, `no card shows "${title}"`)
      await stage.presses(karen, click.message, click.verb, click.data)
    }
    for (const text of ['opkald forbered', 'MK']) await stage.says(karen, text, 'direct')
    await presses('Videre', { direction: 'incoming' })
    await presses('Gem og gå videre')
    for (const text of ['stop', 'tovholder']) await stage.says(karen, text, 'direct')
    await presses('Videre', { code: 'the first' })
    await presses('Videre', { pick: 'somebody-else' })
    await presses('Videre', { colleague: 'birte' })
    await presses('Ja, gør det')
    await stage.settle()
    assert.match(wordsOn(stage.posted().findLast(({ to }) => to === PEOPLE.birte)?.card), /Vil du være tovholder\?/)
  })
  afterEach(() => stage.close())

  const birte = (what: Incoming['what'], address: string = PEOPLE.birte) =>
    stage.take({
      event: `first-words-${what.kind}`,
      tenant: `tenant-${stage.team}`,
      user: { id: PEOPLE.birte, name: 'Birte Friis', locale: 'en-GB' },
      address,
      place: 'direct',
      what,
    })

  it('is not greeted below the question, which would hide it', async () => {
    assert.deepEqual(await birte({ kind: 'installed' }), {})
  })

  it('is greeted in a chat that nothing was written in', async () => {
    assert.match(wordsOn((await birte({ kind: 'installed' }, 'another chat')).card), /Birte/)
  })

  it('still chooses their own language with the first words', async () => {
    const { card } = await birte({ kind: 'message', text: 'cases' })
    assert.match(wordsOn(card), /open cases/)
  })
})
