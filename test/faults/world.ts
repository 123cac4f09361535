/** Some schools with their Teams, a Redis, and processes of the service, any of which can be lost and comes back. */
import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Cluster } from 'ioredis'
import type { Case } from '../../src/domain/case.ts'
import { atHour, nextSchoolDay } from '../../src/domain/school-calendar.ts'
import type { Day, Instant } from '../../src/domain/time.ts'
import { keys } from '../../src/store/keys.ts'
import { type Connection, connect, disconnect } from '../../src/store/redis.ts'
import { readRedisUrl } from '../../src/store/redis-url.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { createStore } from '../../src/store/store.ts'
import { startRedis, type TestRedis } from '../helpers/redis.ts'
import type { Agreed } from './account.ts'
import { createProcess, type ServiceProcess } from './processes.ts'
import { type RedisGroup, startCluster, startSentinels } from './redis-group.ts'
import { createSchool, type School } from './school.ts'

export interface WorldOptions {
  redis?: 'alone' | 'sentinels' | 'cluster'
  processes?: number
  schools?: number
  /** The day it begins on. */
  today?: Day
}

export type World = Awaited<ReturnType<typeof createWorld>>

const ZONE = 'Europe/Copenhagen'
const HOUR = 8
/** How often somebody looks whether a team still has something due, and how often all are swept, in milliseconds. */
const LOOK = 30
const SWEEP = 500

/** When the digest of a day is due. */
export const morningOf = (day: Day): Instant => atHour(day, HOUR, ZONE)

