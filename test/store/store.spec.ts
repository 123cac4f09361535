import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { type Commit, type Store, StoreError, type Write } from '../../src/app/ports.ts'
import { keys } from '../../src/store/keys.ts'
import { type Connection, connect, disconnect } from '../../src/store/redis.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { createStore } from '../../src/store/store.ts'
import { aCase, anAgreement, aPost, aSession, aTeam, aUser, NOON } from '../helpers/documents.ts'
import { sharedRedis, startRedis } from '../helpers/redis.ts'

const ring = parseKeyRing(`k1:${randomBytes(32).toString('base64')}`)

const HOUR = 3_600_000

describe('the store', () => {
  let redis: Connection
  let store: Store
  let team: string

  before(async () => {
    redis = await connect((await sharedRedis()).config)
    store = createStore({ redis, ring })
  })
  after(() => disconnect(redis))
  beforeEach(() => {
    team = `19:${randomUUID()}@thread.tacv2}`
  })

  const commit = (change: Partial<Commit>) => store.commit({ team, writes: [], due: [], audit: [], ...change })
  const write = (...writes: Write[]) => commit({ writes })
  const theCase = (over: Parameters<typeof aCase>[1] = {}, rev = 0, code = 'F-2222'): Write => ({
    kind: 'case',
    id: code,
    rev,
    value: aCase(code, over),
  })
  const theSession = (id: string, user: string, code?: string): Write => ({
    kind: 'session',
    id,
    rev: 0,
    value: aSession(id, user, code ? { code } : {}),
  })
  const mineOf = async (user: string) =>
    (await store.read({ team, user, mine: true })).mine.map(({ value }) => value.code).sort()

  describe('reading a turn', () => {
    it('finds nothing of a team it does not know', async () => {
      const { now, ...rest } = await store.read({ team, user: 'anna', event: 'e', mine: true })
      assert.ok(Math.abs(now - Date.now()) < 1000)
      assert.deepEqual(rest, {
        repeated: false,
        team: undefined,
        user: undefined,
        session: undefined,
        case: undefined,
        post: undefined,
        shown: [],
        mine: [],
        holders: [],
        open: [],
      })
    })

    it('follows the user to their session and the session to its case', async () => {
      await write(
        { kind: 'team', id: team, rev: 0, value: aTeam(team) },
        { kind: 'user', id: 'anna', rev: 0, value: aUser('anna') },
        theCase(),
        theSession('s1', 'anna', 'F-2222'),
      )
      const seen = await store.read({ team, user: 'anna' })
      assert.deepEqual(seen.team, { rev: 1, value: aTeam(team) })
      assert.deepEqual(seen.user, { rev: 1, value: aUser('anna') })
      assert.deepEqual(seen.session, { rev: 1, value: aSession('s1', 'anna', { code: 'F-2222' }) })
      assert.deepEqual(seen.case, { rev: 1, value: aCase('F-2222') })
    })

    it('finds the session of a user nothing else is known about', async () => {
      await write(theSession('s1', 'anna'))
      const seen = await store.read({ team, user: 'anna' })
      assert.equal(seen.user, undefined)
      assert.equal(seen.session?.value.id, 's1')
    })

    it('prefers the session and the case it was asked for', async () => {
      await write(theCase(), theCase({}, 0, 'F-3333'), theSession('s1', 'anna'), theSession('s2', 'anna', 'F-2222'))
      assert.equal((await store.read({ team, user: 'anna', session: 's1' })).session?.value.id, 's1')
      assert.equal((await store.read({ team, user: 'anna', session: 's1' })).case, undefined)
      assert.equal((await store.read({ team, user: 'anna', code: 'F-3333' })).case?.value.code, 'F-3333')
    })

    it('finds where the user is now when the session it was asked for is over', async () => {
      await write(theCase(), theSession('s2', 'anna', 'F-2222'))
      const { session, case: found } = await store.read({ team, user: 'anna', session: 'over' })
      assert.deepEqual([session?.value.id, found?.value.code], ['s2', 'F-2222'])
    })

    it('stays with the case of the session it was asked for, whatever else is named', async () => {
      await write(theCase(), theCase({}, 0, 'F-3333'), theSession('s1', 'anna'), theSession('s2', 'anna', 'F-2222'))
      const read = async (session: string) =>
        (await store.read({ team, user: 'anna', session, code: 'F-3333' })).case?.value.code
      assert.deepEqual([await read('s2'), await read('s1')], ['F-2222', 'F-3333'])
    })

    it('finds a post with the cases it shows', async () => {
      await write(theCase(), theCase({}, 0, 'F-3333'), {
        kind: 'post',
        id: 'p1',
        rev: 0,
        value: aPost('p1', ['F-3333', 'F-9999', 'F-2222', 'F-2222']),
      })
      const seen = await store.read({ team, user: 'anna', post: 'p1' })
      assert.equal(seen.post?.value.id, 'p1')
      assert.deepEqual(
        seen.shown.map(({ value }) => value.code),
        ['F-3333', 'F-2222'],
      )
    })

    it('tells the time with the demo clock’s offset', async () => {
      const ahead = createStore({ redis, ring, offset: () => 48 * HOUR })
      const present = await store.now()
      assert.ok((await ahead.now()) >= present + 48 * HOUR)
      assert.ok((await ahead.read({ team, user: 'anna' })).now >= present + 48 * HOUR)
    })
  })

  describe('committing', () => {
    it('counts the revision up, and finds a decision made on an old one stale', async () => {
      assert.equal(await write(theCase()), 'done')
      assert.equal(await write(theCase({ creator: 'bo' }, 1)), 'done')
      assert.equal(await write(theCase({ creator: 'carl' }, 1)), 'stale')
      const [kept] = await store.load(team, 'case', ['F-2222'])
      assert.equal(kept?.rev, 2)
      assert.equal(kept?.value.creator, 'bo')
    })

    it('lets one of ten win who decided at the same time', async () => {
      await write(theCase())
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, i) => write(theCase({ creator: `user ${i}` }, 1))),
      )
      assert.deepEqual(outcomes.filter((outcome) => outcome === 'done').length, 1)
      assert.deepEqual(outcomes.filter((outcome) => outcome === 'stale').length, 9)
    })

    it('does an event once more that it was told to forget', async () => {
      const change = { event: 'e1', audit: [{ actor: 'anna', action: 'open' }] }
      assert.equal(await commit(change), 'done')
      await store.forgetEvent(team, 'e1')
      assert.equal(await commit(change), 'done')
      assert.equal(await commit(change), 'repeated')
    })

    it('does an event once, and says so when it comes again', async () => {
      const change = { event: 'e1', writes: [theCase()], audit: [{ actor: 'anna', action: 'open' }] }
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => commit(change)))
      assert.deepEqual(outcomes.toSorted(), ['done', 'repeated', 'repeated', 'repeated', 'repeated'])
      assert.equal((await store.read({ team, user: 'anna', event: 'e1' })).repeated, true)
      assert.equal((await store.read({ team, user: 'anna', event: 'e2' })).repeated, false)
      assert.equal(await redis.xlen(keys.audit(team)), 1)
      const left = await redis.pttl(keys.event(team, 'e1'))
      assert.ok(left > 23 * HOUR && left <= 24 * HOUR)
    })

    it('changes nothing at all when one document is stale', async () => {
      await write(theCase())
      const outcome = await commit({
        event: 'e1',
        writes: [theCase({ creator: 'bo' }, 1), theCase({}, 7, 'F-3333')],
        due: [{ kind: 'post', ids: ['p'], at: NOON }],
        audit: [{ actor: 'bo', action: 'change' }],
      })
      assert.equal(outcome, 'stale')
      assert.equal((await store.load(team, 'case', ['F-2222']))[0]?.value.creator, 'anna')
      assert.deepEqual(await store.due(team, Infinity, 9), [])
      assert.equal(await redis.xlen(keys.audit(team)), 0)
      assert.equal((await store.read({ team, user: 'bo', event: 'e1' })).repeated, false)
    })

    it('changes nothing where something it was decided from has changed', async () => {
      await write(theCase())
      const decided = (rev: number) =>
        commit({
          writes: [theCase({}, 0, 'F-3333')],
          reads: [{ kind: 'case', id: 'F-2222', rev }],
          due: [{ kind: 'post', ids: ['p'], at: NOON }],
        })
      assert.equal(await decided(0), 'stale')
      assert.deepEqual(await store.load(team, 'case', ['F-3333']), [undefined])
      assert.deepEqual(await store.due(team, Infinity, 9), [])
      assert.equal(await decided(1), 'done')
      assert.equal((await store.load(team, 'case', ['F-2222']))[0]?.rev, 1)
    })

    it('writes who did what and when', async () => {
      await commit({
        audit: [
          { actor: 'anna', action: 'agree', code: 'F-2222', detail: 'a1' },
          { actor: 'bo', action: 'look' },
        ],
      })
      const entries = await redis.xrange(keys.audit(team), '-', '+')
      const [first, second] = entries.map(([, fields]) => fields)
      assert.deepEqual(first?.slice(2), ['actor', 'anna', 'action', 'agree', 'code', 'F-2222', 'detail', 'a1'])
      assert.deepEqual(second?.slice(2), ['actor', 'bo', 'action', 'look'])
      assert.equal(first?.[0], 'at')
      assert.ok(Math.abs(Number(first?.[1]) - Date.now()) < 1000)
    })

    it('deletes', async () => {
      await write(theCase())
      assert.equal(await write({ kind: 'case', id: 'F-2222', rev: 1, value: undefined }), 'done')
      assert.deepEqual(await store.load(team, 'case', ['F-2222', 'F-2222']), [undefined, undefined])
    })
  })

  describe('the open cases of a team', () => {
    const openOf = async () => (await store.openCases(team)).map(({ rev, value }) => `${value.code} ${rev}`)

    it('are all that are open, whoever has a part in them, and none that are closed or gone', async () => {
      assert.deepEqual(await openOf(), [])
      await write(theCase(), theCase({ creator: 'bo' }, 0, 'F-3333'), theCase({ status: 'closed' }, 0, 'F-4444'))
      assert.deepEqual(await openOf(), ['F-2222 1', 'F-3333 1'])
      await write(theCase({ status: 'closed' }, 1), { kind: 'case', id: 'F-3333', rev: 1, value: undefined })
      assert.deepEqual(await openOf(), [])
    })

    it('come with a turn only where that was asked for', async () => {
      await write(theCase())
      assert.deepEqual((await store.read({ team, user: 'bo' })).open, [])
      const { open, mine } = await store.read({ team, user: 'bo', open: true })
      assert.deepEqual([open.map(({ value }) => value.code), mine], [['F-2222'], []])
    })
  })

  describe('a session', () => {
    it('expires 72 hours after it was last written', async () => {
      await write(theSession('s1', 'anna'))
      const left = await redis.pttl(keys.document(team, 'session', 's1'))
      assert.ok(left > 71 * HOUR && left <= 72 * HOUR)
    })

    it('is the one its user is in until it is deleted', async () => {
      await write({ kind: 'user', id: 'anna', rev: 0, value: aUser('anna') }, theSession('s1', 'anna'))
      assert.equal(await write({ kind: 'session', id: 's1', rev: 1, value: undefined }), 'done')
      const seen = await store.read({ team, user: 'anna' })
      assert.equal(seen.session, undefined)
      assert.deepEqual(seen.user?.value, aUser('anna'))
      assert.equal(await redis.hexists(keys.document(team, 'user', 'anna'), 'session'), 0)
    })

    it('that is deleted does not take the user out of a newer one', async () => {
      await write(theSession('s1', 'anna'))
      await write(theSession('s2', 'anna'), { kind: 'session', id: 's1', rev: 1, value: undefined })
      assert.equal((await store.read({ team, user: 'anna' })).session?.value.id, 's2')
    })

    it('that has expired is simply not there', async () => {
      await write(theCase(), theSession('s1', 'anna', 'F-2222'))
      await redis.del(keys.document(team, 'session', 's1'))
      const seen = await store.read({ team, user: 'anna' })
      assert.equal(seen.session, undefined)
      assert.equal(seen.case, undefined)
      assert.equal(await write({ kind: 'session', id: 's1', rev: 1, value: undefined }), 'stale')
    })

    it('loses its case when it is written without one', async () => {
      await write(theCase(), theSession('s1', 'anna', 'F-2222'))
      await write({ ...theSession('s1', 'anna'), rev: 1 } as Write)
      assert.equal((await store.read({ team, user: 'anna' })).case, undefined)
    })
  })

  describe('a person’s own cases', () => {
    it('are the open ones they have a part in, as of the last commit', async () => {
      await write(
        theCase({ agreements: [anAgreement('a1', { staff: 'bo' })] }),
        theCase({ creator: 'bo' }, 0, 'F-3333'),
      )
      assert.deepEqual(await mineOf('anna'), ['F-2222'])
      assert.deepEqual(await mineOf('bo'), ['F-2222', 'F-3333'])

      await write(theCase({ agreements: [anAgreement('a1', { staff: 'bo', status: 'done' })] }, 1))
      assert.deepEqual(await mineOf('bo'), ['F-3333'])
      assert.deepEqual(await mineOf('anna'), ['F-2222'])

      await write(theCase({ status: 'closed' }, 2))
      assert.deepEqual(await mineOf('anna'), [])
    })

    it('are gone when the case is deleted', async () => {
      await write(theCase())
      await write({ kind: 'case', id: 'F-2222', rev: 1, value: undefined })
      assert.equal(await redis.exists(keys.mine(team, 'anna'), keys.holders(team)), 0)
    })

    it('are read only when asked for', async () => {
      await write(theCase())
      assert.deepEqual((await store.read({ team, user: 'anna' })).mine, [])
    })

    it('come with who holds each open case of the team', async () => {
      const held = (user: string) => ({ coordination: { coordinator: { user, since: NOON }, history: [] } })
      await write(
        theCase(held('bo')),
        theCase(held('bo'), 0, 'F-3333'),
        theCase(held('carl'), 0, 'F-4444'),
        theCase({}, 0, 'F-5555'),
      )
      const holders = async () => (await store.read({ team, user: 'zoe', mine: true })).holders.sort()
      assert.deepEqual(await holders(), ['bo', 'bo', 'carl'])
      await write(theCase({ ...held('bo'), status: 'closed' }, 1), theCase({}, 1, 'F-4444'))
      assert.deepEqual(await holders(), ['bo'])
    })
  })

  describe('the due index', () => {
    const entry = (id: string, at: number | null, unless?: number): Commit['due'][number] => ({
      kind: 'post',
      ids: [id],
      at,
      ...(unless !== undefined && { unless }),
    })

    it('gives what is due, oldest first, no more than asked for', async () => {
      await commit({ due: [entry('c', NOON + 2), entry('a', NOON), entry('b', NOON + 1), entry('later', NOON + 3)] })
      assert.deepEqual(await store.due(team, NOON + 2, 2), [
        { kind: 'post', ids: ['a'], at: NOON },
        { kind: 'post', ids: ['b'], at: NOON + 1 },
      ])
      assert.equal((await store.due(team, NOON + 2, 9)).length, 3)
    })

    it('leaves an entry alone that has moved since it was read', async () => {
      await commit({ due: [entry('a', NOON), entry('b', NOON), entry('c', NOON)] })
      await commit({ due: [entry('a', NOON + 5), entry('b', null)] })
      await commit({ due: [entry('a', null, NOON), entry('b', NOON + 9, NOON), entry('c', null, NOON)] })
      assert.deepEqual(await store.due(team, Infinity, 9), [{ kind: 'post', ids: ['a'], at: NOON + 5 }])
    })

    it('does the changes to one entry in order', async () => {
      await commit({ due: [entry('a', NOON)] })
      await commit({ due: [entry('a', null, NOON), entry('a', NOON + 1)] })
      assert.deepEqual(await store.due(team, Infinity, 9), [{ kind: 'post', ids: ['a'], at: NOON + 1 }])
    })

    it('tells which of ten thousand teams have something due, in less than two seconds', async function () {
      this.timeout(20_000)
      const own = await startRedis({ appendonly: 'no' })
      const many = await connect(own.config)
      const setUp = new Redis(own.socket)
      try {
        const ids = Array.from({ length: 10_000 }, (_, i) => `team:${i}`)
        const filling = setUp.pipeline().sadd(keys.teams(), ...ids)
        for (const [i, id] of ids.entries()) filling.zadd(keys.due(id), NOON + i, `post|${i}`)
        await filling.exec()
        const started = performance.now()
        const waiting = await createStore({ redis: many, ring }).teamsWithDue(NOON + 41)
        assert.ok(performance.now() - started < 2000)
        assert.deepEqual(waiting.sort(), ids.slice(0, 42).sort())
      } finally {
        setUp.disconnect()
        await disconnect(many)
        await own.stop()
      }
    })

    it('is swept for a team from its first commit until it is deleted', async () => {
      await commit({ writes: [{ kind: 'team', id: team, rev: 0, value: aTeam(team) }], due: [entry('a', NOON)] })
      assert.ok((await store.teamsWithDue(NOON)).includes(team))
      assert.ok(!(await store.teamsWithDue(NOON - 1)).includes(team))
      await write({ kind: 'team', id: team, rev: 1, value: undefined })
      assert.ok(!(await store.teamsWithDue(NOON)).includes(team))
    })
  })

  describe('what is pending in a team', () => {
    const at = (ago: number) => Date.now() - ago
    const named = (id: string, at: number) => ({ kind: 'post' as const, ids: [id], at })

    it('is what is due by Redis’s clock, with the team and how often each try has died', async () => {
      const value = aTeam(team)
      const [first, second, later] = [named('a', at(2000)), named('b', at(1000)), named('c', at(-60_000))]
      await commit({ writes: [{ kind: 'team', id: team, rev: 0, value }], due: [second, later, first] })
      await store.claim(team, ['post|b'])
      const { now, ...pending } = await store.pending(team, 9)
      assert.deepEqual(pending, { team: { rev: 1, value }, entries: [first, second], deaths: [0, 1] })
      assert.ok(Math.abs(now - Date.now()) < 1000)
      assert.deepEqual((await store.pending(team, 1)).entries, [first])
    })

    it('is by the clock of a demo where there is one', async () => {
      const ahead = createStore({ redis, ring, offset: () => 120_000 })
      const [soon, later] = [named('a', at(-60_000)), named('b', at(-180_000))]
      await commit({ due: [soon, later] })
      assert.deepEqual((await ahead.pending(team, 9)).entries, [soon])
    })

    it('is nothing where nothing is due, and then not even the team', async () => {
      await commit({ writes: [{ kind: 'team', id: team, rev: 0, value: aTeam(team) }] })
      const { now: _, ...pending } = await store.pending(team, 9)
      assert.deepEqual(pending, { team: undefined, entries: [], deaths: [] })
    })
  })

  describe('tries', () => {
    it('that ended without a word are counted until one is settled', async () => {
      assert.deepEqual(await store.claim(team, ['post|a']), [0])
      assert.deepEqual(await store.claim(team, ['post|a']), [1])
      assert.deepEqual(await store.claim(team, ['post|a', 'post|b']), [2, 0])
      await store.settle(team, ['post|a'])
      assert.deepEqual(await store.claim(team, ['post|a']), [0])
    })

    it('are forgotten with the entry', async () => {
      await commit({ due: [{ kind: 'post', ids: ['a'], at: NOON }] })
      await store.claim(team, ['post|a'])
      await commit({ due: [{ kind: 'post', ids: ['a'], at: null }] })
      assert.deepEqual(await store.claim(team, ['post|a']), [0])
    })
  })

  it('sets an entry aside with a reason, unless it has moved', async () => {
    const entry = { kind: 'post' as const, ids: ['a'], at: NOON }
    await commit({ due: [entry] })
    await store.bury(team, { ...entry, at: NOON - 1 }, 'poison')
    assert.deepEqual(await store.buried(team), [])
    await store.bury(team, entry, 'poison')
    assert.deepEqual(await store.due(team, Infinity, 9), [])
    const [buried, ...others] = await store.buried(team)
    assert.deepEqual(others, [])
    assert.equal(buried?.name, 'post|a')
    assert.equal(buried?.reason, 'poison')
    assert.ok(Math.abs((buried?.at ?? 0) - Date.now()) < 1000)
  })

  it('remembers which teams a person is in', async () => {
    const tenant = randomUUID()
    await store.indexMembers(tenant, 'team:1', ['anna', 'bo'], [])
    await store.indexMembers(tenant, 'team:2', ['anna'], ['bo'])
    assert.deepEqual((await store.teamsOf(tenant, 'anna')).teams.sort(), ['team:1', 'team:2'])
    await store.indexMembers(tenant, 'team:1', [], ['anna', 'bo'])
    assert.deepEqual(await store.teamsOf(tenant, 'anna'), { teams: ['team:2'] })
    assert.deepEqual(await store.teamsOf(tenant, 'bo'), { teams: [] })
    assert.deepEqual(await store.teamsOf('another tenant', 'anna'), { teams: [] })
  })

  it('remembers which of their teams somebody has chosen, for as long as it is one of theirs', async () => {
    const tenant = randomUUID()
    for (const id of ['team:1', 'team:2', 'team:3']) await store.indexMembers(tenant, id, ['anna'], [])
    assert.equal((await store.teamsOf(tenant, 'anna')).chosen, undefined)
    await store.chooseTeam(tenant, 'anna', 'team:2')
    // Read anew, a roster changes nothing about it.
    await store.indexMembers(tenant, 'team:2', ['anna'], [])
    assert.equal((await store.teamsOf(tenant, 'anna')).chosen, 'team:2')
    await store.indexMembers(tenant, 'team:2', [], ['anna'])
    await store.chooseTeam(tenant, 'anna', 'team:2')
    assert.deepEqual(await store.teamsOf(tenant, 'anna'), { teams: ['team:1', 'team:3'] })
  })

  it('keeps nothing readable but ids and dates', async () => {
    await write(
      { kind: 'team', id: team, rev: 0, value: aTeam(team) },
      { kind: 'user', id: 'anna', rev: 0, value: aUser('anna') },
      theCase({ agreements: [anAgreement('a1')] }),
      theSession('s1', 'anna', 'F-2222'),
      { kind: 'post', id: 'p1', rev: 0, value: aPost('p1', ['F-2222']) },
    )
    const stored = await redis.keys(`tov:t:{${encodeURIComponent(team)}}:*`)
    assert.ok(stored.length >= 6)
    for (const key of stored) {
      const dump = (await redis.type(key)) === 'hash' ? await redis.hgetallBuffer(key) : {}
      for (const [field, value] of Object.entries(dump)) {
        assert.doesNotMatch(value.toString('latin1'), /hemmelig|Hansen/i, `${key} ${field}`)
        if (field === 'doc') assert.equal(value[0], 1)
      }
    }
  })

  it('says so when a document cannot be opened, and not what is in it', async () => {
    await write(theCase())
    const other = createStore({ redis, ring: parseKeyRing(`k2:${randomBytes(32).toString('base64')}`) })
    await assert.rejects(other.load(team, 'case', ['F-2222']), { code: 'seal-key-unknown' })
    await assert.rejects(other.read({ team, user: 'anna', code: 'F-2222' }), { code: 'seal-key-unknown' })
    const place = keys.document(team, 'case', 'F-3333')
    await redis.hset(place, {
      rev: '1',
      doc: (await redis.hgetBuffer(keys.document(team, 'case', 'F-2222'), 'doc')) as Buffer,
    })
    await assert.rejects(store.load(team, 'case', ['F-3333']), { code: 'seal-broken' })
  })

  it('refuses an empty id as a rejection', async () => {
    await assert.rejects(store.read({ team: '', user: 'anna' }), { code: 'id-invalid' })
    await assert.rejects(store.teamsOf('', 'anna'), { code: 'id-invalid' })
  })

  it('reads and commits a turn in one round trip each', async () => {
    const heard: string[] = []
    const listener = new Redis((await sharedRedis()).socket)
    const monitor = await listener.monitor()
    try {
      // The first use of a script on a connection sends its text along.
      await write(theCase())
      await store.read({ team, user: 'anna' })
      monitor.on('monitor', (_time, [command = '', ...rest], source) => {
        if (source !== 'lua' && rest.some((part: string) => part.includes(encodeURIComponent(team))))
          heard.push(command.toLowerCase())
      })
      const settled = async () => {
        await redis.echo(`end ${encodeURIComponent(team)}`)
        while (!heard.includes('echo')) await new Promise(setImmediate)
        return heard.splice(0).filter((command) => command !== 'echo')
      }
      await settled()
      await store.read({ team, user: 'anna', mine: true, event: 'e1', code: 'F-2222' })
      assert.equal((await settled()).join(), 'evalsha')
      await commit({
        event: 'e1',
        writes: [theCase({}, 1), theSession('s1', 'anna', 'F-2222')],
        due: [{ kind: 'post', ids: ['a'], at: NOON }],
      })
      assert.equal((await settled()).join(), 'evalsha')
    } finally {
      monitor.disconnect()
      listener.disconnect()
    }
  })

  it('asks in one piece for all turns that ask at once', async () => {
    const piecesRead = async () => Number(/total_reads_processed:(\d+)/.exec(await redis.info('stats'))?.[1])
    const people = Array.from({ length: 16 }, (_, index) => `colleague-${index}`)
    await store.read({ team, user: 'anna' })
    const before = await piecesRead()
    await Promise.all(people.map((user) => store.read({ team, user })))
    // The second look at the count is read, too.
    assert.equal((await piecesRead()) - before, 2)
  })
})

