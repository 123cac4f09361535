import { distance } from 'fastest-levenshtein'
import { parseCaseCode } from '../domain/case-code.ts'
import type { Language } from '../domain/team.ts'

/** Everything a person can ask for by typing. */
export const COMMANDS = [
  'call-prep',
  'agreement-log',
  'coordinator-pick',
  'cases',
  'case',
  'today',
  'language',
  'settings',
  'help',
  'cancel',
  'resume',
] as const
export type Command = (typeof COMMANDS)[number]

/** What a command may be called, in any language: a school that speaks Danish still finds "call prep" on a poster. */
const NAMES: Record<Command, string[]> = {
  'call-prep': ['opkald forbered', 'call prep', 'forbered opkald', 'opkald', 'call', 'prep'],
  'agreement-log': ['aftale', 'agreement', 'aftaler', 'agreements'],
  'coordinator-pick': ['tovholder', 'coordinator'],
  cases: ['sager', 'cases', 'mine sager', 'my cases'],
  case: ['sag', 'case'],
  today: ['i dag', 'today', 'idag'],
  language: ['sprog', 'language', 'dansk', 'english'],
  settings: ['opsætning', 'settings', 'setup'],
  help: ['hjælp', 'help', 'hej', 'hi', 'hello', '?'],
  cancel: ['stop', 'cancel', 'annuller', 'afbryd'],
  resume: ['fortsæt', 'resume', 'continue'],
}

/** The name a command is shown by. */
const SHOWN: Record<Language, 0 | 1> = { da: 0, en: 1 }
export const commandName = (command: Command, language: Language): string => NAMES[command][SHOWN[language]] ?? command

export type Parsed =
  | { kind: 'command'; command: Command; code?: string; name: string }
  /** Nearly a command, such as "cal prep". */
  | { kind: 'near'; command: Command }
  | { kind: 'text' }

const ALL: { name: string; command: Command }[] = COMMANDS.flatMap((command) =>
  NAMES[command].map((name) => ({ name, command })),
).sort((a, b) => b.name.length - a.name.length)

/** A command is short; a longer text is an answer or a story and is never mistaken for one. */
const LONGEST_COMMAND = 40

/** Reads what was typed: with or without a slash, in any case, perhaps with a case code behind. */
export function parseCommand(text: string): Parsed {
  const slash = text.trimStart().startsWith('/')
  const said = text.trim().replace(/^\//, '').replace(/\s+/g, ' ').toLowerCase()
  if (said === '' || said.length > LONGEST_COMMAND) return { kind: 'text' }
  for (const { name, command } of ALL) {
    if (said === name) return { kind: 'command', command, name }
    if (!said.startsWith(`${name} `)) continue
    const code = parseCaseCode(said.slice(name.length + 1))
    if (code) return { kind: 'command', command, code, name }
  }
  const alone = parseCaseCode(said)
  if (alone) return { kind: 'command', command: 'case', code: alone, name: 'case' }
  return near(said, slash)
}

function near(said: string, slash: boolean): Parsed {
  const [closest] = ALL.map(({ name, command }) => ({ command, away: distance(said, name), length: name.length })).sort(
    (a, b) => a.away - b.away,
  )
  // Behind a slash somebody meant a command, so a larger slip is forgiven.
  const forgiven = closest ? Math.floor(closest.length / (slash ? 2.5 : 4)) : 0
  return closest && closest.away <= forgiven ? { kind: 'near', command: closest.command } : { kind: 'text' }
}
