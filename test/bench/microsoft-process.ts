/**
 * Microsoft on this machine, in a process of its own: the connector that bots answer through, the key server behind the
 * tokens of incoming requests, and the one that hands out tokens for outgoing ones.
 */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createFakeIdentity } from '../helpers/fake-identity.ts'
import { REGISTRATION } from './school.ts'

/** Where it is found, and tokens that a request from it may carry. */
export interface Microsoft {
  serviceUrl: string
  login: string
  keys: string
  tokens: string[]
}

/** What it was asked to do since the beginning. */
export interface MicrosoftSample {
  posts: number
  updates: number
  faults: string[]
}

/** Teams has one token for each service URL and hour, and several machines that send. */
const TOKENS = 8

const sample: MicrosoftSample = { posts: 0, updates: 0, faults: [] }
let lastId = 1_700_000_000_000

const server = createServer((req, res) => {
  const chunks: Buffer[] = []
  req.on('data', (chunk: Buffer) => chunks.push(chunk))
  req.on('end', () => serve(req, Buffer.concat(chunks).toString(), res))
})

function serve({ method, url = '', headers }: IncomingMessage, body: string, res: ServerResponse): void {
  try {
    if (!url.startsWith('/v3/')) send(res, 200, loginAnswer(url))
    else if (method === 'PUT') send(res, 200, take('updates', url, headers, body))
    else send(res, 201, take('posts', url, headers, body))
  } catch (error) {
    sample.faults.push(`${method} ${url}: ${error}`)
    send(res, 400, { error: { code: 'BadArgument', message: String(error) } })
  }
}

/** A message for a conversation, or a channel's first message, which begins one. */
function take(as: 'posts' | 'updates', url: string, { authorization }: IncomingHttpHeaders, body: string): object {
  if (authorization !== undefined && authorization !== `Bearer ${connectorToken}`) throw new Error('not our token')
  const [, , kind, conversation] = url.split('/')
  const said: { type?: string; activity?: { type?: string } } = JSON.parse(body)
  if (kind !== 'conversations' || (said.activity ?? said).type !== 'message') throw new Error('not a message')
  sample[as]++
  const id = String(++lastId)
  return conversation ? { id } : { id: `a:thread;messageid=${id}`, activityId: id }
}

/** What a client of Entra asks for: where things are, and a token. */
function loginAnswer(url: string): object {
  const base = 'https://login.microsoftonline.com'
  if (url.includes('/discovery/instance'))
    return {
      tenant_discovery_endpoint: `${base}/common/v2.0/.well-known/openid-configuration`,
      metadata: [
        {
          preferred_network: 'login.microsoftonline.com',
          preferred_cache: 'login.microsoftonline.com',
          aliases: ['login.microsoftonline.com'],
        },
      ],
    }
  if (url.includes('openid-configuration'))
    return {
      issuer: `${base}/${REGISTRATION.tenant}/v2.0`,
      authorization_endpoint: `${base}/common/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/${REGISTRATION.tenant}/oauth2/v2.0/token`,
      end_session_endpoint: `${base}/common/oauth2/v2.0/logout`,
      jwks_uri: `${base}/common/discovery/v2.0/keys`,
    }
  return { token_type: 'Bearer', expires_in: 86_399, ext_expires_in: 86_399, access_token: connectorToken }
}

function send(res: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body)
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  res.end(text)
}

await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const login = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const serviceUrl = `${login}/`
const identity = await createFakeIdentity({ appId: REGISTRATION.appId, serviceUrl })
const connectorToken = identity.token({ aud: 'https://api.botframework.com' })
const tokens = Array.from({ length: TOKENS }, (_, n) => identity.token({ jti: String(n) }))
const keys = new URL(identity.metadata).origin

process.on('message', () => process.send?.(sample))
process.on('disconnect', () => process.exit())
process.send?.({ serviceUrl, login, keys, tokens } satisfies Microsoft)
