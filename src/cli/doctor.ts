/** Looks at the whole installation, as far as that can be done from here, and says what to do about what is wrong. */
import { loadContent } from '../app/content.ts'
import type { CredentialCheck } from '../app/ports.ts'
import { channelsOf } from '../channel-settings.ts'
import { checkSlack } from '../channels/slack/check.ts'
import { checkTeams } from '../channels/teams/check.ts'
import { type Config, isProduction, readConfig } from '../config.ts'
import { checkServer } from '../store/check-server.ts'
import { keys } from '../store/keys.ts'
import { type Connection, connect, disconnect } from '../store/redis.ts'
import { type KeyRing, keyIdOf, open } from '../store/seal.ts'
import { everythingSealed } from '../store/sealed.ts'
import { createStore } from '../store/store.ts'
import { createVault } from '../store/vault.ts'
import { redisOf, ringOf } from './installation.ts'
import { readArguments, type Tool, type ToolContext } from './tool.ts'

interface Finding {
  /** A `fault` keeps it from working as it should; a `warning` should be looked at. */
  level: 'ok' | 'warning' | 'fault'
  what: string
  remedy?: string
}

const ok = (what: string): Finding => ({ level: 'ok', what })
const warning = (what: string, remedy: string): Finding => ({ level: 'warning', what, remedy })
const fault = (what: string, remedy: string): Finding => ({ level: 'fault', what, remedy })

const MARKS = { ok: 'ok      ', warning: 'look    ', fault: 'FAULT   ' }

export const doctor: Tool = {
  what: 'checks settings, Redis, keys, the clock, deliveries and credentials, and says what to do',
  run: async (args, context) => {
    readArguments(args)
    let faults = 0
    for await (const { level, what, remedy } of examine(context)) {
      if (level === 'fault') faults++
      context.print(`${MARKS[level]}${what}${remedy ? `\n        → ${remedy}` : ''}`)
    }
    context.print(faults === 0 ? 'Nothing is wrong.' : `${faults} to be mended.`)
    return faults === 0 ? 0 : 1
  },
}

async function* examine({ env, root }: ToolContext): AsyncGenerator<Finding> {
  let config: Config
  try {
    config = readConfig(env)
    yield ok(`settings: whole, for ${isProduction(config) ? 'production' : 'the local mode'}`)
  } catch (error) {
    // Without settings there is nothing to look at.
    yield fault('settings', messageOf(error))
    return
  }
  yield* await checked('dialogs and cards', 'npm run -s cli -- lint', async () => {
    loadContent(root)
    return [ok('dialogs and cards: in order')]
  })
  let redis: Connection
  try {
    redis = await connect(redisOf(config, root), { within: 3000 })
  } catch (error) {
    yield fault('Redis: cannot be reached', messageOf(error))
    return
  }
  try {
    yield* await checked('Redis', 'see docs/operations.md', () => checkRedis(redis))
    yield* await checked('clock', 'set it by NTP', () => checkClock(redis))
    const ring = ringOf(config, root)
    yield* await checked('keys', 'put every key that was ever used behind the first', () => checkKeys(redis, ring))
    yield* await checked('deliveries', 'npm run -s cli -- due', () => checkDeliveries(redis, ring))
    yield* await checked('service', 'npm run serve, and look at its log', () => checkService(config))
    const { teams, slack } = channelsOf(config)
    if (teams) yield* await checked('Teams', 'see the settings', async () => [said('Teams', await checkTeams(teams))])
    if (slack) {
      const results = await checkSlack(slack, createVault({ redis, ring }))
      for (const result of results) yield said('Slack', result)
    }
  } finally {
    await disconnect(redis)
  }
}

/** A check that cannot be made is a finding too. */
async function checked(name: string, remedy: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check()
  } catch (error) {
    return [fault(`${name}: ${messageOf(error)}`, remedy)]
  }
}

const said = (channel: string, { refused, what, remedy }: CredentialCheck): Finding =>
  remedy === undefined
    ? ok(`${channel}: ${what}`)
    : { level: refused ? 'fault' : 'warning', what: `${channel}: ${what}`, remedy }

