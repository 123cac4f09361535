import restify, { type Next, type Request, type Response, type Server } from 'restify'

export interface ServerParts {
  /** `POST /api/messages`, with the body parsed. */
  messages: (req: Request, res: Response) => Promise<void>
  /** Whether a request without a token can be turned away before its body is read. */
  tokenNeeded: boolean
  /** What keeps the service from being ready, as codes; empty when it is. */
  faults: () => Promise<string[]>
}

/** Teams sends far less than this; a larger body is refused unread. */
const MOST_BYTES = 256 * 1024

/** The HTTP service. Only JSON is ever read: a multipart body would leave files behind. */
export function createServer({ messages, tokenNeeded, faults }: ServerParts): Server {
  const server = restify.createServer({ name: 'tovholder', ignoreTrailingSlash: true })

  server.post(
    '/api/messages',
    (req: Request, res: Response, next: Next) => {
      if (tokenNeeded && !req.headers.authorization) return refuse(res, next, 401, 'unauthorized')
      if (req.headers['content-encoding']) return refuse(res, next, 415, 'compressed-body')
      if (!/^application\/json\b/.test(req.headers['content-type'] ?? '')) return refuse(res, next, 415, 'json-only')
      if (Number(req.headers['content-length'] ?? 0) > MOST_BYTES) return refuse(res, next, 413, 'too-large')
      return next()
    },
    restify.plugins.bodyReader({ maxBodySize: MOST_BYTES }),
    restify.plugins.jsonBodyParser({ mapParams: false }),
    async (req: Request, res: Response) => messages(req, res),
  )

  server.get('/health', async (_req: Request, res: Response) => {
    res.send(200, { ok: true })
  })

  server.get('/ready', async (_req: Request, res: Response) => {
    const found = await faults()
    res.send(found.length === 0 ? 200 : 503, { ready: found.length === 0, faults: found })
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

function refuse(res: Response, next: Next, status: number, error: string): void {
  // The unread body would otherwise be taken for the next request on this connection.
  res.header('connection', 'close')
  res.send(status, { error })
  next(false)
}

/** Listens, and resolves once it does; rejects when the port is taken. */
export const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, host, () => resolve())
  })

/** Stops taking requests and waits for those under way. */
export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.server.closeIdleConnections()
  })
