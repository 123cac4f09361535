/**
 * The whole service in a process of its own, to be killed. Arguments: the path of Redis's socket, the port, the keys and
 * how many milliseconds its clock is ahead. A message with a number moves the clock and has all teams looked at.
 */
import { pino } from 'pino'
import { loadContent } from '../../src/app/content.ts'
import { startService } from '../../src/service.ts'
import { parseKeyRing } from '../../src/store/seal.ts'

const [path = '', port = '', keys = '', ahead = '0'] = process.argv.slice(2)
let offset = Number(ahead)
// However the test ends, this ends with it.
process.on('disconnect', () => process.exit())
const service = await startService({
  content: loadContent(new URL('../..', import.meta.url).pathname),
  redis: { kind: 'socket', path },
  ring: parseKeyRing(keys),
  teams: { anonymous: true },
  log: pino({ level: 'silent' }),
  port: Number(port),
  host: '127.0.0.1',
  offset: () => offset,
})
process.on('message', (moved) => {
  offset = Number(moved)
  service.queue.sweepNow().then(
    () => process.send?.('swept'),
    () => process.send?.('failed'),
  )
})
process.send?.('started')
