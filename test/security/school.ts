/** A registered bot behind its real endpoint, with people of every kind around one case, each with a token as Teams sends it. */
import { randomBytes } from 'node:crypto'
import type { FileOrder } from '../../src/app/ports.ts'
import type { Case } from '../../src/domain/case.ts'
import type { Team } from '../../src/domain/team.ts'
import { linkFor } from '../../src/store/links.ts'
import { aCase, anAgreement, aSession, aTeam, NOON } from '../helpers/documents.ts'
import { createFakeConnector } from '../helpers/fake-connector.ts'
import { createFakeIdentity } from '../helpers/fake-identity.ts'
import { stagedService } from '../helpers/staged-service.ts'

/** Each kind of person there can be around a case. */
export const ROLES = [
  'creator',
  'coordinator',
  // Has agreed to do something.
  'named',
  // Has been asked to be the coordinator, and has not answered.
  'asked',
  'member',
  'leader',
  'guest',
  // Was on the team, and is not any more.
  'removed',
  // Is on another team of the same school.
  'elsewhere',
  // At a school that uses the bot as well.
  'otherSchool',
  // At one that does not.
  'otherTenant',
] as const
export type Role = (typeof ROLES)[number]

const APP_ID = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'
const CONNECTOR_TOKEN = 'the-connector-token'
const OTHER_SCHOOL = '22222222-2222-3333-4444-555555555555'
const OTHER_TENANT = '33333333-2222-3333-4444-555555555555'
export const TEAM = '19:general@thread.tacv2'
const OTHER_TEAM = '19:another@thread.tacv2'
export const CODE = 'F-2222'
/** Nobody's, in no team. */
export const NO_CODE = 'F-9999'

/** What only those may see who read a case's agreements, and what only those who read all of it. */
export const AGREED = 'Zagreedzwart'
export const NOTED = ['Znotedzwart', 'Zwordszwart']
export const ALIAS = 'QXZ'

const named = (role: Role) => ({ id: idOf(role), name: `Name ${role}`, guest: role === 'guest' })
export const idOf = (role: Role): string => `00000000-0000-0000-0000-${role.padStart(12, '0')}`

const team: Team = aTeam(TEAM, {
  name: 'Year 8',
  language: 'en',
  home: 'nowhere',
  members: (['creator', 'coordinator', 'named', 'asked', 'member', 'leader', 'guest'] as const).map(named),
  leaders: [idOf('leader')],
})

const asTeamsKnows = ({ id, name, guest }: Team['members'][number]) => ({
  id: `29:${id}`,
  aadObjectId: id,
  name,
  userPrincipalName: `${id}@school.example`,
  userRole: guest ? ('guest' as const) : ('user' as const),
})

const by = { by: idOf('creator'), at: NOON }
const meeting = {
  on: '2027-01-12',
  time: '14:30',
  minutes: 30,
  place: 'school',
  who: 'Znotedzwart',
  pupil: 'whole',
} as const
const theCase: Case = aCase(CODE, {
  alias: ALIAS,
  creator: idOf('creator'),
  coordination: {
    coordinator: { user: idOf('coordinator'), since: NOON },
    asked: { user: idOf('asked'), by: idOf('creator'), at: NOON },
    history: [],
  },
  pupilView: { state: 'asked', words: NOTED[1] ?? '', ...by },
  contacts: [{ id: 'c1', ...by, direction: 'outgoing', reached: true, notes: { home: NOTED[0] ?? '' } }],
  agreements: [
    anAgreement('a1', {
      what: AGREED,
      staff: idOf('named'),
      by: '2027-01-12',
      followUp: { on: '2027-01-14', how: 'call' },
    }),
    anAgreement('a2', { what: AGREED, by: '2027-01-12', followUp: { on: '2027-01-14', how: 'call' } }),
  ],
  meetings: [
    { id: 'm1', ...meeting, planned: { ...by, moved: 0 } },
    {
      id: 'm2',
      ...meeting,
      on: '2026-11-20',
      planned: { ...by, moved: 0 },
      held: { ...by, notes: { home: 'Znotedzwart' } },
    },
  ],
})

/** What the bot answered over HTTP: its status, and the card or words in it. */
export interface Answer {
  status: number
  /** The words alone, where there was no card. */
  said: string | undefined
  /** All of it as text. */
  text: string
  card: unknown
}

