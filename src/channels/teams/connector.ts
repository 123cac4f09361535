import { DeliveryError } from '../../app/ports.ts'
import { createExchange, TimeoutError } from '../../http/exchange.ts'

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

/** One request per attempt. Times are in milliseconds. */
export function createConnector(options: {
  token: ConnectorToken | undefined
  serviceAllowed: (serviceUrl: string) => boolean
  timeout: number
}): Connector {
  const { ask, close } = createExchange()
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
    const url = `${withoutSlash(serviceUrl)}/v3/${path}`
    const sent = { method, url, headers, timeout: Math.max(1, Math.ceil(timeout)) }
    try {
      const answer = await ask(body ? { ...sent, body: JSON.stringify(body) } : sent)
      const json = asObject(answer.text)
      if (answer.status >= 200 && answer.status < 300) return json
      refused = answer.status === 401
      throw refusal(answer.status, json, answer.headers['retry-after'])
    } catch (error) {
      throw error instanceof DeliveryError ? error : lost(error)
    }
  }

  return { call, close }
}

/** Teams' service URLs end with a slash, others' without. */
const withoutSlash = (url: string): string => (url.endsWith('/') ? withoutSlash(url.slice(0, -1)) : url)

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
  return new DeliveryError(cause instanceof TimeoutError ? 'timeout' : 'unreachable', { permanent: false, cause })
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
