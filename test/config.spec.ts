import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { type Config, ConfigError, isProduction, readConfig, settings, settingsTable } from '../src/config.ts'

const GUID = '11111111-2222-3333-4444-555555555555'
const KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`

/** All that production needs. */
const PRODUCTION = {
  MicrosoftAppId: GUID,
  MicrosoftAppPassword: 'hemmelig-password',
  MicrosoftAppTenantId: GUID,
  TOVHOLDER_ALLOWED_TENANTS: `${GUID}, ${GUID.replaceAll('1', '9')}`,
  TOVHOLDER_KEYS: KEYS,
  REDIS_URL: 'rediss://:hemmelig-redis@redis.example',
}

/** All that production needs with Slack, in one workspace. */
const SLACK = {
  SLACK_BOT_TOKEN: 'xoxb-hemmelig',
  SLACK_SIGNING_SECRET: 'hemmelig-signing-secret',
  TOVHOLDER_KEYS: KEYS,
  REDIS_URL: 'rediss://:hemmelig-redis@redis.example',
}

/** The same, in several workspaces. */
const { SLACK_BOT_TOKEN: _, ...COMMON } = SLACK
const SEVERAL = {
  ...COMMON,
  SLACK_CLIENT_ID: '123.456',
  SLACK_CLIENT_SECRET: 'hemmelig-client-secret',
  SLACK_STATE_SECRET: 'hemmelig-state-secret',
  TOVHOLDER_ALLOWED_WORKSPACES: 'T1, T2',
}

/** What readConfig refuses these settings with. */
function refusal(env: Record<string, string | undefined>): string {
  try {
    readConfig(env)
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.message
  }
  return assert.fail('these settings were taken')
}

const namedIn = (message: string): string[] => [...message.matchAll(/^ {2}(\w+): /gm)].map(([, name = '']) => name)

describe('the settings', () => {
  it('take the public address of the service, and only one that nobody can listen in on', () => {
    assert.equal(readConfig({ TOVHOLDER_URL: 'https://tov.example/bot/' }).TOVHOLDER_URL, 'https://tov.example/bot')
    for (const address of ['http://tov.example', 'tov.example', 'ftp://tov.example', 'https://'])
      assert.deepEqual(namedIn(refusal({ TOVHOLDER_URL: address })), ['TOVHOLDER_URL'], address)
  })

  it('need nothing to run locally', () => {
    const config = readConfig({})
    assert.equal(isProduction(config), false)
    assert.deepEqual([config.PORT, config.PLAYGROUND_PORT, config.TOVHOLDER_DATA], [3978, 56_150, '.data'])
  })

  it('are in production with an app id and all that belongs to it', () => {
    const config = readConfig(PRODUCTION)
    assert.equal(isProduction(config), true)
    assert.deepEqual(config.TOVHOLDER_ALLOWED_TENANTS, [GUID, GUID.replaceAll('1', '9')])
  })

  it('take a managed identity, which has no password', () => {
    const { MicrosoftAppPassword: _, ...rest } = PRODUCTION
    assert.equal(readConfig({ ...rest, MicrosoftAppType: 'UserAssignedMSI' }).MicrosoftAppPassword, undefined)
  })

  for (const name of Object.keys(PRODUCTION).filter((each) => each !== 'MicrosoftAppId'))
    it(`refuse production without ${name}, or with an empty one`, () => {
      for (const value of [undefined, '']) assert.deepEqual(namedIn(refusal({ ...PRODUCTION, [name]: value })), [name])
    })

  it('refuse a list of tenants that names none', () => {
    assert.deepEqual(namedIn(refusal({ ...PRODUCTION, TOVHOLDER_ALLOWED_TENANTS: ' , ' })), [
      'TOVHOLDER_ALLOWED_TENANTS',
    ])
  })

  it('refuse to run locally with a password, or in production’s clothes', () => {
    assert.deepEqual(namedIn(refusal({ MicrosoftAppPassword: 'hemmelig' })), ['MicrosoftAppId'])
    assert.deepEqual(namedIn(refusal({ NODE_ENV: 'production' })), ['MicrosoftAppId'])
    assert.deepEqual(namedIn(refusal({ ...PRODUCTION, MicrosoftAppId: '' })), ['MicrosoftAppId'])
  })

  const wrong: [string, string][] = [
    ['MicrosoftAppId', 'hemmelig'],
    ['MicrosoftAppTenantId', 'hemmelig'],
    ['MicrosoftAppType', 'MultiTenant'],
    ['TOVHOLDER_KEYS', 'hemmelig'],
    ['PORT', '0'],
    ['PORT', '70000'],
    ['PORT', 'hemmelig'],
    ['PORT', '39.5'],
    ['PLAYGROUND_PORT', '-1'],
    ['LOG_LEVEL', 'hemmelig'],
  ]
  for (const [name, value] of wrong)
    it(`refuse ${value} as ${name}`, () => {
      assert.ok(namedIn(refusal({ ...PRODUCTION, [name]: value })).includes(name))
    })

  it('are in production with Slack alone, with Teams alone, and with both', () => {
    for (const env of [SLACK, SEVERAL, PRODUCTION, { ...PRODUCTION, ...SLACK }, { ...PRODUCTION, ...SEVERAL }])
      assert.equal(isProduction(readConfig(env)), true)
    assert.deepEqual(readConfig(SEVERAL).TOVHOLDER_ALLOWED_WORKSPACES, ['T1', 'T2'])
    assert.equal(readConfig(SLACK).SLACK_COMMAND, '/tovholder')
  })

  for (const [where, all, one] of [
    ['one workspace', SLACK, 'SLACK_BOT_TOKEN'],
    ['several workspaces', SEVERAL, 'SLACK_CLIENT_ID'],
  ] as const)
    for (const name of Object.keys(all))
      it(`refuse Slack in ${where} without ${name}, or with an empty one`, () => {
        // Without what tells how it is run, it is not known which of the two is missing; the text says so.
        const told = name === one ? 'SLACK_BOT_TOKEN' : name
        for (const value of [undefined, '']) assert.ok(namedIn(refusal({ ...all, [name]: value })).includes(told), told)
      })

  it('refuse a part of Slack beside a whole Teams', () => {
    const parts = {
      SLACK_BOT_TOKEN: ['SLACK_SIGNING_SECRET'],
      SLACK_SIGNING_SECRET: ['SLACK_BOT_TOKEN'],
      SLACK_APP_TOKEN: ['SLACK_BOT_TOKEN'],
      SLACK_CLIENT_SECRET: ['SLACK_BOT_TOKEN'],
      SLACK_STATE_SECRET: ['SLACK_BOT_TOKEN'],
      SLACK_CLIENT_ID: [
        'SLACK_SIGNING_SECRET',
        'SLACK_CLIENT_SECRET',
        'SLACK_STATE_SECRET',
        'TOVHOLDER_ALLOWED_WORKSPACES',
      ],
    }
    for (const [name, missing] of Object.entries(parts))
      assert.deepEqual(namedIn(refusal({ ...PRODUCTION, [name]: 'hemmelig-and-long-enough' })), missing, name)
  })

  it('refuse to run locally with a part of Slack', () => {
    const names = namedIn(refusal({ SLACK_SIGNING_SECRET: 'hemmelig' }))
    assert.deepEqual(names, ['SLACK_BOT_TOKEN'])
  })

  it('take an app token in place of a signing secret, in one workspace', () => {
    const { SLACK_SIGNING_SECRET: _, ...rest } = SLACK
    assert.equal(readConfig({ ...rest, SLACK_APP_TOKEN: 'xapp-1' }).SLACK_SIGNING_SECRET, undefined)
    const { SLACK_SIGNING_SECRET: __, ...several } = SEVERAL
    assert.deepEqual(namedIn(refusal({ ...several, SLACK_APP_TOKEN: 'xapp-1' })), ['SLACK_SIGNING_SECRET'])
  })

  it('refuse one workspace and several at once', () => {
    assert.deepEqual(namedIn(refusal({ ...SLACK, ...SEVERAL })), ['SLACK_BOT_TOKEN'])
  })

  it('refuse a list of workspaces that names none', () => {
    assert.deepEqual(namedIn(refusal({ ...SEVERAL, TOVHOLDER_ALLOWED_WORKSPACES: ' , ' })), [
      'TOVHOLDER_ALLOWED_WORKSPACES',
    ])
  })

  for (const [name, value] of [
    ['SLACK_COMMAND', 'tovholder'],
    ['SLACK_COMMAND', '/Tovholder'],
    ['SLACK_COMMAND', `/${'x'.repeat(32)}`],
    ['SLACK_API_URL', 'slack.com'],
    ['SLACK_STATE_SECRET', 'hemmelig'],
  ] as const)
    it(`refuse ${value} as ${name}`, () => {
      const message = refusal({ ...SEVERAL, [name]: value })
      assert.deepEqual(namedIn(message), [name])
      assert.doesNotMatch(message, /hemmelig/)
    })

  it('take Slack’s address with a slash at its end or without', () => {
    for (const SLACK_API_URL of ['https://slack-gov.com/api', 'https://slack-gov.com/api/'])
      assert.equal(readConfig({ ...SEVERAL, SLACK_API_URL }).SLACK_API_URL, 'https://slack-gov.com/api/')
  })

  it('name everything that is wrong at once, and never a value', () => {
    const message = refusal({
      MicrosoftAppId: GUID,
      MicrosoftAppTenantId: 'hemmelig-tenant',
      TOVHOLDER_KEYS: 'hemmelig-keys',
      PORT: 'hemmelig-port',
      LOG_LEVEL: 'hemmelig-level',
    })
    assert.deepEqual(namedIn(message).sort(), [
      'LOG_LEVEL',
      'MicrosoftAppPassword',
      'MicrosoftAppTenantId',
      'PORT',
      'REDIS_URL',
      'TOVHOLDER_ALLOWED_TENANTS',
      'TOVHOLDER_KEYS',
    ])
    assert.doesNotMatch(message, /hemmelig|1111/)
  })

  it('take an empty text for an absent one, as `.env` files have it', () => {
    const names = [...settingsTable().matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name)
    assert.ok(names.length > 10)
    const empty: Config = readConfig(Object.fromEntries(names.map((name) => [name, ''])))
    assert.deepEqual(empty, readConfig({}))
  })

  it('are all in .env.example, and nothing else is', () => {
    const names = [...readFileSync('.env.example', 'utf8').matchAll(/^(\w+)=/gm)].map(([, name = '']) => name)
    assert.deepEqual(names.sort(), Object.keys(settings.shape).sort())
  })

  it('are described in the README as they are', () => {
    const readme = new URL('../README.md', import.meta.url)
    assert.ok(existsSync(readme), 'there is no README.md')
    const [, table] = /<!-- settings -->\n+([\s\S]*?)\n+<!-- \/settings -->/.exec(readFileSync(readme, 'utf8')) ?? []
    assert.equal(table, settingsTable(), 'put what `npm run -s cli -- settings` prints between the markers')
  })
})
