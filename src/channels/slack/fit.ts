import type { KnownBlock } from '@slack/types'
import { CUT, plain, shorten } from './text.ts'

/**
 * As much of a message or view as Slack takes. Lines between rows go first, then rows at the end, with "…" where they
 * were; `last` stays, for without its buttons a card is a dead end. Then the longest texts are shortened.
 */
export function fitted(body: KnownBlock[], last: KnownBlock[], limits: { blocks: number; room: number }): KnownBlock[] {
  return shortened(fewer(body, last, limits.blocks), limits.room)
}

function fewer(body: KnownBlock[], last: KnownBlock[], most: number): KnownBlock[] {
  if (body.length + last.length <= most) return [...body, ...last]
  const plainer = body.filter(({ type }) => type !== 'divider')
  if (plainer.length + last.length <= most) return [...plainer, ...last]
  const kept = last.slice(0, most - 1)
  const more: KnownBlock = { type: 'context', elements: [plain(CUT, CUT.length)] }
  return [...plainer.slice(0, most - 1 - kept.length), more, ...kept]
}

/** Texts to read give way before what people have entered and what they are to press or choose from. */
function shortened(blocks: KnownBlock[], room: number): KnownBlock[] {
  const texts: string[] = []
  const rest: string[] = []
  eachText(blocks, (text, read) => void (read ? texts : rest).push(text))
  const taken = total(rest)
  if (total(texts) + taken <= room) return blocks
  const longestRead = level(texts, room - taken)
  const longestOther = level(rest, room - total(texts.map((text) => shorten(text, longestRead))))
  return mapTexts(blocks, (text, read) => shorten(text, read ? longestRead : longestOther))
}

const total = (texts: string[]): number => texts.reduce((sum, { length }) => sum + length, 0)

/** The greatest length to which all of these can be shortened so that they fit; never less than the one sign that says so. */
function level(texts: string[], room: number): number {
  const lengths = texts.map(({ length }) => length).sort((a, b) => a - b)
  let left = room
  for (const [index, length] of lengths.entries()) {
    const share = Math.floor(left / (lengths.length - index))
    if (length > share) return Math.max(share, CUT.length)
    left -= length
  }
  return Number.POSITIVE_INFINITY
}

function eachText(node: unknown, take: (text: string, read: boolean) => void): void {
  if (typeof node !== 'object' || node === null) return
  for (const [key, value] of Object.entries(node))
    if (typeof value !== 'string') eachText(value, take)
    else if (SHOWN.has(key)) take(value, isRead(node))
}

function mapTexts<T>(node: T, change: (text: string, read: boolean) => string): T {
  if (Array.isArray(node)) return node.map((inner) => mapTexts(inner, change)) as T
  if (typeof node !== 'object' || node === null) return node
  const parts = Object.entries(node).map(([key, value]) => [
    key,
    typeof value !== 'string' ? mapTexts(value, change) : SHOWN.has(key) ? change(value, isRead(node)) : value,
  ])
  return Object.fromEntries(parts)
}

const SHOWN = new Set(['text', 'initial_value'])

/** Rich text is there to be read; so are a heading and a context, but those are short. */
const isRead = (node: object): boolean => 'type' in node && node.type === 'text'
