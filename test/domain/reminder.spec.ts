import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { dropAgreement, markDone, postpone, undoDone } from '../../src/domain/agreement.ts'
import { type Case, closeCase } from '../../src/domain/case.ts'
import { acceptCoordination, askCoordinator } from '../../src/domain/coordinator.ts'
import { dueName } from '../../src/domain/due.ts'
import { presentCoordinator, toBeAsked } from '../../src/domain/involved.ts'
import { holdMeeting, planMeeting } from '../../src/domain/meeting.ts'
import {
  dueEntriesFor,
  followUpReminder,
  isTimeToRemind,
  MOST_NUDGES,
  MOST_OVERDUE,
  MOST_VACANT,
  nextReminder,
  nudgedOn,
  nudgesDue,
  overdueQuestion,
  type RemindedTeam,
  type Rhythm,
  remindedOn,
  rhythmReminder,
  vacantReminder,
} from '../../src/domain/reminder.ts'
import { atHour, dayOf, isSchoolDay, plusDays, schoolDayFrom } from '../../src/domain/school-calendar.ts'
import { aCase, anAgreement, NOON } from '../helpers/documents.ts'

const MONDAY = '2026-11-23'
const HOUR = 3_600_000
const COPENHAGEN: Rhythm = { zone: 'Europe/Copenhagen', hour: 8, closed: [] }
const member = (id: string) => ({ id, name: id, guest: false })
const SCHOOL: RemindedTeam = { ...COPENHAGEN, members: ['anna', 'bo', 'lene'].map(member), leaders: ['lene'] }
const AUTUMN: Rhythm = { ...COPENHAGEN, closed: [{ from: '2026-10-12', to: '2026-10-16' }] }

/** Rows of a digest about these agreements; about the case itself where there is none. */
const rows = (...ids: (string | undefined)[]) => ids.map((agreement) => (agreement ? { agreement } : {}))

const told = (at: number | null) => at && new Date(at).toISOString().slice(0, 16)

const clocks = new Map<string, Intl.DateTimeFormat>()
/** What `Intl` says the clock on the wall shows: `2026-11-23 08:00`. */
function clock(at: number, timeZone: string): string {
  const known =
    clocks.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  clocks.set(timeZone, known)
  return known.format(at)
}

/** What every reminder must be: ahead, on an open day, at the team's hour there, or the next where the clocks skip it. */
function assertGoodMoment(at: number, now: number, rhythm: Rhythm): void {
  const shown = clock(at, rhythm.zone)
  const wanted = `${shown.slice(0, 10)} ${String(rhythm.hour).padStart(2, '0')}:00`
  assert.ok(at > now, `${shown} is not ahead`)
  assert.ok(isSchoolDay(shown.slice(0, 10), rhythm), `${shown} is on a closed day`)
  assert.ok(shown === wanted || (clock(at - 1, rhythm.zone) < wanted && wanted < shown), `${shown}, not ${wanted}`)
}

const dayAfter = (day: string, max: number) => fc.nat({ max }).map((count) => plusDays(day, count))
const closedPeriods = (from: string, max: number) =>
  fc.array(
    fc.tuple(dayAfter(from, max), fc.nat({ max: 15 })).map(([first, length]) => ({
      from: first,
      to: plusDays(first, length),
    })),
    { maxLength: 4 },
  )
const aRhythm: fc.Arbitrary<Rhythm> = fc.record({
  zone: fc.constantFrom(
    'Europe/Copenhagen',
    'Atlantic/Faroe',
    'America/Nuuk',
    'Africa/Cairo',
    'Pacific/Auckland',
    'UTC',
  ),
  hour: fc.nat({ max: 23 }),
  closed: closedPeriods('2026-01-01', 800),
})
/** Moments in two years, many of them near a change of the clocks or of the year. */
const aMoment = fc.oneof(
  fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') }),
  fc
    .tuple(
      fc.constantFrom('2026-03-29', '2026-10-25', '2026-12-24', '2027-03-28', '2027-10-31'),
      fc.integer({ min: -96, max: 96 }),
    )
    .map(([day, hours]) => Date.parse(day) + hours * HOUR),
)
const daysAway = fc.integer({ min: -30, max: 60 })

