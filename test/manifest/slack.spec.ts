import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { SCOPES } from '../../src/channels/slack/install.ts'
import { readConfig } from '../../src/config.ts'
import { SLACK_EVENTS } from '../../src/server.ts'

const https = z.url({ protocol: /^https$/ }).max(1000)
const command = z.strictObject({
  command: z.string().regex(/^\/[a-z0-9_-]{1,31}$/),
  url: https,
  description: z.string().min(1).max(2000),
  usage_hint: z.string().max(1000),
  should_escape: z.boolean(),
})

/** What Slack takes of a manifest: docs.slack.dev/reference/app-manifest. Unknown names are refused there too. */
const manifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2), minor_version: z.number() }),
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().min(1).max(140),
    long_description: z.string().min(174).max(4000),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/i),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({ display_name: z.string().regex(/^[\w.-]{1,80}$/), always_online: z.boolean() }),
    slash_commands: z.array(command).max(50),
  }),
  oauth_config: z.strictObject({
    redirect_urls: z.array(https).max(1000),
    scopes: z.strictObject({ bot: z.array(z.string()).max(255) }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: https, bot_events: z.array(z.string()).max(100) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: https }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.literal(false),
  }),
})

/** The scope each event asks for: docs.slack.dev/reference/events. */
const ASKS: Record<string, string[]> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  'message.im': ['im:history'],
  tokens_revoked: [],
  user_change: ['users:read'],
}
const askedBy = (event: string): string[] =>
  ASKS[event] ?? [event.startsWith('group_') ? 'groups:read' : event.startsWith('channel_') ? 'channels:read' : event]

describe("Slack's manifest", () => {
  const given: unknown = JSON.parse(readFileSync('manifest/slack/manifest.json', 'utf8'))

  it('stays within what Slack takes', () => {
    assert.deepEqual(manifest.safeParse(given).error?.issues ?? [], [])
  })

  it('asks for the rights that an installation asks for, and for all that its events need', () => {
    const { oauth_config, settings } = manifest.parse(given)
    assert.deepEqual(oauth_config.scopes.bot, SCOPES)
    for (const event of settings.event_subscriptions.bot_events)
      for (const scope of askedBy(event)) assert.ok(SCOPES.includes(scope), `${event} needs ${scope}`)
  })

  it('never asks to read what colleagues write in channels', () => {
    const { settings } = manifest.parse(given)
    assert.deepEqual(
      SCOPES.filter((scope) => /history|search|files/.test(scope)),
      ['im:history'],
    )
    assert.deepEqual(
      settings.event_subscriptions.bot_events.filter((event) => event.startsWith('message')),
      ['message.im'],
    )
  })

  it('has the command and the addresses that the bot listens to', () => {
    const { features, settings, oauth_config } = manifest.parse(given)
    assert.deepEqual(
      features.slash_commands.map(({ command }) => command),
      [readConfig({}).SLACK_COMMAND],
    )
    const addresses = [
      settings.event_subscriptions.request_url,
      settings.interactivity.request_url,
      ...features.slash_commands.map(({ url }) => url),
    ]
    for (const address of addresses) assert.equal(new URL(address).pathname, SLACK_EVENTS)
    assert.deepEqual(
      oauth_config.redirect_urls.map((url) => new URL(url).pathname),
      ['/slack/oauth_redirect'],
    )
  })
})
