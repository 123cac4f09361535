/** The Web API and the response URLs over HTTP on 127.0.0.1. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { parsedBody, typed } from './arguments.ts'
import { ALL_SCOPES, type Method } from './methods.ts'
import { Refusal } from './refusal.ts'
import type { Responses } from './responses.ts'
import type { FakeSlack, Json, Misbehaviour, SlackWorkspace } from './types.ts'
import type { World } from './world.ts'

const RESPONSE_URL = 'response_url'

export async function startServer(world: World, methods: Record<string, Method>, responses: Responses, pause: number) {
  const requests: FakeSlack['requests'] = []
  const misbehaviours: { only: string | undefined; how: Misbehaviour }[] = []

  function nextMisbehaviour(method: string): Misbehaviour | undefined {
    const index = misbehaviours.findIndex(({ only }) => only === undefined || only === method)
    return index === -1 ? undefined : misbehaviours.splice(index, 1)[0]?.how
  }

  /** Whose token it is; in the header, or else as an argument. */
  function workspaceOf({ headers }: IncomingMessage, { token }: Json): SlackWorkspace {
    const [, bearer] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? []
    if (!bearer && !token) throw new Refusal('not_authed', 'no token')
    const given = bearer ?? String(token)
    if (world.revoked.has(given)) throw new Refusal('token_revoked', 'the token has been revoked')
    const team = world.tokens.get(given)
    if (!team) throw new Refusal('invalid_auth', 'nobody has this token')
    return world.workspace(team)
  }

  function call(req: IncomingMessage, name: string, body: Json): Json {
    const method = methods[name]
    if (!method) throw new Refusal('unknown_method', `no method ${name}`)
    const { token: _, ...given } = body
    const [nowhere] = world.workspaces
    const workspace = method.open ? nowhere : workspaceOf(req, body)
    if (!workspace) throw new Error('a Slack without a workspace')
    const type = req.headers['content-type'] ?? ''
    if (type.startsWith('application/json') && !method.json)
      throw new Refusal('invalid_post_type', `${name} takes no JSON`)
    // Slack only warns; but what has letters beyond ASCII in it is then read as Slack sees fit.
    if (type === 'application/json') throw new Refusal('missing_charset', 'JSON without its charset')
    const { scopes: granted = ALL_SCOPES } = workspace
    if (method.scopes && !method.scopes.some((scope) => granted.includes(scope)))
      throw new Refusal('missing_scope', `${name} needs ${method.scopes.join(' or ')}`)
    return { ok: true, ...method.run(typed(given, method.args), workspace) }
  }

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pathname } = new URL(req.url ?? '/', 'http://slack')
    const isApi = pathname.startsWith('/api/')
    const method = isApi ? pathname.slice('/api/'.length) : RESPONSE_URL
    const text = await textOf(req)
    const odd = nextMisbehaviour(method)
    const request: FakeSlack['requests'][number] = { method, args: {}, team: undefined }
    requests.push(request)
    if (odd === 'hang') return
    if (odd === 'reset') return void req.socket.destroy()
    if (typeof odd === 'object' && 'status' in odd) {
      if (odd.retryAfter !== undefined) res.setHeader('retry-after', odd.retryAfter)
      return send(res, odd.status, { ok: false, error: odd.status === 429 ? 'ratelimited' : 'internal_error' })
    }
    if (typeof odd === 'object') return send(res, isApi ? 200 : 404, { ok: false, error: odd.error })
    try {
      if (req.method !== 'POST') throw new Refusal('invalid_post_type', `${req.method} in place of POST`)
      const body = parsedBody(req, text)
      const { token: _, ...args } = body
      request.args = args
      request.team = teamOf(req, body)
      if (pause > 0) await setTimeout(pause)
      const answer = isApi ? call(req, method, body) : respond(pathname, req, body)
      if (odd === 'resetAfterwards') return void req.socket.destroy()
      if (pause > 0) await setTimeout(pause)
      send(res, 200, answer)
    } catch (error) {
      refuse(res, method, error)
    }
  }

  /** For the record only; the method itself decides whether the token is good. */
  function teamOf({ headers }: IncomingMessage, { token }: Json): string | undefined {
    return world.tokens.get(headers.authorization?.replace('Bearer ', '') ?? String(token))
  }

  function respond(path: string, { headers }: IncomingMessage, body: Json): Json {
    if (!headers['content-type']?.startsWith('application/json'))
      throw new Refusal('invalid_payload', 'a response is JSON')
    responses.toUrl(path, baseUrl(), body)
    return { ok: true }
  }

  /** Slack refuses with 200 in the Web API, and with 4xx at a response URL. */
  function refuse(res: ServerResponse, method: string, error: unknown): void {
    if (!(error instanceof Refusal)) throw error
    const { error: code, message } = error
    world.faults.push(`${method}: ${code} (${message})`)
    const told = /^invalid_(blocks|arguments)/.test(code)
      ? { response_metadata: { messages: [`[ERROR] ${message}`] } }
      : {}
    const status = method !== RESPONSE_URL ? 200 : /_url$/.test(code) ? 404 : 400
    send(res, status, { ok: false, error: code, ...told })
  }

  const server = createServer((req, res) => {
    serve(req, res).catch((error) => {
      world.faults.push(String(error))
      res.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    url: baseUrl(),
    requests,
    misbehave: (only: string | undefined, how: Misbehaviour[]): void => {
      misbehaviours.push(...how.map((one) => ({ only, how: one })))
    },
    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function textOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

function send(res: ServerResponse, status: number, body: Json): void {
  // Not in one line: restify replaces `writeHead` of every server in the process with one that returns nothing.
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  res.end(JSON.stringify(body))
}
