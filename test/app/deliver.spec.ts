import { strict as assert } from 'node:assert'
import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { commitOf } from '../../src/app/change.ts'
import { createDeliver } from '../../src/app/deliver.ts'
import { codeOf } from '../../src/app/log.ts'
import { type Card, DeliveryError, type Messenger, type Snapshot, type Store, StoreError } from '../../src/app/ports.ts'
import { type Case, closeCase } from '../../src/domain/case.ts'
import { newCaseCode } from '../../src/domain/case-code.ts'
import { type DueEntry, dueName } from '../../src/domain/due.ts'
import { atHour } from '../../src/domain/school-calendar.ts'
import type { Team } from '../../src/domain/team.ts'
import { keys } from '../../src/store/keys.ts'
import { type Connection, connect, disconnect } from '../../src/store/redis.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { createStore } from '../../src/store/store.ts'
import { wordsOn } from '../helpers/cards.ts'
import { content } from '../helpers/core-stage.ts'
import { aCase, anAgreement, aTeam } from '../helpers/documents.ts'
import { sharedRedis } from '../helpers/redis.ts'

const CHANNEL = { address: 'channel', name: 'General' }
const BO = { id: 'bo', name: 'Bo', guest: false }
const DUE_DAY = '2026-11-30'
const LATER = { on: '2028-06-01', how: 'call' } as const
const HELD = { coordinator: { user: 'bo', since: 0 }, history: [] }
const CODES = ['F-2222', 'F-3333', 'F-4444']
const silent = { info() {}, warn() {}, error() {} }

