/** Fills card templates. Everything that can be known beforehand is: which parts are bound to what, and what is Markdown. */
import type { Expression } from 'adaptive-expressions'
import { Template } from 'adaptivecards-templating'
import { compile, type Evaluate, type Scope } from '../dialog/evaluation.ts'
import { remembered } from '../domain/remembered.ts'
import type { Card } from './ports.ts'

/** A part of a template, ready to be filled in. A dropped part is `null`. */
interface Part {
  (scope: Scope): unknown
  /** What it is on every card, where that is known beforehand. */
  always?: unknown
}

/** The only places where Adaptive Cards read Markdown: text blocks and facts, which have no type of their own. */
const MARKDOWN: Record<string, readonly string[]> = { TextBlock: ['text'], Fact: ['title', 'value'] }

const RESERVED = ['$data', '$when']

/**
 * Compiles a template of the Adaptive Cards Templating Language, as the library reads it. Filling it in is one single
 * expansion, so that `${…}` in somebody's text stays text, and every text is shown as it stands.
 */
export function compileTemplate(template: object): (data: object) => object {
  const fill = partOf(template, '', '')
  return (data) => fill({ $root: data, $data: data }) as object
}

/** Parts of cards to be shown within another card: their texts are escaped already. */
const filled = new WeakSet<unknown[]>()

/** The body of a card that was made here, for a preview: a card within a card. */
export function bodyOf({ body }: Card): unknown {
  if (Array.isArray(body)) filled.add(body)
  return body
}

/** @param kind The type of the object this is in. @param key Under which name it is there. */
function partOf(node: unknown, kind: string, key: string): Part {
  if (typeof node === 'string') return textPart(node, kind, key)
  if (Array.isArray(node)) return listPart(node.map((item) => partOf(item, kind, key)))
  if (typeof node === 'object' && node !== null) return objectPart(node, key === 'facts' ? 'Fact' : '')
  return always(node)
}

/** What the templating language gives a meaning to; a text without any need not be parsed, which takes long. */
const SIGNS = /[$`\\]/

/** Templates say the same few things again and again. */
const parse = remembered((text: string) => (SIGNS.test(text) ? Template.parseInterpolatedString(text) : text))

function textPart(text: string, kind: string, key: string): Part {
  const shown = MARKDOWN[kind]?.includes(key) ? escapeMarkdown : (value: string) => value
  const parsed = parse(text)
  if (typeof parsed === 'string') return always(shown(parsed))
  // The language's own name for a text with names in it.
  const value = parsed.type === 'concat' ? joined(parsed.children.map(bound)) : bound(parsed)
  if (key === 'data') return value
  return (scope) => {
    const found = value(scope)
    return typeof found === 'string' ? shown(found) : literal(found, kind)
  }
}

const always = (value: unknown): Part => Object.assign(() => value, { always: value })

/** A missing value would be printed to the user as "${name}". */
function bound(expression: Expression): Evaluate {
  const evaluate = compile(expression)
  return (scope) => {
    const value = evaluate(scope)
    if (value === undefined) throw new Error(`A card has no value for "${expression}"`)
    return value
  }
}

const joined =
  (pieces: Evaluate[]): Evaluate =>
  (scope) =>
    pieces.map((piece) => String(piece(scope))).join('')

/** A part that was dropped leaves no gap, and one that was repeated stands there as often. */
const listPart =
  (parts: Part[]): Part =>
  (scope) => {
    const made: unknown[] = []
    for (const part of parts) {
      const one = part(scope)
      if (Array.isArray(one)) made.push(...one)
      else if (one !== null) made.push(one)
    }
    return made
  }

function objectPart(node: object, inherited: string): Part {
  const { $data: source, $when: condition } = node as { $data?: unknown; $when?: unknown }
  const kind = 'type' in node ? String(node.type) : inherited
  // What says the same on every card is copied in one go, with room for the rest in its place.
  const blank: Record<string, unknown> = {}
  const parts: [string, Part][] = []
  for (const [name, value] of Object.entries(node)) {
    if (RESERVED.includes(name)) continue
    const part = name === 'data' ? dataPart(value) : partOf(value, kind, name)
    blank[name] = part.always
    if (!('always' in part)) parts.push([name, part])
  }
  const isShown = condition === undefined ? () => true : conditionOf(String(condition))
  const one = (scope: Scope): object | null => {
    if (!isShown(scope)) return null
    // Of many shapes in one place, this copies three times as fast as a spread.
    const made: Record<string, unknown> = Object.assign({}, blank)
    for (const [name, part] of parts) made[name] = part(scope)
    return made
  }
  if (source === undefined) return one
  const data = dataPart(source)
  return (scope) => {
    const found = data(scope)
    const { $root } = scope
    if (!Array.isArray(found)) return one({ $root, $data: found })
    const made = found.flatMap(($data, $index) => one({ $root, $data, $index }) ?? [])
    return made.length > 1 ? made : (made[0] ?? null)
  }
}

/** What goes with a button is for us, not for showing: it stays as it is. */
const dataPart = (node: unknown): Part => partOf(node, '', 'data')

function conditionOf(text: string): (scope: Scope) => boolean {
  const parsed = parse(text)
  if (typeof parsed === 'string') throw new Error(`"${text}" is not a condition: it needs \${ and }`)
  const evaluate = compile(parsed)
  return (scope) => evaluate(scope) === true
}

/** What came with the data, with every text shown as it stands: a colleague's name or a channel's may look like Markdown. */
function literal<T>(node: T, type: string): T {
  if (Array.isArray(node)) return filled.has(node) ? node : (node.map((inner) => literal(inner, type)) as T)
  if (typeof node !== 'object' || node === null) return node
  const kind = 'type' in node ? String(node.type) : type
  const parts = Object.entries(node).map(([key, value]) => {
    if (typeof value === 'string') return [key, MARKDOWN[kind]?.includes(key) ? escapeMarkdown(value) : value]
    return [key, key === 'data' ? value : literal(value, key === 'facts' ? 'Fact' : '')]
  })
  return Object.fromEntries(parts)
}

/** Anything that is replaced below. Most texts have none of it. */
const MARKED = /[\\`*_~[\]<>|\n]|^[^\S\n\r\u2028\u2029]*(?:[#+-]|\d+[.)])/m

const escapeMarkdown = (text: string): string => (MARKED.test(text) ? escaped(text) : text)

const escaped = (text: string): string =>
  text
    .replaceAll(/[\\`*_~[\]<>|]/g, String.raw`\$&`)
    .replaceAll(/^([^\S\n\r\u2028\u2029]*)([#+-]|\d+(?=[.)]\s))/gm, lineStart)
    // One line break is none in Markdown.
    .replaceAll(/\n+/g, '\n\n')

/** What would begin a heading or a list; a number is told from a list by its dot. */
const lineStart = (_: string, space: string, mark: string): string =>
  /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`
