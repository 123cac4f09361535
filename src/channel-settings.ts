/** The settings of the channels, as the channels take them. */
import type { SlackChannelConfig } from './channels/slack/index.ts'
import type { TeamsChannelConfig } from './channels/teams/index.ts'
import type { Config } from './config.ts'

/** The channels that are set up. `readConfig` has seen to it that each is whole. */
export function channelsOf(config: Config): { teams?: TeamsChannelConfig; slack?: SlackChannelConfig } {
  const [teams, slack] = [teamsOf(config), slackOf(config)]
  return { ...(teams && { teams }), ...(slack && { slack }) }
}

function teamsOf(config: Config): TeamsChannelConfig | undefined {
  if (config.MicrosoftAppId === undefined) return undefined
  return {
    anonymous: false,
    appId: config.MicrosoftAppId,
    ...(config.MicrosoftAppPassword && { appPassword: config.MicrosoftAppPassword }),
    appType: config.MicrosoftAppType,
    appTenantId: config.MicrosoftAppTenantId ?? '',
    allowedTenants: config.TOVHOLDER_ALLOWED_TENANTS,
  }
}

function slackOf(config: Config): SlackChannelConfig | undefined {
  const access = accessOf(config)
  if (!access) return undefined
  // Several workspaces install over HTTP, so they are reached over HTTP too.
  const socket = 'token' in access ? config.SLACK_APP_TOKEN : undefined
  return {
    command: config.SLACK_COMMAND,
    access,
    reach: socket ? { appToken: socket } : { signingSecret: config.SLACK_SIGNING_SECRET ?? '' },
    ...(config.SLACK_API_URL && { apiUrl: config.SLACK_API_URL }),
  }
}

function accessOf(config: Config): SlackChannelConfig['access'] | undefined {
  if (config.SLACK_BOT_TOKEN) return { token: config.SLACK_BOT_TOKEN }
  if (!config.SLACK_CLIENT_ID) return undefined
  return {
    clientId: config.SLACK_CLIENT_ID,
    clientSecret: config.SLACK_CLIENT_SECRET ?? '',
    stateSecret: config.SLACK_STATE_SECRET ?? '',
    allowed: config.TOVHOLDER_ALLOWED_WORKSPACES,
  }
}
