/** Bolt's bare acknowledgement of a slash command and of a click, over HTTP. */
import bolt from '@slack/bolt'
import { serving, setup } from '../serving.mjs'

const { authenticated, port, slackSecret } = setup
const receiver = new bolt.HTTPReceiver({ signingSecret: slackSecret, signatureVerification: authenticated })
const app = new bolt.App({
  receiver,
  logLevel: bolt.LogLevel.ERROR,
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B1', botUserId: 'U1' }),
})
app.command('/call', async ({ ack }) => ack())
app.action(/./, async ({ ack }) => ack())
await app.start({ port, host: '127.0.0.1' })
serving()
