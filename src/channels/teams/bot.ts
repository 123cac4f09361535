import { ActivityHandler, DeliveryModes, INVOKE_RESPONSE_KEY, type InvokeResponse, type TurnContext } from 'botbuilder'
import type { Logger } from 'pino'
import { codeOf } from '../../app/log.ts'
import { DeliveryError, type Incoming, type Reply } from '../../app/ports.ts'
import { incomingFrom } from './incoming.ts'
import { clickAnswer, replyMessage, UNKNOWN_INVOKE } from './reply.ts'

export interface BotOptions {
  turn: (incoming: Incoming) => Promise<Reply>
  /** What to say when a turn failed and nothing was stored, in the language of a locale such as `da-DK`. */
  failure: (locale: string | undefined) => string
  log: Pick<Logger, 'warn' | 'error'>
}

/** Hands every activity that means something to the core, and its answer to Teams. */
export class TeamsBot extends ActivityHandler {
  readonly #options: BotOptions

  constructor(options: BotOptions) {
    super()
    this.#options = options
    this.onMessage((context) => this.#answer(context))
    this.onConversationUpdate((context) => this.#answer(context))
    this.onInstallationUpdate((context) => this.#answer(context))
  }

  /** A click's answer goes back in the HTTP response. */
  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    const incoming = incomingFrom(context.activity)
    if (!incoming) return answerClick(context, UNKNOWN_INVOKE)
    try {
      return await answerClick(context, clickAnswer(await this.#options.turn(incoming)))
    } catch (error) {
      await answerClick(context, clickAnswer({ text: this.#options.failure(incoming.user.locale) }))
      throw error
    }
  }

  async #answer(context: TurnContext): Promise<void> {
    const incoming = incomingFrom(context.activity)
    if (!incoming) return
    const { turn, failure } = this.#options
    let reply: Reply
    try {
      reply = await turn(incoming)
    } catch (error) {
      if (incoming.what.kind !== 'removed') await this.#say(context, { text: failure(incoming.user.locale) })
      throw error
    }
    // Where we have been removed, nobody hears us.
    if (incoming.what.kind !== 'removed') await this.#say(context, reply)
  }

  /** What was done is stored by now: a reply that does not get through must not have it done again. */
  async #say(context: TurnContext, reply: Reply): Promise<void> {
    const message = replyMessage(reply)
    if (!message) return
    try {
      await context.sendActivity(message)
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error
      this.#options.log.warn({ code: codeOf(error) }, 'A reply could not be delivered')
    }
  }
}

/** Leaves the answer where the adapter finds it. Sent like a message, it takes as long as all else the SDK does in a turn. */
async function answerClick(context: TurnContext, body: object): Promise<InvokeResponse> {
  const value = { status: 200, body }
  const answer = { type: 'invokeResponse', value }
  if (context.activity.deliveryMode === DeliveryModes.ExpectReplies) await context.sendActivity(answer)
  else context.turnState.set(INVOKE_RESPONSE_KEY, answer)
  return value
}