describe('a store whose Redis fails', () => {
  it('keeps every acknowledged commit when Redis is killed', async () => {
    const own = await startRedis()
    const redis = await connect(own.config)
    const store = createStore({ redis, ring })
    try {
      const done: string[] = []
      const writing = Array.from({ length: 50 }, async (_, i) => {
        const write: Write = { kind: 'case', id: `F-${i}`, rev: 0, value: aCase(`F-${i}`) }
        const outcome = await store.commit({ team: 't', writes: [write], due: [], audit: [] }).catch(() => 'lost')
        if (outcome === 'done') done.push(write.id)
      })
      await writing[10]
      await own.kill()
      await Promise.all(writing)
      assert.ok(done.length > 0)
      await own.restart()
      const again = await connect(own.config)
      const kept = await createStore({ redis: again, ring }).load('t', 'case', done)
      assert.deepEqual(
        kept.map((found) => found?.value.code),
        done,
      )
      await disconnect(again)
    } finally {
      redis.disconnect()
      await own.stop()
    }
  })

  it('says that it is unavailable, at once when Redis is gone and within two seconds when it is frozen', async () => {
    const own = await startRedis()
    const redis = await connect(own.config)
    const store = createStore({ redis, ring })
    const commit = () =>
      store.commit({
        team: 't',
        writes: [{ kind: 'case', id: 'F-1', rev: 0, value: aCase('F-1') }],
        due: [],
        audit: [],
      })
    const unavailable = (error: StoreError) => {
      assert.ok(error instanceof StoreError)
      assert.equal(error.code, 'store-unavailable')
      assert.ok(error.cause instanceof Error && !('command' in error.cause))
      return true
    }
    try {
      own.freeze()
      const started = performance.now()
      await assert.rejects(commit(), unavailable)
      assert.ok(performance.now() - started < 2500)
      own.thaw()
      await own.kill()
      await assert.rejects(commit(), unavailable)
      await assert.rejects(store.load('t', 'case', ['F-1']), unavailable)
      await own.restart()
      const recovered = async () => {
        while (redis.status !== 'ready') await new Promise((resolve) => setTimeout(resolve, 20))
        return commit()
      }
      assert.match(await recovered(), /done|stale/)
      // Redis's own refusals: nothing of the command stays on the error.
      await redis.set(keys.due('t'), 'not a sorted set')
      await assert.rejects(store.due('t', NOON, 1), unavailable)
    } finally {
      redis.disconnect()
      await own.stop()
    }
  })

  it('finds its scripts again after a restart', async () => {
    const own = await startRedis()
    const redis = await connect(own.config)
    const store = createStore({ redis, ring })
    try {
      await store.read({ team: 't', user: 'anna' })
      await redis.script('FLUSH')
      assert.equal((await store.read({ team: 't', user: 'anna' })).repeated, false)
    } finally {
      await disconnect(redis)
      await own.stop()
    }
  })
})
