/** The Teams SDK's echo. */
import { App } from '@microsoft/teams.apps'
import { serving, setup } from '../serving.mjs'
import { cardOf } from './card.mjs'

const { authenticated, port, registration } = setup
const silent = { error() {}, warn() {}, info() {}, debug() {}, trace() {}, log() {}, child: () => silent }
const app = new App({
  logger: silent,
  ...(authenticated
    ? { clientId: registration.appId, clientSecret: registration.secret, tenantId: registration.tenant }
    : { dangerouslyAllowUnauthenticatedRequests: true }),
})
app.on('message', async ({ activity, send }) => {
  await send(`You said: ${activity.text}`)
})
app.on('card.action', async () => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.card.adaptive',
  value: cardOf(1),
}))
await app.start(port)
serving()
