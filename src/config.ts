import * as z from 'zod'
import { StoreError } from './app/ports.ts'
import { parseKeyRing } from './store/seal.ts'

const namesIn = (text: string): string[] => text.split(',').flatMap((entry) => entry.trim() || [])

const keyRing = z.string().superRefine((keys, context) => {
  try {
    parseKeyRing(keys)
  } catch (error) {
    if (!(error instanceof StoreError && error.cause instanceof Error)) throw error
    context.addIssue({ code: 'custom', message: error.cause.message })
  }
})

/** Every setting of the service, from the environment. The README's table is made from these descriptions. */
export const settings = z.object({
  MicrosoftAppId: z
    .guid()
    .optional()
    .describe(
      "The bot registration's app id. Given, the service runs in production; absent, it runs locally with the Playground.",
    ),
  MicrosoftAppPassword: z
    .string()
    .optional()
    .describe("The app's client secret; needed for a SingleTenant registration."),
  MicrosoftAppType: z
    .enum(['SingleTenant', 'UserAssignedMSI'])
    .default('SingleTenant')
    .describe('How the bot is registered. Multi-tenant bots can no longer be created.'),
  MicrosoftAppTenantId: z.guid().optional().describe('The tenant the app is registered in.'),
  TOVHOLDER_ALLOWED_TENANTS: z
    .string()
    .transform(namesIn)
    .default([])
    .describe('Tenant ids the bot answers, separated by commas. Production refuses to start without.'),
  TOVHOLDER_KEYS: keyRing
    .optional()
    .describe(
      'Keys that seal what is stored: `id:base64` of 32 bytes, separated by commas; the first one writes. Made by itself locally.',
    ),
  REDIS_URL: z
    .string()
    .optional()
    .describe(
      'A Redis of your own, `redis://…` or `rediss://…`. Needed in production; locally one is started for you.',
    ),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3978).describe('The port the bot listens on.'),
  PLAYGROUND_PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .default(56_150)
    .describe('The port of the local Playground.'),
  TOVHOLDER_DATA: z.string().default('.data').describe('Where the local mode keeps its Redis, keys and demo clock.'),
  NODE_ENV: z.string().optional().describe('`production` refuses to start in local mode, whatever else is missing.'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('How much is logged.'),
})

export type Config = z.output<typeof settings>

/** A fault in the environment; the message names every faulty setting at once, never a value. */
export class ConfigError extends Error {}

/** Reads the settings from an environment. Throws `ConfigError`. */
export function readConfig(env: Record<string, string | undefined>): Config {
  // Names that hold nothing are as good as absent: `.env` files are full of `NAME=`.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const { data, error } = settings.safeParse(given)
  const wrong = (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
  const faults = [...wrong, ...missingIn(given)]
  if (data && faults.length === 0) return data
  throw new ConfigError(
    `Tovholder cannot start with these settings:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
  )
}

/** What is missing beside what is given; also told where something else is wrong. */
function missingIn(given: Record<string, string | undefined>): string[] {
  const missing = (name: string, why: string) => [`${name}: is missing: ${why}`]
  if (!given.MicrosoftAppId) {
    if (given.MicrosoftAppPassword)
      return missing('MicrosoftAppId', 'a password without it would leave the bot open to anybody')
    if (given.NODE_ENV === 'production')
      return missing('MicrosoftAppId', 'without credentials the bot would answer anybody, so it only runs locally')
    return []
  }
  const needed: [name: string, absent: boolean, why: string][] = [
    [
      'MicrosoftAppPassword',
      !given.MicrosoftAppPassword && given.MicrosoftAppType !== 'UserAssignedMSI',
      'a SingleTenant registration signs in with it',
    ],
    ['MicrosoftAppTenantId', !given.MicrosoftAppTenantId, 'it is the tenant the app is registered in'],
    [
      'TOVHOLDER_ALLOWED_TENANTS',
      namesIn(given.TOVHOLDER_ALLOWED_TENANTS ?? '').length === 0,
      'without it any tenant could talk to the bot',
    ],
    ['REDIS_URL', !given.REDIS_URL, 'production stores its state in a Redis of yours'],
    [
      'TOVHOLDER_KEYS',
      !given.TOVHOLDER_KEYS,
      'what is stored is sealed with them; make one with: openssl rand -base64 32',
    ],
  ]
  return needed.flatMap(([name, absent, why]) => (absent ? missing(name, why) : []))
}

/** With an app id the service is in production: authenticated, with no Playground and no demo. */
export const isProduction = ({ MicrosoftAppId }: Config): boolean => MicrosoftAppId !== undefined

/** The settings as a Markdown table, so that the README cannot disagree with the code. */
export function settingsTable(): string {
  const rows = Object.entries(settings.shape).map(([name, type]) => {
    const fallback = type.safeParse(undefined)
    const value =
      fallback.success && fallback.data !== undefined ? `\`${[fallback.data].flat().join(',') || ' '}\`` : ''
    return `| \`${name}\` | ${type.description ?? ''} | ${value.replace('` `', '')} |`
  })
  return ['| setting | what it is for | unless set |', '| --- | --- | --- |', ...rows].join('\n')
}