describe('a digest on its way', () => {
  let redis: Connection
  let store: Store
  let now = 0
  let team: Team
  let onPost: (card: Card, address: string) => Promise<void>

  before(async () => {
    redis = await connect((await sharedRedis()).config)
    const ring = parseKeyRing(`k:${randomBytes(32).toString('base64')}`)
    // Redis has a clock of its own, which may be a little behind.
    store = createStore({ redis, ring, offset: () => now - Date.now() + 50 })
  })
  after(() => disconnect(redis))
  beforeEach(async () => {
    team = aTeam(randomUUID(), { channel: CHANNEL, channels: [CHANNEL], members: [BO] })
    now = atHour('2026-11-27', 12, team.zone)
    await store.commit({
      team: team.id,
      writes: [{ kind: 'team', id: team.id, rev: 0, value: team }],
      due: [],
      audit: [],
    })
  })

  async function change(code: string, how: (found: Case) => Case): Promise<void> {
    const [found] = await store.load(team.id, 'case', [code])
    const seen = { now, mine: [], case: found } as unknown as Snapshot
    const commit = commitOf({ case: how(found?.value ?? aCase(code)) }, seen, team, randomUUID())
    assert.equal(commit && (await store.commit(commit)), 'done')
  }

  const messenger: Messenger = {
    post: async (address, card) => {
      await onPost(card, address)
      return 'm1'
    },
    update: async () => {},
    direct: async (_team, user) => user,
  }
  const delivery = (over: Partial<Store> = {}) => {
    const kit = { content, newId: () => randomUUID(), newCode: () => newCaseCode(randomInt) }
    return createDeliver({ kit, store: { ...store, ...over }, messenger, log: silent })
  }
  const deliver = () => delivery()(team.id)
  /** As the queue does it: what fails is tried again, until all is said or it has been tried so often. Returns how it failed. */
  async function deliverAgain(act = delivery(), most = 12): Promise<string[]> {
    const failures: string[] = []
    for (let round = 0; round < most; round++)
      try {
        await act(team.id)
        break
      } catch (error) {
        failures.push(codeOf(error))
      }
    return failures
  }
  const setAside = async () => (await store.buried(team.id)).map(({ name, reason }) => `${name} ${reason}`)
  /** Three cases, each with an agreement that is due now. */
  async function dueNow(): Promise<void> {
    for (const code of CODES)
      await change(code, (found) => ({
        ...found,
        agreements: [anAgreement('a1', { by: DUE_DAY })],
        coordination: HELD,
      }))
    now = atHour(DUE_DAY, 8, team.zone)
  }
  const shownOn = (card: Card) => CODES.filter((code) => wordsOn(card).includes(code))
  const waiting = async (): Promise<DueEntry[]> => store.due(team.id, Number.MAX_SAFE_INTEGER, 100)

  it('leaves the reminder of a case that is changed meanwhile as that change has made it', async () => {
    const agreements = [anAgreement('a1', { by: DUE_DAY })]
    await change('F-2222', (found) => ({ ...found, agreements }))
    await change('F-3333', (found) => ({ ...found, agreements, coordination: HELD }))
    now = atHour(DUE_DAY, 8, team.zone)
    // Postponed when it was due already: looked at now, but no row of the digest that the other case is in.
    await change('F-3333', (found) => ({ ...found, agreements: [anAgreement('a1', { by: '2026-12-15' })] }))
    // Meanwhile nobody holds it any more, which is to be said on the next school day.
    onPost = () => change('F-3333', (found) => ({ ...found, coordination: { history: [] } }))
    await deliver()
    const vacant = (await waiting()).find((entry) => dueName(entry) === 'vacant|F-3333')
    assert.equal(vacant?.at, atHour('2026-12-01', 8, team.zone))
  })

  it('asks nothing about a case that is closed meanwhile', async () => {
    const agreements = [anAgreement('a1', { by: '2026-11-20', reminded: 5, lastReminded: '2026-11-27' })]
    await change('F-2222', (found) => ({ ...found, agreements, coordination: HELD }))
    now = atHour(DUE_DAY, 8, team.zone)
    const said: string[] = []
    onPost = async (_card, address) => {
      said.push(address)
      if (said.length === 1) await change('F-2222', (found) => closeCase(found, 'bo', now))
    }
    await deliver()
    assert.deepEqual(said, [CHANNEL.address])
  })

  it('waits for the hour of the day where it was held up over a weekend, and is then on the card of that day', async () => {
    // The clocks go forward in this night, for good measure.
    const [friday, monday] = ['2028-03-24', '2028-03-27'] as const
    now = atHour('2028-03-22', 12, team.zone)
    for (const [code, by] of [
      ['F-2222', friday],
      ['F-3333', monday],
    ] as const)
      await change(code, (found) => ({
        ...found,
        agreements: [anAgreement('a1', { by, followUp: LATER })],
        coordination: HELD,
      }))
    const said: [at: number, codes: string[]][] = []
    onPost = async (card, address) => {
      if (address === CHANNEL.address) said.push([now, shownOn(card)])
    }
    for (const [day, hour] of [
      [monday, 3],
      [monday, 7],
      [monday, 8],
    ] as const) {
      now = atHour(day, hour, team.zone)
      await deliver()
    }
    assert.deepEqual(said, [[atHour(monday, 8, team.zone), ['F-2222', 'F-3333']]])
  })

  it('sets aside the one case that ends whoever posts it, and reminds of all others', async () => {
    await dueNow()
    const said: string[] = []
    let die = () => {}
    // Who has died is not heard of again.
    onPost = (card) => {
      if (shownOn(card).includes('F-3333')) {
        die()
        return new Promise(() => {})
      }
      said.push(...shownOn(card))
      return Promise.resolve()
    }
    let deaths = 0
    for (let over = false; !over && deaths < 10; ) {
      const died = new Promise<'died'>((resolve) => {
        die = () => resolve('died')
      })
      over = (await Promise.race([deliver(), died])) !== 'died'
      if (!over) deaths++
    }
    assert.deepEqual(said, ['F-2222', 'F-4444'])
    assert.deepEqual(await setAside(), ['remind|F-3333|a1 poison'])
    assert.equal(deaths, 4)
    // A row that was on no card of that day is not put off either.
    assert.equal(
      (await waiting()).find((entry) => dueName(entry) === 'remind|F-4444|a1')?.at,
      atHour('2026-12-01', 8, team.zone),
    )
  })

  it('sets aside the one case that cannot be opened, and reminds of all others', async () => {
    await dueNow()
    await redis.hset(keys.document(team.id, 'case', 'F-3333'), 'doc', 'nothing that was sealed')
    const said: string[] = []
    onPost = async (card) => void said.push(...shownOn(card))
    assert.deepEqual(await deliverAgain(), ['seal-unknown', 'seal-unknown', 'seal-unknown'])
    assert.deepEqual(said, ['F-2222', 'F-4444'])
    assert.deepEqual(await setAside(), ['remind|F-3333|a1 seal-unknown'])
  })

  it('comes although something else fails that is said first, and that is set aside after three tries', async () => {
    await dueNow()
    const told: DueEntry = { kind: 'tell', ids: ['bo', 'erased', 'F-5555', 'anna'], at: 1 }
    await store.commit({ team: team.id, writes: [], due: [told], audit: [] })
    const said: string[][] = []
    onPost = async (card) => {
      if (wordsOn(card).includes('F-5555')) throw new Error('a bug')
      said.push(shownOn(card))
    }
    assert.deepEqual(await deliverAgain(delivery(), 1), ['Error'])
    assert.deepEqual(said, [CODES])
    assert.deepEqual(await setAside(), [])
    assert.deepEqual(await deliverAgain(), ['Error'])
    assert.deepEqual(said, [CODES])
    assert.deepEqual(await setAside(), ['tell|bo|erased|F-5555|anna Error'])
  })

  for (const [what, failure] of [
    ['the channel', new DeliveryError('http-503', { permanent: false })],
    ['Redis', new StoreError('store-unavailable')],
  ] as const)
    it(`is not set aside however often ${what} is away`, async () => {
      await dueNow()
      let away = 12
      const said: string[][] = []
      onPost = async (card) => {
        if (away-- > 0) throw failure
        said.push(shownOn(card))
      }
      assert.deepEqual(await deliverAgain(delivery(), 20), Array(12).fill(failure.code))
      assert.deepEqual([said, await setAside()], [[CODES], []])
    })

  it('is not set aside however often Redis is lost in the middle of it, so that not even that can be noted', async () => {
    await dueNow()
    let away = 12
    const lost = async () => {
      throw new StoreError('store-unavailable')
    }
    const said: string[][] = []
    onPost = async (card) => {
      if (away > 0) return lost()
      said.push(shownOn(card))
    }
    const isAway = { now: false }
    const act = delivery({
      claim: async (id, names) => {
        const deaths = await store.claim(id, names)
        isAway.now = away > 0
        return deaths
      },
      settle: async (id, names) => {
        if (!isAway.now) return store.settle(id, names)
        isAway.now = false
        away--
        return lost()
      },
    })
    assert.equal((await deliverAgain(act, 20)).length, 12)
    assert.deepEqual([said, await setAside()], [[CODES], []])
  })
})
