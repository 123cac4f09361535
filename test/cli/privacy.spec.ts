import { strict as assert } from 'node:assert'
import { randomBytes } from 'node:crypto'
import { due } from '../../src/cli/due.ts'
import { erasing, exporting } from '../../src/cli/privacy.ts'
import { type Tool, ToolError } from '../../src/cli/tool.ts'
import { keys } from '../../src/store/keys.ts'
import { type Connection, connect, disconnect } from '../../src/store/redis.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { createStore } from '../../src/store/store.ts'
import { aCase, anAgreement, aPost, aTeam } from '../helpers/documents.ts'
import { startRedis, type TestRedis } from '../helpers/redis.ts'

const SECRET = `k1:${randomBytes(32).toString('base64')}`
const TEAM = '19:team@thread.tacv2'

describe('an operator', () => {
  let server: TestRedis
  let redis: Connection
  let store: ReturnType<typeof createStore>
  beforeEach(async () => {
    server = await startRedis()
    redis = await connect(server.config)
    store = createStore({ redis, ring: parseKeyRing(SECRET) })
    const members = [{ id: 'anna', name: 'Anna Ask', guest: false }]
    const value = aCase('F-2222', { agreements: [anAgreement('a1')], posts: ['p1'] })
    await store.commit({
      team: TEAM,
      writes: [
        { kind: 'team', id: TEAM, rev: 0, value: aTeam(TEAM, { members }) },
        { kind: 'case', id: 'F-2222', rev: 0, value },
        { kind: 'post', id: 'p1', rev: 0, value: aPost('p1', ['F-2222']) },
      ],
      due: [{ kind: 'remind', ids: ['F-2222', 'a1'], at: 1 }],
      audit: [],
    })
  })
  afterEach(async () => {
    await disconnect(redis)
    await server.stop()
  })

  async function run(tool: Tool, ...args: string[]): Promise<{ code: number; said: string }> {
    const said: string[] = []
    const env = { REDIS_URL: server.socket, TOVHOLDER_KEYS: SECRET }
    const root = new URL('../..', import.meta.url).pathname
    const code = await tool.run(args, { env, root, print: (text) => void said.push(text) })
    return { code, said: said.join('\n') }
  }
  const audited = async () => (await redis.xrange(keys.audit(TEAM), '-', '+')).map(([, fields]) => fields.slice(2))

  it('gets a case as text and as a record, and the audit says so', async () => {
    const { code, said } = await run(exporting, 'f-2222')
    assert.equal(code, 0)
    assert.match(said, /HEMMELIGÆØÅ/)
    assert.match(said, /hemmeligt løfte/)
    assert.match(said, /Anna Ask/)
    const { said: json } = await run(exporting, 'F-2222', '--json')
    assert.equal(JSON.parse(json).agreements[0].what, 'hemmeligt løfte')
    assert.deepEqual((await audited())[0], ['actor', 'operator', 'action', 'case-exported', 'code', 'F-2222'])
  })

  it('deletes a case only when sure, and gets a receipt', async () => {
    const unsure = await run(erasing, 'F-2222')
    assert.equal(unsure.code, 1)
    assert.match(unsure.said, /0 talks, 1 agreements, 1 posted cards.*--yes/)
    const { code, said } = await run(erasing, 'F-2222', '--yes')
    assert.equal(code, 0)
    assert.match(said, /Receipt: F-2222 .* was deleted at 20/)
    assert.equal((await store.load(TEAM, 'case', ['F-2222']))[0], undefined)
    const left = (await store.due(TEAM, Number.MAX_SAFE_INTEGER, 10)).map(({ kind }) => kind)
    assert.deepEqual(left.sort(), ['redact', 'release'])
    assert.equal((await run(erasing, 'F-2222', '--yes')).code, 1)
  })

  it('is asked which team where several have a case of that code', async () => {
    await store.commit({
      team: 'other',
      writes: [
        { kind: 'team', id: 'other', rev: 0, value: aTeam('other') },
        { kind: 'case', id: 'F-2222', rev: 0, value: aCase('F-2222') },
      ],
      due: [],
      audit: [],
    })
    const { code, said } = await run(exporting, 'F-2222')
    assert.equal(code, 1)
    assert.match(said, /--team/)
    assert.equal((await run(exporting, 'F-2222', '--team', 'other')).code, 0)
  })

  it('is told of what was typed wrongly, and nothing is done', async () => {
    for (const args of [[], ['F-22'], ['F-2222', '--yse'], ['F-2222', '--yes', '--team']])
      await assert.rejects(async () => run(erasing, ...args), ToolError)
    await assert.rejects(async () => run(exporting, 'F-2222', '--jsno'), ToolError)
    await assert.rejects(async () => run(due, '--retry'), ToolError)
    await assert.rejects(async () => run(due, '--rety', 'all'), ToolError)
    assert.deepEqual(await audited(), [])
  })

  it('sees what was set aside even where nothing else is due, and has it tried again', async () => {
    const [entry] = await store.due(TEAM, 1, 1)
    assert.ok(entry)
    await store.bury(TEAM, entry, 'poison')
    const name = 'remind|F-2222|a1'
    assert.match((await run(due)).said, /set aside \(poison\): remind\|F-2222\|a1/)
    assert.equal((await run(due, '--retry', 'remind|F-9999|a1')).code, 1)
    assert.equal((await run(due, '--retry', name)).code, 0)
    assert.deepEqual(await store.buried(TEAM), [])
    const [back] = await store.due(TEAM, await store.now(), 1)
    assert.deepEqual([back?.kind, back?.ids], ['remind', ['F-2222', 'a1']])
    assert.deepEqual(await store.claim(TEAM, [name]), [0], 'its former tries do not count')
  })
})
