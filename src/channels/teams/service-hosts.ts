/**
 * The hosts Teams calls us from and is answered at; a leading dot stands for every host below.
 * From the Teams service endpoints that Microsoft's Agents SDK lists (public cloud, GCC, GCC High, DoD) and the Bot
 * Framework's own domains. Other people's hosts under trafficmanager.net are not Microsoft's, so only the one is named.
 */
const MICROSOFT_HOSTS = [
  'smba.trafficmanager.net',
  '.botframework.com',
  '.botframework.us',
  '.teams.microsoft.com',
  '.infra.gov.teams.microsoft.us',
  '.infra.dod.teams.microsoft.us',
]

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost']

export const isLoopback = (serviceUrl: string): boolean => LOOPBACK.includes(parse(serviceUrl)?.hostname ?? '')

/** Makes the check whether a service URL may be called: https at a known host. Without it anybody could aim the bot. */
export function serviceHosts(extra: readonly string[]): (serviceUrl: string) => boolean {
  const known = [...MICROSOFT_HOSTS, ...extra]
  const isAllowed = (serviceUrl: string): boolean => {
    const url = parse(serviceUrl)
    if (!url || url.username || url.password) return false
    if (!known.some((host) => (host.startsWith('.') ? url.hostname.endsWith(host) : url.hostname === host)))
      return false
    // Tests and the local playground have no certificate; nothing leaves the machine.
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(serviceUrl))
  }
  // A tenant has one service URL: it is asked about twice a turn.
  let allowed: string | undefined
  return (serviceUrl) => {
    if (serviceUrl === allowed) return true
    if (!isAllowed(serviceUrl)) return false
    allowed = serviceUrl
    return true
  }
}

const parse = (url: string): URL | undefined => URL.parse(url) ?? undefined
