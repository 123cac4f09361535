import { strict as assert } from 'node:assert'
import { due } from '../../src/cli/due.ts'
import { type DueEntry, dueName } from '../../src/domain/due.ts'
import { wordsOn } from '../helpers/cards.ts'
import { type CoreStage, coreStage, PEOPLE } from '../helpers/core-stage.ts'
import { aCase, anAgreement } from '../helpers/documents.ts'
import { sharedRedis } from '../helpers/redis.ts'

describe('an entry that ends whoever delivers it', () => {
  let stage: CoreStage
  beforeEach(async () => {
    stage = await coreStage('da')
    await stage.store.commit({ team: stage.team, writes: [], due: [poison, neighbour], audit: [] })
  })
  afterEach(() => stage.close())

  const told = (code: string): DueEntry => ({ kind: 'tell', ids: [PEOPLE.bo, 'erased', code, PEOPLE.karen], at: 1 })
  const [poison, neighbour] = [told('F-2222'), told('F-3333')]
  const saidToBo = () =>
    stage
      .posted()
      .filter(({ to }) => to === PEOPLE.bo)
      .map(({ card }) => /F-\w{4}/.exec(wordsOn(card))?.[0])
  /** A process takes it up and never says how that ended. */
  const dies = () => stage.store.claim(stage.team, [dueName(poison)])

  it('is tried again after a crash or two', async () => {
    for (let time = 0; time < 2; time++) await dies()
    await stage.settle()
    assert.deepEqual(saidToBo().sort(), ['F-2222', 'F-3333'])
    assert.deepEqual(await stage.store.buried(stage.team), [])
  })

  it('is set aside after three, and holds nobody else up', async () => {
    for (let time = 0; time < 3; time++) await dies()
    await stage.settle()
    assert.deepEqual(saidToBo(), ['F-3333'])
    const [set] = await stage.store.buried(stage.team)
    assert.deepEqual([set?.name, set?.reason], [dueName(poison), 'poison'])
    assert.match(stage.logged(), /could not be delivered and was set aside/)
    assert.equal((await stage.store.backlog()).setAside >= 1, true)
  })

  it('is delivered after all once somebody has it tried again', async () => {
    for (let time = 0; time < 3; time++) await dies()
    await stage.settle()
    assert.equal(await stage.store.retry(stage.team, dueName(poison)), true)
    assert.equal(await stage.store.retry(stage.team, dueName(poison)), false)
    await stage.settle()
    assert.deepEqual(saidToBo(), ['F-3333', 'F-2222'])
  })

  it('is tried again with all others at one word', async () => {
    for (let time = 0; time < 3; time++) await dies()
    await stage.settle()
    const { socket } = await sharedRedis()
    const said: string[] = []
    const env = { REDIS_URL: socket, TOVHOLDER_KEYS: `k:${Buffer.alloc(32).toString('base64')}` }
    const code = await due.run(['--retry', 'all'], { env, root: '.', print: (text) => void said.push(text) })
    assert.equal(code, 0)
    assert.match(said.join(''), /\d+ will be tried again/)
    assert.deepEqual(await stage.store.buried(stage.team), [])
  })
})

describe('what was set aside since the channel was closed to the bot', () => {
  const CHANNELS = ['channel', 'other'].map((address) => ({ address, name: address }))
  let stage: CoreStage
  let closed: string[]
  beforeEach(async () => {
    closed = []
    stage = await coreStage('en', {
      refuses: (address) => closed.includes(address),
      roster: async () => ({
        name: 'Team',
        members: [{ id: PEOPLE.karen, name: 'Karen', guest: false }],
        channels: CHANNELS,
      }),
    })
    await stage.until('2026-11-24T10:00')
    const agreements = [anAgreement('a1', { by: '2026-11-27', followUp: { on: '2027-06-01', how: 'call' } })]
    const found = aCase('F-2222', { creator: PEOPLE.karen, openedAt: await stage.store.now(), agreements })
    const post = {
      v: 1 as const,
      id: 'p1',
      card: { kind: 'agreements' as const },
      refs: [{ code: 'F-2222', agreement: 'a1' }],
    }
    closed = ['channel']
    await stage.store.commit({
      team: stage.team,
      writes: [
        { kind: 'case', id: 'F-2222', rev: 0, value: { ...found, posts: ['p1'] } },
        { kind: 'post', id: 'p1', rev: 0, value: { ...post, address: '' } },
      ],
      due: [
        { kind: 'post', ids: ['p1'], at: 1 },
        { kind: 'replan', ids: [], at: 1 },
      ],
      audit: [],
    })
    await stage.settle()
    await stage.until('2026-11-27T08:00')
    assert.deepEqual(await setAside(), ['post|p1', 'remind|F-2222|a1', 'vacant|F-2222'])
  })
  afterEach(() => stage.close())

  const setAside = async () => (await stage.store.buried(stage.team)).map(({ name }) => name).sort()
  const saidIn = (channel: string) => stage.posted().flatMap(({ to, text }) => (to === channel ? [text] : []))
  let events = 0
  const happens = async (kind: 'installed' | 'rosterChanged') => {
    await stage.happens(kind)
    await stage.settle()
  }
  const SAID = ['New agreements in F-2222', '2 agreements to look at today']

  it('is said once the bot is back in the team', async () => {
    closed = []
    const before = stage.nudged().length
    await happens('rosterChanged')
    assert.deepEqual([saidIn('channel'), stage.nudged().length], [[], before])
    await happens('installed')
    assert.deepEqual([saidIn('channel'), await setAside()], [SAID, []])
    assert.deepEqual(stage.nudged().slice(before), [stage.team])
  })

  it('is said in the other channel that is chosen', async () => {
    const pick = (channel: string) =>
      stage.take({
        event: `pick-${channel}-${++events}`,
        tenant: `tenant-${stage.team}`,
        user: { id: PEOPLE.karen, name: 'Karen' },
        address: PEOPLE.karen,
        place: 'direct',
        what: { kind: 'action', verb: 'setup', data: { team: stage.team, channel, hour: '8' } },
      })
    await pick('channel')
    await stage.settle()
    assert.equal((await setAside()).length, 3)
    await pick('other')
    await stage.settle()
    assert.deepEqual([saidIn('other'), await setAside()], [SAID, []])
  })

  it('is set aside again where the channel is still closed', async () => {
    await happens('installed')
    assert.deepEqual(await setAside(), ['post|p1', 'remind|F-2222|a1', 'vacant|F-2222'])
  })

  it('is said without what has ended processes, which waits for somebody to look at it', async () => {
    const poison: DueEntry = { kind: 'tell', ids: [PEOPLE.karen, 'erased', 'F-3333', PEOPLE.karen], at: 1 }
    await stage.store.commit({ team: stage.team, writes: [], due: [poison], audit: [] })
    await stage.store.bury(stage.team, poison, 'poison')
    closed = []
    await happens('installed')
    assert.deepEqual([saidIn('channel'), await setAside()], [SAID, [dueName(poison)]])
  })
})
