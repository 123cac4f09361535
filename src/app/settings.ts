/** What else a leader may set for the team: each on a card of its own, with what was entered kept when it is not right. */
import type { Fault } from '../domain/fault.ts'
import { PROFILE_NAMES, PROFILES, profileOf } from '../domain/rhythm.ts'
import { isDay } from '../domain/school-calendar.ts'
import type { Language, Team } from '../domain/team.ts'
import {
  addLeader,
  addPeriod,
  closedAhead,
  LONGEST_CONTACTS,
  presentLeaders,
  removeLeader,
  removePeriod,
  setContacts,
  zoneOf,
} from '../domain/team-settings.ts'
import { answer, type Decision, gate, refuse, type Turn, text, toDirect } from './decision.ts'
import type { Card, Reply } from './ports.ts'
import { nameOf, type Scene, say, sayDay, sharedIn } from './scene.ts'
import { changeTeam } from './setup.ts'
import {
  button,
  commandButton,
  type FieldView,
  field,
  notice,
  type RowView,
  row,
  rows,
  sayFault,
} from './view/parts.ts'

type Entered = Record<string, unknown>
type Read = { ok: true; team: Team } | { ok: false; faults: Fault[] }

interface Setting {
  /** How it stands, in a line. */
  present(scene: Scene): string
  fields(scene: Scene, entered: Entered): FieldView[]
  read(scene: Scene, data: Entered): Read
}

/** A language by its own name for itself. */
const nameOfLanguage = ({ content }: Scene, language: Language): string =>
  sharedIn(content, language).say('language.name')

/** Where Danish schools are; anywhere else is typed. */
const ZONES = ['Europe/Copenhagen', 'Atlantic/Faroe', 'America/Nuuk']
const ELSEWHERE = 'other'
/** The year of the deal: it cannot hold from an earlier day. */
const DEAL = '2026-01-01'
/** So much of the contacts is shown in the list of settings, in characters. */
const GLIMPSE = 120

const SETTINGS = {
  language: {
    present: (scene) => nameOfLanguage(scene, scene.team.language),
    fields: (scene, { language }) => [
      choice(
        scene,
        'language',
        text(language) ?? scene.team.language,
        scene.content.languages.map((one) => ({ value: one, title: nameOfLanguage(scene, one) })),
      ),
    ],
    read: ({ team, content }, { language }) => {
      const chosen = content.languages.find((one) => one === language)
      return chosen ? { ok: true, team: { ...team, language: chosen } } : wrong('language', 'not-an-option')
    },
  },

  zone: {
    present: (scene) => sayZone(scene, scene.team.zone),
    fields: (scene, { zone, zoneName }) => {
      const known = ZONES.includes(scene.team.zone)
      return [
        choice(
          scene,
          'zone',
          text(zone) ?? (known ? scene.team.zone : ELSEWHERE),
          [...ZONES, ELSEWHERE].map((one) => ({ value: one, title: sayZone(scene, one) })),
        ),
        field({
          kind: 'text',
          id: 'zoneName',
          label: labelOf(scene, 'zoneName'),
          placeholder: say(scene, 'settings.zoneExample'),
          value: text(zoneName) ?? (known ? '' : scene.team.zone),
          max: 60,
        }),
      ]
    },
    read: ({ team }, { zone, zoneName }) => {
      if (zone !== ELSEWHERE) {
        const chosen = ZONES.find((one) => one === zone)
        return chosen ? { ok: true, team: { ...team, zone: chosen } } : wrong('zone', 'not-an-option')
      }
      const typed = text(zoneName)
      if (!typed) return wrong('zoneName', 'missing')
      const found = zoneOf(typed)
      return found ? { ok: true, team: { ...team, zone: found } } : wrong('zoneName', 'unknown-zone')
    },
  },

  closed: {
    present: (scene) => {
      const ahead = closedAhead(scene.team, scene.today)
      return ahead.length === 0
        ? say(scene, 'settings.closedNone')
        : ahead.map((period) => sayPeriod(scene, period)).join(' · ')
    },
    fields: (scene, entered) =>
      (['from', 'to'] as const).map((id) => ({
        ...date(scene, id, entered[id] ?? ''),
        required: true,
        missing: missing(scene, id),
      })),
    read: ({ team, today }, { from, to }) => addPeriod(team, { from: text(from) ?? '', to: text(to) ?? '' }, today),
  },

  rhythm: {
    present: (scene) => {
      const { contact, check, followUp } = profileOf(scene.team)
      const days = say(scene, 'settings.rhythmDays', { contact, check, followUp })
      return scene.team.dealFrom
        ? `${days} ${say(scene, 'settings.dealOn', { from: sayDay(scene, scene.team.dealFrom) })}`
        : days
    },
    fields: (scene, { profile, dealFrom }) => [
      choice(
        scene,
        'profile',
        text(profile) ?? scene.team.profile ?? PROFILE_NAMES[0],
        PROFILE_NAMES.map((name) => ({
          value: name,
          title: say(scene, `settings.profiles.${name}`, PROFILES[name].asks),
        })),
      ),
      date(scene, 'dealFrom', dealFrom ?? scene.team.dealFrom ?? ''),
    ],
    read: ({ team }, { profile, dealFrom }) => {
      const { dealFrom: _, ...rest } = team
      const chosen = PROFILE_NAMES.find((name) => name === profile)
      if (!chosen) return wrong('profile', 'not-an-option')
      const from = text(dealFrom)
      if (!from) return { ok: true, team: { ...rest, profile: chosen } }
      if (!isDay(from)) return wrong('dealFrom', 'not-a-date')
      if (from < DEAL) return wrong('dealFrom', 'before-the-deal')
      return { ok: true, team: { ...rest, profile: chosen, dealFrom: from } }
    },
  },

  contacts: {
    present: (scene) => {
      const line = scene.team.contacts?.replaceAll('\n', ' · ') ?? say(scene, 'settings.contactsNone')
      return line.length > GLIMPSE ? `${line.slice(0, GLIMPSE)}…` : line
    },
    fields: (scene, { contacts }) => [
      field({
        kind: 'text',
        id: 'contacts',
        label: labelOf(scene, 'contacts'),
        placeholder: say(scene, 'settings.contactsExample'),
        // What was entered and is far too long is still in the chat; a card has room for what the field takes.
        value: (typeof contacts === 'string' ? contacts : (scene.team.contacts ?? '')).slice(0, LONGEST_CONTACTS),
        lines: true,
        max: LONGEST_CONTACTS,
      }),
    ],
    read: ({ team }, { contacts }) => setContacts(team, text(contacts) ?? ''),
  },

  leaders: {
    present: (scene) =>
      presentLeaders(scene.team)
        .map((id) => nameOf(scene, id))
        .join(' · '),
    fields: (scene, { leader }) => [
      {
        ...choice(
          scene,
          'leader',
          text(leader) ?? '',
          candidates(scene).map(({ id, name }) => ({ value: id, title: name })),
        ),
        style: 'filtered',
      },
    ],
    read: ({ team }, { leader }) => addLeader(team, text(leader) ?? ''),
  },
} satisfies Record<string, Setting>

