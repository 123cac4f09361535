import { join } from 'node:path'
import { parseArgs } from 'node:util'

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

/** Reads `--name value` for each of these names. Throws `ToolError` for any other. */
export function readArguments(args: string[], names: string[]): Record<string, string | undefined> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  try {
    return parseArgs({ args, options }).values
  } catch (error) {
    throw new ToolError((error as Error).message)
  }
}
