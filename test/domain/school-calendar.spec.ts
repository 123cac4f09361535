import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import {
  atHour,
  dayOf,
  isDay,
  isSchoolDay,
  nextSchoolDay,
  plusDays,
  schoolDayFrom,
} from '../../src/domain/school-calendar.ts'

const OPEN = { closed: [] }
const AUTUMN = { closed: [{ from: '2026-10-12', to: '2026-10-16' }] }

const aDay = fc.nat({ max: 4000 }).map((count) => plusDays('2025-01-01', count))
const aCalendar = fc.record({
  closed: fc.array(
    fc.tuple(aDay, fc.nat({ max: 50 })).map(([from, length]) => ({ from, to: plusDays(from, length) })),
    { maxLength: 4 },
  ),
})

/** Easter Sunday by the rule of Meeus, Jones and Butcher, so that the library is not checked against itself. */
function easter(year: number): string {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const ofCentury = year % 100
  const correction = Math.floor((8 * century + 13) / 25)
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7
  const shift = Math.floor((golden + 11 * epact + 22 * weekday) / 451)
  return plusDays(`${year}-03-01`, epact + weekday - 7 * shift + 21)
}

/** What `Intl` says the clock on the wall shows: `2026-11-23 08:00`. */
const clock = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at)

describe('a school day', () => {
  for (const [day, open, why] of [
    ['2026-11-23', true, 'an ordinary Monday'],
    ['2026-11-21', false, 'a Saturday'],
    ['2026-11-22', false, 'a Sunday'],
    ['2026-04-02', false, 'Maundy Thursday'],
    ['2026-05-14', false, 'Ascension Day'],
    ['2026-05-01', true, 'the first of May'],
    ['2026-06-05', false, 'Constitution Day'],
    ['2026-12-24', false, 'Christmas Eve'],
    ['2027-12-31', false, "New Year's Eve"],
    ['2023-05-05', false, 'Great Prayer Day, while there was one'],
    ['2024-04-26', true, 'Great Prayer Day no more'],
  ] as const)
    it(`is${open ? '' : ' not'} ${why}`, () => assert.equal(isSchoolDay(day, OPEN), open))

  it("is none from the first to the last day of the school's own closed period", () =>
    assert.deepEqual(
      ['2026-10-09', '2026-10-12', '2026-10-14', '2026-10-16', '2026-10-19'].map((day) => isSchoolDay(day, AUTUMN)),
      [true, false, false, false, true],
    ))

  it('is each weekday of a year but the holidays that follow from Easter and those with a date', () => {
    for (let year = 2024; year <= 2045; year++) {
      const fixed = ['01-01', '06-05', '12-24', '12-25', '12-26', '12-31'].map((day) => `${year}-${day}`)
      const movable = [-3, -2, 1, 39, 50].map((count) => plusDays(easter(year), count))
      const free = new Set([...fixed, ...movable])
      for (let count = 0; count < 365; count++) {
        const day = plusDays(`${year}-01-01`, count)
        const weekend = [0, 6].includes(new Date(day).getUTCDay())
        assert.equal(isSchoolDay(day, OPEN), !weekend && !free.has(day), day)
      }
    }
  })
})

describe('the next school day', () => {
  for (const [day, count, next, over] of [
    ['2026-11-23', 1, '2026-11-24', 'the night'],
    ['2026-11-20', 1, '2026-11-23', 'a weekend'],
    ['2026-11-21', 1, '2026-11-23', 'the rest of a weekend'],
    ['2026-04-01', 1, '2026-04-07', 'Easter'],
    ['2026-12-23', 1, '2026-12-28', 'Christmas'],
    ['2026-10-09', 1, '2026-10-19', 'the autumn holiday'],
    ['2026-10-08', 3, '2026-10-20', 'one open day, the autumn holiday and another'],
  ] as const)
    it(`after ${day} is ${next}, over ${over}`, () => assert.equal(nextSchoolDay(day, AUTUMN, count), next))

  it('is open and later, and every day between is closed', () =>
    fc.assert(
      fc.property(aDay, aCalendar, (day, calendar) => {
        const next = nextSchoolDay(day, calendar)
        assert.ok(isSchoolDay(next, calendar) && next > day)
        for (let between = plusDays(day, 1); between < next; between = plusDays(between, 1))
          assert.ok(!isSchoolDay(between, calendar))
      }),
    ))

  it('comes one by one to the same as several at once', () =>
    fc.assert(
      fc.property(aDay, aCalendar, fc.integer({ min: 1, max: 6 }), (day, calendar, count) => {
        const steps = Array.from({ length: count }).reduce<string>((at) => nextSchoolDay(at, calendar), day)
        assert.equal(nextSchoolDay(day, calendar, count), steps)
      }),
      { numRuns: 50 },
    ))

  it('is today where today will do and is open', () =>
    fc.assert(
      fc.property(aDay, aCalendar, (day, calendar) => {
        assert.equal(schoolDayFrom(day, calendar), isSchoolDay(day, calendar) ? day : nextSchoolDay(day, calendar))
      }),
      { numRuns: 50 },
    ))

  it('is looked for no longer than a year and a bit, should a school never open again', () =>
    assert.ok(nextSchoolDay('2026-11-23', { closed: [{ from: '2026-01-01', to: '2999-12-31' }] }) < '2028-02-01'))
})

