import assert from 'node:assert/strict'
import { channelsOf } from '../src/channel-settings.ts'
import { readConfig } from '../src/config.ts'

const GUID = '11111111-2222-3333-4444-555555555555'
const COMMON = { TOVHOLDER_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`, REDIS_URL: 'redis://redis.example' }
const TEAMS = {
  MicrosoftAppId: GUID,
  MicrosoftAppPassword: 'password',
  MicrosoftAppTenantId: GUID,
  TOVHOLDER_ALLOWED_TENANTS: `${GUID},another`,
}
const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'secret' }
const MANY = {
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'client-secret',
  SLACK_STATE_SECRET: 'a-long-and-random-text',
  SLACK_SIGNING_SECRET: 'secret',
  TOVHOLDER_ALLOWED_WORKSPACES: 'T1, T2',
}

const channels = (env: Record<string, string>) => channelsOf(readConfig({ ...COMMON, ...env }))

describe('the channels’ settings', () => {
  it('are none in local mode', () => {
    assert.deepEqual(channelsOf(readConfig({})), {})
  })

  it('are those of Teams alone', () => {
    assert.deepEqual(channels(TEAMS), {
      teams: {
        anonymous: false,
        appId: GUID,
        appPassword: 'password',
        appType: 'SingleTenant',
        appTenantId: GUID,
        allowedTenants: [GUID, 'another'],
      },
    })
  })

  it('leave out the password that a managed identity does not have', () => {
    const { MicrosoftAppPassword: _, ...rest } = TEAMS
    const { teams } = channels({ ...rest, MicrosoftAppType: 'UserAssignedMSI' })
    assert.deepEqual(teams && 'appPassword' in teams, false)
  })

  it('are those of Slack alone, in one workspace', () => {
    assert.deepEqual(channels(SLACK), {
      slack: { command: '/tovholder', access: { token: 'xoxb-1' }, reach: { signingSecret: 'secret' } },
    })
  })

  it('have the bot connect to Slack where there is an app token, whatever else there is', () => {
    const { slack } = channels({ ...SLACK, SLACK_APP_TOKEN: 'xapp-1' })
    assert.deepEqual(slack?.reach, { appToken: 'xapp-1' })
  })

  it('are those of Slack in several workspaces, which is reached over HTTP', () => {
    for (const env of [MANY, { ...MANY, SLACK_APP_TOKEN: 'xapp-1' }])
      assert.deepEqual(channels(env), {
        slack: {
          command: '/tovholder',
          access: {
            clientId: '1.2',
            clientSecret: 'client-secret',
            stateSecret: 'a-long-and-random-text',
            allowed: ['T1', 'T2'],
          },
          reach: { signingSecret: 'secret' },
        },
      })
  })

  it('say what the command is and where the Web API is, where that is set', () => {
    const { slack } = channels({ ...SLACK, SLACK_COMMAND: '/sag', SLACK_API_URL: 'https://slack-gov.com/api/' })
    assert.deepEqual([slack?.command, slack?.apiUrl], ['/sag', 'https://slack-gov.com/api/'])
  })

  it('are both, where both are set up', () => {
    const both = channels({ ...TEAMS, ...SLACK })
    assert.deepEqual(both, { ...channels(TEAMS), ...channels(SLACK) })
    assert.deepEqual(Object.keys(both), ['teams', 'slack'])
  })
})
