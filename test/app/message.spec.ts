import { strict as assert } from 'node:assert'
import type { DocumentKind, Reply } from '../../src/app/ports.ts'
import { LANGUAGES } from '../../src/domain/team.ts'
import { type Connection, connect, disconnect } from '../../src/store/redis.ts'
import { wordsOn } from '../helpers/cards.ts'
import { type CoreStage, content, coreStage, PEOPLE } from '../helpers/core-stage.ts'
import { sharedRedis } from '../helpers/redis.ts'

const { karen, gitte, stranger } = PEOPLE
const MARK = 'Rabarberkvarter'
const TYPED = {
  da: { check: 'besked tjek', prep: 'opkald forbered' },
  en: { check: 'message check', prep: 'call prep' },
}

for (const language of LANGUAGES)
  describe(`a draft to be checked, in ${language}`, () => {
    const words = (path: string, args?: Record<string, string | number>) => content.shared[language].say(path, args)
    const typed = TYPED[language]
    let stage: CoreStage
    let redis: Connection

    const says = (text: string, place: 'direct' | 'channel' = 'direct') => stage.says(karen, text, place)
    const clicks = (who: string, verb: string, data: Record<string, unknown> = {}, to = who): Promise<Reply> =>
      stage.presses(who, { id: '', to, card: {}, text: '' }, verb, data)
    const shown = ({ text = '', card }: Reply): string => `${text}\n${card ? wordsOn(card) : ''}`

    beforeEach(async () => {
      redis = await connect((await sharedRedis()).config)
      stage = await coreStage(language)
      await stage.until('2026-11-27T14:00')
    })
    afterEach(async () => {
      await stage.close()
      await disconnect(redis)
    })

    /** Everything that is kept about the team: every key as it lies there, and every sealed document opened. */
    async function kept(): Promise<string> {
      const names = (await redis.keys('tov:*')).filter((name) => name.includes(stage.team))
      const dumps = await Promise.all(names.map(async (name) => (await redis.dumpBuffer(name))?.toString('latin1')))
      const documents = await Promise.all(
        names.map((name) => {
          const [kind, id] = name.split(':').slice(-2)
          return ['team', 'user', 'case', 'session', 'post'].includes(kind ?? '')
            ? stage.store.load(stage.team, kind as DocumentKind, [decodeURIComponent(id ?? '')])
            : undefined
        }),
      )
      const audit = names.find((name) => name.endsWith(':audit'))
      const told = audit ? await redis.xrange(audit, '-', '+') : []
      return JSON.stringify([names, dumps, documents, told])
    }

    it('leaves nothing behind in any key, document, audit entry or log line, however it comes', async () => {
      const draft = `${MARK}: I har ikke svaret. You have not answered ${MARK}. Jeg er rasende! I am furious!`
      // A dialog that would take any text for an answer is open all the while.
      await says(typed.prep)
      await says(typed.check)
      assert.ok(shown(await says(draft)).includes(words('message.verdicts.wait.title')), 'the draft was not read')
      await says(`${typed.check} ${draft}`)
      await says(`${typed.check}\n${draft}`, 'channel')
      await stage.settle()
      await says(draft)
      await clicks(karen, 'check-message', { draft, team: stage.team })
      await clicks(karen, 'check-message', { draft }, 'channel')
      await clicks(karen, 'cool-off', { draft, team: stage.team })
      await says(typed.check)
      await says(MARK)
      await says(MARK.repeat(2000))
      await stage.until('2026-11-30T08:00')
      const everything = await kept()
      assert.ok(everything.includes('draftUntil') && everything.includes('call-prep'), 'the documents were not opened')
      assert.ok(!everything.toLowerCase().includes(MARK.toLowerCase()))
      assert.ok(!stage.logged().includes(MARK))
    })

    it('is asked for again when it is too long, and the card does not carry it back', async () => {
      await says(typed.check)
      const reply = await says(`${MARK} `.repeat(1400))
      assert.ok(shown(reply).includes(words('message.faults.too-long', { max: 20_000 })))
      assert.ok(!JSON.stringify(reply).includes(MARK))
    })

    it('is read up to the very last character, quickly', async () => {
      const reply = await clicks(karen, 'check-message', { draft: `${'a '.repeat(9995)}slut` })
      assert.ok(shown(reply).includes(words('message.findings.too-long.what')))
    })

    it('is not taken for one any more when two hours have gone by', async () => {
      await says(typed.check)
      await stage.until('2026-11-27T16:01')
      assert.ok(shown(await says('I har ikke svaret.')).includes(words('unknown')))
    })

    it('is taken for one again after each that was checked', async () => {
      await says(typed.check)
      await says('I har ikke svaret.')
      await stage.until('2026-11-27T15:59')
      await says('Tak for jeres hurtige svar.')
      await stage.until('2026-11-27T17:58')
      assert.ok(shown(await says('Tak for jeres besked, det var rart.')).includes(words('message.verdicts.send.title')))
    })

    it('is asked for once more where the field holds something that is no text', async () => {
      for (const draft of [undefined, null, 7, ['I har ikke svaret'], { toString: 'x' }])
        assert.ok(shown(await clicks(karen, 'check-message', { draft })).includes(words('message.faults.empty')))
    })

    it('is borrowed words for in its own language, whoever reads the advice', async () => {
      const other = language === 'da' ? 'en' : 'da'
      const text = {
        da: 'Hej. Det kan du ikke mene. I har ikke svaret mig.',
        en: 'Hello. You have not answered me, and that was the plan.',
      }
      await says(typed.check)
      const seen = shown(await says(text[other]))
      assert.ok(seen.includes(words('message.findings.notDone.why')), seen)
      assert.ok(seen.includes(content.shared[other].say('message.findings.notDone.instead')), seen)
    })

    it('is not read for a guest or a stranger', async () => {
      for (const [who, refusal] of [
        [gitte, 'guest'],
        [stranger, 'not-a-member'],
      ] as const)
        for (const verb of ['check-message', 'cool-off'])
          assert.ok(
            shown(await clicks(who, verb, { draft: 'I har ikke svaret', team: stage.team })).includes(
              words(`refused.${refusal}`),
            ),
          )
    })

    it('is reminded of once, however often that was asked for, on the next school day at the team’s hour', async () => {
      for (let times = 0; times < 3; times++) await clicks(karen, 'cool-off')
      const remind = words('message.coolOff.remind')
      const told = () => stage.posted().filter(({ to, card }) => to === karen && wordsOn(card).includes(remind)).length
      await stage.until('2026-11-30T07:59')
      assert.equal(told(), 0)
      await stage.until('2026-11-30T08:00')
      assert.equal(told(), 1)
      await stage.until('2026-12-02T08:00')
      assert.equal(told(), 1)
    })
  })
