import { strict as assert } from 'node:assert'
import { LANGUAGES } from '../../src/domain/team.ts'
import { nodes, wordsOn } from '../helpers/cards.ts'
import { type CoreStage, content, coreStage, PEOPLE } from '../helpers/core-stage.ts'
import { aCase } from '../helpers/documents.ts'

const CODES = Array.from({ length: 12 }, (_, index) => `F-222${'23456789ABCD'[index]}`)

for (const language of LANGUAGES)
  describe(`the overview, in ${language}`, () => {
    let stage: CoreStage
    const say = (path: string, args?: Record<string, string | number>) => content.shared[language].say(path, args)
    const asked = language === 'da' ? '/overblik' : '/overview'

    beforeEach(async () => {
      stage = await coreStage(language)
      await stage.until('2026-11-24T10:00')
      const writes = CODES.map((code, index) => ({
        kind: 'case' as const,
        id: code,
        rev: 0,
        value: aCase(code, {
          creator: PEOPLE.birte,
          ...(index < 6 && { coordination: { coordinator: { user: PEOPLE.bo, since: 0 }, history: [] } }),
        }),
      }))
      await stage.store.commit({ team: stage.team, writes, due: [], audit: [] })
    })
    afterEach(() => stage.close())

    it('counts every open case of the team, also for somebody with a part in none', async () => {
      const { card } = await stage.says(PEOPLE.karen, asked, 'direct')
      const words = wordsOn(card)
      assert.ok(words.includes(`${say('overview.open')}\n12`), words)
      assert.ok(words.includes(say('overview.exact', { part: 6, of: 12 })), words)
      assert.ok(words.includes(say('overview.fewOf', { few: 5, of: 12 })), words)
      assert.doesNotMatch(words, /F-|HEMMELIG|Birte|Bo Lund/)
    })

    it('draws a ring of what it may tell, and says the same in words', async () => {
      const { card } = await stage.says(PEOPLE.karen, asked, 'direct')
      const rings = nodes(card).filter(({ type }) => type === 'Chart.Donut')
      assert.deepEqual(
        rings.map(({ title, data }) => [title, (data as { value: number }[]).map(({ value }) => value)]),
        [[say('overview.shares.withoutCoordinator.label'), [6, 6]]],
      )
    })

    it('is answered in private when it was asked for in the channel', async () => {
      const { text } = await stage.says(PEOPLE.karen, asked, 'channel')
      assert.equal(text, say('toDirect'))
      await stage.settle()
      const told = stage.posted().findLast(({ to }) => to === PEOPLE.karen)
      assert.ok(wordsOn(told?.card).includes(`${say('overview.open')}\n12`))
    })

    it('is for no guest and no stranger', async () => {
      for (const who of [PEOPLE.gitte, PEOPLE.stranger])
        for (const place of ['direct', 'channel'] as const) {
          const { card, text } = await stage.says(who, asked, place)
          assert.ok(!card && text, who)
        }
    })
  })
