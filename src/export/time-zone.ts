import { DateTime } from 'luxon'

/** A calendar program asks what time it is in this zone around one moment; the changes in the year before and after it are enough. */
const WEEKS_AROUND = 53

/** The zone as a VTIMEZONE of RFC 5545, with the changes of clocks around this moment. */
export function timeZoneAround(zone: string, at: DateTime): string {
  const changes = changesAround(at.setZone(zone))
  const observances = changes.length > 0 ? changes : [at.setZone(zone).startOf('year').minus({ years: 1 })]
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...observances.flatMap(observance), 'END:VTIMEZONE'].join('\r\n')
}

/** The first moment of every other offset from UTC, to the minute. */
function changesAround(at: DateTime): DateTime[] {
  const changes: DateTime[] = []
  // No zone changes its clocks there and back within a week.
  for (let week = -WEEKS_AROUND; week < WEEKS_AROUND; week++) {
    let [before, after] = [at.plus({ weeks: week }).toMillis(), at.plus({ weeks: week + 1 }).toMillis()]
    const offset = (millis: number) => at.zone.offset(millis)
    if (offset(before) === offset(after)) continue
    while (after - before > 60_000) {
      const between = Math.floor((before + after) / 2)
      if (offset(between) === offset(before)) before = between
      else after = between
    }
    changes.push(DateTime.fromMillis(after, { zone: at.zone }).startOf('minute'))
  }
  return changes
}

/** A change is told in the local time there was before it. */
function observance(change: DateTime): string[] {
  const from = change.minus({ minutes: 1 }).offset
  const kind = change.isInDST ? 'DAYLIGHT' : 'STANDARD'
  return [
    `BEGIN:${kind}`,
    `DTSTART:${change.toUTC().plus({ minutes: from }).toFormat("yyyyMMdd'T'HHmmss")}`,
    `TZOFFSETFROM:${offsetText(from)}`,
    `TZOFFSETTO:${offsetText(change.offset)}`,
    `END:${kind}`,
  ]
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`
}
