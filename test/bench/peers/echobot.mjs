/** The Bot Framework's echo bot as its samples have it, with a turn counter in the conversation's state. */
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
} from 'botbuilder'
import restify from 'restify'
import { serving, setup } from '../serving.mjs'
import { cardOf } from './card.mjs'

const { authenticated, port, registration } = setup
const adapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication(
    authenticated
      ? {
          MicrosoftAppId: registration.appId,
          MicrosoftAppPassword: registration.secret,
          MicrosoftAppType: 'SingleTenant',
          MicrosoftAppTenantId: registration.tenant,
        }
      : {},
  ),
)
const state = new ConversationState(new MemoryStorage())
const turns = state.createProperty('turns')

class EchoBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      await context.sendActivity(`[${await this.count(context)}] ${context.activity.text}`)
      await next()
    })
  }

  async onAdaptiveCardInvoke(context) {
    const value = cardOf(await this.count(context))
    return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value }
  }

  async count(context) {
    const count = (await turns.get(context, 0)) + 1
    await turns.set(context, count)
    return count
  }

  async run(context) {
    await super.run(context)
    await state.saveChanges(context)
  }
}

const bot = new EchoBot()
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => adapter.process(req, res, (context) => bot.run(context)))
server.listen(port, '127.0.0.1', () => serving())
