import assert from 'node:assert/strict'
import { DateTime } from 'luxon'
import type { InvitationFile } from '../../src/app/ports.ts'
import { invitation } from '../../src/export/invitation.ts'
import { timeZoneAround } from '../../src/export/time-zone.ts'

const MEETING: InvitationFile = {
  id: 'abc.pupil',
  moved: 0,
  plannedAt: Date.UTC(2026, 10, 23, 12),
  on: '2026-12-02',
  time: '14:30',
  zone: 'Europe/Copenhagen',
  minutes: 45,
  title: 'Skole-hjem-samtale',
  text: 'Vi taler om, hvordan det går; kort, og sammen.\nF-7K3Q',
  place: 'lokale 12, på skolen',
}
/** The lines of a calendar, with long ones put together again (RFC 5545, 3.1). */
const linesOf = async (given: Partial<InvitationFile> = {}): Promise<string[]> =>
  String(await invitation({ ...MEETING, ...given }))
    .replaceAll('\r\n ', '')
    .split('\r\n')
const value = (lines: string[], name: string): string | undefined =>
  lines.find((line) => line.startsWith(name))?.slice(name.length + 1)

describe('an invitation for a calendar', () => {
  it('says when, where and what in the school’s own zone', async () => {
    const lines = await linesOf()
    assert.deepEqual(
      ['DTSTART;TZID=Europe/Copenhagen', 'DTEND;TZID=Europe/Copenhagen', 'SUMMARY', 'LOCATION', 'METHOD'].map((name) =>
        value(lines, name),
      ),
      ['20261202T143000', '20261202T151500', 'Skole-hjem-samtale', String.raw`lokale 12\, på skolen`, 'PUBLISH'],
    )
    assert.equal(value(lines, 'DESCRIPTION'), String.raw`Vi taler om\, hvordan det går\; kort\, og sammen.\nF-7K3Q`)
    assert.equal(value(lines, 'DTSTAMP'), '20261123T120000Z')
  })

  it('is the same one when it is moved, only newer', async () => {
    const [first, moved] = [await linesOf(), await linesOf({ moved: 2, on: '2026-12-03' })]
    assert.equal(value(first, 'UID'), value(moved, 'UID'))
    assert.deepEqual([value(first, 'SEQUENCE'), value(moved, 'SEQUENCE')], ['0', '2'])
  })

  it('is the same bytes for the same meeting', async () => {
    assert.deepEqual(await invitation(MEETING), await invitation(MEETING))
  })

  it('needs no place', async () => {
    const { place: _, ...nowhere } = MEETING
    assert.doesNotMatch(String(await invitation(nowhere)), /LOCATION/)
  })

  it('keeps every line within 75 bytes, whatever is written', async () => {
    const text = `${'æøå 🙂 '.repeat(80)}\nEND:VEVENT\r\nBEGIN:VEVENT`
    const file = String(await invitation({ ...MEETING, text, title: text, place: text }))
    for (const line of file.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line)
    assert.equal(file.match(/^BEGIN:VEVENT/gm)?.length, 1)
  })
})

describe('a time zone in a calendar', () => {
  const zoneOf = (zone: string, day: string) => timeZoneAround(zone, DateTime.fromISO(day, { zone })).split('\r\n')

  it('has the changes of clocks around the day, in the time there was before each', () => {
    assert.deepEqual(zoneOf('Europe/Copenhagen', '2026-12-02').slice(0, 12), [
      'BEGIN:VTIMEZONE',
      'TZID:Europe/Copenhagen',
      'BEGIN:DAYLIGHT',
      'DTSTART:20260329T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'END:DAYLIGHT',
      'BEGIN:STANDARD',
      'DTSTART:20261025T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
    ])
  })

  it('has one offset where clocks never change', () => {
    for (const [zone, offset] of [
      ['Atlantic/Reykjavik', '+0000'],
      ['Asia/Kathmandu', '+0545'],
    ] as const) {
      const lines = zoneOf(zone, '2026-12-02')
      assert.deepEqual(
        lines.filter((line) => /^(BEGIN|TZOFFSETTO)/.test(line)),
        ['BEGIN:VTIMEZONE', 'BEGIN:STANDARD', `TZOFFSETTO:${offset}`],
      )
    }
  })

  it('agrees with the clock on every day of a year', () => {
    for (const zone of ['Europe/Copenhagen', 'America/Nuuk', 'Africa/Cairo'])
      for (let day = 0; day < 365; day += 11) {
        const at = DateTime.fromISO('2026-01-01T12:00', { zone }).plus({ days: day })
        const lines = timeZoneAround(zone, at).split('\r\n')
        const starts = lines.flatMap((line, index) =>
          line.startsWith('DTSTART:') ? [{ line, to: lines[index + 2] }] : [],
        )
        const local = at.toFormat("'DTSTART:'yyyyMMdd'T'HHmmss")
        const last = starts.findLast(({ line }) => line <= local)
        assert.equal(last?.to, `TZOFFSETTO:${at.toFormat('ZZZ')}`, `${zone} ${at.toISODate()}`)
      }
  })
})
