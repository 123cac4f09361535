import type { RichTextBlock, RichTextBlockElement, RichTextList, RichTextSection, RichTextText } from '@slack/types'
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

export const wordsOf = ({ runs }: Pick<Line, 'runs'>): string => runs.map(({ text }) => text).join('')

/** The lines of a node that shows texts; blank ones make none, because Slack refuses them. */
export function linesOf(node: Node, quoted: boolean): Line[] {
  const apart = node.spacing !== 'None' && node.spacing !== 'Small'
  return runsOf(node)
    .map((runs) => runs.filter(({ text }) => text !== ''))
    .filter((runs) => !isBlank(wordsOf({ runs })))
    .map((runs, index) => coloured(node, { runs, apart: apart && index === 0, quoted }))
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
      return nodesIn(node.facts).map(({ title, value }) =>
        fact(withoutEscapes(textIn(title)), withoutEscapes(textIn(value))),
      )
    default:
      return []
  }
}

const boldIn = ({ weight }: Node) => (weight === 'Bolder' ? { bold: true } : {})
const italicIn = ({ italic }: Node) => (italic === true ? { italic: true } : {})

const fact = (title: string, value: string): RichTextText[] =>
  isBlank(title) ? [run(value)] : [run(withColon(title), { bold: true }), run(` ${value}`)]

/** A title and its value stand in one line. */
const withColon = (title: string): string => (/[.,:;!?…]$/.test(title) ? title : `${title}:`)

/** Text in Slack has no colours. What begins with a sign of its own stands out as it is. */
function coloured({ color }: Node, line: Line): Line {
  const colour = textIn(color).toLowerCase()
  if (hasSign(line) || (colour !== 'attention' && colour !== 'accent')) return line
  const bold = { ...line, runs: line.runs.map((run) => ({ ...run, style: { ...run.style, bold: true } })) }
  return colour === 'attention' ? warned(bold) : bold
}

/** A line that says "look here", unless it begins with a sign already. */
export const warned = (line: Line): Line => (hasSign(line) ? line : { ...line, runs: [run('⚠️ '), ...line.runs] })

const hasSign = (line: Line): boolean => /^\p{Extended_Pictographic}/u.test(wordsOf(line))

/** Lines that belong together, in one block: quoted ones with a bar beside them, those with a bullet as a list. */
export function richText(lines: Line[]): RichTextBlock {
  const groups = lines.reduce<Line[][]>((groups, line) => {
    const last = groups.at(-1)
    if (last?.[0] && last[0].quoted === line.quoted && isItem(last[0]) === isItem(line)) last.push(line)
    else groups.push([line])
    return groups
  }, [])
  return {
    type: 'rich_text',
    elements: groups.map((group, index) =>
      group.every(isItem) ? list(group) : paragraph(group, groups[index - 1]?.at(-1)),
    ),
  }
}

/** `above` is the line it follows. */
function paragraph(lines: Line[], above: Line | undefined): RichTextBlockElement {
  const breakBefore = ({ apart, quoted }: Line, index: number): string => {
    if (index > 0) return apart ? '\n\n' : '\n'
    // A list has no room below it; between what is quoted and what is not there is some anyway.
    return apart && above && isItem(above) && above.quoted === quoted ? '\n' : ''
  }
  return {
    type: lines[0]?.quoted ? 'rich_text_quote' : 'rich_text_section',
    elements: lines.flatMap((line, index) => {
      const before = breakBefore(line, index)
      return before ? [run(before), ...line.runs] : line.runs
    }),
  }
}

const BULLET = '• '

/** A bullet alone is no item: Slack refuses one of nothing. */
const isItem = (line: Line): boolean =>
  line.runs[0]?.text.startsWith(BULLET) === true && !isBlank(wordsOf(line).slice(BULLET.length))

/** Slack draws the bullets itself, and sets longer items in. */
const list = (lines: Line[]): RichTextList => ({
  type: 'rich_text_list',
  style: 'bullet',
  ...(lines[0]?.quoted && { border: 1 }),
  elements: lines.map(item),
})

const item = ({ runs: [first, ...rest] }: Line): RichTextSection => ({
  type: 'rich_text_section',
  elements: [...(first ? [{ ...first, text: first.text.slice(BULLET.length) }] : []), ...rest].filter(
    ({ text }) => text !== '',
  ),
})
