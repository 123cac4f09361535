/** The whole service with one team in its store, without any channel around it: events are handed to it as channels do. */
import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import type { Incoming, Reply } from '../../src/app/ports.ts'
import { turnFields } from '../../src/app/turn-id.ts'
import { type Service, type ServiceOptions, startService } from '../../src/service.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { content } from './core-stage.ts'
import { aTeam } from './documents.ts'
import { freePort } from './ports.ts'
import type { TestRedis } from './redis.ts'

const TENANT = 'skole'
export const TEAM = '19:team@thread.tacv2'

export interface PlainService {
  service: Service
  url: string
  logged: () => string
  says(who: string, text: string): Promise<Reply>
}

export async function plainService(
  redis: TestRedis,
  { keys = `test:${randomBytes(32).toString('base64')}`, ...more }: Partial<ServiceOptions> & { keys?: string } = {},
): Promise<PlainService> {
  const lines: string[] = []
  const port = await freePort()
  const service = await startService({
    content,
    redis: redis.config,
    ring: parseKeyRing(keys),
    teams: { anonymous: true },
    log: pino({ level: 'info', mixin: turnFields }, { write: (line: string) => void lines.push(line) }),
    port,
    host: '127.0.0.1',
    ...more,
  })
  let events = 0
  return {
    service,
    url: `http://127.0.0.1:${port}`,
    logged: () => lines.join(''),
    says: (who, text) => {
      const incoming: Incoming = {
        event: `${randomBytes(4).toString('hex')}-${++events}`,
        tenant: TENANT,
        user: { id: who, name: who, locale: 'da-DK' },
        address: `direct ${who}`,
        place: 'direct',
        what: { kind: 'message', text },
      }
      return service.take(incoming)
    },
  }
}

/** Puts the team with these people into the service's store. */
export async function withTeam({ service }: PlainService, people: string[]): Promise<void> {
  const members = people.map((id) => ({ id, name: id, guest: false }))
  const team = aTeam(TEAM, { members, membersAt: await service.store.now() })
  await service.store.commit({
    team: TEAM,
    writes: [{ kind: 'team', id: TEAM, rev: 0, value: team }],
    due: [],
    audit: [],
  })
  await service.store.indexMembers(TENANT, TEAM, people, [])
}
