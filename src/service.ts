/** Puts the parts together: store → queue → channels → server. `main.ts` and the tests start the same service. */
import { randomInt } from 'node:crypto'
import type { Logger } from 'pino'
import type { Content } from './app/content.ts'
import type { Kit } from './app/decision.ts'
import { createDeliver } from './app/deliver.ts'
import { createFiles } from './app/files.ts'
import { createLimited } from './app/limited.ts'
import { codeOf } from './app/log.ts'
import type { Incoming, Messenger, Reply, Roster, Store } from './app/ports.ts'
import { sayInAll, sayOutside } from './app/scene.ts'
import { createTurn } from './app/turn.ts'
import { byAddress } from './channels/by-address.ts'
import type { SlackChannelConfig } from './channels/slack/index.ts'
import type { TeamsChannelConfig, TeamsOptions } from './channels/teams/index.ts'
import { newCaseCode } from './domain/case-code.ts'
import { fileMakers } from './export/index.ts'
import { createOutlook } from './outlook.ts'
import { createQueue, type DeliveryQueue } from './queue/queue.ts'
import { close, createServer, listen } from './server.ts'
import { checkServer } from './store/check-server.ts'
import { keys } from './store/keys.ts'
import { linkFor, readTicket } from './store/links.ts'
import { twelveRandomBytes } from './store/random.ts'
import { createRateLimits, type Limits } from './store/rate-limits.ts'
import { type Connection, connect, disconnect, type RedisConfig, usualReplicas } from './store/redis.ts'
import { rewriteWhenWanted } from './store/rewrite.ts'
import type { KeyRing } from './store/seal.ts'
import { createStore } from './store/store.ts'
import { createVault } from './store/vault.ts'

export interface ServiceOptions {
  content: Content
  redis: RedisConfig
  /** How many of its replicas must have what people are told, where that is not the usual. */
  replicas?: number | undefined
  ring: KeyRing
  /** At least one of the two. */
  teams?: TeamsChannelConfig
  slack?: SlackChannelConfig
  log: Logger
  /** Where people reach the service with a browser; without it no links to files are made. */
  address?: string
  port: number
  host: string
  /** Milliseconds the demo clock is ahead; production has none. */
  offset?: () => number
  /** Looks at an event before the coach does: the local mode's own commands. */
  before?: (incoming: Incoming, take: (incoming: Incoming) => Promise<Reply>) => Promise<Reply>
  /** With it there is `GET /metrics`, for whoever sends it. */
  metricsToken?: string
  /** How much may come from one person and one tenant, where that is not the usual. */
  limits?: Limits
  /** Instead of the token that Entra would issue for what is sent to Teams. */
  connectorToken?: TeamsOptions['token']
  /** Where direct messages to colleagues go when one person plays them all. */
  messenger?: (real: Messenger) => Messenger
}

export interface Service {
  take: (incoming: Incoming) => Promise<Reply>
  store: Store
  queue: DeliveryQueue
  messenger: Messenger
  roster: Roster
  /** Stops taking requests, finishes what is under way, and lets go of Redis. */
  close(): Promise<void>
}

/** Milliseconds between looks at what nobody asked for but must be done some day. */
const CHORES_EVERY = 60_000