describe('a reminder of an agreement', () => {
  for (const [by, now, at, why, rhythm = COPENHAGEN] of [
    ['2026-11-30', '2026-11-23T12:00', '2026-11-30T07:00', 'comes on its day, at eight in winter'],
    ['2026-06-22', '2026-06-01T12:00', '2026-06-22T06:00', 'comes on its day, at eight in summer'],
    ['2026-03-27', '2026-03-26T12:00', '2026-03-27T07:00', 'is right before the clocks go forward'],
    ['2026-03-30', '2026-03-26T12:00', '2026-03-30T06:00', 'is right after the clocks went forward'],
    ['2026-10-23', '2026-10-22T12:00', '2026-10-23T06:00', 'is right before the clocks go back', AUTUMN],
    ['2026-10-26', '2026-10-22T12:00', '2026-10-26T07:00', 'is right after the clocks went back', AUTUMN],
    ['2026-11-28', '2026-11-23T12:00', '2026-11-30T07:00', 'waits for a weekend to pass'],
    ['2026-04-02', '2026-03-30T12:00', '2026-04-07T06:00', 'waits for Easter to pass'],
    ['2026-10-12', '2026-10-05T12:00', '2026-10-19T06:00', "waits for the school's own holiday to pass", AUTUMN],
    ['2026-11-23', '2026-11-23T06:59', '2026-11-23T07:00', 'comes today when the hour is still ahead'],
    ['2026-11-23', '2026-11-23T07:00', '2026-11-24T07:00', 'comes on the next school day when the hour has struck'],
    ['2026-11-20', '2026-11-20T12:00', '2026-11-23T07:00', 'comes after the weekend when the hour has struck'],
    ['2026-11-02', '2026-11-23T12:00', '2026-11-24T07:00', 'comes at once for a day long gone'],
    ['2026-11-24', '2026-11-23T23:30', '2026-11-24T07:00', "goes by the team's day, not the server's"],
  ] as const)
    it(why, () => assert.equal(told(nextReminder(anAgreement('a1', { by }), Date.parse(`${now}Z`), rhythm)), at))

  it('comes again on the next school day, and no more once it has been said often enough', () => {
    const late = (reminded: number) => anAgreement('a1', { by: '2026-11-16', reminded, lastReminded: '2026-11-20' })
    const friday = Date.parse('2026-11-20T07:00Z')
    assert.equal(told(nextReminder(late(1), friday, COPENHAGEN)), '2026-11-23T07:00')
    assert.equal(told(nextReminder(late(MOST_OVERDUE), friday, COPENHAGEN)), '2026-11-23T07:00')
    const questioned = { ...late(MOST_OVERDUE + 1), questioned: 'bo' }
    assert.equal(nextReminder(questioned, friday, COPENHAGEN, 'bo'), null)
  })

  it('goes on until whoever is to be asked by now has been asked about it', () => {
    const often = anAgreement('a1', { by: '2026-11-16', reminded: MOST_OVERDUE + 1, lastReminded: '2026-11-20' })
    const friday = Date.parse('2026-11-20T07:00Z')
    for (const [questioned, asked] of [
      [undefined, 'bo'],
      ['anna', 'bo'],
      ['bo', undefined],
      [undefined, undefined],
    ]) {
      const agreement = { ...often, ...(questioned && { questioned }) }
      assert.equal(told(nextReminder(agreement, friday, COPENHAGEN, asked)), '2026-11-23T07:00')
    }
    // From before it was noted who.
    assert.equal(nextReminder({ ...often, questioned: true }, friday, COPENHAGEN, 'bo'), null)
  })

  it('does not come twice on one day, even when the hour has been put off', () => {
    const reminded = anAgreement('a1', { by: MONDAY, reminded: 1, lastReminded: MONDAY })
    const afternoon = { ...COPENHAGEN, hour: 15 }
    assert.equal(told(nextReminder(reminded, NOON, afternoon)), '2026-11-24T14:00')
  })

  it('is on every day near a change of the clocks at the hour they show then, and it is not time a moment earlier', () => {
    for (const zone of ['Europe/Copenhagen', 'Atlantic/Faroe', 'America/Nuuk'])
      for (const change of ['2027-10-31', '2028-03-26', '2028-10-29', '2029-03-25'])
        for (let away = -8; away <= 8; away++)
          for (const hour of [6, 8, 16]) {
            const rhythm = { zone, hour, closed: [] }
            const by = plusDays(change, away)
            const at = nextReminder(anAgreement('a1', { by }), atHour(plusDays(by, -3), 12, zone), rhythm)
            assert.ok(at !== null)
            assert.equal(clock(at, zone), `${schoolDayFrom(by, rhythm)} ${String(hour).padStart(2, '0')}:00`)
            assert.deepEqual([isTimeToRemind(at - 1, rhythm), isTimeToRemind(at, rhythm)], [false, true])
          }
  })

  it('is at the first good moment there is, in every zone', () =>
    fc.assert(
      fc.property(aMoment, daysAway, aRhythm, fc.option(fc.nat({ max: 3 })), (now, away, rhythm, since) => {
        const today = dayOf(now, rhythm.zone)
        const by = plusDays(today, away)
        const lastReminded = since === null ? undefined : plusDays(today, -since)
        const agreement = anAgreement('a1', { by, ...(lastReminded && { reminded: 1, lastReminded }) })
        const at = nextReminder(agreement, now, rhythm)
        assert.ok(at !== null)
        assertGoodMoment(at, now, rhythm)
        assert.ok(isTimeToRemind(at, rhythm))
        // Day by day there is no earlier one.
        const from = lastReminded && lastReminded >= by ? plusDays(lastReminded, 1) : by
        const days = Array.from({ length: 200 }, (_, count) => plusDays(from, count))
        const first = days.find((day) => isSchoolDay(day, rhythm) && atHour(day, rhythm.hour, rhythm.zone) > now)
        assert.equal(dayOf(at, rhythm.zone), first)
      }),
    ))

  it('never comes for what is done or dropped', () =>
    fc.assert(
      fc.property(aMoment, daysAway, fc.constantFrom('done' as const, 'dropped' as const), (now, away, status) => {
        const by = plusDays(dayOf(now, COPENHAGEN.zone), away)
        assert.equal(nextReminder(anAgreement('a1', { by, status }), now, COPENHAGEN), null)
      }),
    ))
})

