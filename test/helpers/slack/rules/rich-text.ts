import type { Json } from '../types.ts'
import { flag, ifGiven, list, object, oneOf, whole, words, wrong } from './shapes.ts'

const STYLES = ['bold', 'italic', 'strike', 'code', 'underline']
const MANY = 1000

/** A rich_text block; the kinds of element that only Slack's own clients write are not taken. */
export function richText(block: unknown, where: string): void {
  const { elements } = object(block, where, ['type', 'elements'], ['block_id'])
  for (const [index, element] of list(elements, `${where}/elements`, 1, MANY).entries())
    part(element as Json, `${where}/elements/${index}`)
}

function part(element: Json, where: string): void {
  const type = String(element?.type)
  if (type === 'rich_text_section') section(element, where)
  else if (type === 'rich_text_list') listed(element, where)
  else if (type === 'rich_text_quote' || type === 'rich_text_preformatted') framed(element, where, type)
  else throw wrong(where, `unsupported type: ${type}`)
}

function framed(value: Json, where: string, type: string): void {
  const { elements, border } = object(value, where, ['type', 'elements'], ['border'])
  whole(border, `${where}/border`, 0, 1)
  inlines(elements, where, type === 'rich_text_preformatted' ? ['text', 'link'] : undefined)
}

function section(value: unknown, where: string): void {
  const { type, elements } = object(value, where, ['type', 'elements'])
  if (type !== 'rich_text_section') throw wrong(where, `unsupported type: ${String(type)}`)
  inlines(elements, where)
}

function listed(value: Json, where: string): void {
  const { elements, style, indent, offset, border } = object(
    value,
    where,
    ['type', 'elements', 'style'],
    ['indent', 'offset', 'border'],
  )
  oneOf(style, `${where}/style`, 'bullet', 'ordered')
  whole(indent, `${where}/indent`, 0, 8)
  whole(offset, `${where}/offset`, 0, MANY)
  whole(border, `${where}/border`, 0, 1)
  for (const [index, item] of list(elements, `${where}/elements`, 1, MANY).entries())
    section(item, `${where}/elements/${index}`)
}

function inlines(value: unknown, where: string, allowed?: string[]): void {
  for (const [index, item] of list(value, `${where}/elements`, 1, MANY).entries()) {
    const here = `${where}/elements/${index}`
    const type = String((item as Json)?.type)
    if (allowed && !allowed.includes(type)) throw wrong(here, `unsupported type: ${type}`)
    inline(item, type, here)
  }
}

function inline(item: unknown, type: string, where: string): void {
  const parts = (required: string[], optional: string[] = []) =>
    object(item, where, ['type', ...required], ['style', ...optional])
  const id = (key: string, pattern: RegExp) => {
    const value = words(parts([key])[key], `${where}/${key}`, 255)
    if (!pattern.test(value)) throw wrong(`${where}/${key}`, 'is not an id of the right sort')
  }
  if (type === 'text') words(parts(['text']).text, `${where}/text`, 40_000)
  else if (type === 'link') link(parts(['url'], ['text', 'unsafe']), where)
  else if (type === 'user') id('user_id', /^[UW][A-Z0-9]+$/)
  else if (type === 'channel') id('channel_id', /^[CGD][A-Z0-9]+$/)
  else if (type === 'emoji') words(parts(['name'], ['unicode']).name, `${where}/name`, 255)
  else if (type === 'broadcast') oneOf(parts(['range']).range, `${where}/range`, 'here', 'channel', 'everyone')
  else throw wrong(where, `unsupported type: ${type}`)
  ifGiven((item as Json).style, (style) => {
    const known = object(style, `${where}/style`, [], STYLES)
    for (const key of Object.keys(known)) flag(known[key], `${where}/style/${key}`)
  })
}

function link({ url, text, unsafe }: Json, where: string): void {
  words(url, `${where}/url`, 3000)
  ifGiven(text, (given) => words(given, `${where}/text`, 40_000))
  flag(unsafe, `${where}/unsafe`)
}
