import { strict as assert } from 'node:assert'
import { keys } from '../../src/store/keys.ts'
import { type Connection, connect, disconnect } from '../../src/store/redis.ts'
import { type CoreStage, coreStage, PEOPLE } from '../helpers/core-stage.ts'
import { sharedRedis } from '../helpers/redis.ts'

const { karen, bo } = PEOPLE

describe('a setting of the team', () => {
  let stage: CoreStage
  let redis: Connection
  const clicks = (who: string, verb: string, data: object) =>
    stage.presses(who, { id: '', to: who, card: {}, text: '' }, verb, { team: stage.team, ...data })
  const audit = async () =>
    (await redis.xrange(keys.audit(stage.team), '-', '+')).map(([, fields]) => fields.slice(2).join(' '))
  const kept = async () => (await stage.store.load(stage.team, 'team', [stage.team]))[0]

  beforeEach(async () => {
    redis = await connect((await sharedRedis()).config)
    stage = await coreStage('da')
    await clicks(karen, 'setup', { channel: 'channel', hour: '8' })
  })
  afterEach(async () => {
    await stage.close()
    await disconnect(redis)
  })

  it('is written down with who changed it, and without what it says', async () => {
    await clicks(karen, 'setting-save', { part: 'contacts', contacts: 'Hemmelig vagt' })
    await clicks(karen, 'setup', { channel: 'channel', hour: '9' })
    await clicks(karen, 'setting-save', { part: 'leaders', leader: bo })
    await clicks(bo, 'setting-remove', { part: 'leaders', item: karen })
    assert.deepEqual(await audit(), [
      `actor ${karen} action team-set-up`,
      `actor ${karen} action team-setting-changed detail contacts`,
      `actor ${karen} action team-setting-changed detail hour`,
      `actor ${karen} action team-setting-changed detail leaders`,
      `actor ${bo} action team-setting-changed detail leaders`,
    ])
  })

  it('is anybody’s to change where all who could have left, and it is written down who did', async () => {
    const before = await kept()
    const value = before && { ...before.value, leaders: ['user-who-left'] }
    const write = { kind: 'team' as const, id: stage.team, rev: before?.rev ?? 0, value }
    await stage.store.commit({ team: stage.team, writes: [write], due: [], audit: [] })
    await clicks(bo, 'setup', { channel: 'channel', hour: '8' })
    assert.deepEqual((await kept())?.value.leaders, [bo])
    assert.equal((await audit()).at(-1), `actor ${bo} action team-set-up`)
  })

  it('that is saved as it was changes nothing', async () => {
    await clicks(karen, 'setting-save', { part: 'language', language: 'da' })
    assert.equal((await audit()).length, 1)
  })

  it('is changed by nobody else, however the card says so', async () => {
    const before = await kept()
    for (const part of ['language', 'zone', 'closed', 'rhythm', 'contacts', 'leaders', 'constructor', ''])
      for (const verb of ['setting', 'setting-save', 'setting-remove'])
        for (const who of [bo, PEOPLE.gitte, PEOPLE.stranger])
          await clicks(who, verb, { part, language: 'en', zone: 'America/Nuuk', leader: who, item: karen, add: 'yes' })
    assert.deepEqual(await kept(), before)
  })

  it('that cannot be is refused, and the others stay as they are', async () => {
    const before = await kept()
    for (const data of [
      { part: 'language', language: 'tlh' },
      { part: 'zone', zone: 'Mars/Nord' },
      { part: 'zone', zone: 'other', zoneName: ['x'] },
      { part: 'closed', from: 7, to: null },
      { part: 'rhythm', profile: 'constructor' },
      { part: 'leaders', leader: 'user-gitte' },
      { part: 'nope', x: 1 },
    ]) {
      const { card } = await clicks(karen, 'setting-save', data)
      assert.ok(card, JSON.stringify(data))
    }
    for (const data of [{ hour: '3' }, { channel: 'elsewhere' }]) assert.ok((await clicks(karen, 'setup', data)).card)
    for (const item of ['', 'x', karen, '2026-12-01.2026-12-02'])
      for (const part of ['closed', 'leaders', 'zone', '__proto__'])
        await clicks(karen, 'setting-remove', { part, item })
    assert.deepEqual((await kept())?.value, before?.value)
  })
})