describe('a reminder to talk again', () => {
  const following = (on: string, over = {}) => anAgreement('a1', { followUp: { on, how: 'call' }, ...over })

  for (const [on, over, at, why] of [
    ['2026-12-01', {}, '2026-12-01T07:00', 'comes on the day'],
    ['2026-11-28', {}, '2026-11-30T07:00', 'waits for a weekend to pass'],
    ['2026-12-01', { status: 'done' }, '2026-12-01T07:00', 'comes for what is done as well'],
    ['2026-12-01', { status: 'dropped' }, null, 'does not come for what is dropped'],
    ['2026-11-23', {}, '2026-11-24T07:00', 'comes as soon as it can where its moment has passed unsaid'],
    ['2026-11-23', { followUpSaid: '2026-11-23' }, null, 'does not come once it has been said'],
  ] as const)
    it(why, () => assert.equal(told(followUpReminder(following(on, over), NOON, COPENHAGEN)), at))

  it('is at the first good moment from its own day on', () =>
    fc.assert(
      fc.property(aMoment, daysAway, aRhythm, (now, away, rhythm) => {
        const on = plusDays(dayOf(now, rhythm.zone), away)
        const at = followUpReminder(following(on), now, rhythm)
        assert.ok(at !== null)
        assertGoodMoment(at, now, rhythm)
        const own = atHour(schoolDayFrom(on, rhythm), rhythm.hour, rhythm.zone)
        assert.ok(own > now ? at === own : at > own)
      }),
    ))
})

describe('a word on a case that nobody holds', () => {
  const vacant = aCase('F-2222', { agreements: [anAgreement('a1')] })
  const coordination = { coordinator: { user: 'bo', since: NOON }, history: [] }
  const left = { coordinator: { user: 'birte', since: NOON }, history: [] }

  for (const [over, at, why] of [
    [{}, '2026-11-24T07:00', 'comes on the next school day'],
    [{ vacancies: MOST_VACANT - 1 }, '2026-11-24T07:00', 'comes five times'],
    [{ vacancies: MOST_VACANT }, null, 'comes no more after that'],
    [{ coordination }, null, 'does not come when somebody holds it'],
    [{ coordination: left }, '2026-11-24T07:00', 'comes when whoever held it has left'],
    [{ agreements: [] }, null, 'does not come while nothing is agreed'],
    [{ agreements: [anAgreement('a1', { status: 'done' })] }, null, 'does not come when nothing is left to do'],
  ] as const)
    it(why, () => assert.equal(told(vacantReminder({ ...vacant, ...(over as Partial<Case>) }, NOON, SCHOOL)), at))

  it('is not put off by what happens in the case before it is said', () =>
    assert.equal(told(vacantReminder(vacant, Date.UTC(2026, 10, 24, 6, 59), SCHOOL)), '2026-11-24T07:00'))

  it('is at a good moment, and never again on the day of the last one', () =>
    fc.assert(
      fc.property(aMoment, aRhythm, (now, rhythm) => {
        const at = vacantReminder({ ...vacant, lastVacancy: dayOf(now, rhythm.zone) }, now, { ...SCHOOL, ...rhythm })
        assert.ok(at !== null)
        assertGoodMoment(at, now, rhythm)
        assert.ok(dayOf(at, rhythm.zone) > dayOf(now, rhythm.zone))
      }),
    ))
})

