import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api'
import type { Log } from '../../app/log.ts'
import { DeliveryError } from '../../app/ports.ts'
import { slackFetch } from './fetch.ts'
import type { FindWorkspace } from './workspaces.ts'

/** Slack's Web API; every call is one attempt and throws `DeliveryError`. */
export interface SlackApi {
  /** Whose token is ours in a workspace; `undefined` where we serve none. */
  workspace: FindWorkspace
  call<T>(workspace: string, ask: (client: WebClient) => Promise<T>): Promise<T>
  /** Answers what Slack gave a URL for: a slash command, or a click on a message that only one person sees. */
  respond(url: string, body: object): Promise<void>
  /** The workspaces whose token Slack does not take any more. */
  refused(): string[]
}

export interface ApiOptions {
  find: FindWorkspace
  log: Pick<Log, 'error'>
  /** Milliseconds one call may take. */
  timeout: number
  /** Where the Web API is, where that is not slack.com: GovSlack, or a fake. */
  url?: string
}

const SLACK = 'https://slack.com/api/'

/** Whether this is where Slack takes answers, given where its Web API is: there, or on a host `hooks` beside it. */
export function isResponseUrl(url: string, api: string = SLACK): boolean {
  const { protocol, host, origin } = new URL(api)
  const given = URL.parse(url)?.origin
  return given === `${protocol}//hooks.${host}` || (api !== SLACK && given === origin)
}

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

export const clientOptions = ({ url, timeout }: Pick<ApiOptions, 'url' | 'timeout'>): WebClientOptions => ({
  ...(url && { slackApiUrl: url }),
  // The time a call may take is kept by `slackFetch`.
  timeout: 0,
  // When to try again is decided by the queue and by `insist`; the client's own way would hold a worker for half an hour.
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  logger: SILENT,
  fetch: slackFetch(timeout),
})

/** The client's log quotes arguments. */
const SILENT = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => 'error' as never,
}

export function createApi(options: ApiOptions): SlackApi {
  const { find, log, timeout } = options
  const post = slackFetch(timeout)
  const clients = new Map<string, WebClient>()
  const refused = new Set<string>()

  function clientFor(token: string): WebClient {
    const client = clients.get(token) ?? new WebClient(token, clientOptions(options))
    clients.set(token, client)
    return client
  }

  async function call<T>(id: string, ask: (client: WebClient) => Promise<T>): Promise<T> {
    const found = await workspace(id)
    if (!found) throw new DeliveryError('slack-not-installed', { permanent: false })
    const answer = await watched(id, () => ask(clientFor(found.token)))
    refused.delete(id)
    return answer
  }

  const workspace: FindWorkspace = (id) => watched(id, () => find(id))

  async function watched<T>(id: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act()
    } catch (error) {
      const failure = asDeliveryError(error)
      if (failure.code === 'slack-token-refused' && !refused.has(id)) {
        refused.add(id)
        log.error({ workspace: id, code: failure.code }, 'Slack takes this token no more; install the app again')
      }
      throw failure
    }
  }

  async function respond(url: string, body: object): Promise<void> {
    if (!isResponseUrl(url, options.url)) throw new DeliveryError('foreign-response-url', { permanent: true })
    const sent = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const { status } = await post(url, sent).catch((cause) => {
      throw new DeliveryError('unreachable', { permanent: false, cause })
    })
    // Nobody goes where a redirect leads to.
    if (status >= 300 && status < 400) throw new DeliveryError('unreachable', { permanent: false })
    if (status >= 400) throw new DeliveryError('response-refused', { permanent: status < 500 && status !== 429 })
  }

  return { workspace, call, respond, refused: () => [...refused] }
}

/** Bugs of our own stay what they are. */
function asDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error
  if (error instanceof WebAPIRateLimitedError)
    return new DeliveryError('throttled', { permanent: false, retryAfter: error.retryAfter * 1000 })
  if (error instanceof WebAPIPlatformError) return saidBySlack(error.data.error)
  if (error instanceof WebAPIHTTPError)
    return error.statusCode >= 500
      ? new DeliveryError('unavailable', { permanent: false })
      : new DeliveryError('refused', { permanent: true })
  if (error instanceof WebAPIRequestError) return new DeliveryError('unreachable', { permanent: false, cause: error })
  // The client has no error of its own for a pause of unknown length.
  if (error instanceof Error && error.message.startsWith('Retry header'))
    return new DeliveryError('throttled', { permanent: false })
  throw error
}

function saidBySlack(code: string): DeliveryError {
  if (!CODE.test(code)) return new DeliveryError('unavailable', { permanent: false })
  if (TOKEN_REFUSED.has(code)) return new DeliveryError('slack-token-refused', { permanent: false })
  return new DeliveryError(code.replaceAll('_', '-'), { permanent: !TRANSIENT.has(code) })
}