describe('a day', () => {
  it('is counted on over months, leap days and changes of the clock', () => {
    assert.equal(plusDays('2026-10-24', 2), '2026-10-26')
    assert.equal(plusDays('2028-02-28', 1), '2028-02-29')
    assert.equal(plusDays('2026-12-31', 1), '2027-01-01')
    return fc.assert(
      fc.property(aDay, fc.integer({ min: -500, max: 500 }), (day, count) => {
        assert.equal(plusDays(plusDays(day, count), -count), day)
      }),
    )
  })

  it('is one that the calendar has', () =>
    fc.assert(
      fc.property(aDay, (day) => {
        assert.ok(isDay(day))
      }),
    ))

  for (const text of [
    '',
    'i morgen',
    '2026-2-3',
    '2026-13-01',
    '2026-00-10',
    '2026-02-30',
    '2027-02-29',
    '2026-11-31T08',
  ])
    it(`is not ‘${text}’`, () => assert.ok(!isDay(text)))
})

describe('an hour of a day', () => {
  for (const [day, hour, utc, when] of [
    ['2026-11-23', 8, '2026-11-23T07:00Z', 'in winter'],
    ['2026-06-22', 8, '2026-06-22T06:00Z', 'in summer'],
    ['2026-03-29', 1, '2026-03-29T00:00Z', 'before the clocks go forward'],
    ['2026-03-29', 2, '2026-03-29T01:00Z', 'that the clocks skip, so at three'],
    ['2026-03-29', 8, '2026-03-29T06:00Z', 'on the day the clocks go forward'],
    ['2026-10-25', 8, '2026-10-25T07:00Z', 'on the day the clocks go back'],
  ] as const)
    it(`${when} is right: ${day} at ${hour}`, () =>
      assert.equal(atHour(day, hour, 'Europe/Copenhagen'), Date.parse(utc)))

  const zone = fc.constantFrom('Europe/Copenhagen', 'Atlantic/Faroe', 'America/Nuuk', 'Africa/Cairo', 'Asia/Kathmandu')

  it('is what the clocks there show, unless they skip it, and lies on that day', () => {
    return fc.assert(
      fc.property(aDay, fc.nat({ max: 23 }), zone, (day, hour, zone) => {
        const at = atHour(day, hour, zone)
        const wanted = `${day} ${String(hour).padStart(2, '0')}:00`
        const shown = clock(at, zone)
        assert.ok(shown === wanted || (clock(at - 1, zone) < wanted && wanted < shown), `${shown}, not ${wanted}`)
        assert.equal(dayOf(at, zone), day)
      }),
    )
  })

  it('is on the day that the calendar there shows, whichever moment was asked about before', () => {
    const away = fc.oneof(fc.constantFrom(-1, 0, 1), fc.integer({ min: -90_000_000, max: 90_000_000 }))
    return fc.assert(
      fc.property(aDay, zone, fc.array(away, { minLength: 2, maxLength: 8 }), (day, zone, moments) => {
        const midnight = atHour(day, 0, zone)
        for (const at of moments.map((milliseconds) => midnight + milliseconds))
          assert.equal(dayOf(at, zone), clock(at, zone).slice(0, 10))
      }),
    )
  })

  it('is on the next day where the last hour of that one is skipped, as in Greenland in spring', () => {
    const midnight = atHour('2027-03-27', 0, 'America/Nuuk')
    assert.equal(dayOf(midnight - 1, 'America/Nuuk'), '2027-03-26')
    assert.equal(dayOf(midnight, 'America/Nuuk'), '2027-03-27')
  })

  it('is on one day here while it is on another elsewhere', () => {
    const at = Date.parse('2026-11-23T23:30Z')
    assert.equal(dayOf(at, 'Europe/Copenhagen'), '2026-11-24')
    assert.equal(dayOf(at, 'America/Nuuk'), '2026-11-23')
  })
})
