import {
  ActivityHandler,
  ActivityTypes,
  DeliveryModes,
  INVOKE_RESPONSE_KEY,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder'
import type { Logger } from 'pino'
import { codeOf } from '../../app/log.ts'
import { type Card, DeliveryError, type Incoming, type Reply } from '../../app/ports.ts'
import { hasDialogs, isStillAt, windowAnswer, withWindow } from './dialog.ts'
import { incomingFrom } from './incoming.ts'
import { cardMessage, clickAnswer, replyMessage, UNKNOWN_INVOKE } from './reply.ts'

export interface BotOptions {
  turn: (incoming: Incoming) => Promise<Reply>
  /** A few words of the shared ones, in the language of a locale such as `da-DK`. */
  say: (locale: string | undefined, words: string) => string
  log: Pick<Logger, 'warn' | 'error'>
}

/** Hands every activity that means something to the core, and its answer to Teams. */
export class TeamsBot extends ActivityHandler {
  readonly #options: BotOptions

  readonly #dialogs: boolean

  /** `dialogs`: whether the clients at the other end may have them. */
  constructor(options: BotOptions & { dialogs: boolean }) {
    super()
    this.#options = options
    this.#dialogs = options.dialogs
    this.onConversationUpdate((context) => this.#answer(context))
    this.onInstallationUpdate((context) => this.#answer(context))
  }

  /** What people say and press nobody else has to be told of: the SDK asks eight rounds of handlers, and has none. */
  override async run(context: TurnContext): Promise<void> {
    const { type } = context.activity
    if (type === ActivityTypes.Invoke) await this.onInvokeActivity(context)
    else if (type === ActivityTypes.Message) await this.#answer(context)
    else await super.run(context)
  }

  /** The answer to a click, in a chat or in a window, goes back in the HTTP response. */
  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    const incoming = incomingFrom(context.activity)
    if (!incoming) return answerClick(context, UNKNOWN_INVOKE)
    const { turn, say } = this.#options
    const inChat = context.activity.name === 'adaptiveCard/action'
    try {
      const reply = await turn(incoming)
      return await answerClick(
        context,
        inChat ? clickAnswer(this.#fitted(context, reply)) : await this.#inWindow(context, incoming, reply),
      )
    } catch (error) {
      const failed = { text: say(incoming.user.locale, 'failed') }
      await answerClick(context, inChat ? clickAnswer(failed) : windowAnswer(failed))
      throw error
    }
  }

  /** The reply with a way to a window, where the client has them. */
  #fitted({ activity }: TurnContext, reply: Reply): Reply {
    if (!reply.card || !this.#dialogs || !hasDialogs(activity)) return reply
    return { ...reply, card: withWindow(reply.card, (language) => this.#options.say(language, 'window')) }
  }

  /**
   * A step that was filled in in a window goes on in the chat, on the card it was opened from. Dialogs are in direct chats
   * only: a window that claims to be over a channel would write over what stands there.
   */
  async #inWindow(context: TurnContext, { place }: Incoming, reply: Reply): Promise<object> {
    const { name, value, replyToId } = context.activity
    if (name === 'task/fetch') return windowAnswer(reply, replyToId ? { message: replyToId } : {})
    if (name !== 'task/submit' || place !== 'direct') return windowAnswer(reply)
    const { message, step } = value?.data ?? {}
    if (!reply.card || typeof message !== 'string' || isStillAt(reply.card, step))
      return windowAnswer(reply, { message })
    const { card, summary } = this.#fitted(context, reply)
    try {
      await context.updateActivity({ ...cardMessage(card as Card, summary), id: message })
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error
      await this.#say(context, reply)
    }
    // Nothing in the answer closes the window.
    return {}
  }

  async #answer(context: TurnContext): Promise<void> {
    const incoming = incomingFrom(context.activity)
    if (!incoming) return
    const { turn, say } = this.#options
    let reply: Reply
    try {
      reply = await turn(incoming)
    } catch (error) {
      if (incoming.what.kind !== 'removed') await this.#say(context, { text: say(incoming.user.locale, 'failed') })
      throw error
    }
    // Where we have been removed, nobody hears us.
    if (incoming.what.kind !== 'removed') await this.#say(context, reply)
  }

  /** What was done is stored by now: a reply that does not get through must not have it done again. */
  async #say(context: TurnContext, reply: Reply): Promise<void> {
    const message = replyMessage(this.#fitted(context, reply))
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
