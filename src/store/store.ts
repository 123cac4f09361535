/** The store on Redis: documents sealed, one round trip to read a turn and one to write it. */
import type { ChainableCommander } from 'ioredis'
import {
  type Backlog,
  type Commit,
  type DocumentKind,
  type Documents,
  type Pending,
  type ReadRequest,
  type Snapshot,
  type Store,
  StoreError,
  type Versioned,
} from '../app/ports.ts'
import { type DueEntry, dueEntry, dueName } from '../domain/due.ts'
import type { Instant } from '../domain/time.ts'
import { planCommit } from './commit-plan.ts'
import { createConfirm } from './confirm.ts'
import { keys } from './keys.ts'
import { createOpener } from './opener.ts'
import type { Connection } from './redis.ts'
import { wantRewrite } from './rewrite.ts'
import { defineScripts } from './scripts.ts'
import { type KeyRing, seal } from './seal.ts'

export interface StoreOptions {
  redis: Connection
  ring: KeyRing
  /** Milliseconds added to Redis's clock; a demo moves it. */
  offset?: () => number
  /** How many replicas must have what a turn saw or did, and what is due, before it is answered; 0 unless given. */
  replicas?: number
}

/** A document as the scripts tell of it: its key, revision and sealed body, or nothing at all. */
type Found = [key: Buffer | string, rev: Buffer | string, doc: Buffer] | []

type Told = DocumentKind | 'shown' | 'mine' | 'holder'

/** Commands in flight at once where there is one for each team or member; more only queue up in the process. */
const IN_FLIGHT = 500

/**
 * Makes the store. Every method rejects with a `StoreError`: `store-unavailable` when Redis did not answer, refused or
 * was too slow, or too few replicas had it (a commit may have happened all the same; its event mark makes the repetition harmless), or a code of
 * `seal.ts` or `keys.ts`.
 */
