import type { DeckSlide } from '../app/ports.ts'
import { COLOURS, FONT } from './look.ts'
import { CURVE, EDGE, HIGH, INNER, type Points, type Slide, type Text, type TextOptions, WIDE } from './pptx.ts'

type Layout = DeckSlide['layout']
type Of<L extends Layout> = Extract<DeckSlide, { layout: L }>
/** Left, top, width, height, in inches. */
type Box = [x: number, y: number, w: number, h: number]

/** The background of each layout. */
export const MASTER_OF: Record<Layout, string> = {
  title: 'OPENING',
  message: 'MESSAGE',
  cards: 'LIGHT',
  signs: 'LIGHT',
  questions: 'LIGHT',
  contact: 'CLOSING',
}

/** What one draws a slide with. */
interface Pen {
  text(content: Text, box: Box, size: number, more?: TextOptions): void
  panel(box: Box, color: string): void
  /** A dot beside the first line of a text of this size. */
  dot(x: number, y: number, size: number): void
  rope(box: Box): void
}

/** Draws what stands below the title. */
export function drawSlide(given: DeckSlide, slide: Slide, lang: string): void {
  const draw = LAYOUTS[given.layout] as (given: DeckSlide, pen: Pen) => void
  draw(given, penFor(slide, lang))
}

const LAYOUTS: { [L in Layout]: (given: Of<L>, pen: Pen) => void } = {
  title: ({ label, text }, pen) => {
    pen.text(label, [EDGE, 0.85, 9, 0.5], 22, { color: COLOURS.sand })
    pen.text(text, [EDGE, 2.85, 8.6, 1.2], 26, { color: COLOURS.sand })
    pen.rope([6.9, 4.2, 5.4, 2.3])
  },

  message: ({ number, text, points }, pen) => {
    pen.text(number, [EDGE, 0.7, 1.2, 0.9], 60, { bold: true, color: COLOURS.gold })
    pen.rope([EDGE + 0.2, 5.2, 3.2, 1.4])
    pen.text(text, [5.9, 0.75, 6.6, 1.7], 26, { ...strong, valign: 'middle' })
    for (const [index, point] of points.entries()) {
      const y = 2.75 + index * 1.3
      pen.dot(5.9, y, 22)
      pen.text(point, [6.35, y, 6.15, 1.15], 22)
    }
  },

  /** Up to three cards beside each other; four stand in two rows, with a little less room. */
  cards: ({ cards }, pen) => {
    const across = cards.length === 4 ? 2 : cards.length
    const rows = Math.ceil(cards.length / across)
    const isShort = cards.every(({ text }) => text.length < 80)
    const [gap, pad] = [0.35, 0.35]
    const [w, h] = [(INNER - gap * (across - 1)) / across, (4.7 - gap * (rows - 1)) / rows]
    const size =
      rows === 1
        ? { top: 0.35, head: 1.1, title: 28, text: isShort ? 26 : 24 }
        : { top: 0.25, head: 0.6, title: 24, text: 21 }
    for (const [index, { title, text }] of cards.entries()) {
      const [x, y] = [EDGE + (index % across) * (w + gap), 1.8 + Math.floor(index / across) * (h + gap)]
      const below = size.top + size.head
      pen.panel([x, y, w, h], COLOURS.white)
      pen.panel([x, y, w, 0.1], COLOURS.gold)
      pen.text(title, [x + pad, y + size.top, w - 2 * pad, size.head], size.title, strong)
      pen.text(text, [x + pad, y + below, w - 2 * pad, h - below - 0.1], size.text)
    }
  },

  signs: ({ signs, say, last }, pen) => {
    pen.panel([EDGE, 1.7, 4.9, 4.2], COLOURS.white)
    pen.text(signs.title, [EDGE + 0.35, 1.9, 4.2, 0.5], 22, strong)
    for (const [index, sign] of signs.points.entries()) {
      const y = 2.55 + index * 0.83
      pen.dot(EDGE + 0.35, y, 20)
      pen.text(sign, [EDGE + 0.75, y, 4, 0.75], 20)
    }
    pen.text(say.title, [6.1, 1.9, 6.4, 0.5], 22, strong)
    for (const [index, quote] of say.quotes.entries()) {
      const y = 2.55 + index * 1.13
      pen.panel([6.1, y, 0.07, 0.95], COLOURS.gold)
      pen.text(quote, [6.4, y, 6.1, 0.95], 22, { italic: true, valign: 'middle' })
    }
    pen.text(last, [EDGE, 6.1, INNER, 0.6], 22, { ...warm, valign: 'middle' })
  },

  questions: ({ text, questions, last }, pen) => {
    pen.text(text, [EDGE, 1.5, INNER, 0.5], 22, { color: COLOURS.grey })
    for (const [index, question] of questions.entries()) {
      const y = 2.25 + index * 1.3
      pen.panel([EDGE, y, INNER, 1.1], COLOURS.white)
      pen.panel([EDGE, y, 0.9, 1.1], COLOURS.teal)
      pen.text(`${index + 1}`, [EDGE, y, 0.9, 1.1], 28, {
        bold: true,
        color: COLOURS.white,
        align: 'center',
        valign: 'middle',
      })
      pen.text(question, [EDGE + 1.2, y, INNER - 1.5, 1.1], 24, { valign: 'middle' })
    }
    pen.text(last, [EDGE, 6.2, INNER, 0.5], 22, warm)
  },

  contact: ({ text, contact, last, source }, pen) => {
    pen.text(text, [EDGE, 2.85, 11, 0.9], 26, { color: COLOURS.sand })
    pen.panel([EDGE, 3.95, 8.2, 1.55], COLOURS.cream)
    const words = [
      { text: contact.title, options: { fontSize: 18, color: COLOURS.grey, breakLine: true } },
      { text: keptTogether(contact.text), options: { fontSize: 26, ...strong } },
    ]
    pen.text(words, [EDGE + 0.35, 3.95, 7.5, 1.55], 26, { valign: 'middle' })
    pen.text(last, [EDGE, 5.75, 8.2, 0.5], 22, { color: COLOURS.white })
    pen.text(source, [WIDE - EDGE - 6, HIGH - 0.55, 6, 0.3], 12, { color: COLOURS.sand, align: 'right' })
    pen.rope([9.6, 4.1, 2.8, 1.5])
  },
}

