import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Issues the tokens Teams would send, and publishes their key as Microsoft does. */
export interface FakeIdentity {
  metadata: string
  /** A good token; any claim or header may be replaced, and `undefined` leaves it out. */
  token(claims?: object, header?: object): string
  /** A token that claims to be signed with our key but is not. */
  forged(): string
  /** A token nobody signed. */
  unsigned(): string
  /** How often the keys were fetched. */
  fetches(): number
  /** The key server answers 503 as long as it is down. */
  goDown(down?: boolean): void
  close(): Promise<void>
}

const KEY_ID = 'test-key'
// Making them takes longer than a test.
const ours = generateKeyPairSync('rsa', { modulusLength: 2048 })
const theirs = generateKeyPairSync('rsa', { modulusLength: 2048 })
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function signed(header: object, claims: object, key: KeyObject): string {
  const content = `${part(header)}.${part(claims)}`
  return `${content}.${sign('RSA-SHA256', Buffer.from(content), key).toString('base64url')}`
}

export async function createFakeIdentity(options: { appId: string; serviceUrl: string }): Promise<FakeIdentity> {
  let fetches = 0
  let isDown = false
  const server = createServer((req, res) => {
    res.statusCode = isDown ? 503 : 200
    if (isDown) return void res.end()
    res.setHeader('content-type', 'application/json')
    if (req.url === '/openid' || req.url?.endsWith('/openidconfiguration'))
      return void res.end(JSON.stringify({ jwks_uri: `${origin}/keys` }))
    fetches++
    const key = { ...ours.publicKey.export({ format: 'jwk' }), kid: KEY_ID, use: 'sig', endorsements: ['msteams'] }
    res.end(JSON.stringify({ keys: [key] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const goodHeader = { typ: 'JWT', alg: 'RS256', kid: KEY_ID }
  const goodClaims = () => {
    const now = Math.floor(Date.now() / 1000)
    return {
      serviceurl: options.serviceUrl,
      iss: 'https://api.botframework.com',
      aud: options.appId,
      nbf: now - 60,
      exp: now + 3600,
    }
  }
  return {
    metadata: `${origin}/openid`,
    token: (claims, header) => signed({ ...goodHeader, ...header }, { ...goodClaims(), ...claims }, ours.privateKey),
    forged: () => signed(goodHeader, goodClaims(), theirs.privateKey),
    unsigned: () => `${part({ typ: 'JWT', alg: 'none', kid: KEY_ID })}.${part(goodClaims())}.`,
    fetches: () => fetches,
    goDown: (down = true) => {
      isDown = down
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