describe('a reminder of a talk of the rhythm', () => {
  const opened = aCase('F-2222', { openedAt: NOON })
  const says = (found: Case, now: string, rhythm = COPENHAGEN) =>
    told(rhythmReminder(found, Date.parse(`${now}Z`), rhythm))

  it('comes while there is time left for the first call, and once more', () => {
    assert.equal(says(opened, '2026-11-23T12:00'), '2026-11-30T07:00')
    const [contact] = nudgesDue(opened, '2026-11-30', COPENHAGEN)
    assert.ok(contact)
    const once = nudgedOn(opened, [contact], '2026-11-30')
    assert.equal(says(once, '2026-11-30T07:00'), '2026-12-02T07:00')
    assert.deepEqual(nudgesDue(once, '2026-12-01', COPENHAGEN), [])
    const twice = nudgedOn(once, nudgesDue(once, '2026-12-02', COPENHAGEN), '2026-12-02')
    assert.equal(twice.nudges?.[0]?.times, MOST_NUDGES)
    assert.equal(says(twice, '2026-12-02T07:00'), null)
  })

  it('waits for the school to open again', () => {
    const closed = [{ from: '2026-11-30', to: '2026-12-04' }]
    assert.equal(says(opened, '2026-11-23T12:00', { ...COPENHAGEN, closed }), '2026-12-07T07:00')
  })

  it('comes anew with a new round of agreements', () => {
    const on = { followUp: { on: '2027-03-01', how: 'call' as const }, by: '2027-03-01' }
    const first = aCase('F-2222', { agreements: [anAgreement('a1', on)] })
    const said = nudgedOn(first, nudgesDue(first, '2026-12-21', COPENHAGEN), '2026-12-21')
    assert.deepEqual(
      said.nudges?.map(({ stage, from, times }) => `${stage} ${from} ${times}`),
      ['check 2026-11-23 1', 'followUp 2026-11-23 1'],
    )
    const later = { ...said, agreements: [anAgreement('a2', { ...on, loggedAt: NOON + 30 * 24 * HOUR })] }
    assert.deepEqual(
      nudgesDue(later, '2026-12-30', COPENHAGEN).map(({ stage, from }) => `${stage} ${from}`),
      ['check 2026-12-23'],
    )
  })
})

describe('what is due about a case', () => {
  const found = aCase('F-2222', { agreements: [anAgreement('a1'), anAgreement('a2', { status: 'done' })] })
  const due = (of: Case) => dueEntriesFor(of, NOON, SCHOOL).map((entry) => [dueName(entry), told(entry.at)])

  it('is an entry for each agreement, its follow-up and the case itself; what is not to be said is taken away', () =>
    assert.deepEqual(due(found), [
      ['remind|F-2222|a1', '2026-11-30T07:00'],
      ['followup|F-2222|a1', '2026-12-01T07:00'],
      ['remind|F-2222|a2', null],
      ['followup|F-2222|a2', '2026-12-01T07:00'],
      ['vacant|F-2222', '2026-11-24T07:00'],
      ['waiting|F-2222', null],
      ['rhythm|F-2222', '2026-12-21T07:00'],
    ]))

  it('is nothing at all once it is closed', () => {
    const closed = due(closeCase(found, 'anna', NOON))
    assert.deepEqual(
      closed,
      due(found).map(([name]) => [name, null]),
    )
  })
})

