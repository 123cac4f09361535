import { strict as assert } from 'node:assert'
import type { Member } from '../../src/domain/team.ts'
import { buttonsOn, wordsOn } from '../helpers/cards.ts'
import { type CoreStage, content, coreStage, PEOPLE } from '../helpers/core-stage.ts'
import { aCase, anAgreement } from '../helpers/documents.ts'
import { press } from '../helpers/play.ts'

const GRY = 'user-gry'
const member = (id: string): Member => ({ id, name: id, guest: false })
const EVERYBODY = [PEOPLE.karen, PEOPLE.birte, PEOPLE.bo, GRY].map(member)
/** School days from the one on which the agreement is due. */
const DAYS = [
  '11-27',
  '11-30',
  '12-01',
  '12-02',
  '12-03',
  '12-04',
  '12-07',
  '12-08',
  '12-09',
  '12-10',
  '12-11',
  '12-14',
]

for (const language of ['da', 'en'] as const)
  describe(`an agreement of people who change jobs (${language})`, () => {
    let stage: CoreStage
    let members: Member[]
    const word = (path: string, values = {}) => content.shared[language].say(path, values)
    const change = async (leaders: string[]) => {
      const [kept] = await stage.store.load(stage.team, 'team', [stage.team])
      assert.ok(kept)
      const write = {
        kind: 'team' as const,
        id: stage.team,
        rev: kept.rev,
        value: { ...kept.value, leaders, language },
      }
      await stage.store.commit({ team: stage.team, writes: [write], due: [], audit: [] })
    }
    const areLeft = async (...left: string[]) => {
      members = EVERYBODY.filter(({ id }) => left.includes(id))
      await stage.happens('rosterChanged')
      await stage.settle()
    }
    /** What the channel's card shows of the case on each of these days, and who is asked about it in private. */
    async function livesThrough(days: string[]): Promise<string[]> {
      const said: string[] = []
      for (const day of days) {
        const before = stage.posted().length
        await stage.until(`2026-${day}T08:00`)
        const rows = stage.posted().slice(before)
        const channel = rows
          .filter(({ to }) => to === 'channel')
          .map(({ card }) => wordsOn(card))
          .join()
        const asked = rows.filter(({ text }) => text === word('post.overdue.title', { code: 'F-2222' }))
        said.push(
          [
            day,
            ...(channel.includes('hemmeligt løfte') ? ['row'] : []),
            ...(channel.includes(word('post.digest.vacant')) ? ['vacant'] : []),
            ...asked.map(({ to }) => `asks ${to}`),
          ].join(' '),
        )
      }
      return said
    }
    const question = (to: string) => {
      const asked = stage
        .posted()
        .findLast((one) => one.to === to && one.text === word('post.overdue.title', { code: 'F-2222' }))
      assert.ok(asked)
      return { words: wordsOn(asked.card), buttons: buttonsOn(asked.card).map(({ title }) => title) }
    }
    const ALL = ['newDate', 'drop', 'handOver'].map((name) => word(`post.overdue.${name}`))

    beforeEach(async () => {
      members = EVERYBODY
      stage = await coreStage(language, {
        roster: async () => ({ name: 'Udskolingen', members, channels: [{ address: 'channel', name: 'General' }] }),
      })
      await stage.until('2026-11-24T10:00')
      await change([PEOPLE.bo])
      const found = aCase('F-2222', {
        creator: PEOPLE.karen,
        openedAt: await stage.store.now(),
        agreements: [anAgreement('a1', { who: 'home', by: '2026-11-27', followUp: { on: '2027-06-01', how: 'call' } })],
        coordination: { coordinator: { user: PEOPLE.birte, since: 0 }, history: [] },
      })
      await stage.store.commit({
        team: stage.team,
        writes: [{ kind: 'case', id: 'F-2222', rev: 0, value: found }],
        due: [{ kind: 'replan', ids: [], at: 1 }],
        audit: [],
      })
      await stage.settle()
    })
    afterEach(() => stage.close())

    it('is asked about where the coordinator has left, and the channel hears that nobody holds the case', async () => {
      await livesThrough(DAYS.slice(0, 4))
      await areLeft(PEOPLE.karen, PEOPLE.bo, GRY)
      assert.deepEqual(await livesThrough(DAYS.slice(4, 7)), [
        '12-03 row vacant',
        `12-04 row vacant asks ${PEOPLE.karen}`,
        '12-07 vacant',
      ])
      assert.deepEqual(question(PEOPLE.karen).buttons, ALL)
    })

    it('is a leader’s to find somebody for once all have left, and then the question of whoever takes over', async () => {
      await livesThrough(DAYS.slice(0, 4))
      await areLeft(PEOPLE.bo, GRY)
      assert.deepEqual(await livesThrough(DAYS.slice(4, 6)), ['12-03 row vacant', `12-04 row vacant asks ${PEOPLE.bo}`])
      const asked = question(PEOPLE.bo)
      assert.ok(asked.words.includes(word('post.overdue.left')))
      assert.deepEqual(asked.buttons, [word('post.digest.pick')])

      const [next, confirm] = language === 'da' ? ['Videre', 'Ja, gør det'] : ['Next', 'Yes, do that']
      await press(stage, PEOPLE.bo, word('post.digest.pick'))
      await press(stage, PEOPLE.bo, next, { fills: { pick: GRY } })
      await press(stage, PEOPLE.bo, confirm)
      await stage.settle()
      await press(stage, GRY, word('post.question.accept'))
      await stage.settle()
      const settled = question(PEOPLE.bo)
      assert.ok(settled.words.includes(word('post.overdue.settled')))
      assert.deepEqual(settled.buttons, [])

      assert.deepEqual(await livesThrough(DAYS.slice(6, 8)), [`12-07 row asks ${GRY}`, '12-08'])
      assert.deepEqual(question(GRY).buttons, ALL)
    })

    it('is asked about again where whoever was asked leaves without an answer', async () => {
      assert.equal((await livesThrough(DAYS.slice(0, 6))).at(-1), `12-04 row asks ${PEOPLE.birte}`)
      assert.deepEqual(await livesThrough(DAYS.slice(6, 7)), ['12-07'])
      await areLeft(PEOPLE.bo, GRY)
      assert.deepEqual(await livesThrough(DAYS.slice(7, 8)), [`12-08 row vacant asks ${PEOPLE.bo}`])
    })

    it('is reminded of until there is somebody to ask', async () => {
      await change([])
      await areLeft(PEOPLE.bo, GRY)
      assert.deepEqual((await livesThrough(DAYS.slice(0, 9))).slice(-3), ['12-07 row', '12-08 row', '12-09 row'])
      await change([PEOPLE.bo])
      assert.deepEqual(await livesThrough(DAYS.slice(9, 11)), [`12-10 row asks ${PEOPLE.bo}`, '12-11'])
    })
  })
