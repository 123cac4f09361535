import type { RichTextBlock, RichTextBlockElement, RichTextText } from '@slack/types'
import { withoutEscapes } from '../../app/markdown.ts'
import { type Node, nodesIn, textIn } from './nodes.ts'
import { isBlank } from './text.ts'

/** One line to read. Rich text has no marks, so everything in it is shown as it was typed. */
export interface Line {
  runs: RichTextText[]
  /** Whether there is room above it. */
  apart: boolean
  quoted: boolean
}

export const run = (text: string, style: { bold?: boolean; italic?: boolean } = {}): RichTextText => ({
  type: 'text',
  text,
  ...((style.bold || style.italic) && { style }),
})

/** The lines of a node that shows texts; blank ones make none, because Slack refuses them. */
export function linesOf(node: Node, quoted: boolean): Line[] {
  const apart = node.spacing !== 'None' && node.spacing !== 'Small'
  return runsOf(node)
    .map((runs) => runs.filter(({ text }) => text !== ''))
    .filter((runs) => runs.some(({ text }) => !isBlank(text)))
    .map((runs, index) => ({ runs, apart: apart && index === 0, quoted }))
}

function runsOf(node: Node): RichTextText[][] {
  switch (node.type) {
    case 'TextBlock':
      return [[run(withoutEscapes(textIn(node.text)), boldIn(node))]]
    case 'RichTextBlock':
      return [
        nodesIn(node.inlines).map((inline) => run(textIn(inline.text), { ...boldIn(inline), ...italicIn(inline) })),
      ]
    case 'FactSet':
      return nodesIn(node.facts).map(({ title, value }) => [
        run(withoutEscapes(textIn(title)), { bold: true }),
        run(` ${withoutEscapes(textIn(value))}`),
      ])
    default:
      return []
  }
}

const boldIn = ({ weight }: Node) => (weight === 'Bolder' ? { bold: true } : {})
const italicIn = ({ italic }: Node) => (italic === true ? { italic: true } : {})

/** Lines that belong together, in one block: quoted ones with a bar beside them. */
export function richText(lines: Line[]): RichTextBlock {
  const groups = lines.reduce<Line[][]>((groups, line) => {
    const last = groups.at(-1)
    if (last?.[0]?.quoted === line.quoted) last.push(line)
    else groups.push([line])
    return groups
  }, [])
  return { type: 'rich_text', elements: groups.map(paragraph) }
}

const paragraph = (lines: Line[]): RichTextBlockElement => ({
  type: lines[0]?.quoted ? 'rich_text_quote' : 'rich_text_section',
  elements: lines.flatMap(({ runs, apart }, index) => (index === 0 ? runs : [run(apart ? '\n\n' : '\n'), ...runs])),
})
