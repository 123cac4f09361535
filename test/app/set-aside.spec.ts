import { strict as assert } from 'node:assert'
import { due } from '../../src/cli/due.ts'
import { type DueEntry, dueName } from '../../src/domain/due.ts'
import { wordsOn } from '../helpers/cards.ts'
import { type CoreStage, coreStage, PEOPLE } from '../helpers/core-stage.ts'
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
