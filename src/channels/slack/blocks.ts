import type { KnownBlock } from '@slack/types'
import { withoutEscapes } from '../../app/markdown.ts'
import type { Card } from '../../app/ports.ts'
import { actionsBlocks } from './buttons.ts'
import { fitted } from './fit.ts'
import { inputBlock, shownIn } from './inputs.ts'
import { LIMITS } from './limits.ts'
import { actionsIn, allIn, bodyOf, isChart, isInput, type Node, nodesIn, takesInputs, textIn, within } from './nodes.ts'
import { type Line, linesOf, richText, run, warned, wordsOf } from './rich-text.ts'
import { isBlank, plain } from './text.ts'

/** A card of the portable subset (decision 0002) as a Slack message shows it. */
export function blocksOf(card: Card): KnownBlock[] {
  const draw = drawing(card, { modal: false })
  return fitted(draw.blocks(bodyOf(card)), draw.buttons(nodesIn(card.actions)), LIMITS.message)
}

/** Where a node stands. */
interface Place {
  /** Directly in the card, where there can be a heading and small print. */
  top: boolean
  quoted: boolean
}

/** A line to be gathered with its neighbours, or a block of its own. `undefined` ends what is gathered. */
type Part = Line | KnownBlock | undefined

/** Draws nodes of one card, for a message or a modal; buttons and fields are counted throughout. */
export function drawing(card: Card, { modal }: { modal: boolean }) {
  const actions = [...actionsIn(bodyOf(card)), ...nodesIn(card.actions)]
  const moment = JSON.stringify(actions.find(({ type }) => type === 'Action.Execute')?.data ?? {})
  const takesAny = actions.some(takesInputs)
  const [button, field] = [counter(), counter()]

  const parts = (node: Node, place: Place): Part[] => [...separator(node, place), ...contents(node, place)]

  function contents(node: Node, { top, quoted }: Place): Part[] {
    // Slack has no charts; the card says in words what they show.
    if (isChart(node)) return []
    if (isInput(node) && !takesAny) return toRead(card, node, quoted)
    if (isInput(node)) return [inputBlock(node, { moment, position: field(), modal }) ?? nothingToChoose(node, quoted)]
    if (node.type === 'ActionSet') return actionsBlocks(nodesIn(node.actions), button)
    if (node.type === 'TextBlock' && top) {
      const text = withoutEscapes(textIn(node.text))
      if (isBlank(text)) return []
      if (node.style === 'heading') return [{ type: 'header', text: plain(text, LIMITS.header) }]
      if (node.isSubtle === true) return [{ type: 'context', elements: [plain(text, LIMITS.context)] }]
    }
    const inner = within(node)
    if (inner.length === 0) return linesOf(node, quoted)
    const shown = spaced(
      node,
      inner.flatMap((item) => parts(item, { top: false, quoted: quoted || node.style === 'emphasis' })),
    )
    const all = node.style === 'attention' ? withWarning(shown) : shown
    return top ? [undefined, ...all, undefined] : all
  }

  return {
    blocks: (nodes: Node[], place: Place = { top: true, quoted: false }): KnownBlock[] =>
      gathered(nodes.flatMap((node) => parts(node, place))),
    buttons: (actions: Node[]): KnownBlock[] => actionsBlocks(actions, button),
  }
}

function counter(): () => number {
  let next = 0
  return () => next++
}

/** A line across would tear a quotation apart; there the room above has to do. */
const separator = ({ separator }: Node, { quoted }: Place): Part[] =>
  separator === true && !quoted ? [{ type: 'divider' }] : []

/** A field whose choices are none; the core says what is missing. */
const nothingToChoose = ({ label }: Node, quoted: boolean): Line => ({
  runs: [run(isBlank(textIn(label)) ? '…' : `${textIn(label)}: …`)],
  apart: true,
  quoted,
})

/**
 * A field that no button takes along, such as a text to copy: what one would type into it went nowhere. What stands in it
 * is quoted, unless the card says all of it already.
 */
function toRead(card: Card, field: Node, quoted: boolean): Line[] {
  const lines = linesIn(shownIn(field))
  const said = new Set(
    bodyOf(card)
      .flatMap(allIn)
      .flatMap((node) => linesOf(node, false))
      .flatMap((line) => linesIn(wordsOf(line))),
  )
  if (lines.every((line) => said.has(line))) return []
  const label = textIn(field.label)
  return [
    ...(isBlank(label) ? [] : [{ runs: [run(label, { bold: true })], apart: true, quoted }]),
    ...lines.map((line) => ({ runs: [run(line)], apart: false, quoted: true })),
  ]
}

const linesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const isLine = (part: Part): part is Line => part !== undefined && 'runs' in part

/** The room above a container is the room above its first line. */
const spaced = ({ spacing }: Node, [first, ...rest]: Part[]): Part[] =>
  isLine(first) ? [{ ...first, apart: spacing !== 'None' && spacing !== 'Small' }, ...rest] : [first, ...rest]

function withWarning(parts: Part[]): Part[] {
  const first = parts.findIndex(isLine)
  return parts.map((part, index) => (index === first && isLine(part) ? warned(part) : part))
}

/** Neighbouring lines become one block, so that a card stays below the number of blocks that Slack takes. */
function gathered(parts: Part[]): KnownBlock[] {
  const blocks: KnownBlock[] = []
  let lines: Line[] = []
  for (const part of [...parts, undefined]) {
    if (isLine(part)) lines.push(part)
    else {
      if (lines.length > 0) blocks.push(richText(lines))
      if (part) blocks.push(part)
      lines = []
    }
  }
  return blocks
}