describe('a word on the day of a meeting', () => {
  const plan = { minutes: 45, place: 'school', who: 'mor', pupil: 'whole' } as const
  const meetingAt = (on: string, time: string): Case =>
    planMeeting(aCase('F-2222'), 'm1', { ...plan, on, time }, 'anna', NOON)
  const due = (found: Case, now = NOON) =>
    dueEntriesFor(found, now, SCHOOL).flatMap((entry) => (entry.kind === 'meeting' ? told(entry.at) : []))

  it('comes in the morning, or an hour ahead where it begins early', () => {
    assert.deepEqual(due(meetingAt('2026-12-02', '14:30')), ['2026-12-02T07:00'])
    assert.deepEqual(due(meetingAt('2026-12-02', '08:15')), ['2026-12-02T06:15'])
  })

  it('is left alone once it has come, and taken away once it is of no use', () => {
    const today = meetingAt(MONDAY, '14:30')
    assert.deepEqual(due(today), [])
    const held = { by: 'anna', at: NOON, notes: {} }
    assert.deepEqual(due(holdMeeting(today, { id: 'h', on: MONDAY, who: '', held })), [null])
    assert.deepEqual(due(closeCase(meetingAt('2026-12-02', '14:30'), 'anna', NOON)), [null])
  })

  it('is the same word on another day when the meeting is moved', () => {
    const moved = planMeeting(
      meetingAt('2026-12-02', '14:30'),
      'm2',
      { ...plan, on: '2026-12-07', time: '10:00' },
      'bo',
      NOON,
    )
    assert.deepEqual(
      dueEntriesFor(moved, NOON, SCHOOL).flatMap(({ kind, ids, at }) =>
        kind === 'meeting' ? [[...ids, told(at)]] : [],
      ),
      [['F-2222', 'm1', '2026-12-07T07:00']],
    )
  })
})

describe('a case after a digest', () => {
  const found = aCase('F-2222', {
    agreements: [
      anAgreement('a1', { by: '2026-11-20', reminded: 1 }),
      anAgreement('a2', { by: MONDAY }),
      anAgreement('a3', { by: MONDAY, status: 'done' }),
      anAgreement('a4', { by: '2026-11-24' }),
    ],
  })

  it('counts the rows shown of what is open and due, and nothing else', () => {
    const after = remindedOn(found, rows('a1', 'a3', 'a4'), MONDAY)
    const [first, ...others] = found.agreements
    assert.deepEqual(after, { ...found, agreements: [{ ...first, reminded: 2, lastReminded: MONDAY }, ...others] })
  })

  it('counts how often it said that nobody holds it', () => {
    assert.deepEqual(remindedOn(found, rows(undefined), MONDAY), { ...found, vacancies: 1, lastVacancy: MONDAY })
    assert.equal(remindedOn({ ...found, vacancies: 3 }, rows('a1', undefined), MONDAY).vacancies, 4)
  })

  it('counts how often it said that the home waits, anew for another inquiry, and no vacancy', () => {
    const [first, second] = [{ inquiry: 'c1' }, { inquiry: 'c2' }].map((row) => [row])
    const once = remindedOn(found, first ?? [], MONDAY)
    assert.deepEqual(once, { ...found, waiting: { contact: 'c1', times: 1, last: MONDAY } })
    assert.equal(remindedOn(once, first ?? [], '2026-11-24').waiting?.times, 2)
    assert.deepEqual(remindedOn(once, second ?? [], '2026-11-24').waiting, {
      contact: 'c2',
      times: 1,
      last: '2026-11-24',
    })
  })

  it('has said that it is the day to talk again', () => {
    const [first, second] = remindedOn(found, rows('a1'), '2026-12-01').agreements
    assert.equal(first?.followUpSaid, '2026-12-01')
    assert.equal(second?.followUpSaid, undefined)
  })

  it('asks about what has been said often enough, once', () => {
    const asks = (over: object) => overdueQuestion(anAgreement('a1', { reminded: MOST_OVERDUE + 1, ...over }), 'bo')
    assert.ok(asks({}))
    for (const over of [{ reminded: MOST_OVERDUE }, { questioned: 'bo' }, { status: 'done' }, { status: 'dropped' }])
      assert.ok(!asks(over), JSON.stringify(over))
  })

  it('asks anew whoever is to be asked in place of the one who was', () => {
    const often = anAgreement('a1', { reminded: MOST_OVERDUE + 1, questioned: 'anna' })
    assert.ok(overdueQuestion(often, 'bo'))
    assert.ok(!overdueQuestion({ ...often, questioned: true }, 'bo'))
  })
})

