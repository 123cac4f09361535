import { hash } from 'node:crypto'
import type { Activity } from 'botbuilder'
import { LRUCache } from 'lru-cache'
import { isLoopback } from './service-hosts.ts'
import type { Claims, ValidateToken } from './tokens.ts'

/** `code` is for the log; whoever is refused learns the status only. */
type Verdict = { status: 200 } | { status: 401 | 403; code: string }

/** Decides whether a request comes from Teams, and from a tenant we serve. Never throws. */
export type Authenticate = (authorization: string | undefined, activity: Activity) => Promise<Verdict>

const ACCEPTED: Verdict = { status: 200 }

/** Teams has one token per service URL and hour; this many are never in use at once. */
const REMEMBERED = 1_000

/** For a real registration. A token is validated once and then remembered, by its hash, until it expires. */
export function withTokens(options: {
  validate: ValidateToken
  serviceAllowed: (serviceUrl: string) => boolean
  tenants: readonly string[]
  now: () => number
}): Authenticate {
  const { validate, serviceAllowed, tenants, now } = options
  const remembered = new LRUCache<string, Claims>({ max: REMEMBERED })

  async function claimsOf(authorization: string, activity: Activity): Promise<Claims> {
    const token = hash('sha256', authorization, 'base64')
    const known = remembered.get(token)
    if (known && known.expires > now()) return known
    remembered.delete(token)
    const claims = await validate(authorization, activity)
    if (claims.expires > now()) remembered.set(token, claims)
    return claims
  }

  return async (authorization, activity) => {
    if (!authorization?.startsWith('Bearer ')) return { status: 401, code: 'no-token' }
    if (activity.channelId !== 'msteams') return { status: 401, code: 'not-teams' }
    // The SDK skips its check when the body has no service URL.
    if (typeof activity.serviceUrl !== 'string' || !activity.serviceUrl) return { status: 401, code: 'no-service-url' }
    let claims: Claims
    try {
      claims = await claimsOf(authorization, activity)
    } catch (error) {
      return { status: 401, code: error instanceof Error && error.message === 'timeout' ? 'no-keys' : 'bad-token' }
    }
    if (claims.serviceUrl !== activity.serviceUrl) return { status: 401, code: 'service-url-differs' }
    if (!serviceAllowed(activity.serviceUrl)) return { status: 403, code: 'unknown-service-host' }
    return isOurs(activity, tenants) ? ACCEPTED : { status: 403, code: 'foreign-tenant' }
  }
}

/** For the local playground, which has no tokens: whatever wants its answers on this machine. */
export const withoutTokens: Authenticate = async (_, activity) =>
  activity.channelId === 'msteams' && typeof activity.serviceUrl === 'string' && isLoopback(activity.serviceUrl)
    ? ACCEPTED
    : { status: 403, code: 'not-local' }

function isOurs({ channelData, conversation }: Activity, tenants: readonly string[]): boolean {
  const named = [channelData?.tenant?.id, conversation?.tenantId].filter((tenant) => tenant !== undefined)
  return (
    named.length > 0 &&
    named.every((tenant: unknown) => typeof tenant === 'string' && tenants.includes(tenant.toLowerCase()))
  )
}
