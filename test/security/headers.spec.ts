import { strict as assert } from 'node:assert'
import { request } from 'node:http'
import type { Server } from 'restify'
import { createInstalls } from '../../src/channels/slack/install.ts'
import { close, createServer, listen } from '../../src/server.ts'
import { freePort } from '../helpers/ports.ts'

const EXPECTED = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
}

/** Everything that can be asked for, and each way it can be answered. */
const ASKED: [method: string, path: string, status: number, headers?: Record<string, string>][] = [
  ['POST', '/api/messages', 200, { 'content-type': 'application/json' }],
  ['POST', '/api/messages', 415],
  ['GET', '/api/messages', 405],
  ['POST', '/slack/events', 401],
  ['GET', '/slack/install', 302],
  ['GET', '/slack/oauth_redirect', 400],
  ['GET', '/files/file', 200],
  ['GET', '/files/ready', 200],
  ['GET', '/files/over', 410],
  ['GET', '/files/unknown', 404],
  ['GET', '/files/unavailable', 503],
  ['GET', '/metrics', 200, { authorization: 'Bearer token' }],
  ['GET', '/metrics', 401],
  ['GET', '/health', 200],
  ['GET', '/ready', 503],
  ['GET', '/nothing', 404],
  ['GET', '/%E0%A4%A', 404],
  ['OPTIONS', '/health', 405],
]

const OWN_STYLE = /; style-src 'sha256-[\w+/]{43}='$/

const { finish } = createInstalls({
  clientId: '1',
  clientSecret: '2',
  stateSecret: '3',
  allowed: [],
  workspaces: { find: async () => undefined, add: async () => {}, ended: async () => false },
  web: async () => ({}) as never,
  clientOptions: {},
  say: () => ['Done.'],
  log: { info() {}, warn() {}, error() {} },
})

describe('every answer over HTTP', () => {
  let port: number
  let server: Server
  before(async () => {
    const words = [{ language: 'en', title: 'Over', text: 'Over' }]
    server = createServer({
      teams: { answer: async () => ({ status: 200 }), tokenNeeded: false },
      slack: {
        requests: async () => ({ status: 401 }),
        installs: {
          begin: (_req, res) => {
            res.writeHead(302, { location: 'https://slack.com/', 'set-cookie': 'a=b' })
            res.end()
          },
          finish,
        },
      },
      files: {
        fetch: async (kind) =>
          kind === 'file'
            ? { kind, name: 'a.ics', type: 'text/calendar', body: Buffer.from('x') }
            : { kind: kind as 'over' },
        words: { making: words, over: words, unavailable: words },
      },
      metrics: { token: 'token', text: async () => ({ type: 'text/plain', body: 'a 1' }) },
      faults: async () => ['redis-unavailable'],
      warnings: () => [],
    })
    port = await freePort()
    await listen(server, port, '127.0.0.1')
  })
  after(() => close(server, 100))

  /** Asks for a path as it stands; `fetch` would not send some of these. */
  const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
      const asked = request({ port, host: '127.0.0.1', method, path, headers }, (answer) => {
        answer.resume()
        resolve({ status: answer.statusCode, headers: answer.headers })
      })
      asked.on('error', reject)
      asked.end(method === 'POST' ? '{}' : undefined)
    })

  for (const [method, path, status, headers] of ASKED)
    it(`has all the headers: ${method} ${path}, ${status}`, async () => {
      const answer = await ask(method, path, headers)
      assert.equal(answer.status, status)
      // A page about a file may look like something, in the one way that is known by its hash.
      const policy = String(answer.headers['content-security-policy']).replace(OWN_STYLE, '')
      const given: Record<string, unknown> = { ...answer.headers, 'content-security-policy': policy }
      const found = Object.fromEntries(Object.keys(EXPECTED).map((name) => [name, given[name]]))
      assert.deepEqual(found, EXPECTED)
      assert.equal(answer.headers['x-powered-by'], undefined)
    })

  it('is tried here', () => {
    const { router } = server as unknown as {
      router: { getRoutes(): Record<string, { method: string; path: string }> }
    }
    const routes = Object.values(router.getRoutes()).map(({ method, path }) => `${method} ${path}`)
    assert.ok(routes.length >= 8, `${routes}`)
    const asked = ASKED.map(([method, path]) => `${method} ${path.replace(/^\/files\/.*/, '/files/*')}`)
    assert.deepEqual(
      routes.filter((route) => !asked.includes(route)),
      [],
    )
  })
})
