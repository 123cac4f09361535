import { COLOURS, FONT } from './look.ts'
import { EDGE, HIGH, INNER, type PptxFile, WIDE } from './pptx.ts'

/** The backgrounds that slides stand on. Each has a title of its own, so that an outline and a screen reader find it. */
export function defineMasters(file: PptxFile, footer: string): void {
  const [cream, teal] = [{ color: COLOURS.cream }, { color: COLOURS.teal }]
  file.defineSlideMaster({
    title: 'OPENING',
    background: teal,
    objects: [title({ x: EDGE, y: 1.2, w: 9.6, h: 1.5, fontSize: 60, color: COLOURS.white, valign: 'bottom' })],
  })
  file.defineSlideMaster({
    title: 'LIGHT',
    background: cream,
    slideNumber: { ...NUMBER, color: COLOURS.grey },
    objects: [
      { rect: { x: 0, y: 0, w: WIDE, h: 0.16, fill: teal } },
      foot(footer, EDGE, COLOURS.grey),
      title({ x: EDGE, y: 0.6, w: INNER, h: 0.9, fontSize: 38, color: COLOURS.teal, valign: 'middle' }),
    ],
  })
  file.defineSlideMaster({
    title: 'MESSAGE',
    background: cream,
    slideNumber: { ...NUMBER, color: COLOURS.grey },
    objects: [
      { rect: { x: 0, y: 0, w: 5.2, h: HIGH, fill: teal } },
      foot(footer, 5.9, COLOURS.grey),
      title({ x: EDGE, y: 1.75, w: 3.9, h: 2.2, fontSize: 38, color: COLOURS.white, valign: 'top' }),
    ],
  })
  file.defineSlideMaster({
    title: 'CLOSING',
    background: teal,
    objects: [
      foot(footer, EDGE, COLOURS.sand),
      title({ x: EDGE, y: 1.2, w: 11, h: 1.5, fontSize: 50, color: COLOURS.white, valign: 'bottom' }),
    ],
  })
}

const SMALL = { y: HIGH - 0.55, h: 0.3, fontFace: FONT, fontSize: 12, margin: 0 } as const
const NUMBER = { ...SMALL, x: WIDE - EDGE - 0.6, w: 0.6, align: 'right' } as const

const foot = (text: string, x: number, color: string) => ({ text: { text, options: { ...SMALL, x, w: 5, color } } })

const title = (options: { x: number; y: number; w: number; h: number } & Record<string, unknown>) => ({
  placeholder: {
    options: {
      name: 'title',
      type: 'title' as const,
      fontFace: FONT,
      bold: true,
      margin: 0,
      align: 'left' as const,
      ...options,
    },
    text: '',
  },
})
