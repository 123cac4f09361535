import { strict as assert } from 'node:assert'
import type { Reply, Roster } from '../../src/app/ports.ts'
import { type CoreStage, content, coreStage, PEOPLE } from '../helpers/core-stage.ts'
import { press, shown } from '../helpers/play.ts'

type Read = Awaited<ReturnType<Roster['read']>>

const { karen, birte, bo } = PEOPLE
const TYPED = { da: ['aftale', 'tovholder', 'sag'], en: ['agreement', 'coordinator', 'case'] } as const
const everybody: Read = {
  name: 'Udskolingen',
  members: [
    { id: karen, name: 'Karen Holm', guest: false },
    { id: birte, name: 'Birte Friis', guest: false },
    { id: bo, name: 'Bo Lund', guest: false },
  ],
  channels: [{ address: 'channel', name: 'General' }],
}

for (const language of ['da', 'en'] as const)
  describe(`a leader who would hold a case herself, in ${language},`, () => {
    const [agreement, coordinator, one] = TYPED[language]
    const next = content.shared[language].say('actions.next')
    const ask = content.words[language]?.['coordinator-pick']?.say('confirm.actions.ask') ?? ''
    const held = content.shared[language].say('faults.held', { label: '', name: 'Karen Holm' })
    let stage: CoreStage
    let roster: Read
    let code: string
    beforeEach(async () => {
      roster = everybody
      stage = await coreStage(language, { roster: async () => roster })
      await stage.until('2026-11-24T14:10')
      await clicks(bo, 'setup', { channel: 'channel', hour: '8' })
      // Karen opens a case with a promise to ask the pupil.
      await stage.says(karen, agreement, 'direct')
      await stage.says(karen, 'QZ', 'direct')
      await press(stage, karen, next, { fills: { view: 'notYet' } })
      await press(stage, karen, content.words[language]?.['agreement-log']?.say('so-far.actions.onwards') ?? '')
      await press(stage, karen, content.words[language]?.['agreement-log']?.say('preview.actions.confirm') ?? '')
      const { mine } = await stage.store.read({ team: stage.team, user: karen, mine: true })
      code = mine[0]?.value.code ?? assert.fail()
    })
    afterEach(() => stage.close())

    const clicks = (who: string, verb: string, data: object) =>
      stage.presses(who, { id: '', to: who, card: {}, text: '' }, verb, { team: stage.team, ...data })
    async function leaves(who: string): Promise<void> {
      roster = { ...roster, members: roster.members.filter(({ id }) => id !== who) }
      const from = { event: `left-${who}`, tenant: `tenant-${stage.team}`, user: { id: bo, name: 'Bo Lund' } }
      const where = { team: stage.team, address: 'channel', place: 'channel' as const }
      await stage.take({ ...from, ...where, what: { kind: 'rosterChanged' } })
    }
    /** Picks somebody from all of the team. */
    async function picks(who: string, picked: string): Promise<Reply> {
      await stage.says(who, `${coordinator} ${code}`, 'direct')
      await press(stage, who, next, { fills: { pick: 'somebody-else' } })
      return press(stage, who, next, { fills: { colleague: picked } })
    }

    it('is asked to have it handed over by whoever holds it', async () => {
      assert.ok(shown(await picks(bo, bo)).includes(held))
      await stage.says(bo, `${coordinator} ${code}`, 'direct')
      assert.ok(shown(await press(stage, bo, next, { fills: { pick: bo } })).includes(held))
      assert.doesNotMatch(shown(await stage.says(bo, `${one} ${code}`, 'direct')), /QZ/)
    })

    it('may name somebody else, who is asked', async () => {
      await picks(bo, birte)
      await press(stage, bo, ask)
      await stage.settle()
      assert.ok(stage.posted().some(({ to }) => to === birte))
    })

    it('takes it where nobody is left who holds it', async () => {
      await leaves(karen)
      await picks(bo, bo)
      await press(stage, bo, ask)
      assert.match(shown(await stage.says(bo, `${one} ${code}`, 'direct')), /QZ/)
    })

    it('does not where somebody has come back in the meantime', async () => {
      await leaves(karen)
      await picks(bo, bo)
      roster = everybody
      await stage.happens('rosterChanged')
      assert.ok(shown(await press(stage, bo, ask)).includes(held))
      assert.doesNotMatch(shown(await stage.says(bo, `${one} ${code}`, 'direct')), /QZ/)
    })

    it('may be asked by whoever holds it', async () => {
      await picks(karen, bo)
      await press(stage, karen, ask)
      await stage.settle()
      await press(stage, bo, content.shared[language].say('post.question.accept'))
      assert.match(shown(await stage.says(bo, `${one} ${code}`, 'direct')), /QZ/)
    })
  })
