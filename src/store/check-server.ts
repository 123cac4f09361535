/** Looks whether the server is set up to keep what it has acknowledged. */
import { Cluster, type Redis } from 'ioredis'
import type { Connection } from './redis.ts'

export interface Finding {
  setting: string
  /** `unknown` where the server does not tell. */
  is: string
  should: string
  remedy: string
}

const OLDEST_VERSION = [6, 2] as const

interface Rule {
  setting: string
  should: string
  fits: (is: string) => boolean
  remedy: string
}

const RULES: Rule[] = [
  {
    setting: 'appendonly',
    should: 'yes',
    fits: (is) => is === 'yes',
    remedy: 'Set "appendonly yes": without it a restart forgets everything since the last snapshot.',
  },
  {
    setting: 'appendfsync',
    should: 'always',
    fits: (is) => is === 'always',
    remedy: 'Set "appendfsync always": with "everysec" a power cut loses up to a second of what was acknowledged.',
  },
  {
    setting: 'maxmemory-policy',
    should: 'noeviction',
    fits: (is) => is === 'noeviction',
    remedy: 'Set "maxmemory-policy noeviction": any other one throws away cases and reminders when memory is short.',
  },
  {
    setting: 'memory',
    should: 'below 80 % of maxmemory',
    fits: (is) => Number.parseInt(is, 10) < 80,
    remedy:
      'Raise "maxmemory" or the machine\'s memory: at 100 % Redis takes no more, and people are told to try again.',
  },
  {
    setting: 'aof-write',
    should: 'ok',
    fits: (is) => is === 'ok',
    remedy: 'Make room on the disk of Redis: its last write to the append-only file failed.',
  },
  {
    setting: 'version',
    should: `${OLDEST_VERSION.join('.')} or later`,
    fits: isRecent,
    remedy: 'Update Redis: older versions lack commands that are used here.',
  },
]

/** Every setting that is not as it should be; none when all is well. Asks each master of a Cluster. */
export async function checkServer(redis: Connection): Promise<Finding[]> {
  const servers = redis instanceof Cluster ? redis.nodes('master') : [redis]
  const found = (await Promise.all(servers.map(check))).flat()
  // Servers that are wrong in the same way are one finding.
  return [...new Map(found.map((finding) => [`${finding.setting} ${finding.is}`, finding])).values()]
}

async function check(server: Redis): Promise<Finding[]> {
  const info = parseInfo(await server.info())
  const settings: Record<string, string | undefined> = {
    // INFO is allowed where CONFIG is not, and tells all but the third.
    appendonly: { '1': 'yes', '0': 'no' }[info.aof_enabled ?? ''],
    'maxmemory-policy': info.maxmemory_policy,
    appendfsync: await readSetting(server, 'appendfsync'),
    // Where no limit is set there is nothing to be a share of.
    memory: `${Math.round((100 * Number(info.used_memory ?? 0)) / (Number(info.maxmemory) || Number.POSITIVE_INFINITY))} %`,
    'aof-write': info.aof_last_write_status ?? 'ok',
    version: info.redis_version,
  }
  return RULES.flatMap(({ setting, should, fits, remedy }) => {
    const is = settings[setting]
    if (is === undefined) return [{ setting, is: 'unknown', should, remedy: `The server does not tell. ${remedy}` }]
    return fits(is) ? [] : [{ setting, is, should, remedy }]
  })
}

/** A setting, or `undefined` where the server does not let us look: hosted ones forbid CONFIG, some rename it. */
async function readSetting(server: Redis, setting: string): Promise<string | undefined> {
  try {
    const [, value] = (await server.config('GET', setting)) as string[]
    return value
  } catch (error) {
    if (/^(NOPERM|ERR unknown command)/.test((error as Error).message)) return undefined
    throw error
  }
}

const parseInfo = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(/\r?\n/).map((line) => [line.split(':', 1)[0] ?? '', line.slice(line.indexOf(':') + 1)]),
  )

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > OLDEST_VERSION[0] || (major === OLDEST_VERSION[0] && minor >= OLDEST_VERSION[1])
}
