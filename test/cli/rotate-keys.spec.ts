import { strict as assert } from 'node:assert'
import { randomBytes } from 'node:crypto'
import { rotating } from '../../src/cli/rotate-keys.ts'
import { connect, disconnect } from '../../src/store/redis.ts'
import { keyIdOf, parseKeyRing } from '../../src/store/seal.ts'
import { everythingSealed } from '../../src/store/sealed.ts'
import { createVault } from '../../src/store/vault.ts'
import { type PlainService, plainService, withTeam } from '../helpers/plain-service.ts'
import { startRedis, type TestRedis } from '../helpers/redis.ts'

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`
const [OLD, NEW] = [key('old'), key('new')]
const PEOPLE = Array.from({ length: 12 }, (_, i) => `person-${i}`)

describe('changing the key while people work', function () {
  this.timeout(30_000)
  let redis: TestRedis
  const running: PlainService[] = []
  beforeEach(async () => {
    redis = await startRedis()
  })
  afterEach(async () => {
    for (const { service } of running.splice(0)) await service.close()
    await redis.stop()
  })

  async function start(keys: string): Promise<PlainService> {
    const started = await plainService(redis, { keys })
    running.push(started)
    return started
  }
  /** Everybody writes dialog after dialog until told to stop; each answer has to be the next step's card. */
  function load(service: PlainService): { stop: () => Promise<number> } {
    let going = true
    let turns = 0
    const work = PEOPLE.map(async (who) => {
      while (going) {
        for (const text of ['opkald forbered', 'MK', 'stop']) {
          const { card, text: said } = await service.says(who, text)
          assert.ok(card, `${text}: ${said}`)
          turns++
        }
      }
    })
    return {
      stop: async () => {
        going = false
        await Promise.all(work)
        return turns
      },
    }
  }
  async function rotate(keys: string): Promise<{ code: number; said: string }> {
    const said: string[] = []
    const env = { REDIS_URL: redis.socket, TOVHOLDER_KEYS: keys }
    const code = await rotating.run([], { env, root: '.', print: (text) => void said.push(text) })
    return { code, said: said.join('\n') }
  }
  async function sealedWith(): Promise<string[]> {
    const connection = await connect(redis.config)
    const ids = new Set<string>()
    for await (const batch of everythingSealed(connection)) for (const { body } of batch) ids.add(keyIdOf(body))
    await disconnect(connection)
    return [...ids].sort()
  }

  it('reseals everything under load, and then the old key is needed no more', async () => {
    const before = await start(OLD)
    await withTeam(before, PEOPLE)
    for (const who of PEOPLE) await before.says(who, 'opkald forbered')
    const connection = await connect(redis.config)
    await createVault({ redis: connection, ring: parseKeyRing(OLD) }).put('slack:T1', { token: 'hemmelig' })
    await before.service.close()

    const service = await start(`${NEW},${OLD}`)
    const working = load(service)
    const { code, said } = await rotate(`${NEW},${OLD}`)
    const turns = await working.stop()
    assert.equal(code, 0, said)
    assert.match(said, /^\d+ documents are sealed anew with "new"\.\n0 are left/)
    assert.ok(turns > 0)
    assert.deepEqual(await sealedWith(), ['new'])
    await service.service.close()

    const after = await start(NEW)
    assert.ok((await after.says(PEOPLE[0] as string, 'fortsæt')).card)
    const secret = await createVault({ redis: connection, ring: parseKeyRing(NEW) }).get('slack:T1')
    assert.deepEqual(secret, { token: 'hemmelig' })
    await disconnect(connection)
  })

  it('says how many are left while a process still writes with the old key', async () => {
    // It has been given the new key to read with, but not yet to write with.
    const service = await start(`${OLD},${NEW}`)
    await withTeam(service, PEOPLE)
    for (const who of PEOPLE) await service.says(who, 'opkald forbered')
    const working = load(service)
    let during = await rotate(`${NEW},${OLD}`)
    // Whether something is written in the moment between sealing and counting is chance.
    for (let tries = 0; during.code === 0 && tries < 50; tries++) during = await rotate(`${NEW},${OLD}`)
    assert.ok((await working.stop()) > 0)
    assert.equal(during.code, 1)
    assert.match(during.said, /\d+ are still sealed with "old": a running process writes with it/)
    await service.says(PEOPLE[0] as string, 'opkald forbered')
    const without = await rotate(NEW)
    assert.equal(without.code, 1)
    assert.match(without.said, /\d+ need the key "old", which is not in TOVHOLDER_KEYS/)
    assert.equal((await rotate(`${NEW},${OLD}`)).code, 0)
    assert.deepEqual(await sealedWith(), ['new'])
  })

  it('keeps revisions and the expiry of drafts', async () => {
    const service = await start(OLD)
    await withTeam(service, PEOPLE)
    await service.says(PEOPLE[0] as string, 'opkald forbered')
    const connection = await connect(redis.config)
    const [session] = await connection.keys('tov:t:*:session:*')
    assert.ok(session)
    await connection.pexpire(session, 60_000)
    const rev = await connection.hget(session, 'rev')
    await rotate(`${NEW},${OLD}`)
    const left = await connection.pttl(session)
    assert.ok(left > 0 && left <= 60_000, `${left}`)
    assert.equal(await connection.hget(session, 'rev'), rev)
    await disconnect(connection)
  })
})
