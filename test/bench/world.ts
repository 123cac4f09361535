/** All that stands around the servers of the bench: Redis, Microsoft, the load, and a school in Redis. */
import { randomBytes } from 'node:crypto'
import { commitOf } from '../../src/app/change.ts'
import type { Store } from '../../src/app/ports.ts'
import { dayOf, nextSchoolDay } from '../../src/domain/school-calendar.ts'
import type { Day } from '../../src/domain/time.ts'
import { connect, disconnect } from '../../src/store/redis.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { createStore } from '../../src/store/store.ts'
import { freePort } from '../helpers/ports.ts'
import { startRedis } from '../helpers/redis.ts'
import { startCommand } from '../helpers/start-command.ts'
import { type Child, type Core, pin, start } from './child.ts'
import type { Job, Measured } from './load-process.ts'
import type { Microsoft, MicrosoftSample } from './microsoft-process.ts'
import { caseOf, peopleOf, REGISTRATION, slackTeamOf, teamId, teamOf, userOf } from './school.ts'
import type { SlackSample } from './slack-process.ts'

export const SERVERS = {
  tovholder: '../../dist/bench/tovholder-process.mjs',
  echobot: './peers/echobot.mjs',
  'agents-sdk': './peers/agents-sdk.mjs',
  'teams-sdk': './peers/teams-sdk.mjs',
  bolt: './peers/bolt.mjs',
  floor: './peers/floor.mjs',
} as const
export type ServerName = keyof typeof SERVERS

/** Microseconds of CPU since its start, and bytes of memory it holds now. */
export interface Sample {
  cpu: number
  rss: number
}

export interface Server {
  url: string
  pid: number
  sample(): Promise<Sample>
  /** Has Tovholder do something by itself; resolves when it is done. */
  ask(what: string, argument?: number): Promise<unknown>
  stop(): Promise<void>
}

/** What a school in Redis is made of. */
export interface School {
  teams: number
  /** Open cases in each team, and agreements in each of them. */
  cases: number
  agreements: number
  /** When they are due; otherwise a month from now. */
  due?: Day
  /** Nobody of them will speak: their own documents are left out. */
  silent?: boolean
}

export type World = Awaited<ReturnType<typeof createWorld>>

/** Commits on their way at once while a school is built. */
const SEEDING = 200

