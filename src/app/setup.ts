/** What a new team is asked first – which channel, at what time – and a person's language. The rest is in `settings.ts`. */
import type { Fault } from '../domain/fault.ts'
import type { Team } from '../domain/team.ts'
import { movesReminders, presentLeaders } from '../domain/team-settings.ts'
import { type Change, merge } from './change.ts'
import { answer, type Decision, gate, refuse, type Turn, text } from './decision.ts'
import type { Reply } from './ports.ts'
import { type Scene, say } from './scene.ts'
import { sayClock } from './view/meeting.ts'
import { button, field, notice, sayFault } from './view/parts.ts'

/** The hours a digest can be posted at: before and during a school day. */
const HOURS = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]

/** The welcome in a new team, which is its settings as well: which channel, at what time. */
export function settingsCard(scene: Scene, again: { faults?: Fault[]; entered?: Record<string, unknown> } = {}): Reply {
  const { team } = scene
  const isNew = presentLeaders(team).length === 0
  const title = say(scene, isNew ? 'welcome.team.title' : 'settings.title')
  const present = team.channel
    ? say(scene, 'settings.text', { channel: team.channel.name, hour: clock(scene, team.hour) })
    : say(scene, 'settings.none')
  const texts = [
    ...(isNew ? [say(scene, 'welcome.team.text'), say(scene, 'welcome.team.privacy')] : [present]),
    say(scene, 'welcome.team.ask'),
  ]
  const { faults = [], entered = {} } = again
  const fields = [
    choice(
      'channel',
      say(scene, LABELS.channel),
      text(entered.channel) ?? team.channel?.address ?? '',
      team.channels.map(({ address, name }) => ({ value: address, title: name })),
    ),
    choice(
      'hour',
      say(scene, LABELS.hour),
      text(entered.hour) ?? String(team.hour),
      HOURS.map((hour) => ({ value: String(hour), title: clock(scene, hour) })),
    ),
  ]
  const save = button(
    say(scene, 'welcome.team.save'),
    'setup',
    { team: team.id },
    { style: 'positive', inputs: 'auto' },
  )
  const actions = isNew ? [save] : [save, moreButton(scene)]
  const told = faults.map((fault) => sayFault(scene, fault, say(scene, LABELS[fault.field as keyof typeof LABELS])))
  return { card: notice(scene, { title, texts, faults: told, fields, actions }), summary: title }
}

const LABELS = { channel: 'welcome.team.channel', hour: 'welcome.team.hour' }

const moreButton = (scene: Scene) => button(say(scene, 'settings.more'), 'setting', { team: scene.team.id })

export function saveSettings(turn: Turn, data: Record<string, unknown>): Decision {
  const refused = gate(turn, 'team.setup')
  if (refused) return refuse(turn, refused)
  const { scene, user } = turn
  const wanted = text(data.channel) ?? scene.team.channel?.address
  const channel = scene.team.channels.find(({ address }) => address === wanted)
  const hour = HOURS.find((known) => String(known) === (text(data.hour) ?? String(scene.team.hour)))
  if (!channel || hour === undefined) {
    const faults: Fault[] = [
      ...(channel ? [] : [{ field: 'channel', code: wanted ? 'not-an-option' : 'missing' }]),
      ...(hour === undefined ? [{ field: 'hour', code: 'not-an-option' }] : []),
    ]
    return answer(settingsCard(scene, { faults, entered: data }))
  }
  const isNew = presentLeaders(scene.team).length === 0
  const team = { ...scene.team, channel, hour, leaders: isNew ? [user.id] : scene.team.leaders }
  const changed = [
    ...(scene.team.channel?.address === channel.address ? [] : ['channel']),
    ...(scene.team.hour === hour ? [] : ['hour']),
  ]
  const title = say(scene, 'settings.title')
  const saved = say(scene, 'welcome.team.saved', { channel: channel.name, hour: clock(scene, hour) })
  return answer(
    { card: notice(scene, { title, texts: [saved], actions: [moreButton(scene)] }), summary: saved },
    merge(isNew ? { audit: [{ actor: user.id, action: 'team-set-up' }] } : {}, changeTeam(turn, team, changed)),
  )
}

/** A team with other settings: who changed what is written down, though not to what, and its reminders are moved. */
export const changeTeam = ({ scene, seen, user }: Turn, team: Team, changed: string[]): Change => ({
  team,
  audit: changed.map((detail) => ({ actor: user.id, action: 'team-setting-changed', detail })),
  due: movesReminders(scene.team, team) ? [{ kind: 'replan', ids: [], at: seen.now }] : [],
})

export function saveLanguage(turn: Turn, data: Record<string, unknown>): Decision {
  const language = turn.kit.content.languages.find((known) => known === data.language) ?? turn.user.language
  const spoken = { ...turn.scene, language }
  const saved = say(spoken, 'language.saved')
  return answer({ card: notice(spoken, { title: saved }), summary: saved }, { user: { ...turn.user, language } })
}

const clock = (scene: Scene, hour: number): string => sayClock(scene, `${String(hour).padStart(2, '0')}:00`)

const choice = (id: string, label: string, value: string, options: { title: string; value: string }[]) =>
  field({ kind: 'choice', id, label, value, options, required: true, missing: label })
