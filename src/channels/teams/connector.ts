import { Agent, errors, request } from 'undici'
import { DeliveryError } from '../../app/ports.ts'

/** The Bot Connector's REST interface; every call is one attempt and throws `DeliveryError`. */
export interface Connector {
  /** `path` begins after `/v3/`. Resolves to the answer's JSON, `{}` where there is none. */
  call(method: Method, serviceUrl: string, path: string, body?: object, timeout?: number): Promise<Answer>
  close(): Promise<void>
}
type Method = 'GET' | 'POST' | 'PUT'
export type Answer = Record<string, unknown>

/** A token for calling the connector; `refresh` asks for a new one because the last was refused. */
export type ConnectorToken = (refresh: boolean) => Promise<string>

const LARGEST_ANSWER = 4 * 1024 * 1024

/** One POST per attempt, over connections that are kept open; redirects are not followed. Times are in milliseconds. */
export function createConnector(options: {
  token: ConnectorToken | undefined
  serviceAllowed: (serviceUrl: string) => boolean
  timeout: number
}): Connector {
  const dispatcher = new Agent({ keepAliveTimeout: 20_000, maxResponseSize: LARGEST_ANSWER, allowH2: false })
  let refused = false

  async function authorization(): Promise<Record<string, string>> {
    if (!options.token) return {}
    try {
      return { authorization: `Bearer ${await options.token(refused)}` }
    } catch (cause) {
      throw new DeliveryError('no-connector-token', { permanent: false, cause })
    } finally {
      refused = false
    }
  }

  async function call(
    method: Method,
    serviceUrl: string,
    path: string,
    body?: object,
    timeout = options.timeout,
  ): Promise<Answer> {
    // Our token goes to Microsoft only, whatever an address says.
    if (!options.serviceAllowed(serviceUrl)) throw new DeliveryError('unknown-service-host', { permanent: true })
    const headers = { 'content-type': 'application/json', ...(await authorization()) }
    const sent = { dispatcher, method, headers, signal: AbortSignal.timeout(Math.max(1, Math.ceil(timeout))) }
    const url = `${serviceUrl.replace(/(?<!\/)\/+$/, '')}/v3/${path}`
    try {
      const answer = await request(url, body ? { ...sent, body: JSON.stringify(body) } : sent)
      const json = asObject(await answer.body.text())
      if (answer.statusCode >= 200 && answer.statusCode < 300) return json
      refused = answer.statusCode === 401
      throw refusal(answer.statusCode, json, answer.headers['retry-after'])
    } catch (error) {
      throw error instanceof DeliveryError ? error : lost(error)
    }
  }

  return { call, close: () => dispatcher.close() }
}

function asObject(text: string): Answer {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? { ...json } : {}
  } catch {
    // A gateway's error page; the status says all we need.
    return {}
  }
}

function lost(cause: unknown): DeliveryError {
  const late =
    cause instanceof errors.HeadersTimeoutError ||
    cause instanceof errors.BodyTimeoutError ||
    cause instanceof errors.ConnectTimeoutError ||
    (cause instanceof Error && cause.name === 'TimeoutError')
  return new DeliveryError(late ? 'timeout' : 'unreachable', { permanent: false, cause })
}

/** Which failures Teams wants repeated: its rate-limiting page, plus those where the service itself is in trouble. */
const TRANSIENT: Record<number, string> = {
  401: 'unauthorized', // a secret that was changed: a reminder outlives that
  408: 'timeout',
  412: 'throttled',
  429: 'throttled',
}
const PERMANENT: Record<number, string> = {
  400: 'bad-request',
  403: 'bot-removed',
  404: 'conversation-not-found',
  413: 'too-large',
}
/** The connector's own words, where they say more than the status. */
const SAID: Record<string, string> = {
  MessageSizeTooBig: 'too-large',
  ActivityNotFoundInConversation: 'message-not-found',
}

function refusal(status: number, body: Answer, retryAfter: string | string[] | undefined): DeliveryError {
  const transient = TRANSIENT[status] ?? (status >= 500 ? 'unavailable' : undefined)
  if (transient) return new DeliveryError(transient, { permanent: false, ...wait([retryAfter].flat()[0]) })
  const { error } = body
  const said = typeof error === 'object' && error !== null && 'code' in error ? SAID[String(error.code)] : undefined
  return new DeliveryError(said ?? PERMANENT[status] ?? 'refused', { permanent: true })
}

/** `Retry-After` is a number of seconds or a date. */
function wait(header: string | undefined): { retryAfter?: number } {
  if (!header) return {}
  const milliseconds = /^\d+(\.\d+)?$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isFinite(milliseconds) ? { retryAfter: Math.max(0, milliseconds) } : {}
}