export async function createWorld() {
  const redis = await startRedis()
  pin(redis.pid, 'rest')
  const keys = `bench:${randomBytes(32).toString('base64')}`
  const slackSecret = randomBytes(16).toString('hex')
  const microsoft = await start('./microsoft-process.ts', { core: 'rest' })
  const slack = await start('./slack-process.ts', { core: 'rest' })
  const load = await start('./load-process.ts', { core: 'rest' })
  const { serviceUrl, ...there } = microsoft.began as Microsoft
  const connection = await connect(redis.config)
  const store = createStore({ redis: connection, ring: parseKeyRing(keys) })
  const servers = new Set<Child>()

  async function serve(
    name: ServerName,
    options: { authenticated?: boolean; flags?: string[]; core?: Core } = {},
  ): Promise<Server> {
    const { authenticated = true, flags = [], core = 'server' } = options
    const ours = name === 'tovholder' ? startCommand() : { flags: [], env: {} }
    const port = await freePort()
    const argument = {
      port,
      authenticated,
      registration: REGISTRATION,
      slackSecret,
      slackApi: slack.began,
      redis: redis.socket,
      keys,
    }
    const hook = new URL('./to-microsoft.ts', import.meta.url).href
    const child = await start(SERVERS[name], {
      core,
      argument,
      flags: ['--import', hook, ...ours.flags, ...flags],
      // In production the Agents SDK takes nobody's word without a token.
      env: { BENCH_MICROSOFT: JSON.stringify(there), ...(authenticated && { NODE_ENV: 'production' }), ...ours.env },
    })
    servers.add(child)
    return {
      url: `http://127.0.0.1:${port}`,
      pid: child.pid,
      sample: () => child.ask({ ask: 'sample' }) as Promise<Sample>,
      ask: (what, argument) => child.ask({ ask: what, argument }),
      async stop() {
        servers.delete(child)
        await child.stop()
      },
    }
  }

  const speak = (job: Omit<Job, 'microsoft' | 'slackSecret'>): Promise<Measured> =>
    load.ask({ ...job, microsoft: { serviceUrl, ...there }, slackSecret }) as Promise<Measured>

  return {
    redis,
    connection,
    store,
    serve,
    speak,
    /** Microseconds of CPU that Redis has used, and how many documents it has looked up. */
    async redisUsed(): Promise<{ cpu: number; documents: number }> {
      const told = (await connection.info('cpu', 'commandstats')) as string
      const number = (name: string) => Number(new RegExp(`${name}([\\d.]+)`).exec(told)?.[1] ?? 0)
      const cpu = (number('used_cpu_sys:') + number('used_cpu_user:')) * 1e6
      return { cpu, documents: number('cmdstat_hmget:calls=') }
    },
    /** What reached Microsoft so far. */
    atMicrosoft: () => microsoft.ask('sample') as Promise<MicrosoftSample>,
    /** What reached Slack so far. */
    atSlack: () => slack.ask('sample') as Promise<SlackSample>,
    seed: (school: School) => seed(store, school, serviceUrl),
    async close() {
      await Promise.all([...servers].map((child) => child.stop()))
      await Promise.all([load.stop(), microsoft.stop(), slack.stop()])
      await disconnect(connection)
      await redis.stop()
    },
  }
}

/** Puts a school into Redis, just as the service would have. */
async function seed(store: Store, school: School, serviceUrl: string): Promise<void> {
  const now = await store.now()
  const due = school.due ?? nextSchoolDay(dayOf(now, 'Europe/Copenhagen'), { closed: [] }, 22)
  const all = Array.from({ length: school.teams }, (_, team) => teamOf(team, serviceUrl, now))
  await eachOf(all, async (team) => {
    await store.commit({
      team: team.id,
      due: [],
      audit: [],
      writes: [{ kind: 'team', id: team.id, rev: 0, value: team }],
    })
    if (school.silent) return
    const members = team.members.map(({ id }) => id)
    await store.indexMembers(team.tenant, team.id, members, [])
  })
  const inSlack = school.silent ? [] : Array.from({ length: school.teams }, (_, team) => slackTeamOf(team, now))
  await eachOf(inSlack, async (team) => {
    const writes = [{ kind: 'team' as const, id: team.id, rev: 0, value: team }]
    await store.commit({ team: team.id, due: [], audit: [], writes })
    await store.indexMembers(
      team.tenant,
      team.id,
      team.members.map(({ id }) => id),
      [],
    )
  })
  await eachOf(school.silent ? [] : peopleOf(school.teams), async (person) => {
    const value = userOf(person, serviceUrl)
    const writes = [{ kind: 'user' as const, id: person.id, rev: 0, value }]
    await store.commit({ team: teamId(person.team), due: [], audit: [], writes })
  })
  const numbers = Array.from({ length: school.teams * school.cases }, (_, n) => n)
  await eachOf(numbers, async (n) => {
    const nth = n % school.cases
    const team = all[Math.floor(n / school.cases)]
    if (!team) return
    const made = caseOf(Math.floor(n / school.cases), nth, school.agreements, due, now)
    const seen = { now, repeated: false, shown: [], mine: [], holders: [], open: [] }
    const commit = commitOf({ case: made, audit: [] }, seen, team, `seed-${n}`)
    if (commit) await store.commit(commit)
  })
}

async function eachOf<T>(items: T[], act: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values()
  await Promise.all(
    Array.from({ length: SEEDING }, async () => {
      for (const item of waiting) await act(item)
    }),
  )
}