type Name = keyof typeof SETTINGS
const NAMES = Object.keys(SETTINGS) as Name[]

/** Shows all settings, or the one that `part` names. */
export function showSetting(turn: Turn, data: Entered): Decision {
  const refused = gate(turn, 'team.setup')
  if (refused) return refuse(turn, refused)
  if (turn.incoming.place === 'channel') return toDirect(turn, 'settings')
  const name = NAMES.find((known) => known === data.part)
  if (!name) return answer(settingsList(turn.scene))
  const list = LISTS[name]
  return answer(
    list && (data.add !== 'yes' || !list.hasRoom(turn.scene))
      ? listCard(turn.scene, name, list)
      : formCard(turn.scene, name),
  )
}

export function saveSetting(turn: Turn, data: Entered): Decision {
  const refused = gate(turn, 'team.setup')
  if (refused) return refuse(turn, refused)
  const { scene } = turn
  const name = NAMES.find((known) => known === data.part)
  if (!name) return answer(settingsList(scene))
  const read = (SETTINGS[name] as Setting).read(scene, data)
  if (!read.ok) return answer(formCard(scene, name, { faults: read.faults, entered: data }))
  return saved(turn, name, read.team)
}

/** Takes one of a list of settings away: a closed period, a leader. Taken away twice is taken away once. */
export function removeSetting(turn: Turn, data: Entered): Decision {
  const refused = gate(turn, 'team.setup')
  if (refused) return refuse(turn, refused)
  const { scene } = turn
  const name = NAMES.find((known) => known === data.part)
  const removed = name && LISTS[name]?.remove(scene.team, text(data.item) ?? '')
  if (!name || !removed) return answer(settingsList(scene))
  if (removed.ok) return saved(turn, name, removed.team)
  const told = removed.faults.map((fault) => sayFault(scene, fault, '')).join(' ')
  return answer({ ...settingsList(scene), text: told })
}

function saved(turn: Turn, name: Name, team: Team): Decision {
  const scene = { ...turn.scene, team }
  const same = JSON.stringify(team) === JSON.stringify(turn.scene.team)
  const list = LISTS[name]
  const shown = list ? listCard(scene, name, list) : settingsList(scene)
  return answer({ ...shown, text: say(scene, 'settings.saved') }, same ? {} : changeTeam(turn, team, [name]))
}

