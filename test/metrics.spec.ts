import assert from 'node:assert/strict'
import { type Connection, connect, disconnect } from '../src/store/redis.ts'
import { type PlainService, plainService, TEAM, withTeam } from './helpers/plain-service.ts'
import { startRedis, type TestRedis } from './helpers/redis.ts'

const TOKEN = 'a-token-of-a-test-and-nothing-else'

describe('what an operator can see', () => {
  let redis: TestRedis
  let connection: Connection
  let running: PlainService
  beforeEach(async () => {
    redis = await startRedis()
    connection = await connect(redis.config)
    running = await plainService(redis, { metricsToken: TOKEN })
    await withTeam(running, ['anna', 'bo'])
  })
  afterEach(async () => {
    await running.service.close()
    await disconnect(connection)
    await redis.stop()
  })

  const ask = async (path: string, token?: string) => {
    const answer = await fetch(`${running.url}${path}`, token ? { headers: { authorization: `Bearer ${token}` } } : {})
    return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type') ?? '' }
  }
  const figures = async (): Promise<Map<string, number>> => {
    const { status, text, type } = await ask('/metrics', TOKEN)
    assert.equal(status, 200)
    assert.match(type, /^text\/plain/)
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    return new Map(
      lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
    )
  }
  const ready = async () =>
    JSON.parse((await ask('/ready')).text) as { ready: boolean; faults: string[]; warnings: string[] }

  it('is open to whoever has the token, and to nobody else', async () => {
    for (const token of [undefined, '', 'another', `${TOKEN} `, TOKEN.slice(1)])
      assert.deepEqual((await ask('/metrics', token?.trim() === TOKEN ? 'x' : token)).status, 401)
    assert.equal((await ask('/metrics', TOKEN)).status, 200)
  })

  it('is no page at all without a token in the settings', async () => {
    const without = await plainService(redis)
    assert.equal((await fetch(`${without.url}/metrics`)).status, 404)
    await without.service.close()
  })

  it('counts turns, deliveries and what waits', async () => {
    for (let time = 0; time < 3; time++) await running.says('anna', 'hjælp')
    await running.service.store.commit({
      team: TEAM,
      writes: [],
      due: [{ kind: 'tell', ids: ['nobody', 'declined', 'F-2222', 'anna'], at: 1 }],
      audit: [],
    })
    await running.service.queue.nudge(TEAM)
    while ((await running.service.store.due(TEAM, Number.MAX_SAFE_INTEGER, 1)).length > 0);
    const seen = await figures()
    assert.equal(seen.get('tovholder_turns_total{kind="message",outcome="answered"}'), 3)
    assert.equal(seen.get('tovholder_turn_seconds_count{kind="message"}'), 3)
    assert.equal(seen.get('tovholder_due_entries'), 0)
    assert.equal(seen.get('tovholder_oldest_due_seconds'), 0)
    assert.ok(seen.has('tovholder_queue_jobs{state="waiting"}'))
  })

  it('names nobody and no team', async () => {
    await running.says('anna', 'hjælp')
    const { text } = await ask('/metrics', TOKEN)
    assert.doesNotMatch(text, /anna|skole|19:team/)
  })

  it('says while it works what somebody should look at', async () => {
    assert.deepEqual(await ready(), { ready: true, faults: [], warnings: [], oldestDueSeconds: 0 })
    await connection.config('SET', 'appendfsync', 'everysec')
    const entry = { kind: 'post' as const, ids: ['p'], at: 1 }
    await running.service.store.commit({ team: TEAM, writes: [], due: [entry], audit: [] })
    await running.service.store.bury(TEAM, entry, 'poison')
    const other = await plainService(redis, {})
    const answer = await fetch(`${other.url}/ready`)
    const { warnings } = (await answer.json()) as { warnings: string[] }
    assert.equal(answer.status, 200)
    assert.ok(warnings.includes('redis-appendfsync'), `${warnings}`)
    assert.ok(warnings.includes('deliveries-set-aside'), `${warnings}`)
    await other.service.close()
  })

  it('is not ready while Redis answers but takes nothing', async () => {
    await connection.config('SET', 'maxmemory', '1')
    const { ready: is, faults } = await ready()
    assert.deepEqual([is, faults], [false, ['redis-refuses-writes']])
    await connection.config('SET', 'maxmemory', '0')
    assert.equal((await ready()).ready, true)
  })

  it('still has this process’s figures while Redis is away', async () => {
    await running.says('anna', 'hjælp')
    await redis.kill()
    const seen = await figures()
    assert.equal(seen.get('tovholder_turns_total{kind="message",outcome="answered"}'), 1)
    assert.ok(Number.isNaN(seen.get('tovholder_due_entries')))
    await redis.restart()
  })
})
