/** The people and cases every server of the bench is asked about. Numbers make them, so that every process knows the same. */
import { writeAddress } from '../../src/channels/teams/address.ts'
import { logAgreements } from '../../src/domain/agreement.ts'
import { type Case, openCase } from '../../src/domain/case.ts'
import { newCaseCode } from '../../src/domain/case-code.ts'
import { acceptCoordination, askCoordinator } from '../../src/domain/coordinator.ts'
import { plusDays } from '../../src/domain/school-calendar.ts'
import type { Team, User } from '../../src/domain/team.ts'
import type { Day, Instant } from '../../src/domain/time.ts'

export const REGISTRATION = {
  appId: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
  secret: 'not-a-secret',
  tenant: '11111111-2222-3333-4444-555555555555',
}
export const BOT = { id: `28:${REGISTRATION.appId}`, name: 'Tovholder' }

/** People in a team. */
const MEMBERS = 20

export interface Person {
  team: number
  id: string
  teamsId: string
  name: string
  chat: string
}

export const teamId = (team: number): string => `19:team-${team}@thread.tacv2`

function personOf(team: number, member: number): Person {
  const number = String(team * MEMBERS + member)
  return {
    team,
    id: `00000000-0000-4000-8000-${number.padStart(12, '0')}`,
    teamsId: `29:${number.padStart(60, '1aZ')}`,
    name: `Colleague ${number}`,
    chat: `a:${number.padStart(100, '1bX')}`,
  }
}

export const peopleOf = (teams: number): Person[] =>
  Array.from({ length: teams * MEMBERS }, (_, n) => personOf(Math.floor(n / MEMBERS), n % MEMBERS))

/** The same people in a workspace of Slack, where a team is a channel. */
export const WORKSPACE = 'T0BENCH'
export const slackTeamId = (team: number): string => `slack:${WORKSPACE}/C${team}`
export const slackPersonOf = ({ team, id, name }: Person): Person => {
  const number = Number(id.slice(-12))
  return { team, id: `U${number}`, teamsId: '', name, chat: `D${number}` }
}

const place = (serviceUrl: string, conversation: string, kind: 'chat' | 'channel') =>
  writeAddress({ serviceUrl, conversation, tenant: REGISTRATION.tenant, bot: BOT.id, kind })

export function teamOf(team: number, serviceUrl: string, now: Instant): Team {
  const channel = { address: place(serviceUrl, teamId(team), 'channel'), name: 'General' }
  const members = Array.from({ length: MEMBERS }, (_, member) => personOf(team, member))
  return {
    v: 1,
    id: teamId(team),
    tenant: REGISTRATION.tenant,
    name: `Team ${team}`,
    language: 'da',
    zone: 'Europe/Copenhagen',
    hour: 8,
    home: channel.address,
    channel,
    channels: [channel],
    closed: [],
    members: members.map(({ id, name }) => ({ id, name, guest: false })),
    membersAt: now,
    leaders: [],
  }
}

export const slackTeamOf = (team: number, now: Instant): Team => {
  const channel = { address: slackTeamId(team), name: '#general' }
  const members = teamOf(team, '', now).members.map(({ id, ...member }) => ({
    ...member,
    id: `U${Number(id.slice(-12))}`,
  }))
  return {
    ...teamOf(team, '', now),
    id: channel.address,
    tenant: WORKSPACE,
    home: channel.address,
    channel,
    channels: [channel],
    members,
  }
}

export const userOf = ({ id, name, chat }: Person, serviceUrl: string): User => ({
  v: 1,
  id,
  name,
  language: 'da',
  address: place(serviceUrl, chat, 'chat'),
})

/** One open case with its agreements, all due on this day, held by a colleague of its creator. */
export function caseOf(team: number, nth: number, agreements: number, due: Day, now: Instant): Case {
  const creator = personOf(team, nth % MEMBERS).id
  const holder = personOf(team, (nth + 1) % MEMBERS).id
  const opened = openCase({ code: codeOf(nth), alias: 'MK', creator, now })
  const terms = Array.from({ length: agreements }, (_, index) => {
    const what = `Bo tager imod dig ved porten kl. ${7 + index}.50`
    const followUp = { on: plusDays(due, 7), how: 'call' as const }
    return { what, who: 'school' as const, staff: holder, by: due, followUp }
  })
  const asked = askCoordinator(logAgreements(opened, terms, creator, now), holder, creator, now)
  const accepted = acceptCoordination(asked, holder, now)
  return accepted.ok ? accepted.case : asked
}

/** A case code that is the same for the same number. */
function codeOf(nth: number): string {
  let rest = nth
  return newCaseCode((n) => {
    const digit = rest % n
    rest = Math.floor(rest / n)
    return digit
  })
}
