import { compileTemplate } from './card-filling.ts'
import type { Card } from './ports.ts'

/** A card template, compiled once at start. */
export interface CardTemplate {
  /** Fills the template in one single expansion, so that `${…}` in somebody's text stays text. */
  expand(data: object): Card
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
  return { expand: compileTemplate(source) as CardTemplate['expand'] }
}

function typesIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(typesIn)
  if (typeof node !== 'object' || node === null) return []
  const inner = Object.entries(node).flatMap(([key, value]) => (key === 'data' ? [] : typesIn(value)))
  return 'type' in node && typeof node.type === 'string' ? [node.type, ...inner] : inner
}