/** A case lived through day by day: what is due is kept and said as the delivery does it. */
class Life {
  found: Case
  team: RemindedTeam
  now: number
  readonly due = new Map<string, number>()
  readonly digests: string[] = []
  /** Rows since an agreement got its present date, and questions since then. */
  readonly rows = new Map<string, number>()
  readonly questions = new Map<string, number>()
  readonly followUps = new Map<string, number>()
  readonly nudges = new Map<string, number>()

  constructor(found: Case, now: number, team: RemindedTeam) {
    this.found = found
    this.now = now
    this.team = team
    this.commit(found)
  }

  commit(changed: Case): void {
    this.found = changed
    for (const entry of dueEntriesFor(changed, this.now, this.team)) {
      const pending = (this.due.get(dueName(entry)) ?? Number.POSITIVE_INFINITY) <= this.now
      if (entry.at === null) this.due.delete(dueName(entry))
      else {
        assertGoodMoment(entry.at, this.now, this.team)
        // What is about to be said is not put off.
        if (pending) continue
        this.due.set(dueName(entry), entry.at)
      }
    }
  }

  /** Says all that is due until this moment. */
  liveUntil(then: number): void {
    for (;;) {
      const at = Math.min(...this.due.values())
      if (at > then) break
      this.now = at
      const names = [...this.due].filter(([, due]) => due === at).map(([name]) => name)
      const digest = names.filter((name) => !name.startsWith('rhythm'))
      if (digest.length < names.length) this.nudge()
      if (digest.length > 0) this.sayDigest(digest)
    }
    if (then !== Number.MAX_SAFE_INTEGER) this.now = then
  }

  private nudge(): void {
    this.due.delete(`rhythm|${this.found.code}`)
    const today = dayOf(this.now, this.team.zone)
    assert.equal(this.found.status, 'open', 'the holder of a closed case is reminded')
    const stages = nudgesDue(this.found, today, this.team)
    for (const { stage, from } of stages)
      assert.ok(count(this.nudges, `${stage} ${from}`) <= MOST_NUDGES, 'reminded of a talk too often')
    this.commit(nudgedOn(this.found, stages, today))
  }

  private sayDigest(names: string[]): void {
    const today = dayOf(this.now, this.team.zone)
    assert.ok(!this.digests.includes(today), `a second digest on ${today}`)
    assert.ok(this.digests.length < 300, 'it never comes to rest')
    assert.equal(this.found.status, 'open', 'a closed case is spoken of')
    this.digests.push(today)
    const shown = names.map((name) => {
      this.due.delete(name)
      const [kind, , id] = name.split('|')
      if (!id) {
        assert.equal(presentCoordinator(this.found, this.team), undefined, 'a case that is held is called vacant')
        return undefined
      }
      const agreement = this.found.agreements.find((one) => one.id === id)
      if (kind === 'followup') {
        assert.notEqual(agreement?.status, 'dropped')
        count(this.followUps, id)
        return id
      }
      assert.equal(agreement?.status, 'open', `a reminder of what is ${agreement?.status}`)
      assert.ok(agreement.by <= today, 'a reminder before its day')
      assert.ok(count(this.rows, id) <= 1 + MOST_OVERDUE, 'a reminder too many')
      return id
    })
    const reminded = remindedOn(this.found, rows(...shown), today)
    const asked = toBeAsked(reminded, this.team)
    this.commit({
      ...reminded,
      agreements: reminded.agreements.map((one) => {
        if (!overdueQuestion(one, asked)) return one
        assert.equal(this.rows.get(one.id), 1 + MOST_OVERDUE, 'a question too early')
        assert.equal(count(this.questions, one.id), 1, 'a second question')
        return { ...one, ...(asked && { questioned: asked }) }
      }),
    })
  }

  /** Somebody leaves, and what is due is derived anew. */
  private leave(user: string): void {
    this.team = { ...this.team, members: this.team.members.filter((one) => one.id !== user) }
    this.commit(this.found)
  }

  act(act: Act): void {
    if (act.what === 'leave') this.leave(act.id === 'a1' ? 'anna' : 'bo')
    else this.answer(act)
    // Who has taken over from whoever was asked is reminded once more, and asked; nobody is asked twice in a row.
    for (const { id, questioned } of this.found.agreements) {
      if (!questioned) continue
      const isAsked = questioned === toBeAsked(this.found, this.team)
      this.rows.set(id, isAsked ? 1 + MOST_OVERDUE : MOST_OVERDUE)
      this.questions.set(id, isAsked ? 1 : 0)
    }
  }

