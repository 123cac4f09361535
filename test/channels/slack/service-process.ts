/**
 * The whole service with Slack in a process of its own, to be killed. Arguments: the path of Redis's socket, the port, the
 * keys, where Slack's Web API is and what its requests are signed with.
 */
import { pino } from 'pino'
import { loadContent } from '../../../src/app/content.ts'
import { startService } from '../../../src/service.ts'
import { parseKeyRing } from '../../../src/store/seal.ts'
import { slackWorkspace } from '../../helpers/fake-slack.ts'

const [path = '', port = '', keys = '', apiUrl = '', signingSecret = ''] = process.argv.slice(2)
// However the test ends, this ends with it.
process.on('disconnect', () => process.exit())
await startService({
  content: loadContent(new URL('../../..', import.meta.url).pathname),
  redis: { kind: 'socket', path },
  ring: parseKeyRing(keys),
  slack: { command: '/tovholder', access: { token: slackWorkspace().token }, reach: { signingSecret }, apiUrl },
  log: pino({ level: 'silent' }),
  port: Number(port),
  host: '127.0.0.1',
})
process.send?.('started')
