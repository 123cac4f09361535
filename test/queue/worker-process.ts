/** A worker in a process of its own that never gets done with a delivery. Arguments: the path of Redis's socket. */
import { createQueue } from '../../src/queue/queue.ts'
import { keys } from '../../src/store/keys.ts'
import { connect } from '../../src/store/redis.ts'

const config = { kind: 'socket', path: process.argv[2] ?? '' } as const
const silent = () => {}
const queue = createQueue({
  producer: await connect(config),
  worker: await connect(config, { role: 'worker' }),
  prefix: keys.queuePrefix(),
  store: {
    teamsWithDue: async () => [],
    pending: async () => ({ now: Date.now(), team: undefined, entries: [], deaths: [] }),
    now: async () => Date.now(),
  },
  deliver: (team) => {
    console.log(`delivering ${team}`)
    return new Promise(() => {})
  },
  log: { info: silent, warn: silent, error: silent },
})
await queue.start()
console.log('started')