  private answer({ what, id, days }: Act): void {
    const today = dayOf(this.now, this.team.zone)
    const answers = {
      nothing: () => ({ ok: false as const }),
      leave: () => ({ ok: false as const }),
      done: () => markDone(this.found, id, 'anna', this.now),
      undo: () => undoDone(this.found, id),
      drop: () => dropAgreement(this.found, id),
      postpone: () => postpone(this.found, id, plusDays(today, days), { today }),
      hold: () => acceptCoordination(askCoordinator(this.found, 'bo', 'anna', this.now), 'bo', this.now),
      close: () => ({ ok: true as const, case: closeCase(this.found, 'anna', this.now) }),
    }
    const answer = this.found.status === 'closed' ? answers.nothing() : answers[what]()
    if (!answer.ok) return
    const asked = this.found.agreements.find((one) => one.id === id)?.questioned
    // A new date, or taking back what was done after the question, begins anew.
    if (what === 'postpone' || (what === 'undo' && asked))
      for (const counted of [this.rows, this.questions]) counted.delete(id)
    this.commit(answer.case)
  }
}

function count(counted: Map<string, number>, id: string): number {
  const times = (counted.get(id) ?? 0) + 1
  counted.set(id, times)
  return times
}

interface Act {
  what: 'nothing' | 'leave' | 'done' | 'undo' | 'drop' | 'postpone' | 'hold' | 'close'
  id: string
  days: number
  hours: number
}

const anAct: fc.Arbitrary<Act> = fc.record({
  what: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom('nothing', 'done', 'undo', 'postpone') },
    { weight: 2, arbitrary: fc.constantFrom('drop', 'hold', 'leave', 'close') },
  ),
  id: fc.constantFrom('a1', 'a2'),
  days: fc.nat({ max: 12 }),
  hours: fc.integer({ min: 1, max: 90 }),
})

describe('a case through its days', () => {
  // Autumn holiday, winter time and Christmas, or Easter and summer time, lie ahead of these.
  const aStart = fc.tuple(fc.constantFrom('2026-10-05', '2026-12-14', '2027-03-15', '2026-11-23'), fc.nat({ max: 47 }))
  const agreements = fc.tuple(fc.nat({ max: 10 }), fc.nat({ max: 10 }), fc.nat({ max: 20 }), fc.nat({ max: 20 }))
  const lives = fc.tuple(aStart, fc.constantFrom(6, 8, 16), closedPeriods('2026-10-05', 200), agreements)

  it('hears once a school day at most of what is open and due, five times more, then one question, and no more', () =>
    fc.assert(
      fc.property(lives, fc.array(anAct, { maxLength: 25 }), ([[day, later], hour, closed, counts], acts) => {
        const rhythm = { zone: 'Europe/Copenhagen', hour, closed }
        const start = Date.parse(day) + later * HOUR
        const from = plusDays(dayOf(start, rhythm.zone), 1)
        const [by1, by2, on1, on2] = counts
        const made = [
          anAgreement('a1', { by: plusDays(from, by1), followUp: { on: plusDays(from, on1), how: 'call' } }),
          anAgreement('a2', { by: plusDays(from, by2), followUp: { on: plusDays(from, on2), how: 'visit' } }),
        ]
        const life = new Life(aCase('F-2222', { agreements: made }), start, { ...SCHOOL, ...rhythm })
        for (const act of acts) {
          life.liveUntil(life.now + act.hours * HOUR)
          life.act(act)
        }
        // Left alone, it comes to rest.
        life.liveUntil(Number.MAX_SAFE_INTEGER)
        assert.equal(life.due.size, 0)
        if (life.found.status === 'closed') return

        for (const { id, status, questioned } of life.found.agreements) {
          if (status !== 'dropped') assert.equal(life.followUps.get(id), 1, 'a follow-up said once')
          if (status !== 'open') continue
          assert.equal(life.rows.get(id), 1 + MOST_OVERDUE, 'every reminder was said')
          assert.equal(life.questions.get(id), 1, 'the question was asked')
          assert.equal(questioned, toBeAsked(life.found, life.team), 'whoever is there now was asked')
        }
        const open = life.found.agreements.some(({ status }) => status === 'open')
        if (open && !presentCoordinator(life.found, life.team)) assert.equal(life.found.vacancies, MOST_VACANT)
      }),
      { numRuns: 60 },
    ))
})
