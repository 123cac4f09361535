import * as z from 'zod'

/** Names that hold nothing are as good as absent: `.env` files are full of `NAME=`. */
const optional = <T extends z.ZodType>(type: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), type.optional())

const list = z.string().transform((text) => text.split(',').flatMap((entry) => entry.trim() || []))

/** Every setting of the service, from the environment. The README's table is made from these descriptions. */
export const settings = z
  .object({
    MicrosoftAppId: optional(z.guid()).describe(
      "The bot registration's app id. Given, the service runs in production; absent, it runs locally with the Playground.",
    ),
    MicrosoftAppPassword: optional(z.string()).describe(
      "The app's client secret; needed for a SingleTenant registration.",
    ),
    MicrosoftAppType: z
      .enum(['SingleTenant', 'UserAssignedMSI'])
      .default('SingleTenant')
      .describe('How the bot is registered. Multi-tenant bots can no longer be created.'),
    MicrosoftAppTenantId: optional(z.guid()).describe('The tenant the app is registered in.'),
    TOVHOLDER_ALLOWED_TENANTS: list
      .default([])
      .describe('Tenant ids the bot answers, separated by commas. Production refuses to start without.'),
    TOVHOLDER_KEYS: optional(z.string()).describe(
      'Keys that seal what is stored: `id:base64` of 32 bytes, separated by commas; the first one writes. Made by itself locally.',
    ),
    REDIS_URL: optional(z.string()).describe(
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
  .superRefine((env, context) => {
    if (!env.MicrosoftAppId) {
      if (env.MicrosoftAppPassword)
        missing('MicrosoftAppId', 'a password without it would leave the bot open to anybody')
      if (env.NODE_ENV === 'production')
        missing('MicrosoftAppId', 'without credentials the bot would answer anybody, so it only runs locally')
      return
    }
    if (env.MicrosoftAppType === 'SingleTenant' && !env.MicrosoftAppPassword)
      missing('MicrosoftAppPassword', 'a SingleTenant registration signs in with it')
    if (!env.MicrosoftAppTenantId) missing('MicrosoftAppTenantId', 'it is the tenant the app is registered in')
    if (env.TOVHOLDER_ALLOWED_TENANTS.length === 0)
      missing('TOVHOLDER_ALLOWED_TENANTS', 'without it any tenant could talk to the bot')
    if (!env.REDIS_URL) missing('REDIS_URL', 'production stores its state in a Redis of yours')
    if (!env.TOVHOLDER_KEYS)
      missing('TOVHOLDER_KEYS', 'what is stored is sealed with them; make one with: openssl rand -base64 32')

    function missing(name: string, why: string) {
      context.addIssue({ code: 'custom', path: [name], message: `is missing: ${why}` })
    }
  })

export type Config = z.output<typeof settings>

/** A fault in the environment; the message names every faulty setting at once, never a value. */
export class ConfigError extends Error {}

/** Reads the settings from an environment. Throws `ConfigError`. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = settings.safeParse(env)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`)
  throw new ConfigError(`Tovholder cannot start with these settings:\n${faults.join('\n')}`)
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
