import { strict as assert } from 'node:assert'
import type { FileMakers } from '../../src/app/ports.ts'
import { sceneOf } from '../../src/app/scene.ts'
import { exportLines } from '../../src/app/view/export.ts'
import { fileOf } from '../../src/app/view/file.ts'
import { keys } from '../../src/store/keys.ts'
import { type Connection, connect, disconnect } from '../../src/store/redis.ts'
import { nodes, wordsOn } from '../helpers/cards.ts'
import { type CoreStage, content, coreStage, PEOPLE } from '../helpers/core-stage.ts'
import { aCase, anAgreement, aTeam, NOON } from '../helpers/documents.ts'
import { sharedRedis } from '../helpers/redis.ts'

const { karen, birte, bo } = PEOPLE

const whole = aCase('F-2222', {
  alias: 'MK',
  creator: karen,
  pupilView: { state: 'asked', words: 'ordet fra barnet', at: NOON, by: karen },
  contacts: [
    {
      id: 'c1',
      at: NOON,
      by: karen,
      direction: 'outgoing',
      reached: true,
      whom: 'ordet om hvem',
      seen: 'ordet om det sete',
      since: '2026-11-02',
      notes: { learning: 'ordet1', friends: 'ordet2', home: 'ordet3', child: 'ordet4' },
    },
  ],
  agreements: [
    anAgreement('a1', { what: 'ordet i aftalen', staff: bo, loggedBy: karen }),
    anAgreement('a2', { what: 'ordet i den gjorte', status: 'done', done: { by: bo, at: NOON } }),
  ],
})
const team = aTeam('t', {
  members: [
    { id: karen, name: 'Karen Holm', guest: false },
    { id: bo, name: 'Bo Lund', guest: false },
  ],
})

describe('a case that takes several cards to show', () => {
  let stage: CoreStage
  const note = 'ordet '.repeat(400)
  const contacts = Array.from({ length: 4 }, (_, n) => ({ ...whole.contacts[0], id: `c${n}`, notes: { home: note } }))
  const long = { ...whole, code: 'F-4444', contacts } as typeof whole
  before(async () => {
    stage = await coreStage('da')
    const writes = [whole, long].map((value) => ({ kind: 'case' as const, id: value.code, rev: 0, value }))
    await stage.store.commit({ team: stage.team, writes, due: [], audit: [] })
  })
  after(() => stage.close())
  const linksOn = (card: unknown) => nodes(card).filter(({ type }) => type === 'Action.OpenUrl')

  it('can be had as one file, and a short one cannot', async () => {
    const { card } = await stage.says(karen, 'privatliv eksport F-4444', 'direct')
    assert.match(wordsOn(card), /Del 1 af 2[\s\S]*kun én gang/)
    assert.deepEqual(
      linksOn(card).map(({ title }) => title),
      ['Hent det hele som tekstfil'],
    )
    assert.deepEqual(linksOn((await stage.says(karen, 'privatliv eksport F-2222', 'direct')).card), [])
  })

  it('stands in the file whole, as every editor reads it', async () => {
    const scene = sceneOf(content, team, 'da', NOON)
    const file = fileOf(scene, karen, long, { kind: 'export', code: 'F-4444' })
    assert.deepEqual([file?.name, file?.type], ['eksport-F-4444.txt', 'text/plain; charset=utf-8'])
    const body = await file?.body({} as FileMakers)
    assert.equal(String(body), `\ufeff${exportLines(scene, long).join('\r\n')}\r\n`)
    assert.equal(fileOf(scene, bo, long, { kind: 'export', code: 'F-4444' }), undefined)
  })
})

describe('whoever has a case deleted', () => {
  let stage: CoreStage
  let redis: Connection
  beforeEach(async () => {
    redis = await connect((await sharedRedis()).config)
    stage = await coreStage('da')
    await stage.store.commit({
      team: stage.team,
      writes: [
        { kind: 'case', id: 'F-2222', rev: 0, value: whole },
        { kind: 'case', id: 'F-3333', rev: 0, value: { ...whole, code: 'F-3333' } },
      ],
      due: [],
      audit: [],
    })
  })
  afterEach(async () => {
    await stage.close()
    await disconnect(redis)
  })

  const erases = (who: string, code = 'F-2222') =>
    stage.presses(who, { id: '', to: who, card: {}, text: '' }, 'erase', { team: stage.team, code })
  const isThere = async (code: string) => (await stage.store.load(stage.team, 'case', [code]))[0] !== undefined

  it('may be a leader, who cannot read it', async () => {
    const [kept] = await stage.store.load(stage.team, 'team', [stage.team])
    assert.ok(kept)
    const value = { ...kept.value, leaders: [birte] }
    await stage.store.commit({
      team: stage.team,
      writes: [{ kind: 'team', id: stage.team, rev: kept.rev, value }],
      due: [],
      audit: [],
    })
    for (const asked of ['privatliv eksport F-2222', 'sag F-2222'])
      assert.match((await stage.says(birte, asked, 'direct')).text ?? '', /kender jeg ikke blandt dine/)
    const shown = wordsOn((await stage.says(birte, 'privatliv slet F-2222', 'direct')).card)
    assert.match(shown, /Slet F-2222\?/)
    assert.doesNotMatch(shown, /MK|ordet/)
    assert.doesNotMatch(wordsOn((await erases(birte)).card), /MK|ordet/)
    assert.equal(await isThere('F-2222'), false)
  })

  it('is nobody else, whatever their card says', async () => {
    for (const who of [birte, bo, PEOPLE.gitte, PEOPLE.stranger]) {
      const { text, card } = await erases(who)
      assert.match(text ?? '', /kender jeg ikke|Gæster|ikke på det team/)
      assert.equal(card, undefined)
    }
    assert.equal(await isThere('F-2222'), true)
  })

  it('gets an answer to the same click again, and nothing more happens', async () => {
    const click = {
      event: 'once',
      tenant: `tenant-${stage.team}`,
      user: { id: karen, name: 'Karen Holm', locale: 'da-DK' },
      address: karen,
      place: 'direct' as const,
      what: { kind: 'action' as const, verb: 'erase', data: { team: stage.team, code: 'F-2222' } },
    }
    assert.match(wordsOn((await stage.take(click)).card), /F-2222 er slettet/)
    assert.match((await stage.take(click)).text ?? '', /F-2222 er slettet/)
    const audit = await redis.xrange(keys.audit(stage.team), '-', '+')
    assert.equal(audit.filter(([, fields]) => fields.includes('case-erased')).length, 1)
  })

  it('finds it gone from a list that a dialog had begun with', async () => {
    await stage.says(karen, 'aftale', 'direct')
    const listed = async () => JSON.stringify((await stage.says(karen, 'fortsæt', 'direct')).card)
    assert.match(await listed(), /F-2222/)
    await erases(karen)
    await stage.settle()
    const after = await listed()
    assert.doesNotMatch(after, /F-2222/)
    assert.match(after, /F-3333/)
  })
})
