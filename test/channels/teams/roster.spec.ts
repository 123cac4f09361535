import assert from 'node:assert/strict'
import { DeliveryError } from '../../../src/app/ports.ts'
import { readAddress, writeAddress } from '../../../src/channels/teams/address.ts'
import { ANNA, BO, GUEST } from '../../helpers/fake-connector.ts'
import { type Bot, startBot } from './setup.ts'

describe('the Teams roster', () => {
  let bot: Bot
  beforeEach(async () => {
    bot = await startBot()
  })
  afterEach(() => bot.close())

  const team = () => {
    const { serviceUrl, tenant, team } = bot.connector
    const address = { serviceUrl, conversation: team.id, tenant, bot: bot.connector.bot.id, kind: 'channel' as const }
    return { id: team.id, tenant, address: writeAddress(address) }
  }

  it('reads all members, page by page, under the ids their messages carry', async () => {
    const { name, members } = await bot.teams.roster.read(team())
    assert.equal(name, 'Year 8')
    assert.deepEqual(members, [
      { id: ANNA.aadObjectId, name: 'Anna Holm', guest: false },
      { id: BO.aadObjectId, name: 'Bo Lund', guest: false },
      { id: GUEST.aadObjectId, name: 'Gitte Guest', guest: true },
    ])
    assert.equal(bot.connector.requests.filter(({ path }) => path.endsWith('/pagedmembers')).length, 2)
    assert.deepEqual(bot.connector.faults, [])
  })

  it('knows a guest by the account name alone', async () => {
    bot.connector.team.members = [{ ...BO, userPrincipalName: 'bo_other.example#EXT#@school.example' }]
    const { members } = await bot.teams.roster.read(team())
    assert.deepEqual(
      members.map(({ guest }) => guest),
      [true],
    )
  })

  it('gives channels that can be posted to, and the first one a name', async () => {
    const { channels } = await bot.teams.roster.read(team())
    assert.deepEqual(
      channels.map(({ name }) => name),
      ['General', 'Absence'],
    )
    assert.deepEqual(
      channels.map(({ address }) => readAddress(address)).map(({ conversation, kind }) => [conversation, kind]),
      [
        ['19:general@thread.tacv2', 'channel'],
        ['19:absence@thread.tacv2', 'channel'],
      ],
    )
  })

  it('says when the bot is no longer in the team', async () => {
    bot.connector.misbehave({ status: 403 }, { status: 403 }, { status: 403 })
    await assert.rejects(
      bot.teams.roster.read(team()),
      (error) => error instanceof DeliveryError && error.code === 'bot-removed' && error.permanent,
    )
  })
})
