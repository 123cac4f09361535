import type { IncomingMessage } from 'node:http'
import { badArguments, Refusal } from './refusal.ts'
import type { Json } from './types.ts'

/** What an argument is; with `!` it must be there. */
export type Kind = 'string' | 'string!' | 'number' | 'boolean' | 'json' | 'json!'

/** The body as it came: the fields of a form, or JSON. */
export function parsedBody({ headers }: IncomingMessage, text: string): Json {
  const [type] = (headers['content-type'] ?? '').split(';')
  if (text === '') return {}
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(text))
  if (type !== 'application/json') throw new Refusal('invalid_post_type', `content-type ${String(type)}`)
  return parsed(text, 'invalid_json', 'the body')
}

/** Every argument in its own type; unknown and missing ones are refused. */
export function typed(given: Json, kinds: Record<string, Kind>): Json {
  for (const name of Object.keys(given)) if (!(name in kinds)) throw badArguments(`unknown argument: ${name}`)
  const known: Json = {}
  for (const [name, kind] of Object.entries(kinds)) {
    const value = given[name]
    if (value !== undefined && value !== null && value !== '') known[name] = converted(name, kind, value)
    else if (kind.endsWith('!')) throw badArguments(`missing required argument: ${name}`)
    // An empty text is a text; of anything else, an empty one is none.
    else if (value === '' && name === 'text') known[name] = ''
  }
  return known
}

function converted(name: string, kind: Kind, value: unknown): unknown {
  const wrong = () => badArguments(`argument ${name} is not a ${kind.replace('!', '')}`)
  if (kind === 'json' || kind === 'json!') {
    const error = name === 'blocks' ? 'invalid_blocks_format' : 'invalid_arguments'
    return typeof value === 'string' ? parsed(value, error, `argument ${name}`) : value
  }
  if (kind === 'boolean') {
    if (value === true || value === 'true' || value === '1') return true
    if (value === false || value === 'false' || value === '0') return false
    throw wrong()
  }
  if (kind === 'number') {
    if (!/^\d+$/.test(String(value))) throw wrong()
    return Number(value)
  }
  if (typeof value !== 'string') throw wrong()
  return value
}

function parsed(text: string, error: string, what: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(error, `${what} is not JSON`)
  }
}