/** All settings as they stand, each with a button to change it. */
function settingsList(scene: Scene): Reply {
  const title = say(scene, 'settings.title')
  const shown = NAMES.map((name) =>
    row({
      what: say(scene, `settings.${name}.title`),
      line: (SETTINGS[name] as Setting).present(scene),
      actions: [button(say(scene, `settings.${name}.change`), 'setting', { team: scene.team.id, part: name })],
    }),
  )
  const actions = [commandButton(scene, say(scene, 'settings.channel'), 'settings')]
  return { card: rows(scene, { title, rows: shown, actions }), summary: title }
}

function formCard(scene: Scene, name: Name, again: { faults?: Fault[]; entered?: Entered } = {}): Reply {
  const setting: Setting = SETTINGS[name]
  const title = say(scene, `settings.${name}.title`)
  const card = notice(scene, {
    title,
    texts: [say(scene, `settings.${name}.text`)],
    faults: (again.faults ?? []).map((fault) => sayFault(scene, fault, labelOf(scene, fault.field))),
    fields: setting.fields(scene, again.entered ?? {}),
    actions: [
      button(
        say(scene, 'settings.save'),
        'setting-save',
        { team: scene.team.id, part: name },
        { style: 'positive', inputs: 'auto' },
      ),
      button(say(scene, 'actions.back'), 'setting', { team: scene.team.id }),
    ],
  })
  return { card, summary: title }
}

/** Settings of which there are several. */
interface List {
  items(scene: Scene): { id: string; what: string; remove: string }[]
  hasRoom(scene: Scene): boolean
  remove(team: Team, item: string): Read | undefined
}

const LISTS: Partial<Record<Name, List>> = {
  closed: {
    items: (scene) =>
      closedAhead(scene.team, scene.today).map((period) => ({
        id: `${period.from}.${period.to}`,
        what: sayPeriod(scene, period),
        remove: say(scene, 'settings.closed.remove', { from: sayDay(scene, period.from) }),
      })),
    hasRoom: () => true,
    remove: (team, item) => {
      const [from = '', to = ''] = item.split('.')
      return { ok: true, team: removePeriod(team, { from, to }) }
    },
  },
  leaders: {
    items: (scene) =>
      presentLeaders(scene.team).map((id) => ({
        id,
        what: nameOf(scene, id),
        remove: say(scene, 'settings.leaders.remove', { name: nameOf(scene, id) }),
      })),
    hasRoom: (scene) => candidates(scene).length > 0,
    remove: removeLeader,
  },
}

function listCard(scene: Scene, name: Name, list: List): Reply {
  const title = say(scene, `settings.${name}.title`)
  const shown: RowView[] = list
    .items(scene)
    .map(({ id, what, remove }) =>
      row({ what, actions: [button(remove, 'setting-remove', { team: scene.team.id, part: name, item: id })] }),
    )
  const data = { team: scene.team.id, part: name, add: 'yes' }
  const add = button(say(scene, `settings.${name}.add`), 'setting', data, { style: 'positive' })
  const card: Card = rows(scene, {
    title,
    text: say(scene, `settings.${name}.text`),
    rows: shown,
    actions: [
      ...(list.hasRoom(scene) ? [add] : []),
      button(say(scene, 'actions.back'), 'setting', { team: scene.team.id }),
    ],
  })
  return { card, summary: title }
}

const candidates = ({ team }: Scene): Team['members'] =>
  team.members.filter(({ id, guest }) => !guest && !team.leaders.includes(id))

const wrong = (name: string, code: string): Read => ({ ok: false, faults: [{ field: name, code }] })

const labelOf = (scene: Scene, id: string): string => say(scene, `settings.fields.${id}`)

const choice = (scene: Scene, id: string, value: string, options: FieldView['options']): FieldView =>
  field({ kind: 'choice', id, label: labelOf(scene, id), value, options, required: true, missing: missing(scene, id) })

const missing = (scene: Scene, id: string): string => say(scene, 'faults.missing', { label: labelOf(scene, id) })

/** A picker of a day has no room for what is none. */
const date = (scene: Scene, id: string, entered: unknown): FieldView =>
  field({
    kind: 'date',
    id,
    label: labelOf(scene, id),
    value: typeof entered === 'string' && isDay(entered) ? entered : '',
  })

/** A zone by the country, where it is one that Danish schools are in. */
const sayZone = (scene: Scene, zone: string): string =>
  ZONES.includes(zone) || zone === ELSEWHERE ? say(scene, `settings.zones.${zone.split('/').at(-1)}`) : zone

const sayPeriod = (scene: Scene, { from, to }: { from: string; to: string }): string =>
  from === to
    ? sayDay(scene, from)
    : say(scene, 'settings.period', { from: sayDay(scene, from), to: sayDay(scene, to) })
