import type { Json } from '../types.ts'
import { element } from './elements.ts'
import { richText } from './rich-text.ts'
import { anyText, flag, ifGiven, list, object, plainText, words, wrong } from './shapes.ts'

/** Checks the blocks of a message (at most 50) or of a modal (at most 100). */
export function checkBlocks(value: unknown, most: number, where = '/blocks'): Json[] {
  const blocks = list(value, where, 0, most) as Json[]
  const ids = new Set<unknown>()
  for (const [index, block] of blocks.entries()) {
    const here = `${where}/${index}`
    const rule = rules[String(block?.type)]
    if (!rule) throw wrong(here, `unsupported type: ${String(block?.type)}`)
    rule(block, here)
    ifGiven(block.block_id, (id) => words(id, `${here}/block_id`, 255))
    if (block.block_id !== undefined && ids.has(block.block_id))
      throw wrong(here, `\`block_id\` already exists: ${String(block.block_id)}`)
    ids.add(block.block_id)
  }
  const focused = blocks.flatMap(elementsIn).filter(({ focus_on_load }) => focus_on_load === true)
  if (focused.length > 1) throw wrong(where, 'only one element may have focus_on_load')
  return blocks
}

/** The elements a person can use, in the order they are shown. */
export function elementsIn(block: Json): Json[] {
  const inside =
    block.type === 'actions' ? block.elements : [block.type === 'section' ? block.accessory : undefined, block.element]
  return (inside as (Json | undefined)[]).filter((found) => found !== undefined)
}

const rules: Record<string, (block: Json, where: string) => void> = {
  header,
  section,
  context,
  divider: (block, where) => void object(block, where, ['type'], ['block_id']),
  actions,
  input,
  rich_text: richText,
}

function header(block: Json, where: string): void {
  plainText(object(block, where, ['type', 'text'], ['block_id']).text, `${where}/text`, 150)
}

function section(block: Json, where: string): void {
  const { text, fields, accessory, expand } = object(
    block,
    where,
    ['type'],
    ['text', 'fields', 'accessory', 'block_id', 'expand'],
  )
  if (text === undefined && fields === undefined) throw wrong(where, 'a section with neither text nor fields')
  ifGiven(text, (given) => anyText(given, `${where}/text`, 3000))
  ifGiven(fields, (given) => {
    for (const [index, field] of list(given, `${where}/fields`, 1, 10).entries())
      anyText(field, `${where}/fields/${index}`, 2000)
  })
  ifGiven(accessory, (given) => element(given, `${where}/accessory`, 'accessory'))
  flag(expand, `${where}/expand`)
}

function context(block: Json, where: string): void {
  const { elements } = object(block, where, ['type', 'elements'], ['block_id'])
  for (const [index, text] of list(elements, `${where}/elements`, 1, 10).entries())
    anyText(text, `${where}/elements/${index}`, 3000)
}

function actions(block: Json, where: string): void {
  const { elements } = object(block, where, ['type', 'elements'], ['block_id'])
  const ids = new Set<unknown>()
  for (const [index, inside] of (list(elements, `${where}/elements`, 1, 25) as Json[]).entries()) {
    const here = `${where}/elements/${index}`
    element(inside, here, 'actions')
    if (inside.action_id !== undefined && ids.has(inside.action_id))
      throw wrong(here, `\`action_id\` already exists: ${String(inside.action_id)}`)
    ids.add(inside.action_id)
  }
}

function input(block: Json, where: string): void {
  const known = object(block, where, ['type', 'label', 'element'], ['hint', 'optional', 'dispatch_action', 'block_id'])
  plainText(known.label, `${where}/label`, 2000)
  ifGiven(known.hint, (hint) => plainText(hint, `${where}/hint`, 2000))
  flag(known.optional, `${where}/optional`)
  flag(known.dispatch_action, `${where}/dispatch_action`)
  element(known.element, `${where}/element`, 'input')
}
