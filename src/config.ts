import * as z from 'zod'
import { StoreError } from './app/ports.ts'
import { readRedisUrl } from './store/redis-url.ts'
import { parseKeyRing } from './store/seal.ts'

const namesIn = (text: string): string[] => text.split(',').flatMap((entry) => entry.trim() || [])

/** A text that the store can read; what it says against it is the fault, never the text itself. */
const readBy = (read: (text: string) => unknown) =>
  z.string().superRefine((text, context) => {
    try {
      read(text)
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
      "Teams: the bot registration's app id. With this, or with Slack's settings, the service runs in production; with neither it runs locally with the Playground.",
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
    .describe(
      'Teams: ids of the tenants the bot answers, separated by commas. With Teams it refuses to start without.',
    ),
  SLACK_BOT_TOKEN: z.string().optional().describe("Slack: the app's bot token (`xoxb-…`), for one workspace."),
  SLACK_SIGNING_SECRET: z.string().optional().describe('Slack: what its requests are signed with.'),
  SLACK_APP_TOKEN: z
    .string()
    .optional()
    .describe(
      'Slack: an app-level token (`xapp-…`). Given, the bot connects to Slack (Socket Mode) instead of waiting for requests.',
    ),
  SLACK_COMMAND: z
    .string()
    .regex(/^\/[a-z0-9_-]{1,31}$/, 'is a slash and up to 31 small letters, digits, - or _, such as /tovholder')
    .default('/tovholder')
    .describe('Slack: the slash command that means the bot, as in the manifest.'),
  SLACK_CLIENT_ID: z
    .string()
    .optional()
    .describe('Slack: instead of a bot token, for several workspaces that install the app at `/slack/install`.'),
  SLACK_CLIENT_SECRET: z.string().optional().describe('Slack: belongs to the client id.'),
  SLACK_STATE_SECRET: z
    .string()
    .min(16, 'is too short; make one with: openssl rand -base64 32')
    .optional()
    .describe('Slack: any random text of 16 characters or more; it signs what comes back from an installation.'),
  TOVHOLDER_ALLOWED_WORKSPACES: z
    .string()
    .transform(namesIn)
    .default([])
    .describe('Slack: ids of the workspaces (`T…`) that may install the app, separated by commas.'),
  SLACK_API_URL: z
    .url()
    // A method's name goes behind it.
    .transform((url) => (url.endsWith('/') ? url : `${url}/`))
    .optional()
    .describe(
      'Slack: where its Web API is, where that is not slack.com, as in GovSlack; `/slack/install` leads to slack.com all the same.',
    ),
  TOVHOLDER_KEYS: readBy(parseKeyRing)
    .optional()
    .describe(
      'Keys that seal what is stored: `id:base64` of 32 bytes, separated by commas; the first one writes. Made by itself locally.',
    ),
  REDIS_URL: readBy(readRedisUrl)
    .optional()
    .describe(
      'A Redis of your own: `redis://host:port`, with TLS `rediss://…`; behind Sentinels `redis+sentinel://host:port,host:port/name`, a Cluster `redis+cluster://host:port,host:port`, with TLS `rediss+…`. Needed in production; locally one is started for you.',
    ),
  REDIS_WAIT_REPLICAS: z.coerce
    .number()
    .int()
    .min(0)
    .max(5)
    .optional()
    .describe(
      'How many replicas of a master, 0 to 5, must have something before anybody is told that it is saved. Unless set, 1 behind Sentinels and with a Cluster, and otherwise 0.',
    ),
  TOVHOLDER_URL: z
    .url({
      protocol: /^https$/,
      error: 'is an address that begins with https://: what is fetched there may be about a pupil',
    })
    .transform((url) => url.replace(/(?<!\/)\/+$/, ''))
    .optional()
    .describe(
      'The public address of the service, `https://…`, as people reach it with a browser: links to files begin with it. Without it no files are offered.',
    ),
  TOVHOLDER_METRICS_TOKEN: z
    .string()
    .min(16, 'is too short; make one with: openssl rand -base64 32')
    .optional()
    .describe(
      'Any random text of 16 characters or more. With it `GET /metrics` answers whoever sends it as a bearer token; without it there is no `/metrics`.',
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
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .optional()
    .describe(
      'How much is logged: `debug`, `info`, `warn`, `error` or `silent`. Without it `info` for a school, and `warn` in the local mode.',
    ),
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

type Given = Record<string, string | undefined>
type Needed = [name: string, isThere: unknown, why: string]

/** What is missing beside what is given; also told where something else is wrong. */
function missingIn(given: Given): string[] {
  const needed =
    hasTeams(given) || hasSlack(given)
      ? [...(hasTeams(given) ? neededForTeams(given) : []), ...neededForSlack(given), ...neededInProduction(given)]
      : [...withoutRegistration(given), ...neededForSlack(given)]
  const both = given.SLACK_BOT_TOKEN && given.SLACK_CLIENT_ID
  return [
    ...needed.flatMap(([name, isThere, why]) => (isThere ? [] : `${name}: is missing: ${why}`)),
    ...(both ? ['SLACK_BOT_TOKEN: is for one workspace, SLACK_CLIENT_ID for several: set one of the two'] : []),
  ]
}

const hasTeams = ({ MicrosoftAppId }: Given): boolean => MicrosoftAppId !== undefined
const hasSlack = (given: Given): boolean => (given.SLACK_BOT_TOKEN ?? given.SLACK_CLIENT_ID) !== undefined

const withoutRegistration = (given: Given): Needed[] =>
  given.MicrosoftAppPassword
    ? [['MicrosoftAppId', false, 'a password without it would leave the bot open to anybody']]
    : [
        [
          'MicrosoftAppId',
          given.NODE_ENV !== 'production',
          "or Slack's settings: without credentials the bot would answer anybody, so it only runs locally",
        ],
      ]

const neededForTeams = (given: Given): Needed[] => [
  [
    'MicrosoftAppPassword',
    given.MicrosoftAppPassword || given.MicrosoftAppType === 'UserAssignedMSI',
    'a SingleTenant registration signs in with it',
  ],
  ['MicrosoftAppTenantId', given.MicrosoftAppTenantId, 'it is the tenant the app is registered in'],
  [
    'TOVHOLDER_ALLOWED_TENANTS',
    namesIn(given.TOVHOLDER_ALLOWED_TENANTS ?? '').length > 0,
    'without it any tenant could talk to the bot',
  ],
]

function neededForSlack(given: Given): Needed[] {
  const { SLACK_SIGNING_SECRET, SLACK_APP_TOKEN, SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_STATE_SECRET } = given
  if (!hasSlack(given)) {
    const anything = SLACK_SIGNING_SECRET ?? SLACK_APP_TOKEN ?? SLACK_CLIENT_SECRET ?? SLACK_STATE_SECRET
    return [['SLACK_BOT_TOKEN', anything === undefined, "or SLACK_CLIENT_ID, beside Slack's other settings"]]
  }
  const signed: Needed = [
    'SLACK_SIGNING_SECRET',
    SLACK_SIGNING_SECRET ?? (SLACK_CLIENT_ID ? undefined : SLACK_APP_TOKEN),
    "without it anybody could speak in Slack's name; only with an app token are there no requests to sign",
  ]
  if (!SLACK_CLIENT_ID) return [signed]
  return [
    signed,
    ['SLACK_CLIENT_SECRET', SLACK_CLIENT_SECRET, 'it belongs to the client id'],
    [
      'SLACK_STATE_SECRET',
      SLACK_STATE_SECRET,
      'an installation could be forged; make one with: openssl rand -base64 32',
    ],
    [
      'TOVHOLDER_ALLOWED_WORKSPACES',
      namesIn(given.TOVHOLDER_ALLOWED_WORKSPACES ?? '').length > 0,
      'without it any workspace could install the bot',
    ],
  ]
}

const neededInProduction = (given: Given): Needed[] => [
  ['REDIS_URL', given.REDIS_URL, 'production stores its state in a Redis of yours'],
  [
    'TOVHOLDER_KEYS',
    given.TOVHOLDER_KEYS,
    'what is stored is sealed with them; make one with: openssl rand -base64 32',
  ],
]

/** With a registration in Teams or Slack the service is in production: authenticated, with no Playground and no demo. */
export const isProduction = ({ MicrosoftAppId, SLACK_BOT_TOKEN, SLACK_CLIENT_ID }: Config): boolean =>
  (MicrosoftAppId ?? SLACK_BOT_TOKEN ?? SLACK_CLIENT_ID) !== undefined

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