export function createStore({ redis, ring, offset = () => 0, replicas = 0 }: StoreOptions): Store {
  const confirm = createConfirm(redis, replicas)
  const scripts = defineScripts(redis, replicas > 0 ? confirm : undefined)
  const open = createOpener(ring)

  function versioned<K extends DocumentKind>(kind: K, [key, rev, doc]: Found): Versioned<Documents[K]> | undefined {
    if (key === undefined || doc === undefined) return undefined
    return { rev: Number(rev), value: open(kind, String(key), doc) as Documents[K] }
  }

  const instant = ([seconds, micros]: unknown[]): Instant =>
    Number(seconds) * 1000 + Math.floor(Number(micros) / 1000) + offset()

  async function read({ team, user, session, code, post, event, mine, open }: ReadRequest): Promise<Snapshot> {
    // Both are sent at once, so that it is one round trip all the same.
    const openOnes = open ? openCases(team) : Promise.resolve([])
    const asked = scripts.read(
      [keys.document(team, 'team', team), keys.document(team, 'user', user), keys.mine(team, user), keys.holders(team)],
      [
        session === undefined ? '' : keys.document(team, 'session', session),
        code === undefined ? '' : keys.document(team, 'case', code),
        event === undefined ? '' : keys.event(team, event),
        post === undefined ? '' : keys.document(team, 'post', post),
        mine ? '1' : '',
      ],
    ) as Promise<Buffer>
    const [answer, all] = await Promise.all([asked, openOnes])
    const { time, repeated, found } = readAnswer(answer)
    const one = <K extends DocumentKind>(kind: K) => versioned(kind, found[kind]?.[0] ?? [])
    const cases = (of: 'shown' | 'mine') => found[of]?.flatMap((place) => versioned('case', place) ?? []) ?? []
    return {
      now: instant(time),
      repeated,
      team: one('team'),
      user: one('user'),
      session: one('session'),
      case: one('case'),
      post: one('post'),
      shown: cases('shown'),
      mine: cases('mine'),
      holders: found.holder?.map(([, , holder]) => String(holder)) ?? [],
      open: all,
    }
  }

  async function openCases(team: string): Promise<Versioned<Documents['case']>[]> {
    const found = (await scripts.open([keys.open(team)], [])) as Found[]
    return found.flatMap((one) => versioned('case', one) ?? [])
  }

  async function commit(change: Commit): Promise<'done' | 'stale' | 'repeated'> {
    const { keys: touched, args } = planCommit(change, (key, value) => seal(ring, key, value))
    const teamWrite = change.writes.find(({ kind }) => kind === 'team')
    // The set of teams is in another slot, so it cannot be part of the script. A team is listed before it is written and
    // taken off after it is deleted: between the two it is listed without being there, which harms nothing.
    if (teamWrite?.value && teamWrite.rev === 0)
      await confirm(keys.teams(), (commands) => commands.sadd(keys.teams(), change.team))
    // Also before: a process that dies in between has asked for one rewrite too many, not too few.
    const erases = change.writes.some(({ kind, value }) => kind !== 'session' && value === undefined)
    if (erases) await wantRewrite(redis)
    const outcome = String(await scripts.commit(touched, args)) as 'done' | 'stale' | 'repeated'
    if (erases) await wantRewrite(redis)
    if (teamWrite && !teamWrite.value && outcome === 'done') await redis.srem(keys.teams(), change.team)
    return outcome
  }

  async function load<K extends DocumentKind>(team: string, kind: K, ids: string[]) {
    if (ids.length === 0) return []
    const places = ids.map((id) => keys.document(team, kind, id))
    // Sent together, and so in one round trip: a pipeline would first be given every command and script there is.
    const found = await Promise.all(places.map((place) => redis.hmgetBuffer(place, 'rev', 'doc')))
    return found.map(([rev, doc], index) =>
      rev && doc ? versioned(kind, [places[index] as string, rev, doc]) : undefined,
    )
  }

  async function due(team: string, until: Instant, limit: number) {
    return entriesIn(
      await redis.zrange(keys.due(team), '-inf', String(until), 'BYSCORE', 'LIMIT', 0, limit, 'WITHSCORES'),
    )
  }

  async function pending(team: string, limit: number): Promise<Pending> {
    // Confirmed: what is said in a channel is not taken back.
    const [seconds, micros, found, entries, deaths] = (await scripts.pending(
      [keys.due(team), keys.tries(team), keys.document(team, 'team', team)],
      [String(offset()), String(limit)],
    )) as [Buffer, Buffer, Found, Buffer[], number[]]
    return {
      now: instant([seconds, micros]),
      team: versioned('team', found),
      entries: entriesIn(entries.map(String)),
      deaths,
    }
  }

  async function teamsWithDue(until: Instant): Promise<string[]> {
    const teams = await redis.smembers(keys.teams())
    const waiting = await eachOf(teams, async (team) => {
      const first = await redis.zrange(keys.due(team), '-inf', String(until), 'BYSCORE', 'LIMIT', 0, 1)
      return first.length > 0
    })
    return teams.filter((_, index) => waiting[index])
  }

  async function backlog(): Promise<Backlog> {
    const now = instant(await redis.time())
    const found = await eachOf(await redis.smembers(keys.teams()), async (team) => {
      const pipeline = redis.pipeline().zcount(keys.due(team), '-inf', String(now)).hlen(keys.buried(team))
      const answers = (await pipeline.zrange(keys.due(team), '0', '0', 'WITHSCORES').exec()) ?? []
      const [due, setAside, first] = answers.map(([error, answer]) => {
        if (error) throw error
        return answer
      })
      return { due: Number(due), setAside: Number(setAside), first: Number((first as string[])[1] ?? now) }
    })
    const oldest = Math.min(now, ...found.map(({ first }) => first))
    const sum = (of: 'due' | 'setAside') => found.reduce((all, one) => all + one[of], 0)
    return { due: sum('due'), oldest: Math.round((now - oldest) / 1000), setAside: sum('setAside') }
  }

  return shielded({
    read,
    commit,
    forgetEvent: async (team, event) => {
      await redis.del(keys.event(team, event))
    },
    load,
    openCases,
    due,
    pending,
    teams: () => redis.smembers(keys.teams()),
    teamsWithDue,
    backlog,
    claim: async (team, names) => (await scripts.claim([keys.tries(team)], names)) as number[],
    settle: async (team, names) => {
      await redis.hdel(keys.tries(team), ...names)
    },
    bury: async (team, entry, reason) => {
      const name = dueName(entry)
      const record = JSON.stringify({ reason, at: instant(await redis.time()) })
      await scripts.bury([keys.due(team), keys.tries(team), keys.buried(team)], [name, String(entry.at), record])
    },
    buried: async (team) => {
      const records = await redis.hgetall(keys.buried(team))
      return Object.entries(records).map(([name, record]) => ({ name, ...JSON.parse(record) }))
    },
    retry: async (team, name) => {
      if ((await redis.hexists(keys.buried(team), name)) === 0) return false
      const at = instant(await redis.time())
      // The same thing may have become due anew meanwhile: that one stays as it is.
      const back = redis.multi().zadd(keys.due(team), 'NX', at, name)
      await back.hdel(keys.tries(team), name).hdel(keys.buried(team), name).exec()
      return true
    },
    teamsOf: async (tenant, user) => {
      // The chosen team has a score, so that it comes last.
      const flat = await redis.zrange(keys.teamsOf(tenant, user), '0', '-1', 'WITHSCORES')
      const teams = flat.filter((_, index) => index % 2 === 0)
      const last = teams.at(-1)
      return last !== undefined && Number(flat.at(-1)) > 0 ? { teams, chosen: last } : { teams }
    },
    chooseTeam: async (tenant, user, team) => {
      const key = keys.teamsOf(tenant, user)
      const [seconds, micros] = await redis.time()
      const moment = Number(seconds) * 1_000_000 + Number(micros)
      // Only if it is still one of theirs.
      await confirm(key, (commands) => commands.zadd(key, 'XX', moment, team))
    },
    indexMembers: async (tenant, team, members, gone) => {
      const each = (users: string[], act: (commands: ChainableCommander, key: string) => ChainableCommander) =>
        eachOf(users, (user) => {
          const key = keys.teamsOf(tenant, user)
          return confirm(key, (commands) => act(commands, key))
        })
      await each(members, (commands, key) => commands.zadd(key, 'NX', 0, team))
      await each(gone, (commands, key) => commands.zrem(key, team))
    },
    now: async () => instant(await redis.time()),
  })
}

