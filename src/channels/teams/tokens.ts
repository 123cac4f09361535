import {
  type Activity,
  ConfigurationBotFrameworkAuthentication,
  type ConfigurationServiceClientCredentialFactory,
} from 'botbuilder'
import { within } from '../../app/within.ts'

/** What we keep of a token that has been found good. */
export interface Claims {
  /** Milliseconds since 1970. */
  expires: number
  serviceUrl: string
}

/** Resolves for a good token and rejects any other. */
export type ValidateToken = (authorization: string, activity: Activity) => Promise<Claims>

/** The public cloud's end points, as the SDK has them; it wants all of them named once one of them is. */
export const CLOUD = {
  ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
  ToChannelFromBotOAuthScope: 'https://api.botframework.com',
  ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
  OAuthUrl: 'https://api.botframework.com',
  CallerId: 'urn:botframework:azure',
}

const KEY_SERVER = 'https://login.botframework.com/v1/.well-known/openidconfiguration'
const KEY_SERVER_TIMEOUT = 5_000

/**
 * The SDK would throw its signing keys away when they are a day old and the key server does not answer, and refuse
 * everybody. With a century instead, it asks again only when a token names a key it does not have.
 */
const KEY_LIFE_HOURS = 24 * 365 * 100

/** The SDK's check of signature, issuer, audience, expiry, endorsement and service URL, narrowed to Teams' own tokens. */
export function sdkValidation(options: {
  credentials: ConfigurationServiceClientCredentialFactory
  tenants: readonly string[]
  openIdMetadata: string | undefined
}): ValidateToken {
  const keys = options.openIdMetadata ?? KEY_SERVER
  const sdk = new ConfigurationBotFrameworkAuthentication(
    { ...CLOUD, ToBotFromChannelOpenIdMetadataUrl: keys, ToBotFromEmulatorOpenIdMetadataUrl: keys },
    options.credentials,
    undefined,
    undefined,
    { tokenRefreshInterval: KEY_LIFE_HOURS },
  )
  return async (authorization, activity) => {
    const claimed = unverifiedClaims(authorization)
    // The SDK also takes the Emulator's tokens, without asking whom they were issued for.
    if (claimed.iss !== CLOUD.ToBotFromChannelTokenIssuer) throw new Error('not a channel token')
    // The SDK remembers every tenant id it ever sees in a token, good or bad, without bound.
    if (claimed.tid !== undefined && !options.tenants.includes(String(claimed.tid))) throw new Error('foreign tenant')
    const { claimsIdentity } = await withTimeout(sdk.authenticateRequest(activity, authorization), KEY_SERVER_TIMEOUT)
    const expires = Number(claimsIdentity.getClaimValue('exp')) * 1000
    // The SDK takes a token that never expires.
    if (!(expires > 0)) throw new Error('token without expiry')
    return { expires, serviceUrl: claimsIdentity.getClaimValue('serviceurl') ?? '' }
  }
}

function unverifiedClaims(authorization: string): Record<string, unknown> {
  const payload = authorization.split(' ')[1]?.split('.')[1] ?? ''
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
  if (typeof claims !== 'object' || claims === null) throw new Error('not a token')
  return { ...claims }
}

const LATE = Symbol('late')

/** Rejects when the promise takes longer; for the SDK's own calls, which have no timeout. */
export async function withTimeout<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  const given = await within(milliseconds, promise, LATE)
  if (given === LATE) throw new Error('timeout')
  return given
}
