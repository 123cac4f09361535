import { strict as assert } from 'node:assert'
import { randomBytes } from 'node:crypto'
import { replanning } from '../../src/cli/replan.ts'
import { keys } from '../../src/store/keys.ts'
import { connect, disconnect } from '../../src/store/redis.ts'
import { aCase, anAgreement } from '../helpers/documents.ts'
import { type PlainService, plainService, TEAM, withTeam } from '../helpers/plain-service.ts'
import { startRedis, type TestRedis } from '../helpers/redis.ts'

const RING = `test:${randomBytes(32).toString('base64')}`
const DAY = 86_400_000

describe('cases from before the service made due what it does today', () => {
  let redis: TestRedis
  let running: PlainService
  beforeEach(async () => {
    redis = await startRedis()
    running = await plainService(redis, { keys: RING })
    await withTeam(running, ['anna'])
  })
  afterEach(async () => {
    await running.service.close()
    await redis.stop()
  })

  it('get what is missing, are listed again, and stay as they are', async () => {
    const { store } = running.service
    const now = await store.now()
    const ahead = new Date(now + 20 * DAY).toISOString().slice(0, 10)
    const followUp = { on: ahead, how: 'call' } as const
    const open = aCase('F-2222', { openedAt: now, agreements: [anAgreement('a1', { by: ahead, followUp })] })
    const closed = aCase('F-3333', { status: 'closed', closed: { by: 'anna', at: now } })
    const writes = [open, closed].map((value) => ({ kind: 'case' as const, id: value.code, rev: 0, value }))
    await store.commit({ team: TEAM, writes, due: [], audit: [] })
    const connection = await connect(redis.config)
    // As a version would have left it that knew neither.
    await connection.del(keys.open(TEAM), keys.due(TEAM))
    await disconnect(connection)
    assert.deepEqual(await store.openCases(TEAM), [])

    for (let time = 0; time < 2; time++) {
      const said: string[] = []
      const env = { REDIS_URL: redis.socket, TOVHOLDER_KEYS: RING }
      assert.equal(await replanning.run([], { env, root: '.', print: (text) => void said.push(text) }), 0)
      assert.deepEqual(said, ['What 2 cases make due was derived anew.'])
      const due = (await store.due(TEAM, Number.MAX_SAFE_INTEGER, 100)).map(({ kind, ids }) => [kind, ...ids].join('|'))
      assert.deepEqual(due.filter((name) => !name.startsWith('rhythm')).sort(), [
        'erase|F-3333',
        'followup|F-2222|a1',
        'remind|F-2222|a1',
        'review|F-2222',
        'vacant|F-2222',
      ])
      assert.deepEqual(
        (await store.openCases(TEAM)).map(({ value }) => value),
        [open],
      )
      assert.deepEqual((await store.load(TEAM, 'case', ['F-3333']))[0]?.value, closed)
    }
  })
})

describe('the key of a case', () => {
  it('tells the team and the code, whatever they hold, and no other key does', () => {
    for (const team of ['19:a@thread.tacv2', 'slack:T1/C1', 'x}y', 'æ'])
      assert.deepEqual(keys.caseAt(keys.document(team, 'case', 'F-2222')), { team, code: 'F-2222' })
    for (const key of [
      keys.document('t', 'post', 'p'),
      keys.due('t'),
      keys.teams(),
      keys.document('t', 'user', 'case'),
    ])
      assert.equal(keys.caseAt(key), undefined)
  })
})