/** What `read.lua` answers, taken apart. */
function readAnswer(answer: Buffer): { time: string[]; repeated: boolean; found: Partial<Record<Told, Found[]>> } {
  const end = answer.indexOf('\n')
  const [seconds = '', micros = '', seen, ...told] = answer.toString('latin1', 0, end).split(' ')
  const found: Partial<Record<Told, Found[]>> = {}
  let from = end + 1
  for (let at = 0; at < told.length; at += 4) {
    const [what, key, rev, length] = told.slice(at, at + 4) as [Told, string, string, string]
    const to = from + Number(length)
    found[what] ??= []
    found[what].push([key, rev, answer.subarray(from, to)])
    from = to
  }
  return { time: [seconds, micros], repeated: seen === '1', found }
}

/** Names and moments in turn, as Redis tells them. */
const entriesIn = (flat: string[]): DueEntry[] =>
  Array.from({ length: flat.length / 2 }, (_, i) => dueEntry(flat[2 * i] as string, Number(flat[2 * i + 1])))

/** Runs one command for each item, so many at a time; each goes to its own slot, so a pipeline would not do on a Cluster. */
async function eachOf<T, R>(items: T[], run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let from = 0; from < items.length; from += IN_FLIGHT) {
    results.push(...(await Promise.all(items.slice(from, from + IN_FLIGHT).map(run))))
  }
  return results
}

/** What went wrong, fit to be told: bugs stay bugs, anything else is Redis. */
export function storeError(error: unknown): unknown {
  if (error instanceof StoreError || error instanceof TypeError || error instanceof SyntaxError) return error
  // The client hangs the whole command on the error, documents included.
  if (error instanceof Error && 'command' in error) delete error.command
  return new StoreError('store-unavailable', { cause: error })
}

/** Lets nothing but a `StoreError` out of the store, and bugs. */
function shielded(store: Store): Store {
  const shield =
    <A extends unknown[], R>(method: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      try {
        return await method(...args)
      } catch (error) {
        throw storeError(error)
      }
    }
  return Object.fromEntries(Object.entries(store).map(([name, method]) => [name, shield(method)])) as unknown as Store
}
