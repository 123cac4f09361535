import { strict as assert } from 'node:assert'
import type { Reply, Roster } from '../../src/app/ports.ts'
import type { Team } from '../../src/domain/team.ts'
import { wordsOn } from '../helpers/cards.ts'
import { type CoreStage, coreStage, PEOPLE } from '../helpers/core-stage.ts'

type Read = Awaited<ReturnType<Roster['read']>>

describe('a team that the bot has joined', () => {
  let stage: CoreStage
  let roster: Read
  let events = 0
  beforeEach(async () => {
    roster = {
      name: 'Udskolingen',
      members: [{ id: PEOPLE.karen, name: 'Karen Holm', guest: false }],
      channels: [{ address: 'channel', name: 'General' }],
    }
    stage = await coreStage('da', { roster: async () => roster })
  })
  afterEach(() => stage.close())

  const happens = (kind: 'installed' | 'rosterChanged', team = stage.team): Promise<Reply> =>
    stage.take({
      event: `install-${++events}`,
      tenant: `tenant-${stage.team}`,
      user: { id: PEOPLE.karen, name: 'Karen Holm', locale: 'da-DK' },
      team,
      address: 'channel',
      place: 'channel',
      what: { kind },
    })
  const kept = async (team = stage.team): Promise<Team | undefined> =>
    (await stage.store.load(team, 'team', [team]))[0]?.value

  it('is greeted once', async () => {
    const greeted = await happens('installed', 'another-team')
    assert.match(wordsOn(greeted.card), /Jeg er Tovholder/)
    assert.deepEqual(await happens('installed', 'another-team'), {})
  })

  it('keeps to a channel of its own when that gets another name', async () => {
    roster = { ...roster, channels: [{ address: 'channel', name: 'Trivsel' }] }
    await happens('rosterChanged')
    assert.deepEqual((await kept())?.channel, { address: 'channel', name: 'Trivsel' })
  })

  it('is not posted to any more once outsiders read along, and goes on when they have left', async () => {
    const before = roster
    roster = { ...roster, channels: [], outsiders: true }
    await happens('rosterChanged')
    assert.equal((await kept())?.channel, undefined)
    roster = before
    await happens('rosterChanged')
    assert.deepEqual((await kept())?.channels, before.channels)
  })

  it('is not begun where outsiders read along', async () => {
    roster = { ...roster, channels: [], outsiders: true }
    const { text } = await happens('installed', 'shared-team')
    assert.match(text ?? '', /folk uden for skolen/)
    assert.equal(await kept('shared-team'), undefined)
  })

  it('has the time zone most of its people are in, from its first day on', async () => {
    roster = { ...roster, zone: 'Atlantic/Faroe' }
    await happens('installed', 'faroese-team')
    assert.equal((await kept('faroese-team'))?.zone, 'Atlantic/Faroe')
    roster = { ...roster, zone: 'Europe/Copenhagen' }
    await happens('rosterChanged', 'faroese-team')
    assert.equal((await kept('faroese-team'))?.zone, 'Atlantic/Faroe')
    assert.equal((await kept())?.zone, 'Europe/Copenhagen')
  })
})
