/** The small checks every rule about blocks is made of. A place is named as Slack names it: by its JSON pointer. */
import { Refusal } from '../refusal.ts'
import type { Json } from '../types.ts'

export const wrong = (where: string, what: string) => new Refusal('invalid_blocks', `${what} [json-pointer:${where}]`)

/** An object with these keys and no others; Slack refuses what it does not know. */
export function object(value: unknown, where: string, required: string[], optional: string[] = []): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(where, 'should be an object')
  const known = value as Json
  for (const key of required) if (known[key] === undefined) throw wrong(where, `missing required field: ${key}`)
  for (const key of Object.keys(known))
    if (!required.includes(key) && !optional.includes(key)) throw wrong(where, `invalid additional property: ${key}`)
  return known
}

export function list(value: unknown, where: string, least: number, most: number): unknown[] {
  if (!Array.isArray(value)) throw wrong(where, 'should be an array')
  if (value.length < least) throw wrong(where, `no fewer than ${least} items allowed, but there are ${value.length}`)
  if (value.length > most) throw wrong(where, `no more than ${most} items allowed, but there are ${value.length}`)
  return value
}

export function words(value: unknown, where: string, most: number, least = 1): string {
  if (typeof value !== 'string') throw wrong(where, 'should be a string')
  if (value.length < least) throw wrong(where, `must be more than ${least - 1} characters`)
  if (value.length > most) throw wrong(where, `must be less than ${most + 1} characters, but has ${value.length}`)
  return value
}

export function flag(value: unknown, where: string): void {
  if (value !== undefined && typeof value !== 'boolean') throw wrong(where, 'should be a boolean')
}

export function oneOf(value: unknown, where: string, ...allowed: string[]): void {
  if (value !== undefined && !allowed.includes(String(value)))
    throw wrong(where, `must be one of ${allowed.join(', ')}`)
}

export function whole(value: unknown, where: string, least: number, most: number): void {
  if (value === undefined) return
  if (!Number.isInteger(value) || Number(value) < least || Number(value) > most)
    throw wrong(where, `must be a whole number from ${least} to ${most}`)
}

/** Calls the rule for an optional part, if it is there. */
export function ifGiven<T>(value: T | undefined, rule: (value: T) => void): void {
  if (value !== undefined) rule(value)
}

export function plainText(value: unknown, where: string, most: number): void {
  const { type, text, emoji } = object(value, where, ['type', 'text'], ['emoji'])
  if (type !== 'plain_text') throw wrong(where, `must be plain_text, not ${String(type)}`)
  words(text, `${where}/text`, most)
  flag(emoji, `${where}/emoji`)
}

/** A text of either sort. */
export function anyText(value: unknown, where: string, most: number): void {
  const { type } = object(value, where, ['type', 'text'], ['emoji', 'verbatim'])
  if (type === 'plain_text') plainText(value, where, most)
  else if (type === 'mrkdwn') mrkdwn(value, where, most)
  else throw wrong(where, `must be plain_text or mrkdwn, not ${String(type)}`)
}

function mrkdwn(value: unknown, where: string, most: number): void {
  const { text, verbatim } = object(value, where, ['type', 'text'], ['verbatim'])
  words(text, `${where}/text`, most)
  flag(verbatim, `${where}/verbatim`)
}
