/** The whole service behind its real HTTP endpoint, on a real Redis, with a clock that a play can move. */
import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { DateTime } from 'luxon'
import { pino } from 'pino'
import { turnFields } from '../../src/app/turn-id.ts'
import { type Service, type ServiceOptions, startService } from '../../src/service.ts'
import { type KeyRing, parseKeyRing } from '../../src/store/seal.ts'
import { content } from './core-stage.ts'
import { freePort } from './ports.ts'
import { startRedis, type TestRedis } from './redis.ts'

const ZONE = 'Europe/Copenhagen'
/** Opens `GET /metrics`. */
export const TOKEN = 'a-token-of-a-test-and-nothing-else'

export interface StagedService {
  service: Service
  redis: TestRedis
  /** Seals what is stored and the links to files. */
  ring: KeyRing
  url: string
  logged: () => string
  /** Lets time go by until this local time, and everything that is due be delivered. */
  until(local: string, team: string): Promise<void>
  /** Waits until nothing more is on its way in this team. */
  settle(team: string): Promise<void>
  close(): Promise<void>
}

export async function stagedService(
  channels: Pick<ServiceOptions, 'teams' | 'slack' | 'limits' | 'connectorToken'>,
  given?: TestRedis,
): Promise<StagedService> {
  const redis = given ?? (await startRedis())
  let offset = 0
  const ring = parseKeyRing(`test:${randomBytes(32).toString('base64')}`)
  const lines: string[] = []
  const port = await freePort()
  const service = await startService({
    content,
    redis: redis.config,
    ring,
    ...channels,
    log: pino({ level: 'info', mixin: turnFields }, { write: (line: string) => void lines.push(line) }),
    address: `http://127.0.0.1:${port}`,
    port,
    host: '127.0.0.1',
    metricsToken: TOKEN,
    offset: () => offset,
  })
  const settle = async (team: string) => {
    for (let quiet = 0; quiet < 2; ) {
      const due = await service.store.due(team, await service.store.now(), 1)
      quiet = due.length === 0 ? quiet + 1 : 0
      await setTimeout(20)
    }
  }
  return {
    service,
    redis,
    ring,
    url: `http://127.0.0.1:${port}`,
    logged: () => lines.join(''),
    settle,
    until: async (local, team) => {
      const now = (await service.store.now()) - offset
      offset = DateTime.fromISO(local, { zone: ZONE }).toMillis() - now
      await service.queue.sweepNow()
      await settle(team)
    },
    close: async () => {
      await service.close()
      if (!given) await redis.stop()
    },
  }
}