async function checkRedis(redis: Connection): Promise<Finding[]> {
  const started = performance.now()
  await redis.set(keys.probe(), '1', 'PX', 60_000)
  const took = performance.now() - started
  const wrong = await checkServer(redis)
  const found = wrong.map(({ setting, is, should, remedy }) =>
    (is === 'unknown' ? warning : fault)(`Redis: ${setting} is ${is}, should be ${should}`, remedy),
  )
  const slow =
    took > 100 ? [warning(`Redis: a write took ${Math.round(took)} ms`, 'give it a faster disk, or less to do')] : []
  return [ok(`Redis: takes a write in ${took.toFixed(1)} ms`), ...slow, ...found]
}

/** Milliseconds. Slack's signatures are good for five minutes either way; a token of Microsoft's about as long. */
const [SKEW_SEEN, SKEW_TOO_MUCH] = [2000, 120_000]

async function checkClock(redis: Connection): Promise<Finding[]> {
  const before = Date.now()
  const [seconds, micros] = await redis.time()
  const theirs = Number(seconds) * 1000 + Number(micros) / 1000
  const skew = Math.round((before + Date.now()) / 2 - theirs)
  const what = `clock: ${Math.abs(skew)} ms ${skew < 0 ? 'behind' : 'ahead of'} Redis`
  // Reminders go by Redis's clock; the machine's own decides whether signatures are recent.
  if (Math.abs(skew) > SKEW_TOO_MUCH) return [fault(what, 'set both by NTP: requests are refused as too old')]
  return [Math.abs(skew) > SKEW_SEEN ? warning(what, 'set both by NTP') : ok(what)]
}

async function checkKeys(redis: Connection, ring: KeyRing): Promise<Finding[]> {
  const unknown = new Map<string, number>()
  let [total, old, broken] = [0, 0, 0]
  for await (const batch of everythingSealed(redis))
    for (const { place, body } of batch) {
      const id = keyIdOf(body)
      total++
      if (!ring.readers.has(id)) unknown.set(id, (unknown.get(id) ?? 0) + 1)
      else if (!opens(ring, place, body)) broken++
      else if (id !== ring.writer.id) old++
    }
  return [
    ...[...unknown].map(([id, count]) =>
      fault(`keys: ${count} documents need the key "${id}"`, 'put it behind the first in TOVHOLDER_KEYS'),
    ),
    ...(broken > 0
      ? [fault(`keys: ${broken} documents do not open`, 'restore them from a backup: they were changed or moved')]
      : []),
    ...(old > 0
      ? [warning(`keys: ${old} documents are sealed with a former key`, 'npm run -s cli -- rotate-keys')]
      : []),
    ok(`keys: ${total - broken - [...unknown.values()].reduce((sum, one) => sum + one, 0)} of ${total} documents open`),
  ]
}

function opens(ring: KeyRing, place: string, body: Buffer): boolean {
  try {
    open(ring, place, body)
    return true
  } catch {
    return false
  }
}

async function checkDeliveries(redis: Connection, ring: KeyRing): Promise<Finding[]> {
  const { due, oldest, setAside } = await createStore({ redis, ring }).backlog()
  return [
    ...(oldest > 600
      ? [
          fault(
            `deliveries: something has been due for ${Math.round(oldest / 60)} minutes`,
            'is the service running? npm run -s cli -- due',
          ),
        ]
      : [ok(`deliveries: ${due} due now`)]),
    ...(setAside > 0
      ? [warning(`deliveries: ${setAside} set aside`, 'npm run -s cli -- due, then due --retry NAME')]
      : []),
  ]
}

async function checkService({ PORT }: Config): Promise<Finding[]> {
  try {
    const answer = await fetch(`http://127.0.0.1:${PORT}/ready`, { signal: AbortSignal.timeout(4000) })
    const { faults = [], warnings = [] } = (await answer.json()) as { faults?: string[]; warnings?: string[] }
    return [
      ...(faults.length === 0 ? [ok(`service: answers on port ${PORT}`)] : []),
      ...faults.map((code) => fault(`service: ${code}`, 'see "Faults" in docs/operations.md')),
      ...warnings.map((code) => warning(`service: ${code}`, 'see "Warnings" in docs/operations.md')),
    ]
  } catch {
    return [warning(`service: nothing answers on port ${PORT} of this machine`, 'start it, unless it runs elsewhere')]
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed'
  return error.cause instanceof Error ? error.cause.message : error.message
}
