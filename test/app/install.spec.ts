import { strict as assert } from 'node:assert'
import type { Reply, Roster } from '../../src/app/ports.ts'
import type { Team } from '../../src/domain/team.ts'
import { wordsOn } from '../helpers/cards.ts'
import { type CoreStage, coreStage, PEOPLE } from '../helpers/core-stage.ts'

type Read = Awaited<ReturnType<Roster['read']>>

describe('a team that the bot has joined', () => {
  let stage: CoreStage
  let roster: Read
  /** Takes its time over a list, which is then as it was when reading began. */
  let reads: () => Promise<void>
  let events = 0
  beforeEach(async () => {
    roster = {
      name: 'Udskolingen',
      members: [{ id: PEOPLE.karen, name: 'Karen Holm', guest: false }],
      channels: [{ address: 'channel', name: 'General' }],
    }
    reads = async () => {}
    stage = await coreStage('da', {
      roster: async () => {
        const read = roster
        await reads()
        return read
      },
    })
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

  it('is without whoever has left, also when a list that was read before that comes late', async () => {
    const [before, birte] = [roster, { id: PEOPLE.birte, name: 'Birte Friis', guest: false }]
    roster = { ...before, members: [...before.members, birte] }
    await happens('rosterChanged')
    const [begun, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    reads = () => {
      reads = async () => {}
      begun.resolve()
      return over.promise
    }
    const late = happens('rosterChanged')
    await begun.promise
    roster = before
    await happens('rosterChanged')
    over.resolve()
    await late
    assert.deepEqual((await kept())?.members, before.members)
    assert.deepEqual(await stage.store.teamsOf(`tenant-${stage.team}`, PEOPLE.birte), { teams: [] })
  })

  it('is read anew also when the clock has been put back', async () => {
    await stage.until('2030-01-07T10:00')
    await happens('rosterChanged')
    await stage.until('2026-11-24T10:00')
    roster = { ...roster, name: 'Mellemtrinnet' }
    await happens('rosterChanged')
    assert.equal((await kept())?.name, 'Mellemtrinnet')
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
