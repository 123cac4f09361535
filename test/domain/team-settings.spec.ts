import assert from 'node:assert/strict'
import {
  addLeader,
  addPeriod,
  closedAhead,
  movesReminders,
  presentLeaders,
  removeLeader,
  removePeriod,
  setContacts,
  zoneOf,
} from '../../src/domain/team-settings.ts'
import { aTeam } from '../helpers/documents.ts'

const TODAY = '2026-11-24'
const AUTUMN = { from: '2026-10-12', to: '2026-10-16' }
const CHRISTMAS = { from: '2026-12-21', to: '2027-01-01' }

const member = (id: string, guest = false) => ({ id, name: id, guest })
const team = aTeam('t1', {
  members: [member('anna'), member('bo'), member('gitte', true)],
  leaders: ['anna'],
  closed: [AUTUMN],
})
const faultsOf = (answer: ReturnType<typeof addPeriod>) =>
  answer.ok ? [] : answer.faults.map(({ field, code }) => `${field}: ${code}`)

describe('the closed days of a team', () => {
  it('are added in order, and what is over is forgotten', () => {
    const later = { from: '2027-02-15', to: '2027-02-19' }
    const first = addPeriod(team, later, TODAY)
    assert.ok(first.ok)
    const second = addPeriod(first.team, CHRISTMAS, TODAY)
    assert.ok(second.ok)
    assert.deepEqual(second.team.closed, [CHRISTMAS, later])
  })

  it('are added once, and taken away again', () => {
    const once = addPeriod(team, CHRISTMAS, TODAY)
    assert.ok(once.ok)
    const twice = addPeriod(once.team, CHRISTMAS, TODAY)
    assert.ok(twice.ok)
    assert.deepEqual(twice.team.closed, [CHRISTMAS])
    assert.deepEqual(removePeriod(twice.team, CHRISTMAS).closed, [])
  })

  for (const [from, to, fault] of [
    ['', '2026-12-01', 'from: missing'],
    ['2026-12-01', '', 'to: missing'],
    ['2026-02-30', '2026-12-01', 'from: not-a-date'],
    ['2026-12-01', 'jul', 'to: not-a-date'],
    ['2026-12-02', '2026-12-01', 'to: period-backwards'],
    ['2026-11-02', '2026-11-23', 'to: period-over'],
    ['2026-12-01', '2027-12-01', 'to: period-too-long'],
    ['2036-12-01', '2036-12-02', 'from: too-late'],
  ] as const)
    it(`are not "${from}" to "${to}"`, () => {
      assert.deepEqual(faultsOf(addPeriod(team, { from, to }, TODAY)), [fault])
    })

  it('may be one day, today, or a whole summer', () => {
    for (const [from, to] of [
      [TODAY, TODAY],
      ['2026-11-01', TODAY],
      ['2027-06-26', '2027-08-08'],
    ] as const)
      assert.deepEqual(faultsOf(addPeriod(team, { from, to }, TODAY)), [])
  })

  it('are as many as a card has rows for', () => {
    let full = team
    for (let month = 1; month <= 12; month++) {
      const day = `2027-${String(month).padStart(2, '0')}-10`
      const added = addPeriod(full, { from: day, to: day }, TODAY)
      assert.ok(added.ok)
      full = added.team
    }
    assert.equal(closedAhead(full, TODAY).length, 12)
    assert.deepEqual(faultsOf(addPeriod(full, CHRISTMAS, TODAY)), ['from: too-many-periods'])
  })
})

describe('the time zone of a team', () => {
  it('is known by its name, however it is written', () => {
    assert.equal(zoneOf(' europe/copenhagen '), 'Europe/Copenhagen')
    assert.equal(zoneOf('Europe/Berlin'), 'Europe/Berlin')
  })
  it('is not made up', () => {
    for (const none of ['', 'Danmark', 'Mars/Nord', '__proto__']) assert.equal(zoneOf(none), undefined, none)
  })
})

describe('the contacts of a team', () => {
  it('are kept as a few lines, and taken away when nothing is left', () => {
    const set = setContacts(team, ' Skolelederen: lokal 12\r\n\r\n\r\nSocialvagten ')
    assert.ok(set.ok)
    assert.equal(set.team.contacts, 'Skolelederen: lokal 12\n\nSocialvagten')
    const gone = setContacts(set.team, ' \n')
    assert.ok(gone.ok)
    assert.ok(!('contacts' in gone.team))
  })
  it('hold no personal identity number, and no story', () => {
    assert.deepEqual(faultsOf(setContacts(team, 'Ring 010203-1234')), ['contacts: cpr'])
    assert.deepEqual(faultsOf(setContacts(team, 'x'.repeat(601))), ['contacts: too-long'])
  })
})

describe('those in charge of a team', () => {
  it('are colleagues, each once', () => {
    const added = addLeader(team, 'bo')
    assert.ok(added.ok)
    assert.deepEqual(added.team.leaders, ['anna', 'bo'])
    assert.deepEqual(addLeader(added.team, 'bo'), added)
  })
  it('are no guests, no strangers and not nobody', () => {
    assert.deepEqual(faultsOf(addLeader(team, 'gitte')), ['leader: not-a-member'])
    assert.deepEqual(faultsOf(addLeader(team, 'sten')), ['leader: not-a-member'])
    assert.deepEqual(faultsOf(addLeader(team, '')), ['leader: missing'])
  })
  it('never become none, also when one of them has left', () => {
    assert.deepEqual(faultsOf(removeLeader(team, 'anna')), ['leader: last-leader'])
    const left = { ...team, leaders: ['carl', 'anna'] }
    assert.deepEqual(presentLeaders(left), ['anna'])
    assert.deepEqual(faultsOf(removeLeader(left, 'anna')), ['leader: last-leader'])
    const both = removeLeader({ ...team, leaders: ['anna', 'bo'] }, 'anna')
    assert.ok(both.ok)
    assert.deepEqual(both.team.leaders, ['bo'])
  })
})

describe('reminders', () => {
  it('move with the hour, the zone, the closed days, the rhythm and the channel, and with nothing else', () => {
    const channel = { address: 'other', name: 'Other' }
    for (const change of [
      { hour: 9 },
      { zone: 'Atlantic/Faroe' },
      { closed: [] },
      { profile: 'tenth' as const },
      { channel },
    ])
      assert.ok(movesReminders(team, { ...team, ...change }), JSON.stringify(change))
    for (const change of [{}, { language: 'en' as const }, { leaders: [] }, { contacts: 'x' }])
      assert.ok(!movesReminders(team, { ...team, ...change }), JSON.stringify(change))
  })
})
