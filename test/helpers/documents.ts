/** Whole documents for tests of the store; each with a secret that must never be readable in Redis. */
import type { Session } from '../../src/dialog/session.ts'
import type { Agreement } from '../../src/domain/agreement.ts'
import type { Case } from '../../src/domain/case.ts'
import type { Post } from '../../src/domain/post.ts'
import type { Team, User } from '../../src/domain/team.ts'

export const NOON = Date.UTC(2026, 10, 23, 12)

export const aTeam = (id: string, over: Partial<Team> = {}): Team => ({
  v: 1,
  id,
  tenant: 'skole',
  name: 'Team Hemmelig',
  language: 'da',
  zone: 'Europe/Copenhagen',
  hour: 8,
  home: '19:home@thread.tacv2',
  channels: [],
  closed: [],
  members: [],
  membersAt: NOON,
  leaders: [],
  ...over,
})

export const aUser = (id: string, over: Partial<User> = {}): User => ({
  v: 1,
  id,
  name: 'Hemmelig Hansen',
  language: 'da',
  ...over,
})

export const aCase = (code: string, over: Partial<Case> = {}): Case => ({
  v: 1,
  code,
  alias: 'HEMMELIGÆØÅ',
  creator: 'anna',
  openedAt: NOON,
  contacts: [],
  agreements: [],
  coordination: { history: [] },
  status: 'open',
  outcomes: [],
  posts: [],
  ...over,
})

export const anAgreement = (id: string, over: Partial<Agreement> = {}): Agreement => ({
  id,
  what: 'hemmeligt løfte',
  who: 'school',
  by: '2026-11-30',
  followUp: { on: '2026-12-01', how: 'call' },
  loggedBy: 'anna',
  loggedAt: NOON,
  status: 'open',
  reminded: 0,
  ...over,
})

export const aSession = (id: string, user: string, over: Partial<Session> = {}): Session => ({
  v: 1,
  id,
  dialog: 'call-prep',
  user,
  step: 'start',
  trail: [],
  vars: { note: 'hemmelig note' },
  startedAt: NOON,
  ...over,
})

export const aPost = (id: string, codes: string[]): Post => ({
  v: 1,
  id,
  card: { kind: 'coordinator' },
  refs: codes.map((code) => ({ code })),
  address: '19:hemmelig@thread.tacv2',
})