const strong = { bold: true, color: COLOURS.teal }
const warm = { bold: true, color: COLOURS.coral }

/** A telephone number is not torn apart at the end of a line. */
const keptTogether = (text: string): string => text.replaceAll(/(?<=\d|\.) (?=\d)/g, '\u00a0')

const penFor = (slide: Slide, lang: string): Pen => ({
  text: (content, [x, y, w, h], fontSize, more) => {
    const plain = { fontFace: FONT, color: COLOURS.ink, margin: 0, valign: 'top', lang } as const
    slide.addText(content, { ...plain, x, y, w, h, fontSize, ...more })
  },
  panel: ([x, y, w, h], color) => {
    slide.addShape('rect', { x, y, w, h, fill: { color } })
  },
  dot: (x, y, size) => {
    // A line of Calibri is 1.22 times as high as its letters are large.
    const [middle, across] = [((size / 72) * 1.22) / 2, 0.17]
    slide.addShape('ellipse', { x, y: y + middle - across / 2, w: across, h: across, fill: { color: COLOURS.gold } })
  },
  rope: (box) => drawRope(slide, box),
})

/** The rope of the icon: cream with gold stitches, a knot at each end. */
function drawRope(slide: Slide, [x, y, w, h]: Box): void {
  const points: Points = [
    { x: 0, y: h, moveTo: true },
    { x: w / 2, y: h / 2, curve: { type: 'cubic', x1: w * 0.12, y1: -h * 0.45, x2: w * 0.36, y2: -h * 0.25 } },
    { x: w, y: 0, curve: { type: 'cubic', x1: w * 0.64, y1: h * 1.25, x2: w * 0.88, y2: h * 1.45 } },
  ]
  const thick = w * 10
  slide.addShape(CURVE, { x, y, w, h, points, line: { color: COLOURS.cream, width: thick } })
  slide.addShape(CURVE, { x, y, w, h, points, line: { color: COLOURS.gold, width: thick / 7, dashType: 'dash' } })
  const knot = (thick / 72) * 1.7
  for (const [cx, cy] of [
    [x, y + h],
    [x + w, y],
  ] as const)
    slide.addShape('ellipse', { x: cx - knot / 2, y: cy - knot / 2, w: knot, h: knot, fill: { color: COLOURS.cream } })
}
