/** The content of the product: dialogs and cards, read, checked and frozen once at start. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { CORE_SCHEMA, load } from 'js-yaml'
import type { Flow } from '../dialog/flow.ts'
import { flowSchema } from '../dialog/flow.ts'
import { lintFlow, lintWords, type Problem } from '../dialog/lint.ts'
import { compileWords, firstOf, type Tree, type Words } from '../dialog/words.ts'
import { ACTIONS } from '../domain/access.ts'
import type { Language } from '../domain/team.ts'
import { type CardTemplate, compileCard } from './cards.ts'
import { lintCommands, type Name, namesOf } from './commands.ts'
import { EFFECTS } from './effects.ts'
import { ENDING_MENTIONS, ENDINGS } from './endings.ts'
import { CHECKS, FILLS, LISTS } from './surroundings.ts'
import { STEP_MENTIONS } from './view/step.ts'

export interface Content {
  /** Those that the shared words are there in. */
  languages: readonly Language[]
  /** What can be typed. */
  commands: readonly Name[]
  flows: Record<string, Flow>
  /** A dialog's words over the shared ones. */
  words: Record<Language, Record<string, Words>>
  shared: Record<Language, Words>
  cards: Record<string, CardTemplate>
}

/** Every fault in the content at once; each names the file, the place and what to do. */
export class ContentError extends Error {
  readonly problems: Problem[]
  constructor(problems: Problem[]) {
    super(problems.map(({ file, where, remedy }) => `${file}${where ? `, ${where}` : ''}: ${remedy}`).join('\n'))
    this.problems = problems
  }
}

const SHARED = 'shared'

/** YAML 1.2, in which "no" is a text and a date is one too. */
const parse = (text: string): unknown => load(text, { schema: CORE_SCHEMA })

/** Reads `dialogs/` and `cards/` below this folder. Throws `ContentError`. */
export function loadContent(root: string): Content {
  const problems: Problem[] = []
  const attempt = <T>(file: string, read: (text: string) => T): T | undefined => {
    try {
      return read(readFileSync(join(root, file), 'utf8'))
    } catch (error) {
      problems.push({ file, where: '', remedy: (error as Error).message })
      return undefined
    }
  }

  const cards: Content['cards'] = {}
  for (const name of readdirSync(join(root, 'cards'))) {
    const card = attempt(`cards/${name}`, (text) => compileCard(JSON.parse(text)))
    if (card) cards[basename(name, '.json')] = card
  }

  const languages = readdirSync(join(root, 'dialogs', SHARED))
    .filter((name) => name.endsWith('.yaml'))
    .map((name): Language => basename(name, '.yaml'))
    .sort()
  const byLanguage = <T>(make: (language: Language) => T): Record<Language, T> =>
    Object.fromEntries(languages.map((language) => [language, make(language)])) as Record<Language, T>
  const readWords = (dialog: string, language: Language) =>
    attempt(`dialogs/${dialog}/${language}.yaml`, (text) => compileWords(parse(text) as Tree, language)) ??
    compileWords({}, language)
  const shared = byLanguage((language) => readWords(SHARED, language))

  const flows: Content['flows'] = {}
  const owns = new Map<string, Record<Language, Words>>()
  const differences = lintWords(`dialogs/${SHARED}`, shared)
  const folders = readdirSync(join(root, 'dialogs'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const { name } of folders.filter((folder) => folder.name !== SHARED)) {
    const file = `dialogs/${name}/flow.yaml`
    const flow = attempt(file, (text) => readFlow(name, file, parse(text), problems))
    const own = byLanguage((language) => readWords(name, language))
    owns.set(name, own)
    differences.push(...lintWords(`dialogs/${name}`, own))
    if (flow) flows[name] = flow
  }

  const words = byLanguage((language) => {
    const general = shared[language] as Words
    return Object.fromEntries([...owns].map(([name, own]) => [name, firstOf(own[language] as Words, general)]))
  })

  // What cannot be read at all would only make every word look missing.
  if (problems.length > 0) throw new ContentError(problems)
  const known = {
    effects: EFFECTS,
    checks: CHECKS,
    fills: FILLS,
    lists: LISTS,
    cards,
    flows,
    endings: ENDINGS,
    needs: ACTIONS,
    mentions: { step: STEP_MENTIONS, ending: ENDING_MENTIONS },
  }
  for (const flow of Object.values(flows))
    problems.push(
      ...lintFlow(
        flow,
        byLanguage((language) => words[language]?.[flow.name] as Words),
        known,
      ),
    )
  problems.push(...lintCommands(shared))
  problems.push(...differences.filter((found) => !problems.some((one) => isSame(one, found))))

  if (problems.length > 0) throw new ContentError(problems)
  return deepFreeze({ languages, commands: namesOf(shared), flows, words, shared, cards })
}

const isSame = (a: Problem, b: Problem): boolean => a.file === b.file && a.where === b.where && a.remedy === b.remedy

function readFlow(name: string, file: string, raw: unknown, problems: Problem[]): Flow | undefined {
  const parsed = flowSchema.safeParse(raw)
  if (parsed.success) return { name, ...parsed.data }
  for (const { path, message } of parsed.error.issues)
    problems.push({ file, where: placeIn(raw, path), remedy: message })
  return undefined
}

/** Where a fault is, with a step by its name: a coach does not count them. */
function placeIn(raw: unknown, [first, second, ...rest]: PropertyKey[]): string {
  const step = first === 'steps' ? (raw as { steps: { id?: unknown }[] }).steps[Number(second)]?.id : undefined
  return [...(typeof step === 'string' ? [step] : [first, second]), ...rest]
    .filter((part) => part !== undefined)
    .join('.')
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) {
    const plain = Array.isArray(inner) || Object.getPrototypeOf(inner ?? 0) === Object.prototype
    if (plain && !Object.isFrozen(inner)) deepFreeze(inner)
  }
  return Object.freeze(value)
}
