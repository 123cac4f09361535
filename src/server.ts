import { hash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pino } from 'pino'
import restify, { type Next, type Request, type Response, type Server, type ServerOptions } from 'restify'
import { type FileRoute, serveFiles } from './file-route.ts'
import { type Endpoint, endpoint } from './http/endpoint.ts'
import { HEADERS } from './http/headers.ts'
import { type MessagesEndpoint, messagesEndpoint } from './messages-endpoint.ts'

export interface ServerParts {
  teams?: MessagesEndpoint
  slack?: SlackRoutes
  /** Files that are fetched with a link, below `/files/`. */
  files?: FileRoute
  /** What keeps the service from being ready, as codes; empty when it is. */
  faults: () => Promise<string[]>
  /** What an operator should look at, as codes, though the service works: it stays in rotation. */
  warnings: () => string[] | Promise<string[]>
  /** Seconds that the oldest delivery is late, for whoever draws a line elsewhere than our warnings do. */
  oldestDue?: () => Promise<number | undefined>
  /** `GET /metrics`, for whoever sends this token; absent, there is no such page. */
  metrics?: { token: string; text: () => Promise<{ type: string; body: string }> }
}

/** What Slack asks for, and who installs the app; a part that is missing is not there for anybody. */
export interface SlackRoutes {
  requests?: Endpoint['answer'] | undefined
  installs?: Record<'begin' | 'finish', Handler> | undefined
}

/** Milliseconds in which a request is to have come whole; Node would wait for five minutes. */
const SLOWEST_REQUEST = 30_000

/** The HTTP service. Only JSON and, from Slack, plain forms are ever read: a multipart body would leave files behind. */
export function createServer({ teams, slack, files, faults, warnings, oldestDue, metrics }: ServerParts): Server {
  const server = restify.createServer({
    name: 'tovholder',
    ignoreTrailingSlash: true,
    // Of an answer that it cannot write, restify's own log would keep the whole request: what was said, and the token.
    // It takes pino's by now, which its types do not know yet.
    log: pino({ level: 'silent' }) as unknown as NonNullable<ServerOptions['log']>,
  })

  server.server.requestTimeout = SLOWEST_REQUEST
  // Before it is known whose the request is, so that a refusal has them too.
  server.pre((_req: Request, res: Response, next: Next) => {
    for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value)
    next()
  })
  if (teams) serveFirst(server, '/api/messages', messagesEndpoint(teams))
  if (slack) serveSlack(server, slack)
  if (files) serveFiles(server, files)
  if (metrics) serveMetrics(server, metrics)

  server.get('/health', async (_req: Request, res: Response) => {
    res.send(200, { ok: true })
  })

  server.get('/ready', async (_req: Request, res: Response) => {
    const found = await faults()
    const ready = found.length === 0
    const [look, oldestDueSeconds] = await Promise.all([warnings(), oldestDue?.()])
    res.send(ready ? 200 : 503, { ready, faults: found, warnings: look, oldestDueSeconds })
  })

  // restify's own texts may quote what was sent, or show a stack.
  server.on('restifyError', (_req: Request, _res: Response, error: HttpFault, done: () => void) => {
    const code = CODES[error.statusCode ?? 500] ?? 'failed'
    error.toJSON = () => ({ error: code })
    error.toString = () => code
    done()
  })
  return server
}

/** Where Slack sends all that it sends. */
export const SLACK_EVENTS = '/slack/events'

function serveSlack(server: Server, { requests, installs }: SlackRoutes): void {
  if (requests) serveFirst(server, SLACK_EVENTS, endpoint({ answer: requests }))
  if (!installs) return
  server.get('/slack/install', handedOver(installs.begin))
  server.get('/slack/oauth_redirect', handedOver(installs.finish))
}

/** restify's own place for what is asked before its work on a request; its types do not know it yet. */
type WithFirst = Server & { first: (ask: (req: IncomingMessage, res: ServerResponse) => boolean) => void }

/**
 * What is posted there comes first: restify's own work on a request is a tenth of a turn. What is written otherwise – another
 * method, a slash at the end – goes restify's way, and so ends up in the same place or is refused.
 */
function serveFirst(server: Server, path: string, handler: Handler): void {
  ;(server as WithFirst).first((req, res) => {
    if (req.url !== path || req.method !== 'POST') return true
    handler(req, res)
    return false
  })
  server.post(path, handedOver(handler))
}

type Handler = (req: IncomingMessage, res: ServerResponse) => void

/** For what ends the response by itself: nothing of restify's comes after it. */
const handedOver = (handler: Handler) => (req: Request, res: Response, next: Next) => {
  res.once('close', () => next(false))
  handler(req, res)
}

/** Behind a proxy everybody comes from loopback, so it is a token that opens this, wherever it is asked from. */
function serveMetrics(server: Server, { token, text }: NonNullable<ServerParts['metrics']>): void {
  const expected = digest(`Bearer ${token}`)
  server.get('/metrics', async (req: Request, res: Response) => {
    if (!timingSafeEqual(digest(req.headers.authorization ?? ''), expected)) {
      res.send(401, { error: 'unauthorized' })
      return
    }
    const { type, body } = await text()
    res.sendRaw(200, body, { 'content-type': type })
  })
}

/** Of one length, whatever was sent. */
const digest = (text: string): Buffer => hash('sha256', text, 'buffer')

interface HttpFault extends Error {
  statusCode?: number
  toJSON?: () => object
}

const CODES: Record<number, string> = {
  400: 'bad-request',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  415: 'json-only',
}

/** The port cannot be had; the message says what to do. */
class ListenError extends Error {
  readonly code: string
  readonly remedy: string
  constructor(code: string, fault: string, remedy: string) {
    super(`${fault}: ${remedy}.`)
    this.code = code
    this.remedy = remedy
  }
}

/** Listens, and resolves once it does. @throws {ListenError} `port-taken` or `port-forbidden` */
export const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    // restify passes the error on; told to nobody, it would end the process.
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(
        code === 'EADDRINUSE'
          ? new ListenError('port-taken', `Something else listens on port ${port}`, 'stop it, or set PORT')
          : new ListenError(
              'port-forbidden',
              `Port ${port} cannot be listened on (${code})`,
              'set PORT to another one',
            ),
      ),
    )
    server.listen(port, host, () => resolve())
  })

/** Stops taking requests and waits for those under way, but so many milliseconds only: a request may never end. */
export const close = (server: Server, within = 5000): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => server.server.closeAllConnections(), within)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.server.closeIdleConnections()
  })
