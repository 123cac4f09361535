/** Tovholder's whole service as in production, with a registration, beside the servers it is compared with. */
import { pino } from 'pino'
import { loadContent } from '../../src/app/content.ts'
import { startService } from '../../src/service.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { serving, setup } from './serving.mjs'

/** The people of the bench are faster than any; each turn is counted all the same, in this process as usual. */
const NO_END = { most: 1_000_000_000, free: 1_000_000_000 }

const { authenticated, keys, port, redis, registration, slackApi, slackSecret } = setup
let ahead = 0
const service = await startService({
  // Bundled it lies in dist/bench/, just as deep.
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
  slack: {
    command: '/tovholder',
    access: { token: 'xoxb-bench' },
    reach: { signingSecret: slackSecret },
    apiUrl: slackApi,
  },
  log: pino({ level: 'silent' }),
  port,
  host: '127.0.0.1',
  offset: () => ahead,
  limits: { user: NO_END, tenant: NO_END },
})
serving({
  /** Looks through all teams for what is due; tells how many have something. */
  sweep: () => service.queue.sweepNow(),
  /** Puts the clock so many milliseconds ahead. */
  ahead: async (milliseconds) => {
    ahead = milliseconds
  },
})
