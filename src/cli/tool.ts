import { join } from 'node:path'
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'

export interface ToolContext {
  env: Record<string, string | undefined>
  /** The folder with dialogs/ and cards/. */
  root: string
  print: (text: string) => void
}

/** One of the tools beside the service. */
export interface Tool {
  what: string
  /** Resolves to the exit code. */
  run: (args: string[], context: ToolContext) => Promise<number> | number
}

export const ROOT = join(import.meta.dirname, '../..')

export const print = (text: string) => void process.stdout.write(`${text}\n`)

/** Something that whoever called a tool can mend; it is said without a stack. */
export class ToolError extends Error {}

interface Takes<Value, Flag> {
  /** `--name value`. */
  values?: readonly Value[]
  /** `--name` alone. */
  flags?: readonly Flag[]
  /** How many words may stand by themselves. */
  words?: number
}

type Given<Value extends string, Flag extends string> = { [K in Value]?: string } & { [K in Flag]?: boolean } & {
  words: string[]
}

/** Reads what was typed behind a tool's name. Throws `ToolError` for anything that the tool does not take. */
export function readArguments<Value extends string = never, Flag extends string = never>(
  args: string[],
  { values = [], flags = [], words: most = 0 }: Takes<Value, Flag> = {},
): Given<Value, Flag> {
  const options = Object.fromEntries([
    ...values.map((name) => [name, { type: 'string' as const }]),
    ...flags.map((name) => [name, { type: 'boolean' as const }]),
  ])
  const known = [...values.map((name) => `--${name} …`), ...flags.map((name) => `--${name}`)].join(', ')
  const refuse = (what: string) => new ToolError(`${what}. It takes ${known || 'no options'}.`)
  const parsed = parse(args, options, refuse)
  const surplus = parsed.positionals[most]
  if (surplus !== undefined) throw refuse(`There is no place for "${surplus}"`)
  return { ...parsed.values, words: parsed.positionals } as Given<Value, Flag>
}

function parse(args: string[], options: ParseArgsOptionsConfig, refuse: (what: string) => ToolError) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    // What comes behind the first sentence is about a word that begins with a dash.
    throw refuse((error as Error).message.replace(/\..*$/s, ''))
  }
}
