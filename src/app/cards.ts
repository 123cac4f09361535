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

/** What a client may draw or leave out: the words beside it say the same. So it has to drop where it is not known. */
const OPTIONAL = new Set(['Chart.Donut'])
const DROP = 'drop'

/** Throws an `Error` when the template steps outside the portable subset of Adaptive Cards 1.5. */
export function compileCard(source: { type?: string; version?: string }): CardTemplate {
  if (source.type !== 'AdaptiveCard' || source.version !== '1.5')
    throw new Error('a card is an AdaptiveCard of version 1.5')
  for (const { type, fallback } of partsIn(source)) {
    if (PORTABLE.has(type)) continue
    if (!OPTIONAL.has(type))
      throw new Error(`"${type}" cannot be shown everywhere; use one of: ${[...PORTABLE].join(', ')}`)
    if (fallback !== DROP)
      throw new Error(`"${type}" cannot be shown everywhere; give it "fallback": "${DROP}" and say the same in words`)
  }
  return { expand: compileTemplate(source) as CardTemplate['expand'] }
}

function partsIn(node: unknown): { type: string; fallback?: unknown }[] {
  if (Array.isArray(node)) return node.flatMap(partsIn)
  if (typeof node !== 'object' || node === null) return []
  const inner = Object.entries(node).flatMap(([key, value]) => (key === 'data' ? [] : partsIn(value)))
  if (!('type' in node) || typeof node.type !== 'string') return inner
  return [{ type: node.type, ...('fallback' in node && { fallback: node.fallback }) }, ...inner]
}
