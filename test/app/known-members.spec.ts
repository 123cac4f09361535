import { strict as assert } from 'node:assert'
import { DeliveryError, type Roster } from '../../src/app/ports.ts'
import { type CoreStage, coreStage, PEOPLE } from '../helpers/core-stage.ts'
import { press } from '../helpers/play.ts'

type Read = Awaited<ReturnType<Roster['read']>>

const REFUSED = {
  da: /hvem der er på teamet.*Prøv igen.*føje mig til/,
  en: /who is on the team.*Try again.*add me/,
}

for (const language of ['da', 'en'] as const)
  describe(`who is on a team, in ${language},`, () => {
    const everybody: Read = {
      name: 'Udskolingen',
      members: [
        { id: PEOPLE.karen, name: 'Karen Holm', guest: false },
        { id: PEOPLE.birte, name: 'Birte Friis', guest: false },
      ],
      channels: [{ address: 'channel', name: 'General' }],
    }
    let stage: CoreStage
    let read: () => Promise<Read>
    let reads = 0
    beforeEach(async () => {
      read = async () => everybody
      stage = await coreStage(language, {
        roster: () => {
          reads++
          return read()
        },
      })
      await stage.until('2027-06-25T10:00')
      await stage.happens('rosterChanged')
      await stage.says(PEOPLE.karen, language === 'da' ? 'aftale' : 'agreement', 'direct')
      await stage.says(PEOPLE.karen, 'QZ', 'direct')
    })
    afterEach(() => stage.close())

    const resumes = () => stage.says(PEOPLE.karen, language === 'da' ? 'fortsæt' : 'resume', 'direct')
    const isShown = async () => assert.ok((await resumes()).card)
    const isRefused = async () => {
      const { card, text, undone } = await resumes()
      assert.deepEqual([card, undone], [undefined, true])
      assert.match(text ?? '', REFUSED[language])
    }
    const fails = (permanent: boolean) => async () => {
      throw new DeliveryError(permanent ? 'bot-removed' : 'unavailable', { permanent })
    }

    it('is asked before anything is shown once the bot has been taken out, and nothing is while nobody tells', async () => {
      read = fails(true)
      await stage.happens('removed')
      await isRefused()
      await stage.until('2028-01-10T10:00')
      await isRefused()
    })

    it('is known again when the bot is added again', async () => {
      read = fails(true)
      await stage.happens('removed')
      await isRefused()
      read = async () => everybody
      await stage.happens('installed')
      await isShown()
    })

    it('is known no more once the channel says that it will not tell', async () => {
      await stage.until('2027-06-25T11:30')
      read = fails(true)
      await isShown()
      await settled()
      await isRefused()
    })

    it('is believed through an outage of some hours, and not of a day', async () => {
      read = fails(false)
      await stage.until('2027-06-26T09:00')
      await isShown()
      await stage.until('2027-06-26T11:00')
      await isRefused()
      read = async () => everybody
      await isShown()
    })

    it('is read first by whoever comes back from the holidays, who then goes on', async () => {
      await stage.until('2027-08-09T10:00')
      const before = reads
      await isShown()
      assert.equal(reads, before + 1)
    })

    it('is read first by whoever comes back, and who has left meanwhile sees nothing', async () => {
      await stage.until('2027-08-09T10:00')
      read = async () => ({ ...everybody, members: everybody.members.slice(1) })
      const { card, text } = await resumes()
      assert.equal(card, undefined)
      assert.match(text ?? '', language === 'da' ? /ikke på det team/ : /not on that team/)
    })

    it('is not waited for without end', async () => {
      await stage.until('2027-08-09T10:00')
      read = () => new Promise(() => {})
      await isRefused()
    })

    it('is asked once for all who wait', async () => {
      await stage.until('2027-08-09T10:00')
      const before = reads
      await Promise.all([resumes(), resumes(), resumes()])
      assert.equal(reads, before + 1)
    })

    it('is not known from what was filled in either: nothing of it is done, and it can be sent again', async () => {
      await stage.until('2027-08-09T10:00')
      await resumes()
      read = fails(true)
      await stage.happens('removed')
      const before = await stage.store.read({ team: stage.team, user: PEOPLE.karen })
      const title = language === 'da' ? 'Videre' : 'Next'
      const { card, undone } = await press(stage, PEOPLE.karen, title, { fills: { view: 'notYet' } })
      assert.deepEqual([card, undone], [undefined, true])
      const after = await stage.store.read({ team: stage.team, user: PEOPLE.karen })
      assert.deepEqual(after.session, before.session)
    })

    /** The roster is read behind an answer; this waits until that is over. */
    async function settled(): Promise<void> {
      for (let tries = 0; tries < 200 && !stage.logged().includes('could not be read'); tries++)
        await new Promise((resolve) => setTimeout(resolve, 10))
    }
  })
