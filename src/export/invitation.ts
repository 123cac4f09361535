import ical, { ICalCalendarMethod } from 'ical-generator'
import { DateTime } from 'luxon'
import type { InvitationFile } from '../app/ports.ts'
import { timeZoneAround } from './time-zone.ts'

/** A meeting as a calendar file (RFC 5545). The same id with a higher `moved` moves it in whatever calendar has it already. */
export async function invitation(given: InvitationFile): Promise<Buffer> {
  const { id, moved, plannedAt, on, time, zone, minutes, title, text, place } = given
  const start = DateTime.fromISO(`${on}T${time}`, { zone })
  const calendar = ical({
    prodId: { company: 'Tovholder', product: 'Tovholder' },
    method: ICalCalendarMethod.PUBLISH,
    // Only the event is told in the zone: with a zone of its own the calendar would write the stamp without one too.
    timezone: { name: null, generator: () => timeZoneAround(zone, start) },
  })
  calendar.createEvent({
    id: `${id}@tovholder`,
    sequence: moved,
    stamp: DateTime.fromMillis(plannedAt, { zone: 'utc' }),
    timezone: zone,
    start,
    end: start.plus({ minutes }),
    summary: title,
    description: text,
    ...(place && { location: place }),
  })
  return Buffer.from(calendar.toString())
}
