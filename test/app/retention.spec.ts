import { strict as assert } from 'node:assert'
import type { Roster } from '../../src/app/ports.ts'
import { closeCase } from '../../src/domain/case.ts'
import { retentionEntriesFor } from '../../src/domain/retention.ts'
import { keys } from '../../src/store/keys.ts'
import { type Connection, connect, disconnect } from '../../src/store/redis.ts'
import { wordsOn } from '../helpers/cards.ts'
import { type CoreStage, coreStage, PEOPLE } from '../helpers/core-stage.ts'
import { aCase, anAgreement } from '../helpers/documents.ts'
import { sharedRedis } from '../helpers/redis.ts'

const { karen, birte, bo } = PEOPLE
const HOUR = 3_600_000

describe('what is kept no longer than it should be', () => {
  let stage: CoreStage
  let redis: Connection
  let roster: Awaited<ReturnType<Roster['read']>>

  beforeEach(async () => {
    redis = await connect((await sharedRedis()).config)
    roster = {
      name: 'Udskolingen',
      members: [karen, birte, bo].map((id) => ({ id, name: id.slice(5), guest: false })),
      channels: [{ address: 'channel', name: 'General' }],
    }
    stage = await coreStage('da', { roster: async () => roster })
    await stage.until('2026-11-24T10:00')
  })
  afterEach(async () => {
    await stage.close()
    await disconnect(redis)
  })

  /** A case with one agreement that is due on the 27th, closed or not. */
  async function put(code: string, closed: boolean): Promise<void> {
    const now = await stage.store.now()
    const open = aCase(code, { creator: karen, openedAt: now, agreements: [anAgreement('a1', { by: '2026-11-27' })] })
    const value = closed ? closeCase(open, karen, now) : open
    const rhythm = { zone: 'Europe/Copenhagen', hour: 8, closed: [] }
    await stage.store.commit({
      team: stage.team,
      writes: [{ kind: 'case', id: code, rev: 0, value }],
      due: [
        ...retentionEntriesFor(value, now, rhythm),
        ...(closed ? [] : [{ kind: 'remind' as const, ids: [code, 'a1'], at: now }]),
      ],
      audit: [],
    })
  }
  const close = async (code: string): Promise<void> => {
    const [kept] = await stage.store.load(stage.team, 'case', [code])
    assert.ok(kept)
    const value = closeCase(kept.value, karen, await stage.store.now())
    const rhythm = { zone: 'Europe/Copenhagen', hour: 8, closed: [] }
    const due = retentionEntriesFor(value, await stage.store.now(), rhythm)
    await stage.store.commit({
      team: stage.team,
      writes: [{ kind: 'case', id: code, rev: kept.rev, value }],
      due,
      audit: [],
    })
  }
  const audited = async (): Promise<string[]> =>
    (await redis.xrange(keys.audit(stage.team), '-', '+')).map(([, fields]) => fields.slice(2).join(' '))
  const channelCard = () => wordsOn(stage.posted().findLast(({ to }) => to === 'channel')?.card)

  it('leaves a card that shows other cases too to those', async () => {
    await put('F-2222', false)
    await put('F-3333', false)
    await stage.until('2026-11-27T08:00')
    assert.match(channelCard(), /F-2222.*F-3333/s)
    await close('F-2222')
    await stage.until('2026-12-27T09:00')
    assert.doesNotMatch(channelCard(), /F-2222/)
    const digests = stage.posted().filter(({ to }) => to === 'channel')
    assert.ok(digests.every(({ card }) => !wordsOn(card).includes('F-2222')))
    assert.match(wordsOn(digests[0]?.card), /F-3333/)
    assert.equal((await stage.store.load(stage.team, 'case', ['F-2222']))[0], undefined)
    assert.notEqual((await stage.store.load(stage.team, 'case', ['F-3333']))[0], undefined)
  })

  it('keeps of a deleted case nothing but who did what to it and when', async () => {
    await put('F-2222', false)
    await stage.until('2026-11-27T08:00')
    await close('F-2222')
    await stage.until('2026-12-27T09:00')
    const names = await redis.keys(`tov:t:*${stage.team}*`)
    const mentioning: string[] = []
    for (const name of names) {
      const dump = await redis.dumpBuffer(name)
      if (name.includes('F-2222') || dump?.includes('F-2222')) mentioning.push(name)
    }
    assert.deepEqual(mentioning, [keys.audit(stage.team)])
    assert.ok((await audited()).includes('actor retention action case-erased code F-2222'))
    assert.equal((await stage.store.load(stage.team, 'post', ['digest-2026-11-27']))[0], undefined)
  })

  it('ends a half-done dialog about a deleted case', async () => {
    await put('F-2222', true)
    await put('F-3333', false)
    await stage.until('2026-12-24T09:30')
    await stage.says(karen, 'aftale F-2222', 'direct')
    await stage.until('2026-12-24T10:30')
    assert.match(wordsOn((await stage.says(karen, 'fortsæt', 'direct')).card), /Sådan kan jeg hjælpe/)
    assert.deepEqual(await redis.keys(`tov:t:*${stage.team}*:session:*`), [])
  })

  it('leaves a dialog about another case alone', async () => {
    await put('F-2222', true)
    await put('F-3333', false)
    await stage.until('2026-12-24T09:30')
    await stage.says(karen, 'aftale F-3333', 'direct')
    await stage.until('2026-12-24T10:30')
    assert.notEqual((await stage.says(karen, 'fortsæt', 'direct')).card, undefined)
  })

  const leaves = async (who: string): Promise<void> => {
    roster = { ...roster, members: roster.members.filter(({ id }) => id !== who) }
    await happens()
  }
  const happens = () => stage.happens('rosterChanged')
  const keptAbout = async (who: string) => (await stage.store.load(stage.team, 'user', [who]))[0]?.value

  it('forgets a colleague 30 days after they have left, and what they were in the middle of', async () => {
    for (const who of [karen, bo]) await stage.says(who, 'opkald forbered', 'direct')
    await leaves(bo)
    await stage.until('2026-12-24T09:59')
    assert.notEqual(await keptAbout(bo), undefined)
    await stage.until('2026-12-24T10:01')
    assert.equal(await keptAbout(bo), undefined)
    assert.notEqual(await keptAbout(karen), undefined)
    assert.equal(await redis.exists(keys.document(stage.team, 'user', bo)), 0)
    assert.ok((await audited()).includes(`actor retention action user-forgotten detail ${bo}`))
  })

  it('forgets nobody who has come back meanwhile', async () => {
    await stage.says(bo, 'hjælp', 'direct')
    const before = roster
    await leaves(bo)
    roster = before
    await happens()
    await stage.until('2026-12-30T10:00')
    assert.notEqual(await keptAbout(bo), undefined)
  })

  it('asks nobody where nobody is left to ask, and goes on without them', async () => {
    await put('F-2222', false)
    for (const who of [karen, birte, bo]) await leaves(who)
    await stage.until('2027-03-01T08:00')
    assert.match(stage.logged(), /nobody is left to ask/)
    const later = await stage.store.due(stage.team, (await stage.store.now()) + 40 * 24 * HOUR, 10)
    assert.ok(later.some(({ kind }) => kind === 'review'))
  })

  it('expires a draft 72 hours after it was last touched', async () => {
    await stage.says(karen, 'opkald forbered', 'direct')
    const [session] = await redis.keys(`tov:t:*${stage.team}*:session:*`)
    assert.ok(session)
    const left = await redis.pttl(session)
    assert.ok(left > 71.9 * HOUR && left <= 72 * HOUR, `${left} ms`)
  })
})
