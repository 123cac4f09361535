/** Settings of a team and of a person. */
import { answer, type Decision, gate, refuse, type Turn } from './decision.ts'
import type { Reply } from './ports.ts'
import { type Scene, say } from './scene.ts'
import { button, type FieldView, notice } from './view/parts.ts'

/** The hours a digest can be posted at: before and during a school day. */
const HOURS = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]

/** The welcome in a new team, which is its settings as well: which channel, at what time. */
export function settingsCard(scene: Scene): Reply {
  const { team } = scene
  const title = say(scene, team.leaders.length === 0 ? 'welcome.team.title' : 'settings.title')
  const present = team.channel
    ? say(scene, 'settings.text', { channel: team.channel.name, hour: clock(team.hour) })
    : say(scene, 'settings.none')
  const texts = [
    ...(team.leaders.length === 0 ? [say(scene, 'welcome.team.text'), say(scene, 'welcome.team.privacy')] : [present]),
    say(scene, 'welcome.team.ask'),
  ]
  const fields = [
    choice(
      'channel',
      say(scene, 'welcome.team.channel'),
      team.channel?.address ?? '',
      team.channels.map(({ address, name }) => ({ value: address, title: name })),
    ),
    choice(
      'hour',
      say(scene, 'welcome.team.hour'),
      String(team.hour),
      HOURS.map((hour) => ({ value: String(hour), title: clock(hour) })),
    ),
  ]
  const save = button(
    say(scene, 'welcome.team.save'),
    'setup',
    { team: team.id },
    { style: 'positive', inputs: 'auto' },
  )
  return { card: notice(scene, { title, texts, fields, actions: [save] }), summary: title }
}

export function saveSettings(turn: Turn, data: Record<string, unknown>): Decision {
  const refused = gate(turn, 'team.setup')
  if (refused) return refuse(turn, refused)
  const { scene, user } = turn
  const channel = scene.team.channels.find(({ address }) => address === data.channel) ?? scene.team.channel
  const hour = HOURS.find((known) => String(known) === data.hour) ?? scene.team.hour
  if (!channel) return answer(settingsCard(scene))
  const leaders = scene.team.leaders.length > 0 ? scene.team.leaders : [user.id]
  const team = { ...scene.team, channel, hour, leaders }
  const title = say(scene, 'settings.title')
  const saved = say(scene, 'welcome.team.saved', { channel: channel.name, hour: clock(hour) })
  return answer(
    { card: notice(scene, { title, texts: [saved] }), summary: saved },
    { team, audit: [{ actor: user.id, action: 'team-set-up' }] },
  )
}

export function saveLanguage(turn: Turn, data: Record<string, unknown>): Decision {
  const language = data.language === 'en' ? 'en' : 'da'
  const spoken = { ...turn.scene, language } as const
  const saved = say(spoken, 'language.saved')
  return answer({ card: notice(spoken, { title: saved }), summary: saved }, { user: { ...turn.user, language } })
}

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}.00`

const choice = (id: string, label: string, value: string, options: FieldView['options']): FieldView => ({
  kind: 'choice',
  id,
  label,
  value,
  options,
  placeholder: '',
  required: true,
  missing: label,
  lines: false,
  max: 0,
  style: 'compact',
})
