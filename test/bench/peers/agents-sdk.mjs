/** The Microsoft 365 Agents SDK's echo, in its faster form: an `ActivityHandler` without state. */
import { ActivityHandler, authorizeJWT, CloudAdapter, getAuthConfigWithDefaults } from '@microsoft/agents-hosting'
import express from 'express'
import { serving, setup } from '../serving.mjs'
import { cardOf } from './card.mjs'

const { authenticated, port, registration } = setup
const configuration = getAuthConfigWithDefaults(
  authenticated
    ? { clientId: registration.appId, clientSecret: registration.secret, tenantId: registration.tenant }
    : {},
)

class Echo extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      await context.sendActivity(`You said: ${context.activity.text}`)
      await next()
    })
  }

  async onInvokeActivity(context) {
    if (context.activity.name !== 'adaptiveCard/action') return super.onInvokeActivity(context)
    const value = cardOf(1)
    return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value } }
  }
}

const adapter = new CloudAdapter(configuration)
const echo = new Echo()
const app = express()
app.use(express.json())
app.use(authorizeJWT(configuration))
app.post('/api/messages', (req, res) => adapter.process(req, res, (context) => echo.run(context)))
app.listen(port, '127.0.0.1', () => serving())