export async function startSchool() {
  const connector = await createFakeConnector({
    connectorToken: CONNECTOR_TOKEN,
    // The same people as are kept: whoever has the roster read changes nothing.
    team: { id: TEAM, name: team.name, channels: [{ id: TEAM }], members: team.members.map(asTeamsKnows) },
  })
  const { serviceUrl, tenant, bot } = connector
  const identity = await createFakeIdentity({ appId: APP_ID, serviceUrl })
  const running = await stagedService({
    teams: {
      anonymous: false,
      appId: APP_ID,
      appPassword: 'secret',
      appType: 'SingleTenant',
      appTenantId: tenant,
      allowedTenants: [tenant, OTHER_SCHOOL],
      extraServiceHosts: ['127.0.0.1'],
      openIdMetadata: identity.metadata,
    },
    connectorToken: async () => CONNECTOR_TOKEN,
    limits: { user: { most: 1e6, free: 1e6 }, tenant: { most: 1e6, free: 1e6 } },
  })
  const { store } = running.service
  const token = identity.token()
  const tenants: Partial<Record<Role, string>> = { otherSchool: OTHER_SCHOOL, otherTenant: OTHER_TENANT }
  const inChannel = {
    conversation: { id: TEAM, conversationType: 'channel', tenantId: tenant },
    channelData: { tenant: { id: tenant }, team: { id: TEAM } },
  }
  let events = 0

  /** An activity as this person's Teams would send it, from a direct chat. */
  function activity(role: Role, more: object): Record<string, unknown> {
    const of = tenants[role] ?? tenant
    return {
      id: `${++events}`,
      channelId: 'msteams',
      serviceUrl,
      locale: 'en-GB',
      from: { id: `29:${role}`, name: `Name ${role}`, aadObjectId: idOf(role) },
      recipient: bot,
      conversation: { id: `a:${role}`, conversationType: 'personal', tenantId: of },
      channelData: { tenant: { id: of } },
      ...more,
    }
  }

  async function post(body: unknown, bearer: string | undefined = token): Promise<{ status: number; text: string }> {
    const answer = await fetch(`${running.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return { status: answer.status, text: await answer.text() }
  }

  /** Clicks a button, with whatever data. */
  async function clicks(role: Role, verb: string, data: object): Promise<Answer> {
    const value = { action: { type: 'Action.Execute', verb, data: { team: TEAM, ...data } }, trigger: 'manual' }
    const { status, text } = await post(activity(role, { type: 'invoke', name: 'adaptiveCard/action', value }))
    const { value: shown } = JSON.parse(text || '{}')
    const isText = typeof shown === 'string'
    return { status, text, said: isText ? shown : undefined, card: isText ? undefined : shown }
  }

  /** Has data arrive as if a button of this kind had been pressed where the whole team reads along. */
  async function forges(role: Role, name: string, verb: string, given: object): Promise<string> {
    const { conversation, channelData } = inChannel
    const data = { team: TEAM, ...given }
    const value = name === 'adaptiveCard/action' ? { action: { verb, data } } : { data: { ...data, verb } }
    return (await post(activity(role, { type: 'invoke', name, value, conversation, channelData }))).text
  }

  /** Types something; the answer comes in the response, as Teams lets a bot do. */
  async function says(role: Role, words: string): Promise<Answer> {
    const typed = { type: 'message', text: words, deliveryMode: 'expectReplies' }
    const { status, text } = await post(activity(role, typed))
    const [first] = JSON.parse(text || '{}').activities ?? []
    return { status, text, said: first?.text, card: first?.attachments?.[0]?.content }
  }

  /** Puts the team and its case back to how they were, and ends everybody's dialog but for one half-way through. */
  async function reset(role: Role): Promise<void> {
    const [[keptTeam], [keptCase], { session, now }] = await Promise.all([
      store.load(TEAM, 'team', [TEAM]),
      store.load(TEAM, 'case', [CODE]),
      store.read({ team: TEAM, user: idOf(role) }),
    ])
    await store.commit({
      team: TEAM,
      writes: [
        { kind: 'team', id: TEAM, rev: keptTeam?.rev ?? 0, value: { ...team, tenant, membersAt: now } },
        { kind: 'case', id: CODE, rev: keptCase?.rev ?? 0, value: theCase },
        ...(session ? [{ kind: 'session' as const, id: session.value.id, rev: session.rev, value: undefined }] : []),
      ],
      due: [],
      audit: [],
    })
  }

  /** Has this person half-way through the creator's dialog, and tells the id of its session. */
  async function halfWay(): Promise<string> {
    const id = randomBytes(6).toString('hex')
    const vars = { whom: NOTED[0] ?? '', direction: 'outgoing', caller: idOf('creator') }
    const session = aSession(id, idOf('creator'), {
      dialog: 'call-prep',
      code: CODE,
      step: 'seen',
      trail: ['who-calls'],
      vars,
    })
    await store.commit({ team: TEAM, writes: [{ kind: 'session', id, rev: 0, value: session }], due: [], audit: [] })
    return id
  }

  async function fetchFile(role: Role, order: FileOrder): Promise<{ status: number; text: string }> {
    const until = (await store.now()) + 60_000
    const id = randomBytes(6).toString('hex')
    const answer = await fetch(linkFor(running.ring, running.url, { id, team: TEAM, user: idOf(role), until, order }))
    return { status: answer.status, text: await answer.text() }
  }

  /** What is kept of the case and the team. */
  const kept = async () =>
    JSON.stringify([await store.load(TEAM, 'case', [CODE]), await store.load(TEAM, 'team', [TEAM])])

  const members = team.members.map(({ id }) => id)
  await reset('creator')
  const other = aTeam(OTHER_TEAM, { tenant, language: 'en', home: 'nowhere', members: [named('elsewhere')] })
  other.membersAt = await store.now()
  await store.commit({
    team: OTHER_TEAM,
    writes: [{ kind: 'team', id: OTHER_TEAM, rev: 0, value: other }],
    due: [],
    audit: [],
  })
  await store.indexMembers(tenant, TEAM, members, [])
  await store.indexMembers(tenant, OTHER_TEAM, [idOf('elsewhere')], [])

  return {
    ...running,
    connector,
    identity,
    token,
    activity,
    post,
    clicks,
    forges,
    inChannel,
    says,
    reset,
    halfWay,
    fetchFile,
    kept,
    async close() {
      await running.close()
      await Promise.all([connector.close(), identity.close()])
    },
  }
}

export type School = Awaited<ReturnType<typeof startSchool>>
