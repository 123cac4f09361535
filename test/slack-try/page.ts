/** The page over HTTP, for this machine alone. */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { LocalError } from '../../src/local/local-error.ts'
import { slackCast } from '../helpers/fake-slack.ts'
import { act } from './act.ts'
import type { School } from './school.ts'
import { seenBy } from './seen.ts'

const HOST = '127.0.0.1'
const FILES: Record<string, [name: string, type: string]> = {
  '/': ['index.html', 'text/html'],
  '/page.css': ['page.css', 'text/css'],
  '/page.js': ['page.js', 'text/javascript'],
  '/blocks.js': ['blocks.js', 'text/javascript'],
}
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'"
/** Milliseconds between two looks for something new. */
const LOOK_EVERY = 100

/** Serves the page. @throws {LocalError} `port-taken`. */
export async function servePage(school: School, port: number): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    serve(school, request, response).catch((error: unknown) => send(response, 500, String(error), 'text/plain'))
  })
  server.listen(port, HOST)
  await once(server, 'listening').catch(() => {
    throw new LocalError('port-taken', `Something else listens on port ${port}`, 'stop it, or set SLACK_TRY_PORT')
  })
  return {
    url: `http://${HOST}:${port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function serve(school: School, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // A page of somebody else's in the same browser may know our port: it has another name, and sends no JSON.
  const { hostname, pathname, searchParams } = new URL(request.url ?? '/', `http://${request.headers.host}`)
  if (hostname !== HOST && hostname !== 'localhost') return send(response, 421, 'not here', 'text/plain')
  if (request.method === 'POST') return take(school, request, response)
  if (pathname === '/seen') return showLive(school, searchParams.get('as') ?? slackCast.karen.id, response)
  const [name, type] = FILES[pathname] ?? []
  if (!name || !type) return send(response, 404, 'not found', 'text/plain')
  send(response, 200, await readFile(join(import.meta.dirname, 'page', name), 'utf8'), type)
}

async function take(school: School, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.headers['content-type'] !== 'application/json') return send(response, 415, 'JSON only', 'text/plain')
  const body = (await request.toArray()).join('')
  try {
    await act(JSON.parse(body), school)
    send(response, 200, '{}', 'application/json')
  } catch (error) {
    const refused = error instanceof Error ? error.message : String(error)
    send(response, 409, JSON.stringify({ refused }), 'application/json')
  }
}

/** What somebody sees, again and again, whenever it has changed. */
function showLive({ slack, now }: School, as: string, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  let last = ''
  const look = () => {
    const seen = JSON.stringify(seenBy(as, slack, now()))
    if (seen !== last) response.write(`data: ${seen}\n\n`)
    last = seen
  }
  const looking = setInterval(look, LOOK_EVERY)
  response.once('close', () => clearInterval(looking))
  look()
}

function send(response: ServerResponse, status: number, body: string, type: string): void {
  // Not in one line: restify replaces `writeHead` of every server in the process with one that returns nothing.
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-security-policy': POLICY,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(body)
}
