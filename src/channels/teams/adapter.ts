import {
  type Activity,
  ActivityTypes,
  BotAdapter,
  INVOKE_RESPONSE_KEY,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder'
import type { Logger } from 'pino'
import { insist } from '../../app/insist.ts'
import { codeOf } from '../../app/log.ts'
import { isWhole } from './activity.ts'
import type { Authenticate } from './authentication.ts'
import type { Connector } from './connector.ts'

/** What goes back over HTTP. */
export interface HttpAnswer {
  status: number
  body?: object
}

/**
 * The Bot Framework's protocol without CloudAdapter, which posts four times on a failure, waits for ever, checks neither
 * host nor tenant, and spends two thirds of a turn on its own pipeline.
 */
export class TeamsAdapter extends BotAdapter {
  readonly #connector: Connector
  readonly #authenticate: Authenticate
  readonly #log: Pick<Logger, 'warn' | 'error'>
  readonly #budget: number

  /** `budget`: milliseconds that one reply may take in all. */
  constructor(options: {
    connector: Connector
    authenticate: Authenticate
    log: Pick<Logger, 'warn' | 'error'>
    budget: number
  }) {
    super()
    this.#connector = options.connector
    this.#authenticate = options.authenticate
    this.#log = options.log
    this.#budget = options.budget
  }

  /** Handles one parsed request body. Never rejects, and never tells what went wrong. */
  async process(
    authorization: string | undefined,
    body: unknown,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<HttpAnswer> {
    const activity = asActivity(body)
    if (!activity) return { status: 400, body: { error: 'bad-request' } }
    let context: TurnContext | undefined
    try {
      const verdict = await this.#authenticate(authorization, activity)
      if (verdict.status !== 200) {
        this.#log.warn({ code: verdict.code }, 'Request to the Teams endpoint refused')
        return { status: verdict.status, body: { error: verdict.status === 401 ? 'unauthorized' : 'forbidden' } }
      }
      if (!isWhole(activity)) return { status: 400, body: { error: 'bad-request' } }
      context = new TurnContext(this, activity)
      if (activity.locale) context.locale = activity.locale
      // Not through `runMiddleware`: there is none, and its proxy would be asked for every property of the context.
      await logic(context)
      return answerIn(context) ?? { status: 200 }
    } catch (error) {
      this.#log.error({ code: codeOf(error), activity: activity.type }, 'A turn failed; nothing was stored')
      return (context && answerIn(context)) ?? { status: 500, body: { error: 'failed' } }
    }
  }

  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const responses: ResourceResponse[] = []
    for (const activity of activities) responses.push({ id: await this.#send(context, activity) })
    return responses
  }

  override async updateActivity(_: TurnContext, activity: Partial<Activity>): Promise<void> {
    const path = `${activitiesOf(activity)}/${encodeURIComponent(activity.id ?? '')}`
    await insist(this.#budget, (timeout) =>
      this.#connector.call('PUT', activity.serviceUrl ?? '', path, activity, timeout),
    )
  }

  override deleteActivity(): Promise<void> {
    return Promise.reject(new Error('Deleting is not used: cards are redacted by an update'))
  }

  override continueConversation(): Promise<void> {
    return Promise.reject(new Error('Proactive messages go through the messenger, not through a turn'))
  }

  async #send(context: TurnContext, activity: Partial<Activity>): Promise<string> {
    if (activity.type === ActivityTypes.Trace) return ''
    if (activity.type === 'invokeResponse') {
      context.turnState.set(INVOKE_RESPONSE_KEY, activity)
      return ''
    }
    const { replyToId, serviceUrl = '' } = activity
    const unseen = isTargeted(context.activity)
    const place = unseen ? TARGETED : replyToId ? `/${encodeURIComponent(replyToId)}` : ''
    const sent = unseen ? { ...activity, entities: [asked(context.activity)] } : activity
    const { id } = await insist(this.#budget, (timeout) =>
      this.#connector.call('POST', serviceUrl, activitiesOf(activity) + place, sent, timeout),
    )
    return String(id ?? '')
  }
}

/** What only one person in a group sees, such as a slash command, is answered so that only they see it. */
const TARGETED = '?isTargetedActivity=true'
const isTargeted = ({ recipient }: Activity): boolean =>
  recipient !== undefined && 'isTargeted' in recipient && recipient.isTargeted === true
const asked = ({ id }: Activity) => ({ type: 'targetedMessageInfo', messageId: id })

const activitiesOf = (activity: Partial<Activity>) =>
  `conversations/${encodeURIComponent(activity.conversation?.id ?? '')}/activities`

function asActivity(body: unknown): Activity | undefined {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Activity) : undefined
}

/** The answers that travel in the HTTP response itself; for an invoke always with status 200, as Teams wants it. */
function answerIn(context: TurnContext): HttpAnswer | undefined {
  const { bufferedReplyActivities, activity } = context
  if (activity.deliveryMode === 'expectReplies') return { status: 200, body: { activities: bufferedReplyActivities } }
  const response: Partial<Activity> | undefined = context.turnState.get(INVOKE_RESPONSE_KEY)
  return response && { status: 200, body: response.value?.body ?? {} }
}