/**
 * Starts the service; resolves when it answers. Throws what stands in the way, with a remedy. Of the channels only what is
 * configured is loaded: Slack's libraries and Teams' each hold some twenty megabytes.
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { content, ring, log, address, port, host, offset, before } = options
  const onError = (code: string) => log.warn({ code }, 'redis: connection')
  const redis = await connect(options.redis, { onError })
  const workerRedis = await connect(options.redis, { role: 'worker', onError })
  for (const { setting, is, should, remedy } of await checkServer(redis)) log.warn({ setting, is, should }, remedy)

  const replicas = options.replicas ?? usualReplicas(options.redis)
  const store = createStore({ redis, ring, replicas, ...(offset && { offset }) })
  const kit: Kit = {
    content,
    newId: () => twelveRandomBytes().toString('base64url'),
    newCode: () => newCaseCode((n) => randomInt(n)),
    ...(address && { link: (ticket) => linkFor(ring, address, ticket) }),
  }
  // The queue delivers through the channels, and the channels' turns wake the queue.
  let queue: DeliveryQueue | undefined
  const outlook = createOutlook({
    findings: () => checkServer(redis),
    backlog: store.backlog,
    worker: async () => queue?.warnings() ?? [],
    channels: () => [...(teams?.warnings() ?? []), ...(slack?.warnings() ?? [])],
  })
  const metrics =
    options.metricsToken &&
    (await import('./metrics.ts')).createMetrics({ backlog: outlook.backlog, jobs: async () => queue?.jobs() ?? {} })
  const coach = createTurn({
    kit,
    store,
    log,
    nudge: async (team) => queue?.nudge(team),
    roster: { read: (team) => channels.roster.read(team) },
  })
  const limited = createLimited({
    take: coach,
    limits: createRateLimits(redis, options.limits),
    store,
    content,
    ...(metrics && { onLimit: metrics.limited }),
  })
  const take = metrics ? metrics.turns(limited) : limited
  const turn = before ? (incoming: Incoming) => before(incoming, take) : take
  const say = (locale: string | undefined, words: string) => sayOutside(content, locale, words).text
  const teams =
    options.teams &&
    (await import('./channels/teams/index.ts')).createTeams({
      config: options.teams,
      turn,
      say,
      log,
      ...(options.connectorToken && { token: options.connectorToken }),
    })
  const slack =
    options.slack &&
    (await import('./channels/slack/index.ts')).createSlack({
      config: options.slack,
      turn,
      say,
      log,
      vault: createVault({ redis, ring, replicas }),
    })
  const channels = byAddress({ teams, slack })
  const messenger = options.messenger?.(channels.messenger) ?? channels.messenger
  const deliver = createDeliver({ kit, store, messenger, log })
  queue = createQueue({
    producer: redis,
    worker: workerRedis,
    prefix: keys.queuePrefix(),
    store,
    deliver: metrics ? metrics.deliveries(deliver) : deliver,
    log,
  })
  const server = createServer({
    ...(teams && { teams: { answer: teams.answer, tokenNeeded: !options.teams?.anonymous } }),
    ...(slack && { slack }),
    ...(address && {
      files: {
        fetch: createFiles({ kit, store, readTicket: (token) => readTicket(ring, token), make: fileMakers, log }),
        words: {
          making: sayInAll(content, 'files.making'),
          over: sayInAll(content, 'files.over'),
          unavailable: sayInAll(content, 'files.unavailable'),
        },
      },
    }),
    warnings: outlook.warnings,
    oldestDue: outlook.oldestDue,
    faults: () => redisFaults(redis),
    ...(metrics && options.metricsToken && { metrics: { token: options.metricsToken, text: metrics.text } }),
  })
  await queue.start()
  await slack?.start()
  await listen(server, port, host)
  const chores = setInterval(() => {
    rewriteWhenWanted(redis, log).catch((error: unknown) => log.warn({ code: codeOf(error) }, 'redis: no rewrite yet'))
  }, CHORES_EVERY)

  let closed: Promise<void> | undefined
  async function shutDown(): Promise<void> {
    clearInterval(chores)
    await Promise.all([close(server), slack?.close()])
    await queue?.close()
    await teams?.close()
    await Promise.all([disconnect(redis), disconnect(workerRedis)])
  }

  return {
    take,
    store,
    queue,
    messenger,
    roster: channels.roster,
    close: () => (closed ??= shutDown()),
  }
}

/** Only what makes every turn fail takes a process out of rotation: another one has the same Redis, but may reach it. */
async function redisFaults(redis: Connection): Promise<string[]> {
  try {
    // A full disk or memory lets Redis answer, but not write.
    await redis.set(keys.probe(), '1', 'PX', CHORES_EVERY)
    return []
  } catch (error) {
    const refuses = error instanceof Error && /^(MISCONF|OOM|READONLY|NOREPLICAS)/.test(error.message)
    return [refuses ? 'redis-refuses-writes' : 'redis-unavailable']
  }
}