export async function createWorld({
  redis: kind = 'alone',
  processes: count = 3,
  schools: many = 2,
  today = '2026-11-23',
}: WorldOptions = {}) {
  const numbers = Array.from({ length: many }, (_, i) => i + 1)
  const endings: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const end of endings.splice(0).reverse()) await end()
  }
  const secret = `test:${randomBytes(32).toString('base64')}`
  const order = { offset: morningOf(today) - Date.now(), poison: '' }
  const now = { day: today }
  const processes: ServiceProcess[] = []
  let turn = 0

  /** The process that gets the next request. */
  function door(): string | undefined {
    const living = processes.filter(({ lives }) => lives())
    return living[turn++ % Math.max(1, living.length)]?.url
  }

  const schools: School[] = []
  let alone: TestRedis | undefined
  let group: RedisGroup | undefined
  const url = await start().catch(async (error) => {
    await close()
    throw error
  })

  async function start(): Promise<string> {
    for (const number of numbers) {
      const school = await createSchool(number, door)
      schools.push(school)
      endings.push(() => school.connector.close())
    }
    if (kind === 'alone') alone = await startRedis()
    else group = await (kind === 'cluster' ? startCluster(keys.due(schools[0]?.id ?? '')) : startSentinels())
    endings.push(async () => (alone ?? group)?.stop())
    const place = alone?.socket ?? group?.url ?? ''
    for (let i = 0; i < count; i++) processes.push(await createProcess(place, secret, () => order))
    endings.push(() => Promise.all(processes.map((process) => process.kill())))
    await Promise.all(processes.map((process) => process.start()))
    for (const school of schools) await school.send(school.joins())
    return place
  }

  /** Has everybody looked at, by whichever process lives; the minute's sweep, without waiting for the minute. */
  async function sweep(): Promise<void> {
    await processes.find(({ lives }) => lives())?.sweep()
  }

  /** Moves the clock of the schools, in all processes. */
  async function moveTo(at: Instant): Promise<void> {
    order.offset = at - Date.now()
    await Promise.all(processes.map((process) => process.sweep()))
  }

  /** It is eight in the morning of the next school day. */
  async function nextDay(): Promise<void> {
    now.day = nextSchoolDay(now.day, { closed: [] })
    await moveTo(morningOf(now.day))
  }

  let own: Connection | undefined
  endings.push(async () => own && disconnect(own))
  async function look<T>(at: (store: ReturnType<typeof createStore>, redis: Connection) => Promise<T>): Promise<T> {
    own ??= await connect(readRedisUrl(url), { role: 'worker' })
    return at(createStore({ redis: own, ring: parseKeyRing(secret), offset: () => order.offset }), own)
  }

  /** Until nothing is due any more, in these schools. */
  async function settle(within = 60_000, among = schools): Promise<void> {
    const end = performance.now() + within
    let swept = performance.now()
    for (let quiet = 0; quiet < 3; ) {
      const due = await look(async (store) => {
        const at = await store.now()
        return (await Promise.all(among.map(({ id }) => store.due(id, at, 1)))).flat()
      }).catch(() => ['unknown'])
      quiet = due.length === 0 ? quiet + 1 : 0
      if (performance.now() > end) throw new Error(`still due: ${JSON.stringify(due)}`)
      if (performance.now() - swept > SWEEP) {
        swept = performance.now()
        await sweep()
      }
      await wait(LOOK)
    }
  }

  /** Everything that is kept about a school, opened, and what is wrong with it. */
  const inspect = ({ id: team }: School) =>
    look(async (store, redis) => {
      const names = await namesIn(redis)
      const all = async <K extends 'case' | 'post' | 'session' | 'user' | 'team'>(kind: K) => {
        const prefix = keys.document(team, kind, 'x').slice(0, -1)
        const ids = names
          .filter((key) => key.startsWith(prefix))
          .map((key) => decodeURIComponent(key.slice(prefix.length)))
        return (await store.load(team, kind, ids)).flatMap((found) => found?.value ?? [])
      }
      const [cases, posts, ...others] = await Promise.all([
        all('case'),
        all('post'),
        all('session'),
        all('user'),
        all('team'),
      ])
      const codes = new Set(cases.map(({ code }) => code))
      const known = new Set(posts.map(({ id }) => id))
      const faults = [
        ...[...cases, ...posts, ...others.flat()]
          .filter(({ v }) => v !== 1)
          .map(() => 'a document of no known version'),
        ...posts
          .filter(({ refs }) => refs.some(({ code }) => !codes.has(code)))
          .map(({ id }) => `post ${id} shows no case`),
        ...cases
          .filter((found) => found.posts.some((id) => !known.has(id)))
          .map(({ code }) => `case ${code} has no post`),
      ]
      const audit = await redis.xrange(keys.audit(team), '-', '+')
      const done = audit.map(([, fields]) => Object.fromEntries(pairs(fields)))
      return {
        cases: cases as Case[],
        faults,
        done: done as { action: string; code?: string }[],
        setAside: await store.buried(team),
      }
    })

  return {
    now,
    /** All that has been agreed so far. */
    agreed: [] as Agreed[],
    schools,
    processes,
    /** The only Redis there is. */
    get redis(): TestRedis {
      if (!alone) throw new Error('this world has more than one Redis')
      return alone
    },
    get group(): RedisGroup {
      if (!group) throw new Error('this world has one Redis only')
      return group
    },
    /** As the settings of the tools. */
    env: { REDIS_URL: url, TOVHOLDER_KEYS: secret },
    /** Whoever posts a digest with these words dies of it, from the next move of the clock or start on. */
    poison(words: string): void {
      order.poison = words
    },
    at: (): Instant => Date.now() + order.offset,
    moveTo,
    nextDay,
    sweep,
    settle,
    look,
    inspect,
    close,
  }
}

const PATTERN = 'tov:t:*'
async function namesIn(redis: Connection): Promise<string[]> {
  const servers = redis instanceof Cluster ? redis.nodes('master') : [redis]
  return (await Promise.all(servers.map((server) => server.keys(PATTERN)))).flat()
}

const pairs = (flat: string[]): [string, string][] =>
  Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] as string, flat[2 * i + 1] as string])
