import { StoreError } from '../app/ports.ts'
import type { Address, RedisConfig } from './redis.ts'

/** `redis+sentinel://user:password@host:port,host:port/name`, and the same for a Cluster, which has no name. */
const SEVERAL =
  /^redis(?<tls>s?)\+(?<kind>sentinel|cluster):\/\/(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^@/?]+)(?:\/(?<name>[^/?]*))?(?:\?sentinel-password=(?<sentinelPassword>.+))?$/
const HOST = /^(?<host>\[[\da-f:.]+\]|[^:[\]]+)(?::(?<port>\d{1,5}))?$/i
const USUAL_PORT = { sentinel: 26_379, cluster: 6379 } as const

/**
 * How Redis is run, from the one setting that says so: `redis://` or `rediss://` for one server, and with `+sentinel` or
 * `+cluster` several hosts of which any may be away.
 * @throws {StoreError} `redis-url-invalid`; its cause says what is wrong, and repeats nothing.
 */
export function readRedisUrl(url: string): RedisConfig {
  // What is wrong with the address of one server, its client tells.
  if (!/^rediss?\+/.test(url)) return { kind: 'url', url }
  const { tls, kind, user, password, hosts, name, sentinelPassword } = SEVERAL.exec(url)?.groups ?? {}
  if (!kind || !hosts)
    throw invalid('is redis+sentinel://host:port,host:port/name or redis+cluster://host:port,host:port')
  const nodes = hosts.split(',').map((host) => readHost(host, USUAL_PORT[kind as keyof typeof USUAL_PORT]))
  const shared = {
    ...(user && { username: decode(user) }),
    ...(password && { password: decode(password) }),
    ...(tls && { tls: true }),
  }
  if (kind === 'cluster') {
    if (name || sentinelPassword) throw invalid('of a Cluster ends with its hosts: it has neither a name nor sentinels')
    return { kind, nodes, ...shared }
  }
  if (!name) throw invalid('of Sentinels ends with the name they know the master by, as in /mymaster')
  return {
    kind: 'sentinel',
    sentinels: nodes,
    name: decode(name),
    ...(sentinelPassword && { sentinelPassword: decode(sentinelPassword) }),
    ...shared,
  }
}

function readHost(text: string, usual: number): Address {
  const { host, port } = HOST.exec(text)?.groups ?? {}
  if (!host || Number(port ?? usual) > 65_535)
    throw invalid('names each host as host or host:port, separated by commas')
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port ?? usual) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw invalid('has a % that stands for nothing: write it as %25')
  }
}

const invalid = (what: string) => new StoreError('redis-url-invalid', { cause: new Error(what) })
