// biome-ignore-all lint/suspicious/noTemplateCurlyInString: people may type such a thing
import { strict as assert } from 'node:assert'
import { COMMANDS } from '../../src/app/commands.ts'
import type { Incoming, Reply } from '../../src/app/ports.ts'
import { VERBS } from '../../src/app/verbs.ts'
import { LANGUAGES } from '../../src/domain/team.ts'
import { type Connection, connect, disconnect } from '../../src/store/redis.ts'
import { fieldsOn, withoutCodes, wordsOn } from '../helpers/cards.ts'
import { type CoreStage, content, coreStage, PEOPLE } from '../helpers/core-stage.ts'
import { clickOn } from '../helpers/play.ts'
import { sharedRedis } from '../helpers/redis.ts'

const { karen, birte, bo, gitte, stranger } = PEOPLE

/** What is typed and pressed, in each language. */
const TYPED = {
  da: { agreement: 'aftale', prep: 'opkald forbered', cases: 'sager', one: 'sag', help: 'hjælp' },
  en: { agreement: 'agreement', prep: 'call prep', cases: 'cases', one: 'case', help: 'help' },
}
const TERMS = { what: 'Bo tager imod dig ved porten kl. 7.50', who: 'school', staff: 'bo', followUpHow: 'call' }
const DATES = { by: '2026-11-27', followUpOn: '2026-12-01' }

