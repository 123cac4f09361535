import { GlobalSettings, Template } from 'adaptivecards-templating'
import type { Card } from './ports.ts'

/** A card template, compiled once; building one per turn costs more than the whole rest of a turn. */
export interface CardTemplate {
  /** Fills the template in one single expansion, so that `${…}` in somebody's text stays text. */
  expand(data: object): Card
}

// A missing value would be printed to the user as "${name}".
GlobalSettings.getUndefinedFieldValueSubstitutionString = (path) => {
  throw new Error(`A card has no value for "${path}"`)
}

/** What both Teams and Block Kit can show (decision 0002). */
const PORTABLE = new Set([
  'AdaptiveCard',
  'TextBlock',
  'RichTextBlock',
  'TextRun',
  'FactSet',
  'Container',
  'ColumnSet',
  'Column',
  'Input.Text',
  'Input.Date',
  'Input.ChoiceSet',
  'Input.Toggle',
  'ActionSet',
  'Action.Execute',
  'Action.OpenUrl',
])

/** Throws an `Error` when the template steps outside the portable subset of Adaptive Cards 1.5. */
export function compileCard(source: { type?: string; version?: string }): CardTemplate {
  if (source.type !== 'AdaptiveCard' || source.version !== '1.5')
    throw new Error('a card is an AdaptiveCard of version 1.5')
  for (const type of typesIn(source))
    if (!PORTABLE.has(type))
      throw new Error(`"${type}" cannot be shown everywhere; use one of: ${[...PORTABLE].join(', ')}`)
  const template = new Template(source)
  return { expand: (data) => literal(template.expand({ $root: data })) }
}

/** The only places where Adaptive Cards read Markdown: text blocks and facts, which have no type of their own. */
const MARKDOWN: Record<string, readonly string[]> = { TextBlock: ['text'], Fact: ['title', 'value'] }

/** What has been through `literal` already: a preview shows a card within a card. */
const literally = new WeakSet<object>()

/** A card in which every text is shown as it stands: a colleague's name or a channel's may look like Markdown. */
function literal<T>(node: T, type = ''): T {
  if (Array.isArray(node)) return node.map((inner) => literal(inner, type)) as T
  if (typeof node !== 'object' || node === null || literally.has(node)) return node
  const kind = 'type' in node ? String(node.type) : type
  const parts = Object.entries(node).map(([key, value]) => {
    if (typeof value === 'string') return [key, MARKDOWN[kind]?.includes(key) ? escapeMarkdown(value) : value]
    return [key, key === 'data' ? value : literal(value, key === 'facts' ? 'Fact' : '')]
  })
  const made = Object.fromEntries(parts)
  literally.add(made)
  return made
}

const escapeMarkdown = (text: string): string =>
  text.replaceAll(/[\\`*_~[\]<>|]/g, String.raw`\$&`).replaceAll(/^(\s*)([#+-]|\d+(?=[.)]\s))/gm, lineStart)

/** What would begin a heading or a list; a number is told from a list by its dot. */
const lineStart = (_: string, space: string, mark: string): string =>
  /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`

function typesIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(typesIn)
  if (typeof node !== 'object' || node === null) return []
  const inner = Object.entries(node).flatMap(([key, value]) => (key === 'data' ? [] : typesIn(value)))
  return 'type' in node && typeof node.type === 'string' ? [node.type, ...inner] : inner
}
