import { distance } from 'fastest-levenshtein'
import { parseCaseCode } from '../domain/case-code.ts'
import type { Language } from '../domain/team.ts'

/** Everything a person can ask for by typing. */
export const COMMANDS = [
  'concern',
  'call-prep',
  'pupil-talk',
  'agreement-log',
  'coordinator-pick',
  'meeting',
  'meeting-hold',
  'message-check',
  'cases',
  'case',
  'today',
  'overview',
  'language',
  'team',
  'settings',
  'privacy',
  'privacy-export',
  'privacy-erase',
  'help',
  'cancel',
  'resume',
] as const
export type Command = (typeof COMMANDS)[number]

/** What a command may be called; the first name of each language is the one it is shown by. Every language is always understood. */
const NAMES: Record<Command, Record<Language, string[]>> = {
  concern: { da: ['bekymring'], en: ['concern'] },
  'call-prep': {
    da: ['opkald forbered', 'forbered opkald', 'opkald'],
    en: ['call prep', 'call', 'prep'],
  },
  'pupil-talk': { da: ['elevsamtale', 'tal med eleven'], en: ['pupil talk', 'talk with pupil'] },
  'agreement-log': { da: ['aftale', 'aftaler'], en: ['agreement', 'agreements'] },
  'coordinator-pick': { da: ['tovholder'], en: ['coordinator'] },
  meeting: { da: ['møde', 'planlæg møde'], en: ['meeting', 'plan meeting'] },
  'meeting-hold': { da: ['dagsorden', 'hold møde'], en: ['agenda', 'hold meeting'] },
  'message-check': { da: ['besked tjek', 'tjek besked'], en: ['message check', 'check message'] },
  cases: { da: ['sager', 'mine sager'], en: ['cases', 'my cases'] },
  case: { da: ['sag'], en: ['case'] },
  today: { da: ['i dag', 'idag'], en: ['today'] },
  overview: { da: ['overblik'], en: ['overview'] },
  language: { da: ['sprog', 'dansk'], en: ['language', 'english'] },
  team: { da: ['team', 'skift team'], en: ['team', 'switch team'] },
  settings: { da: ['indstillinger', 'opsætning'], en: ['settings', 'setup'] },
  privacy: { da: ['privatliv'], en: ['privacy'] },
  'privacy-export': { da: ['privatliv eksport'], en: ['privacy export'] },
  'privacy-erase': { da: ['privatliv slet'], en: ['privacy erase'] },
  help: { da: ['hjælp', 'hej'], en: ['help', 'hi', 'hello'] },
  cancel: { da: ['stop', 'annuller', 'afbryd'], en: ['cancel', 'stop'] },
  resume: { da: ['fortsæt'], en: ['resume', 'continue'] },
}

/** The name a command is shown by. */
export const commandName = (command: Command, language: Language): string => NAMES[command][language][0] ?? command

export type Parsed =
  | { kind: 'command'; command: Command; code?: string; name: string; language?: Language }
  /** Nearly a command, such as "cal prep". */
  | { kind: 'near'; command: Command }
  | { kind: 'text' }

interface Name {
  name: string
  command: Command
  /** Nothing where both languages say it so, as with "stop". */
  language?: Language
}

const ALL: Name[] = COMMANDS.flatMap((command) => {
  const { da, en } = NAMES[command]
  return [
    ...da.map((name): Name => (en.includes(name) ? { name, command } : { name, command, language: 'da' })),
    ...en.filter((name) => !da.includes(name)).map((name): Name => ({ name, command, language: 'en' })),
  ]
}).sort((a, b) => b.name.length - a.name.length)

/** A command is short; a longer text is an answer or a story and is never mistaken for one. */
const LONGEST_COMMAND = 40

/** As somebody without Danish keys writes it. */
const plainLetters = (text: string): string => text.replaceAll('æ', 'ae').replaceAll('ø', 'oe').replaceAll('å', 'aa')

/** Reads what was typed: with or without a slash, in any case, perhaps with a case code behind. */
export function parseCommand(text: string): Parsed {
  const typed = text.trim()
  if (typed.length > LONGEST_COMMAND) return { kind: 'text' }
  const words = typed.replace(/^\/\s*|[.!?]+$/g, '').replace(/\s+/g, ' ')
  const said = plainLetters(words.toLowerCase())
  if (said === '') return { kind: 'text' }
  for (const known of ALL) {
    const name = plainLetters(known.name)
    if (said === name) return { kind: 'command', ...known }
    if (!said.startsWith(`${name} `)) continue
    const code = parseCaseCode(said.slice(name.length + 1))
    if (code) return { kind: 'command', ...known, code }
  }
  const alone = parseCaseCode(said)
  if (alone) return { kind: 'command', command: 'case', code: alone, name: 'case' }
  return near(said, typed.startsWith('/'))
}

/** What stands behind the command to check a message: the draft itself, pasted along with it. */
export function draftBehind(text: string): string | undefined {
  const typed = text.trim().replace(/^\/\s*/, '')
  for (const { name, command } of ALL) {
    if (command !== 'message-check' || !typed.toLowerCase().startsWith(name)) continue
    const draft = /^[\s:]+(?=\S)/.exec(typed.slice(name.length))
    if (draft) return typed.slice(name.length + draft[0].length)
  }
  return undefined
}

function near(said: string, slash: boolean): Parsed {
  const [closest] = ALL.map(({ name, command }) => ({
    command,
    away: distance(said, plainLetters(name)),
    length: name.length,
  })).sort((a, b) => a.away - b.away)
  // Behind a slash somebody meant a command, so a larger slip is forgiven.
  const forgiven = closest ? Math.floor(closest.length / (slash ? 2.5 : 4)) : 0
  return closest && closest.away <= forgiven ? { kind: 'near', command: closest.command } : { kind: 'text' }
}
