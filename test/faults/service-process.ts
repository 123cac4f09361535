/**
 * The whole service in a process of its own, to be killed. Arguments: where Redis is, as in `REDIS_URL`, the port, the
 * keys, how many milliseconds the school's clock is ahead, and how many the clock of this machine is wrong.
 */
import { pino } from 'pino'
import { loadContent } from '../../src/app/content.ts'
import type { Card } from '../../src/app/ports.ts'
import { startService } from '../../src/service.ts'
import { readRedisUrl } from '../../src/store/redis-url.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { wordsOn } from '../helpers/cards.ts'

/** Moves the school's clock and has all teams looked at; and which words on a digest end the process that posts it. */
export interface Order {
  offset: number
  poison: string
}

const [url = '', port = '', keys = '', ahead = '0', wrong = '0', poisoned = ''] = process.argv.slice(2)
let order: Order = { offset: Number(ahead), poison: poisoned }

// A machine whose clock is wrong.
const RealDate = Date
if (Number(wrong) !== 0)
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given) => Reflect.construct(target, given.length > 0 ? given : [Date.now()]),
    get: (target, name) => (name === 'now' ? () => RealDate.now() + Number(wrong) : Reflect.get(target, name)),
  })

// However the test ends, this ends with it.
process.on('disconnect', () => process.exit())
const endsUs = (card: Card) =>
  order.poison !== '' && wordsOn(card).includes(order.poison) && /"digest-/.test(JSON.stringify(card))
const service = await startService({
  content: loadContent(new URL('../..', import.meta.url).pathname),
  redis: readRedisUrl(url),
  ring: parseKeyRing(keys),
  teams: { anonymous: true },
  log: pino({ level: process.env.LOG_LEVEL ?? 'silent' }),
  port: Number(port),
  host: '127.0.0.1',
  offset: () => order.offset,
  // What people do in a day is done here in a second.
  limits: { user: { most: 1e6, free: 1e6 }, tenant: { most: 1e6, free: 1e6 } },
  messenger: (real) => ({
    ...real,
    post: (address, card, summary) => {
      process.send?.('posting')
      if (endsUs(card)) process.kill(process.pid, 'SIGKILL')
      return real.post(address, card, summary)
    },
  }),
})
process.on('message', (given: Order) => {
  order = given
  service.queue.sweepNow().then(
    () => process.send?.('swept'),
    () => process.send?.('failed'),
  )
})
// As in main.ts.
process.on('SIGTERM', async () => {
  await service.close()
  process.exit(0)
})
process.send?.('started')
