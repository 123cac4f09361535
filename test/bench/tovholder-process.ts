/** Tovholder's whole service as in production, with a registration, beside the servers it is compared with. */
import { pino } from 'pino'
import { loadContent } from '../../src/app/content.ts'
import { startService } from '../../src/service.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { serving, setup } from './serving.mjs'

const { authenticated, keys, port, redis, registration } = setup
let ahead = 0
const service = await startService({
  content: loadContent(new URL('../..', import.meta.url).pathname),
  redis: { kind: 'socket', path: redis },
  ring: parseKeyRing(keys),
  teams: authenticated
    ? {
        anonymous: false,
        appId: registration.appId,
        appPassword: registration.secret,
        appType: 'SingleTenant',
        appTenantId: registration.tenant,
        allowedTenants: [registration.tenant],
        extraServiceHosts: ['127.0.0.1'],
      }
    : { anonymous: true },
  log: pino({ level: 'silent' }),
  port,
  host: '127.0.0.1',
  offset: () => ahead,
})
serving({
  /** Looks through all teams for what is due; tells how many have something. */
  sweep: () => service.queue.sweepNow(),
  /** Puts the clock so many milliseconds ahead. */
  ahead: async (milliseconds) => {
    ahead = milliseconds
  },
})
