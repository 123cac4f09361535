import type { DeckFile } from '../app/ports.ts'
import { drawSlide, MASTER_OF } from './deck-layouts.ts'
import { defineMasters } from './deck-masters.ts'
import { FONT } from './look.ts'
import { PptxGenJS } from './pptx.ts'

/** Slides as a PowerPoint file: large letters, few words, a real title on each, and what the speaker may say in the notes. */
export async function deck({ language, title, footer, slides }: DeckFile): Promise<Buffer> {
  const file = new PptxGenJS()
  file.layout = 'LAYOUT_WIDE'
  file.title = title
  file.author = 'Tovholder'
  file.subject = footer
  file.company = ''
  file.theme = { headFontFace: FONT, bodyFontFace: FONT }
  defineMasters(file, footer)
  const lang = language === 'da' ? 'da-DK' : 'en-GB'
  for (const given of slides) {
    const slide = file.addSlide({ masterName: MASTER_OF[given.layout] })
    slide.addText(given.title, { placeholder: 'title', lang })
    drawSlide(given, slide, lang)
    slide.addNotes(given.notes)
  }
  return (await file.write({ outputType: 'nodebuffer' })) as Buffer
}
