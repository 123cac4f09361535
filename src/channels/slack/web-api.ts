/** Slack's Web API, as far as we use it: docs.slack.dev/apis/web-api. */
import type {
  AppsConnectionsOpenResponse,
  AuthRevokeResponse,
  AuthTestResponse,
  ChatPostEphemeralArguments,
  ChatPostEphemeralResponse,
  ChatPostMessageArguments,
  ChatPostMessageResponse,
  ChatUpdateArguments,
  ChatUpdateResponse,
  ConversationsInfoArguments,
  ConversationsInfoResponse,
  ConversationsMembersArguments,
  ConversationsMembersResponse,
  ConversationsOpenArguments,
  ConversationsOpenResponse,
  UsersInfoArguments,
  UsersInfoResponse,
  ViewsOpenArguments,
  ViewsOpenResponse,
  ViewsUpdateArguments,
  ViewsUpdateResponse,
} from '@slack/web-api'
import { DeliveryError } from '../../app/ports.ts'
import { type Answered, createExchange } from '../../http/exchange.ts'
import { parsed } from './json.ts'
import { textIn } from './nodes.ts'

/** What each method is given, and what it answers. */
interface Methods {
  'apps.connections.open': [asked: Nothing, answered: AppsConnectionsOpenResponse]
  'auth.revoke': [asked: Nothing, answered: AuthRevokeResponse]
  'auth.test': [asked: Nothing, answered: AuthTestResponse]
  'chat.postEphemeral': [asked: ChatPostEphemeralArguments, answered: ChatPostEphemeralResponse]
  'chat.postMessage': [asked: ChatPostMessageArguments, answered: ChatPostMessageResponse]
  'chat.update': [asked: ChatUpdateArguments, answered: ChatUpdateResponse]
  'conversations.info': [asked: ConversationsInfoArguments, answered: ConversationsInfoResponse]
  'conversations.members': [asked: ConversationsMembersArguments, answered: ConversationsMembersResponse]
  'conversations.open': [asked: ConversationsOpenArguments, answered: ConversationsOpenResponse]
  'users.info': [asked: UsersInfoArguments, answered: UsersInfoResponse]
  'views.open': [asked: ViewsOpenArguments, answered: ViewsOpenResponse]
  'views.update': [asked: ViewsUpdateArguments, answered: ViewsUpdateResponse]
}
type Nothing = Record<string, never>

export type Method = keyof Methods
export type Asked<M extends Method> = Methods[M][0]
export type Answer<M extends Method> = Methods[M][1]

export interface WebApiOptions {
  /** Where the Web API is, where that is not slack.com: GovSlack, or a fake. */
  url?: string
  /** Milliseconds one call may take. */
  timeout: number
}

/**
 * Calls a method with a token, once, within `left` milliseconds where those are fewer than usual. Rejects with `DeliveryError`,
 * whose cause is Slack's own word where it is Slack that says no.
 */
export type WebApi = <M extends Method>(token: string, method: M, asked: Asked<M>, left?: number) => Promise<Answer<M>>

export const SLACK = 'https://slack.com/api/'

/** Methods that are given blocks take JSON, which Slack recommends for them; those that only read take none. */
const TAKES_JSON: ReadonlySet<Method> = new Set([
  'chat.postEphemeral',
  'chat.postMessage',
  'chat.update',
  'views.open',
  'views.update',
])

/** What Slack says of a token that it will not take again before somebody has mended it. */
const TOKEN_REFUSED = new Set(['token_revoked', 'token_expired', 'invalid_auth', 'not_authed', 'account_inactive'])
/** Slack's own trouble, by its documentation of errors; everything else stays as it is, however often it is tried. */
const TRANSIENT = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  // Mostly said with a status of 429, but not always.
  'ratelimited',
  'rate_limited',
])
/** What an error of Slack's looks like; anything else is the page of something on the way. */
const CODE = /^[a-z_]{1,64}$/

const { ask } = createExchange()

/**
 * Slack's own client does the same, but writes two lines for a log with each call, which cost as much as the call, and would
 * try again by itself for half an hour. When to try again is decided by the queue and by `insist`.
 */
export function createWebApi({ url = SLACK, timeout }: WebApiOptions): WebApi {
  return async <M extends Method>(token: string, method: M, asked: Asked<M>, left = timeout) => {
    const { type, body } = TAKES_JSON.has(method)
      ? { type: 'application/json; charset=utf-8', body: JSON.stringify(asked) }
      : { type: 'application/x-www-form-urlencoded', body: String(new URLSearchParams(fieldsOf(asked))) }
    const headers = { authorization: `Bearer ${token}`, 'content-type': type, 'user-agent': 'tovholder' }
    const within = Math.min(left, timeout)
    const answer = await reached(ask({ method: 'POST', url: url + method, headers, body, timeout: within }))
    return said(answer) as Answer<M>
  }
}

const fieldsOf = (asked: object) =>
  Object.entries(asked).map(([name, value]) => [name, String(value)] as [string, string])

/** Whether Slack takes this token. Rejects with `DeliveryError` where it cannot be asked. */
export async function isTaken(web: WebApi, token: string): Promise<boolean> {
  try {
    await web(token, 'auth.test', {})
    return true
  } catch (error) {
    if (error instanceof DeliveryError && error.code === 'slack-token-refused') return false
    throw error
  }
}

/** Answers at an address that Slack has given. Rejects with `DeliveryError`. */
export async function respondAt(url: string, body: object, timeout: number): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const { status } = await reached(ask({ method: 'POST', url, headers, body: JSON.stringify(body), timeout }))
  // Nobody goes where a redirect leads to.
  if (status >= 300 && status < 400) throw new DeliveryError('unreachable', { permanent: false })
  if (status >= 400) throw new DeliveryError('response-refused', { permanent: status < 500 && status !== 429 })
}

const reached = (answer: Promise<Answered>): Promise<Answered> =>
  answer.catch((cause) => {
    throw new DeliveryError('unreachable', { permanent: false, cause })
  })

/** What Slack says, unless it says no. Its status is 200 for most of what it refuses, too. */
function said({ status, headers, text }: Answered): object {
  if (status === 429) throw new DeliveryError('throttled', { permanent: false, ...pauseIn(headers['retry-after']) })
  if (status >= 500) throw new DeliveryError('unavailable', { permanent: false })
  if (status !== 200) throw new DeliveryError('refused', { permanent: true })
  const answer: Record<string, unknown> = Object(parsed(text))
  if (answer.ok !== true) throw refusedBySlack(textIn(answer.error))
  return answer
}

/** Slack says in seconds how long it wants to be left alone, but not always. */
function pauseIn(seconds: string | undefined): { retryAfter?: number } {
  const pause = Number.parseInt(seconds ?? '', 10)
  return Number.isNaN(pause) ? {} : { retryAfter: pause * 1000 }
}

function refusedBySlack(cause: string): DeliveryError {
  if (!CODE.test(cause)) return new DeliveryError('unavailable', { permanent: false })
  if (TOKEN_REFUSED.has(cause)) return new DeliveryError('slack-token-refused', { permanent: false, cause })
  return new DeliveryError(cause.replaceAll('_', '-'), { permanent: !TRANSIENT.has(cause), cause })
}
