import assert from 'node:assert/strict'
import { type Card, DeliveryError, type Messenger, type Roster } from '../../src/app/ports.ts'
import { byAddress } from '../../src/channels/by-address.ts'
import type { Team } from '../../src/domain/team.ts'
import { createFakeConnector, type FakeConnector } from '../helpers/fake-connector.ts'
import { createFakeSlack, type FakeSlack, GENERAL, slackCast, slackWorkspace } from '../helpers/fake-slack.ts'
import { type StagedService, stagedService } from '../helpers/staged-service.ts'
import { CAST } from '../helpers/teams-stage.ts'
import { until } from './slack/setup.ts'

const CARD: Card = { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'x' }] }

describe('several channels as one', () => {
  let asked: string[]
  beforeEach(() => {
    asked = []
  })
  /** A channel that notes what it is asked, and answers with its own name. */
  function channel(name: string): { messenger: Messenger; roster: Roster } {
    const note = (what: string) => {
      asked.push(`${name} ${what}`)
      return name
    }
    return {
      messenger: {
        post: async (address) => note(`post ${address}`),
        update: async (address, message) => void note(`update ${address} ${message}`),
        direct: async (team, user) => note(`direct ${team.home} ${user}`),
      },
      roster: {
        read: async ({ address }) => ({ name: note(`read ${address}`), members: [], channels: [] }),
      },
    }
  }
  const home = (address: string) => ({ home: address }) as Team

  it('ask the one that has written the address', async () => {
    const { messenger, roster } = byAddress({ teams: channel('Teams'), slack: channel('Slack') })
    assert.equal(await messenger.post('slack:T1/C1', CARD, 's'), 'Slack')
    await messenger.update('teams:abc', 'm1', CARD, 's')
    assert.equal(await messenger.direct(home('teams:abc'), 'u1'), 'Teams')
    const { name } = await roster.read({ id: 'team', tenant: 'T1', address: 'slack:T1/C1' })
    assert.equal(name, 'Slack')
    assert.deepEqual(asked, [
      'Slack post slack:T1/C1',
      'Teams update teams:abc m1',
      'Teams direct teams:abc u1',
      'Slack read slack:T1/C1',
    ])
  })

  it('keep for later what is for one that is not set up now', async () => {
    const { messenger, roster } = byAddress({ teams: channel('Teams'), slack: undefined })
    for (const promise of [
      messenger.post('slack:T1/C1', CARD, 's'),
      messenger.update('slack:T1/C1', 'm1', CARD, 's'),
      messenger.direct(home('slack:T1/C1'), 'u1'),
      messenger.post('', CARD, 's'),
      roster.read({ id: 'team', tenant: 'T1', address: 'discord:1' }),
    ])
      await assert.rejects(
        promise,
        (error) => error instanceof DeliveryError && error.code === 'channel-not-configured' && !error.permanent,
      )
    assert.deepEqual(asked, [])
  })
})

describe('Teams and Slack in one service', () => {
  const TEAMS_TEAM = '19:both@thread.tacv2'
  const SLACK_TEAM = `slack:${slackWorkspace().id}/${GENERAL}`
  let connector: FakeConnector
  let slack: FakeSlack
  let running: StagedService
  before(async () => {
    const { stranger: _, ...members } = CAST
    const team = {
      id: TEAMS_TEAM,
      name: 'Udskolingen',
      channels: [{ id: TEAMS_TEAM }],
      members: Object.values(members),
    }
    connector = await createFakeConnector({ team })
    slack = await createFakeSlack()
    running = await stagedService({
      teams: { anonymous: true },
      slack: {
        command: '/tovholder',
        access: { token: slackWorkspace().token },
        reach: { signingSecret: slack.signingSecret },
        apiUrl: slack.apiUrl,
      },
    })
    connector.talkTo(`${running.url}/api/messages`)
    slack.talkTo(`${running.url}/slack/events`)
    const added = { type: 'conversationUpdate', membersAdded: [connector.bot], locale: 'da-DK' }
    await connector.deliver(connector.activity(CAST.karen, { channel: TEAMS_TEAM }, added))
    await slack.leaves(GENERAL, slackWorkspace().botUserId)
    await slack.joins(GENERAL, slackWorkspace().botUserId, slackCast.karen.id)
  })
  after(async () => {
    await running.close()
    await Promise.all([connector.close(), slack.close()])
  })
  afterEach(() => {
    assert.deepEqual([connector.faults, slack.faults], [[], []])
  })

  it('greet the team of each where it is', () => {
    assert.deepEqual([connector.messages.length, slack.messages.length], [1, 1])
  })

  it('answer everybody where they ask', async () => {
    await connector.tester(CAST.karen).says('sager', 'direct', { locale: 'da-DK' })
    assert.deepEqual([connector.messages.length, slack.messages.length], [2, 1])
    await slack.tester(slackCast.karen).says('sager')
    assert.deepEqual([connector.messages.length, slack.messages.length], [2, 2])
  })

  it('deliver to everybody where they are', async () => {
    await connector.tester(CAST.bo).says('sager', { channel: TEAMS_TEAM }, { locale: 'da-DK' })
    await until(() => connector.messages.some(({ conversation }) => conversation === `a:chat-${CAST.bo.id.slice(3)}`))
    assert.equal(slack.messages.length, 2)
    const before = connector.messages.length
    await slack.tester(slackCast.bo).says('sager', { channel: GENERAL })
    await until(() => slack.messages.some(({ channel }) => channel === slack.direct(slackCast.bo.id)))
    assert.equal(connector.messages.length, before)
  })

  it('keep their people apart', async () => {
    const { store } = running.service
    const [teams, own] = await Promise.all([
      store.load(TEAMS_TEAM, 'team', [TEAMS_TEAM]),
      store.load(SLACK_TEAM, 'team', [SLACK_TEAM]),
    ])
    assert.deepEqual(
      [teams, own].map(([team]) => team?.value.home.split(':')[0]),
      ['teams', 'slack'],
    )
    assert.ok(own[0]?.value.members.every(({ id }) => id.startsWith('U0')))
    assert.deepEqual((await store.teamsOf(slackWorkspace().id, slackCast.karen.id)).teams, [SLACK_TEAM])
  })
})
