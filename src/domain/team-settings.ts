/** What a leader may set for a team, and what is wrong with what was entered. Nothing here changes a case. */
import type { Fault } from './fault.ts'
import { isDay, plusDays } from './school-calendar.ts'
import { isOnTeam, type Team } from './team.ts'
import { cleanText } from './text.ts'
import type { Day, Period } from './time.ts'
import { hasCpr } from './wording.ts'

type Set = { ok: true; team: Team } | { ok: false; faults: Fault[] }

const no = (field: string, code: string, values?: Fault['values']): Set => ({
  ok: false,
  faults: [{ field, code, ...(values && { values }) }],
})

/** The zone behind a name as people write it, `europe/copenhagen`; `undefined` where there is none. */
export function zoneOf(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name.trim() }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

/** A longer one is a slip of the year: the summer holiday is seven weeks. In days. */
const LONGEST_PERIOD = 92
/** As many closed periods, and as many leaders, as one card has rows for. */
const MOST_PERIODS = 12
const MOST_LEADERS = 12
/** Room for a few lines on whom to call, in characters. */
export const LONGEST_CONTACTS = 600

/** Closes the school from one day to another, both included; what is over is forgotten. */
export function addPeriod(team: Team, { from, to }: Period, today: Day): Set {
  if (!isDay(from)) return no('from', from === '' ? 'missing' : 'not-a-date')
  if (!isDay(to)) return no('to', to === '' ? 'missing' : 'not-a-date')
  if (to < from) return no('to', 'period-backwards')
  if (to < today) return no('to', 'period-over')
  if (from > plusDays(today, 3 * 366)) return no('from', 'too-late')
  if (to >= plusDays(from, LONGEST_PERIOD)) return no('to', 'period-too-long')
  const ahead = closedAhead(team, today).filter((known) => known.from !== from || known.to !== to)
  if (ahead.length >= MOST_PERIODS) return no('from', 'too-many-periods', { max: MOST_PERIODS })
  return { ok: true, team: { ...team, closed: [...ahead, { from, to }].sort(byDay) } }
}

export const removePeriod = (team: Team, { from, to }: Period): Team => ({
  ...team,
  closed: team.closed.filter((known) => known.from !== from || known.to !== to),
})

/** The closed periods that are not over. */
export const closedAhead = ({ closed }: Pick<Team, 'closed'>, today: Day): Period[] =>
  closed.filter(({ to }) => to >= today).sort(byDay)

const byDay = (a: Period, b: Period): number => a.from.localeCompare(b.from) || a.to.localeCompare(b.to)

/** Whom to turn to at once; an empty text takes it away. */
export function setContacts(team: Team, text: string): Set {
  const { contacts: _, ...rest } = team
  const cleaned = cleanText(text, LONGEST_CONTACTS)
  if (!cleaned.ok)
    return cleaned.code === 'empty' ? { ok: true, team: rest } : no('contacts', 'too-long', { max: LONGEST_CONTACTS })
  return hasCpr(cleaned.text) ? no('contacts', 'cpr') : { ok: true, team: { ...rest, contacts: cleaned.text } }
}

/** One more colleague who may change the settings. */
export function addLeader(team: Team, user: string): Set {
  if (user === '') return no('leader', 'missing')
  if (!isOnTeam(team, user)) return no('leader', 'not-a-member')
  if (team.leaders.includes(user)) return { ok: true, team }
  const leaders = presentLeaders(team)
  if (leaders.length >= MOST_LEADERS) return no('leader', 'too-many-leaders', { max: MOST_LEADERS })
  return { ok: true, team: { ...team, leaders: [...leaders, user] } }
}

/** Nobody is left to change anything when the last one goes: that is refused. */
export function removeLeader(team: Team, user: string): Set {
  const leaders = presentLeaders(team).filter((id) => id !== user)
  return leaders.length === 0 ? no('leader', 'last-leader') : { ok: true, team: { ...team, leaders } }
}

/** The leaders who are still on the team. */
export const presentLeaders = (team: Pick<Team, 'leaders' | 'members'>): string[] =>
  team.leaders.filter((leader) => isOnTeam(team, leader))

/** Whether two settings of a team make reminders come at other moments, or in another channel. */
export const movesReminders = (before: Team, after: Team): boolean =>
  before.hour !== after.hour ||
  before.zone !== after.zone ||
  before.profile !== after.profile ||
  before.channel?.address !== after.channel?.address ||
  JSON.stringify(before.closed) !== JSON.stringify(after.closed)
