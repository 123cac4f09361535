/** The local mode: everything on this machine, for trying it out. */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DateTime } from 'luxon'
import type { Logger } from 'pino'
import type { Content } from '../app/content.ts'
import { writeAddress } from '../channels/teams/address.ts'
import type { Config } from '../config.ts'
import { startService } from '../service.ts'
import { readRedisUrl } from '../store/redis-url.ts'
import { parseKeyRing } from '../store/seal.ts'
import { createDemo } from './demo.ts'
import { createDemoClock } from './demo-clock.ts'
import { localKeys } from './keys.ts'
import { startPlayground } from './playground.ts'
import { startEmbeddedRedis } from './redis.ts'
import { SCHOOL, TEACHER } from './school.ts'

export interface LocalOptions {
  config: Config
  content: Content
  log: Logger
  print: (text: string) => void
}

/** Starts Redis, the bot and the Playground, puts the bot in the school's team, and says where to click. */
export async function startLocal({ config, content, log, print }: LocalOptions): Promise<{ close(): Promise<void> }> {
  const dir = resolve(config.TOVHOLDER_DATA)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const stopping: (() => Promise<void>)[] = []
  const close = async () => {
    for (const stop of stopping.splice(0).reverse()) await stop()
  }
  try {
    const embedded = config.REDIS_URL
      ? undefined
      : await startEmbeddedRedis({ dir: join(dir, 'redis'), onExit: () => log.error('redis-server ended') })
    if (embedded) stopping.push(embedded.stop)
    const clock = createDemoClock(join(dir, 'demo-clock'))
    const demo = createDemo({
      content,
      move: async (by) => {
        if (!clock.move(by)) return undefined
        await service.queue.sweepNow()
        return DateTime.fromMillis(await service.store.now(), { zone: SCHOOL.zone }).toFormat('yyyy-MM-dd HH:mm')
      },
    })
    const service = await startService({
      content,
      redis: embedded ? { kind: 'socket', path: embedded.socket } : readRedisUrl(config.REDIS_URL as string),
      ring: parseKeyRing(config.TOVHOLDER_KEYS ?? localKeys(join(dir, 'keys'))),
      teams: { anonymous: true },
      log,
      address: config.TOVHOLDER_URL ?? `http://127.0.0.1:${config.PORT}`,
      port: config.PORT,
      host: '127.0.0.1',
      offset: clock.offset,
      before: demo.before,
      messenger: demo.messenger,
    })
    stopping.push(service.close)
    const playground = await startPlayground({
      botUrl: `http://127.0.0.1:${config.PORT}/api/messages`,
      port: config.PLAYGROUND_PORT,
      dir: join(dir, 'playground'),
    })
    stopping.push(playground.stop)
    await joinTeam(service, playground.connector)
    print(invitation(playground.url))
    return { close }
  } catch (error) {
    await close()
    throw error
  }
}

/** What Teams tells a bot that has been added to a team; the Playground does not. */
async function joinTeam(service: Awaited<ReturnType<typeof startService>>, serviceUrl: string): Promise<void> {
  const { tenant, team, bot } = SCHOOL
  const address = writeAddress({ serviceUrl, conversation: team.id, tenant, bot: bot.id, kind: 'channel' })
  const user = { ...TEACHER, locale: 'da-DK' }
  const { card, summary } = await service.take({
    event: `joined-${Date.now()}`,
    tenant,
    user,
    team: team.id,
    address,
    place: 'channel',
    what: { kind: 'installed' },
  })
  if (card) await service.messenger.post(address, card, summary ?? '')
}

const invitation = (url: string): string => `
  Tovholder kører. Åbn ${url}

  1. Vælg »Personal Chat«, og skriv:                   opkald forbered
  2. Følg kortene. Aftalerne kommer i kanalen »General« under »${SCHOOL.team.name}«.
  3. Se påmindelserne med det samme:                   /demo +3d
     Vær en kollega:                                   /demo som Birte

  In English: type  english  first, then  call prep.   Ctrl-C stops everything.
`