for (const language of LANGUAGES)
  describe(`whatever comes in, in ${language}`, () => {
    const words = (path: string, args?: Record<string, string | number>) => content.shared[language].say(path, args)
    const ofDialog = (path: string) => content.words[language]['agreement-log']?.say(path, { count: 1 }) ?? ''
    const typed = TYPED[language]
    const texts = {
      expired: words('expired'),
      notYours: words('refused.not-yours'),
      stale: words('stale'),
      unknown: words('unknown'),
    }
    let stage: CoreStage
    let redis: Connection
    /** Karen's case and Birte's, which Karen has no part in. */
    let code: string
    let foreign: string

    const says = (who: string, text: string, place: 'direct' | 'channel' = 'direct') => stage.says(who, text, place)
    const presses = (who: string, title: string, fills: Record<string, string> = {}): Promise<Reply> => {
      const click = clickOn(stage, who, title, { fills })
      assert.ok(click, `no card shows "${title}"`)
      return stage.presses(who, click.message, click.verb, click.data)
    }
    const clicks = (who: string, verb: string, data: Record<string, unknown>, to = who): Promise<Reply> =>
      stage.presses(who, { id: '', to, card: {}, text: '' }, verb, data)
    /** Something a channel hands over, to the letter. */
    const comes = (over: Partial<Incoming> & Pick<Incoming, 'what'>): Promise<Reply> =>
      stage.take({
        event: `raw-${++raw}`,
        tenant: `tenant-${stage.team}`,
        user: { id: karen, name: 'Karen Holm' },
        address: karen,
        place: 'direct',
        ...over,
      })
    let raw = 0

    async function agreesOn(who: string, alias: string): Promise<string> {
      const next = words('actions.next')
      await says(who, typed.agreement)
      if (clickOn(stage, who, next) && wordsOn(stage.posted().at(-1)?.card).includes(ofDialog('which-case.title')))
        await presses(who, next, { code: 'new' })
      await says(who, alias)
      await presses(who, next, { view: 'declined' })
      await presses(who, next, { ...TERMS, ...DATES })
      await presses(who, ofDialog('so-far.actions.onwards'))
      await presses(who, ofDialog('preview.actions.confirm'))
      await stage.settle()
      const [found] = /F-[0-9A-Z]{4}/.exec(wordsOn(stage.posted().findLast(({ to }) => to === 'channel')?.card)) ?? []
      assert.ok(found)
      return found
    }

    /** Everything that is kept about the team, as it lies in Redis; a document that is written anew differs. */
    async function kept(): Promise<Record<string, string | undefined>> {
      const names = (await redis.keys('tov:t:*')).filter((name) => name.includes(stage.team)).sort()
      const dumps = await Promise.all(
        names.map(async (name) => [name, (await redis.dumpBuffer(name))?.toString('hex')]),
      )
      return Object.fromEntries(dumps)
    }

    /** All that lies in Redis for whoever looks at it: names of keys, and what is in them. */
    async function inClear(): Promise<string> {
      const names = (await redis.keys('*')).filter((name) => name.includes(stage.team))
      const read: Record<string, (key: string) => Promise<unknown>> = {
        hash: (key) => redis.hgetall(key),
        zset: (key) => redis.zrange(key, '0', '-1'),
        set: (key) => redis.smembers(key),
        stream: (key) => redis.xrange(key, '-', '+'),
        string: (key) => redis.get(key),
      }
      const found = names.map(async (name) => read[await redis.type(name)]?.(name))
      return JSON.stringify([names, await Promise.all(found)])
    }

    const shownBy = ({ text = '', card }: Reply): string => `${text}\n${card ? wordsOn(card) : ''}`

    /** Does something that must change nothing, and shows what was answered. */
    async function changesNothing(act: () => Promise<Reply>): Promise<string> {
      const before = await kept()
      const reply = await act()
      assert.deepEqual(await kept(), before, 'something was changed')
      const shown = shownBy(reply)
      assert.notEqual(shown.trim(), '', 'there was no answer')
      return shown
    }

    const answers = async (expected: string, act: () => Promise<Reply>): Promise<void> => {
      const shown = await changesNothing(act)
      assert.ok(shown.includes(expected), `should answer: ${expected}\nbut answers:\n${shown}`)
    }

    beforeEach(async () => {
      redis = await connect((await sharedRedis()).config)
      stage = await coreStage(language)
      await stage.until('2026-11-24T10:00')
      foreign = await agreesOn(birte, 'ZZ')
      code = await agreesOn(karen, 'MK')
      for (const who of [bo, gitte]) await says(who, typed.help)
    })
    afterEach(async () => {
      await stage.close()
      await disconnect(redis)
    })

    describe('in a dialog', () => {
      const label = ofDialog('agreement.fields.by.label')
      const alias = ofDialog('new-pupil.fields.alias.label')
      const fault = (name: string, values: Record<string, string | number>) => words(`faults.${name}`, values)
      const begins = async () => {
        await says(karen, typed.agreement)
        await presses(karen, words('actions.next'), { code: 'new' })
      }
      const reachesTheAgreement = async () => {
        await begins()
        await says(karen, 'AB')
        await presses(karen, words('actions.next'), { view: 'declined' })
      }

      it('asks again for a text that is empty', async () => {
        await begins()
        for (const nothing of ['', '   ', '\n\n', '\u200b'])
          await answers(fault('missing', { label: alias }), () => says(karen, nothing))
      })

      it('asks again for a text that is too long, and has room for the question', async () => {
        await begins()
        const before = await kept()
        const reply = await says(karen, 'lang '.repeat(5000))
        assert.ok(shownBy(reply).includes(fault('too-long', { label: alias, max: 40 })))
        assert.ok(JSON.stringify(reply.card).length < 25_000)
        assert.deepEqual(await kept(), before)
      })

      it('asks again for a day in the past, one two years ahead, and what is no day at all', async () => {
        await reachesTheAgreement()
        for (const [by, name] of [
          ['2026-11-20', 'too-early'],
          ['2028-11-24', 'too-late'],
          ['2026-13-45', 'not-a-date'],
          ['på fredag', 'not-a-date'],
        ] as const)
          await answers(fault(name, { label }), () => presses(karen, words('actions.next'), { ...TERMS, ...DATES, by }))
      })

      it('refuses what looks like a CPR number, and keeps the rest of the form', async () => {
        await reachesTheAgreement()
        const what = 'Ring til 010203-1234 ved porten'
        const before = await kept()
        const reply = await presses(karen, words('actions.next'), { ...TERMS, ...DATES, what })
        assert.ok(shownBy(reply).includes(fault('cpr', { label: ofDialog('agreement.fields.what.label') })))
        assert.equal(fieldsOn(reply.card).find(({ id }) => id === 'by')?.value, DATES.by)
        assert.deepEqual(await kept(), before)
      })

      it('shows a text full of marks as it was typed, everywhere', async () => {
        const what = '${secret} **fed** [x](http://evil.example) <at>Bo</at> <b>kl. 8</b>'
        await reachesTheAgreement()
        const soFar = await presses(karen, words('actions.next'), { ...TERMS, ...DATES, what })
        assert.ok(wordsOn(soFar.card).includes(what))
        await presses(karen, ofDialog('so-far.actions.onwards'))
        await presses(karen, ofDialog('preview.actions.confirm'))
        await stage.settle()
        const { card } = stage.posted().findLast(({ to }) => to === 'channel') ?? {}
        assert.ok(JSON.stringify(card).includes(`"type":"TextRun","text":${JSON.stringify(what)}`))
      })

      it('answers words it does not ask for with the step one stands at', async () => {
        await reachesTheAgreement()
        for (const text of ['Hvad skal jeg nu?', '<b>', '${code}', '🙈'])
          await answers(words('unexpected'), () => says(karen, text))
      })

      it('answers an old card with the step one stands at', async () => {
        await begins()
        const click = clickOn(stage, karen, words('actions.next'), { fills: { alias: 'QQ' } })
        assert.ok(click)
        await says(karen, 'AB')
        await answers(texts.stale, () => stage.presses(karen, click.message, click.verb, click.data))
        await answers(texts.stale, () => clicks(karen, 'back', click.data))
      })

      it('takes values of the wrong kind for answers that cannot be read', async () => {
        await reachesTheAgreement()
        const click = clickOn(stage, karen, words('actions.next'), { fills: { ...TERMS, ...DATES } })
        assert.ok(click)
        for (const junk of [7, true, ['x'], { toString: 'x' }])
          await answers(fault('not-understood', { label }), () =>
            stage.presses(karen, click.message, click.verb, { ...click.data, by: junk }),
          )
      })

      it('answers a button that the step does not have with the step itself', async () => {
        await begins()
        const click = clickOn(stage, karen, words('actions.next'))
        assert.ok(click)
        for (const action of ['constructor', '__proto__', 'toString', 'correct', ''])
          await changesNothing(() => stage.presses(karen, click.message, 'step', { ...click.data, action, alias: '' }))
      })

      it('lets nobody else go on with it', async () => {
        await begins()
        const click = clickOn(stage, karen, words('actions.next'), { fills: { alias: 'QQ' } })
        assert.ok(click)
        for (const verb of ['step', 'back', 'cancel']) await answers(texts.expired, () => clicks(bo, verb, click.data))
        await answers(words('refused.guest'), () => clicks(gitte, 'step', click.data))
      })

      it('answers a card of a dialog that is over, or never was', async () => {
        await begins()
        const click = clickOn(stage, karen, words('actions.next'))
        assert.ok(click)
        await says(karen, 'stop')
        await answers(texts.expired, () => clicks(karen, 'step', click.data))
        for (const session of ['nope', '__proto__', '', 7, null, {}])
          await answers(texts.expired, () => clicks(karen, 'step', { ...click.data, session }))
      })
    })

    describe('about a case', () => {
      it('answers a code that is not there exactly like one that is somebody else’s', async () => {
        const unknown = 'F-2222' === foreign ? 'F-3333' : 'F-2222'
        for (const command of [typed.one, typed.prep, typed.agreement])
          for (const asked of [unknown, foreign])
            assert.equal((await changesNothing(() => says(karen, `${command} ${asked}`))).trim(), texts.notYours)
        for (const verb of ['open', 'close', 'outcome', 'refresh', 'accept', 'decline'])
          assert.equal(
            await changesNothing(() => clicks(karen, verb, { code: unknown })),
            await changesNothing(() => clicks(karen, verb, { code: unknown.replace('F-', 'f') })),
          )
        for (const verb of ['open', 'close', 'outcome', 'refresh', 'invitation', 'minutes'])
          for (const asked of [unknown, foreign])
            await answers(texts.notYours, () => clicks(karen, verb, { code: asked, helped: 'yes' }))
      })

      it('changes no agreement for a forged id, whoever asks', async () => {
        for (const verb of ['done', 'undo', 'postpone', 'postponed', 'drop'])
          for (const [who, data] of [
            [karen, { code, agreement: 'a99' }],
            [karen, { code, agreement: '__proto__' }],
            [karen, { code: foreign, agreement: 'a1' }],
            [karen, { code: [code], agreement: 'a1' }],
            [birte, { code, agreement: 'a1' }],
            [birte, { code, agreement: 'a1', session: 'nope', post: 'nope', team: stage.team }],
          ] as const)
            await changesNothing(() => clicks(who, verb, { ...data, by: '2026-12-04' }))
      })

      it('moves no agreement to a day that is not possible', async () => {
        for (const [by, name] of [
          ['2026-11-20', 'too-early'],
          ['2029-01-01', 'too-late'],
          ['', 'not-a-date'],
          ['snart', 'not-a-date'],
        ] as const)
          await answers(words(`faults.${name}`, { label: words('agreement.newDate') }), () =>
            clicks(karen, 'postponed', { code, agreement: 'a1', by }),
          )
      })

      it('writes down who looked at it', async () => {
        const length = () => redis.xlen(Object.keys(before).find((name) => name.endsWith(':audit')) ?? '')
        const before = await kept()
        const had = await length()
        await says(karen, `${typed.one} ${code}`)
        assert.equal(await length(), had + 1)
      })
    })

    describe('from buttons', () => {
      it('answers a verb that is nobody’s', async () => {
        for (const verb of ['', 'nope', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])
          await answers(texts.expired, () => clicks(karen, verb, { code, agreement: 'a1' }))
      })

      it('answers a command that is nobody’s', async () => {
        for (const command of ['', 'nope', 'constructor', '__proto__', 'toString', 7, null, ['help']])
          await answers(texts.expired, () => clicks(karen, 'command', { command }))
      })

      it('answers a command about what is no case code, in a channel as well', async () => {
        for (const to of [karen, 'channel'])
          for (const command of ['case', 'call-prep', 'privacy-erase'])
            await answers(texts.notYours, () => clicks(karen, 'command', { command, code: 'Mikkel Hansen 7.b' }, to))
      })

      it('keeps nothing readable of what a card claims, whichever button and wherever', async () => {
        const said = 'Mikkel Hansen'
        const names = ['code', 'agreement', 'meeting', 'session', 'step', 'action', 'post', 'part', 'setting', 'item']
        const more = ['channel', 'hour', 'language', 'helped', 'by', 'leader', 'force', 'command', 'zone', 'zoneName']
        const claimed = Object.fromEntries([...names, ...more].map((name) => [name, said]))
        const known = { code, agreement: 'a1' }
        for (const to of [karen, 'channel'])
          for (const real of [{}, known, { code }])
            for (const [verb, data] of [
              ...[...Object.keys(VERBS), 'step', 'back', 'cancel', 'command'].map((verb) => [verb, {}] as const),
              ...COMMANDS.map((command) => ['command', { command }] as const),
            ])
              if (verb !== 'erase') await clicks(karen, verb, { ...claimed, ...data, ...real }, to)
        assert.doesNotMatch(await inClear(), /Mikkel|Hansen/)
      })

      it('asks for the language when a card names none that there is', async () => {
        for (const named of ['constructor', '__proto__', 'toString', 'fr', 7])
          await answers(words('language.title'), () =>
            clicks(karen, 'command', { command: 'language', language: named }),
          )
      })
    })

    describe('from outside', () => {
      const SENTENCES = [typed.help, typed.cases, typed.prep, 'Mikkel var her ikke', '']

      it('tells a guest no, on every path', async () => {
        const no = words('refused.guest')
        for (const text of [...SENTENCES, `${typed.one} ${code}`]) {
          await answers(no, () => says(gitte, text))
          await answers(no, () => says(gitte, text, 'channel'))
        }
        for (const verb of ['command', 'step', 'back', 'done', 'open', 'accept', 'setup', 'language', 'nope'])
          for (const to of [gitte, 'channel'])
            await answers(no, () =>
              clicks(gitte, verb, { code, agreement: 'a1', command: 'cases', language: 'en' }, to),
            )
      })

      it('tells a stranger no, whichever team the card names', async () => {
        const no = words('refused.not-a-member')
        for (const text of SENTENCES) {
          await changesNothing(() => says(stranger, text))
          await answers(no, () => says(stranger, text, 'channel'))
        }
        for (const verb of ['command', 'step', 'done', 'open', 'accept', 'setup', 'language', 'nope'])
          await answers(no, () => clicks(stranger, verb, { team: stage.team, code, agreement: 'a1', command: 'cases' }))
      })

      it('tells somebody of another school no, though the names are the same', async () => {
        await answers(words('refused.not-a-member'), () =>
          comes({
            tenant: 'another-school',
            user: { id: karen, name: 'Karen Holm', locale: language === 'da' ? 'da-DK' : 'en-GB' },
            team: stage.team,
            place: 'channel',
            what: { kind: 'message', text: typed.cases },
          }),
        )
      })

      it('answers a card of another team like one of a team that is not there', async () => {
        const other = await coreStage(language)
        try {
          for (const team of [other.team, 'nope', '__proto__']) {
            const shown = await changesNothing(() => clicks(karen, 'open', { team, code }))
            assert.ok(!shown.includes('MK') && !shown.includes('Bo tager'), shown)
          }
        } finally {
          await other.close()
        }
      })
    })

    it('keeps the language that was chosen, whatever a click’s locale says', async () => {
      const other: (typeof LANGUAGES)[number] = language === 'da' ? 'en' : 'da'
      for (const locale of [other, `${other}-XX`, 'de-DE', '', 'x'.repeat(500)]) {
        const user = { id: karen, name: 'Karen Holm', locale }
        await answers(texts.unknown, () => comes({ user, what: { kind: 'message', text: 'Hvad er klokken mon nu?' } }))
        await answers(texts.expired, () => comes({ user, what: { kind: 'action', verb: 'nope', data: {} } }))
      }
      await clicks(karen, 'language', { language: other })
      const reply = await says(karen, 'Hvad er klokken mon nu?')
      assert.ok(shownBy(reply).includes(content.shared[other].say('unknown')))
    })

    it('says no initials, no note and nobody’s name in the channel’s cards that is not an owner’s, nor in the log', async () => {
      await says(karen, `${typed.prep} ${code}`)
      await presses(karen, words('actions.next'), { direction: 'incoming', whom: 'Hemmelige Hanne' })
      const sheet = content.words[language]['call-prep']?.say('sheet.actions.save') ?? ''
      await presses(karen, sheet, { home: 'En hemmelig note', child: 'Hemmelige ord' })
      await says(karen, 'Hemmelige Hanne ringede', 'channel')
      await clicks(karen, 'postpone', { code, agreement: 'a1', by: 'Hemmelig' }, 'channel')
      await stage.until('2026-11-27T08:00')
      const cards = stage.posted().filter(({ to }) => to === 'channel')
      assert.ok(cards.length >= 3)
      const told = withoutCodes(`${JSON.stringify(cards)}\n${stage.logged()}`)
      for (const secret of ['Hemmelig', 'hemmelig', '"MK', 'MK ', 'ZZ', 'Birte', 'Karen'])
        assert.ok(!told.includes(secret), `"${secret}" is told`)
      assert.ok(!stage.logged().includes('Bo'), stage.logged())
    })
  })
