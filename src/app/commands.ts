import { distance } from 'fastest-levenshtein'
import type { Problem } from '../dialog/lint.ts'
import type { Words } from '../dialog/words.ts'
import { parseCaseCode } from '../domain/case-code.ts'
import { derived } from '../domain/remembered.ts'
import type { Language } from '../domain/team.ts'

/** Everything a person can ask for by typing. */
export const COMMANDS = [
  'concern',
  'call-prep',
  'call-incoming',
  'pupil-talk',
  'agreement-log',
  'coordinator-pick',
  'meeting',
  'meeting-hold',
  'message-check',
  'parents-meeting',
  'safety',
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

/** What a command is called, from the shared words: the first name is the one it is shown by. */
const namesIn = (words: Words, path: string): string[] =>
  words
    .say(path)
    .split(',')
    .map((name) => name.trim())

/** The name a command is shown by. */
export const commandName = (words: Words, command: Command): string =>
  namesIn(words, `commands.${command}`)[0] ?? command

export type Parsed =
  | ({ kind: 'command'; code?: string } & Name)
  /** Nearly a command, such as "cal prep". */
  | { kind: 'near'; command: Command }
  | { kind: 'text' }

/** One way to say a command. */
export interface Name {
  name: string
  command: Command
  /** Nothing where several languages say it so, as with "stop". */
  language?: Language
  /** The language that is asked for by it, as by "english". */
  speaks?: Language
}

/** Every name in every language, the longest first. Every language is always understood. */
export function namesOf(shared: Record<Language, Words>): Name[] {
  const names = new Map<string, Name>()
  const add = (found: Name) => {
    const { language: _, ...anyones } = found
    names.set(found.name, names.has(found.name) ? anyones : found)
  }
  for (const [language, words] of Object.entries(shared)) {
    for (const command of COMMANDS)
      for (const name of namesIn(words, `commands.${command}`)) add({ name, command, language })
    for (const name of namesIn(words, 'language.names')) add({ name, command: 'language', language, speaks: language })
  }
  return [...names.values()].sort((a, b) => b.name.length - a.name.length)
}

/** Finds the commands that a language has no name for, and names that mean two things. */
export function lintCommands(shared: Record<Language, Words>): Problem[] {
  const meant = new Map<string, { command: string; file: string }>()
  return Object.entries(shared).flatMap(([language, words]) => {
    const file = `dialogs/shared/${language}.yaml`
    return [...COMMANDS.map((command) => [`commands.${command}`, command]), ['language.names', 'language']].flatMap(
      ([where = '', command = '']): Problem[] => {
        if (!words.has(where)) return [{ file, where, remedy: 'say what one types for it' }]
        return namesIn(words, where).flatMap((name) => {
          const other = meant.get(name)
          meant.set(name, other ?? { command, file })
          if (!other || other.command === command) return []
          return [{ file, where, remedy: `"${name}" means ${other.command} in ${other.file}; call it something else` }]
        })
      },
    )
  })
}

/** A command is short; a longer text is an answer or a story and is never mistaken for one. */
const LONGEST_COMMAND = 40

/** As somebody without Danish keys writes it. */
const plainLetters = (text: string): string => text.replaceAll('æ', 'ae').replaceAll('ø', 'oe').replaceAll('å', 'aa')

/** The names as what is typed is compared with them. There are some sixty, and a message is read several times in a turn. */
const plainNames = derived((names: readonly Name[]) =>
  names.map((known) => {
    const plain = plainLetters(known.name)
    return { known, plain, before: `${plain} ` }
  }),
)

/** Reads what was typed: with or without a slash, in any case, perhaps with a case code behind. */
export function parseCommand(text: string, names: readonly Name[]): Parsed {
  const typed = text.trim()
  if (typed.length > LONGEST_COMMAND) return { kind: 'text' }
  const words = typed.replace(/^\/\s*|(?<![.!?])[.!?]+$/g, '').replace(/\s+/g, ' ')
  const said = plainLetters(words.toLowerCase())
  if (said === '') return { kind: 'text' }
  for (const { known, plain, before } of plainNames(names)) {
    if (said === plain) return { kind: 'command', ...known }
    if (!said.startsWith(before)) continue
    const code = parseCaseCode(said.slice(before.length))
    if (code) return { kind: 'command', ...known, code }
  }
  const alone = parseCaseCode(said)
  if (alone) return { kind: 'command', command: 'case', code: alone, name: 'case' }
  return near(said, typed.startsWith('/'), names)
}

/** What stands behind the command to check a message: the draft itself, pasted along with it. */
export function draftBehind(text: string, names: readonly Name[]): string | undefined {
  const typed = text.trim().replace(/^\/\s*/, '')
  for (const name of draftNames(names)) {
    if (!typed.toLowerCase().startsWith(name)) continue
    const draft = /^[\s:]+(?=\S)/.exec(typed.slice(name.length))
    if (draft) return typed.slice(name.length + draft[0].length)
  }
  return undefined
}

const draftNames = derived((names: readonly Name[]) =>
  names.flatMap(({ name, command }) => (command === 'message-check' ? [name] : [])),
)

function near(said: string, slash: boolean, names: readonly Name[]): Parsed {
  const [closest] = plainNames(names)
    .map(({ known: { name, command }, plain }) => ({ command, away: distance(said, plain), length: name.length }))
    .sort((a, b) => a.away - b.away)
  // Behind a slash somebody meant a command, so a larger slip is forgiven.
  const forgiven = closest ? Math.floor(closest.length / (slash ? 2.5 : 4)) : 0
  return closest && closest.away <= forgiven ? { kind: 'near', command: closest.command } : { kind: 'text' }
}
