import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  type IParagraphOptions,
  type ITableCellBorders,
  convertMillimetersToTwip as mm,
  Packer,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import type { MinutesFile } from '../app/ports.ts'
import { COLOURS, FONT } from './look.ts'

/** Widths of the table of agreements in millimetres, on A4 with 25 mm to each side. */
const COLUMNS = [58, 36, 33, 33]

/** The minutes as a Word document that can be corrected before it is handed out. Large letters, much air, short lines. */
export async function minutes(given: MinutesFile): Promise<Buffer> {
  const { title, subtitle, sections, agreed, after, close, footer } = given
  const document = new Document({
    title,
    creator: 'Tovholder',
    styles: styles(given.language),
    sections: [
      {
        properties: { page: { size: { width: mm(210), height: mm(297) }, margin: margins } },
        footers: { default: new Footer({ children: [small(footer)] }) },
        children: [
          new Paragraph({ text: title, heading: HeadingLevel.TITLE }),
          new Paragraph({ text: subtitle, style: 'Subtitle' }),
          ...sections.flatMap(section),
          heading(agreed.title),
          ...(agreed.rows.length > 0 ? [table(agreed)] : [new Paragraph(agreed.none)]),
          ...after.flatMap(section),
          new Paragraph({ text: close, style: 'Close' }),
        ],
      },
    ],
  })
  return Packer.toBuffer(document)
}

const margins = { top: mm(18), bottom: mm(18), left: mm(25), right: mm(25) }

const heading = (text: string): Paragraph => new Paragraph({ text, heading: HeadingLevel.HEADING_1 })

const section = ({ title, paragraphs, quoted }: MinutesFile['sections'][number]): Paragraph[] => [
  heading(title),
  ...paragraphs.map((text) => new Paragraph({ text, ...(quoted && { style: 'Quote' }) })),
]

const small = (text: string): Paragraph =>
  new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ text, size: 18, color: COLOURS.grey })] })

function table({ columns, rows }: MinutesFile['agreed']): Table {
  const widths = COLUMNS.map(mm)
  return new Table({
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map((text, n) => head(text, widths[n] ?? 0)),
      }),
      ...rows.map(
        (cells) =>
          new TableRow({ cantSplit: true, children: cells.map((text, n) => cell(text, widths[n] ?? 0, n === 0)) }),
      ),
    ],
  })
}

const line = { style: BorderStyle.SINGLE, size: 6, color: COLOURS.sand }
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const borders: ITableCellBorders = { top: line, bottom: line, left: none, right: none }
const inner = { top: 100, bottom: 100, left: 110, right: 110 }

const head = (text: string, width: number): TableCell =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    borders,
    margins: inner,
    shading: { type: ShadingType.CLEAR, fill: COLOURS.teal },
    children: [inCell(text, { bold: true, color: COLOURS.white })],
  })

const cell = (text: string, width: number, bold: boolean): TableCell =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    borders,
    margins: inner,
    verticalAlign: VerticalAlignTable.TOP,
    children: [inCell(text, { bold, color: COLOURS.ink })],
  })

const inCell = (text: string, run: { bold: boolean; color: string }): Paragraph =>
  new Paragraph({ spacing: { after: 0, line: 276 }, children: [new TextRun({ text, ...run, size: 22 })] })

const styles = (language: MinutesFile['language']) => ({
  default: {
    document: {
      run: { font: FONT, size: 23, color: COLOURS.ink, language: { value: language === 'da' ? 'da-DK' : 'en-GB' } },
      paragraph: { spacing: { after: 100, line: 290 } },
    },
    title: { run: { font: FONT, size: 56, bold: true, color: COLOURS.teal }, paragraph: { spacing: { after: 20 } } },
    heading1: {
      run: { font: FONT, size: 30, bold: true, color: COLOURS.teal },
      paragraph: { spacing: { before: 260, after: 60 }, keepNext: true } satisfies IParagraphOptions,
    },
  },
  paragraphStyles: [
    {
      id: 'Subtitle',
      name: 'Subtitle',
      basedOn: 'Normal',
      run: { size: 26, color: COLOURS.grey },
      paragraph: {
        spacing: { after: 200 },
        border: { bottom: { style: BorderStyle.DASHED, size: 12, space: 8, color: COLOURS.gold } },
      },
    },
    {
      id: 'Quote',
      name: 'Quote',
      basedOn: 'Normal',
      paragraph: {
        indent: { left: 200 },
        shading: { type: ShadingType.CLEAR, fill: COLOURS.cream },
        border: { left: { style: BorderStyle.SINGLE, size: 36, space: 8, color: COLOURS.gold } },
      },
    },
    { id: 'Close', name: 'Close', basedOn: 'Normal', run: { bold: true }, paragraph: { spacing: { before: 280 } } },
  ],
})
