import assert from 'node:assert/strict'
import JSZip from 'jszip'
import type { MinutesFile } from '../../src/app/ports.ts'
import { minutes } from '../../src/export/minutes.ts'

const GIVEN: MinutesFile = {
  language: 'da',
  title: 'Det talte vi om',
  subtitle: 'Onsdag den 2. december 2026 kl. 14.30',
  sections: [
    { title: 'Hvem var med?', paragraphs: ['Mor, Bo Lund – og dig'] },
    { title: 'Det sagde du', paragraphs: ['Det er værst at komme ind.', '<b>& "frikvarter"'], quoted: true },
  ],
  agreed: {
    title: 'Det har vi aftalt',
    columns: ['Hvad?', 'Hvem?', 'Hvornår?', 'Vi taler sammen'],
    rows: [
      ['Bo står ved døren', 'Bo Lund fra skolen', 'Senest fredag', 'Onsdag'],
      ['Du siger til', 'Dig', 'Senest mandag', 'Onsdag'],
    ],
    none: 'Ingen aftaler endnu.',
  },
  after: [{ title: 'Hvem holder øje?', paragraphs: ['Karen Holm er tovholder.'] }],
  close: 'Sig det til os.',
  footer: 'Skolen gemmer referatet.',
}

async function partsOf(given: MinutesFile): Promise<Record<string, string>> {
  const zip = await JSZip.loadAsync(await minutes(given))
  const names = Object.keys(zip.files).filter((name) => name.endsWith('.xml'))
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await zip.file(name)?.async('string')])))
}
/** Each paragraph with its style, in reading order. */
const paragraphsIn = (xml = ''): string[] =>
  [...xml.matchAll(/<w:p>[\s\S]*?<\/w:p>/g)].map(([paragraph]) => {
    const style = /<w:pStyle w:val="(\w+)"/.exec(paragraph)?.[1] ?? ''
    return `${style}: ${[...paragraph.matchAll(/<w:t[^>]*>([^<]*)/g)].map(([, text]) => text).join('')}`
  })

describe('the minutes of a meeting', () => {
  it('are a document with headings, the pupil’s words set apart, and the agreements as a table', async () => {
    const { 'word/document.xml': document, 'word/footer1.xml': footer } = await partsOf(GIVEN)
    assert.deepEqual(paragraphsIn(document), [
      'Title: Det talte vi om',
      'Subtitle: Onsdag den 2. december 2026 kl. 14.30',
      'Heading1: Hvem var med?',
      ': Mor, Bo Lund – og dig',
      'Heading1: Det sagde du',
      'Quote: Det er værst at komme ind.',
      'Quote: &lt;b&gt;&amp; &quot;frikvarter&quot;',
      'Heading1: Det har vi aftalt',
      ...['Hvad?', 'Hvem?', 'Hvornår?', 'Vi taler sammen'].map((text) => `: ${text}`),
      ...GIVEN.agreed.rows.flat().map((text) => `: ${text}`),
      'Heading1: Hvem holder øje?',
      ': Karen Holm er tovholder.',
      'Close: Sig det til os.',
    ])
    assert.equal(document?.match(/<w:tblHeader\/>/g)?.length, 1)
    assert.deepEqual(paragraphsIn(footer), [': Skolen gemmer referatet.'])
  })

  it('say that there are no agreements yet, instead of an empty table', async () => {
    const { 'word/document.xml': document } = await partsOf({ ...GIVEN, agreed: { ...GIVEN.agreed, rows: [] } })
    assert.ok(paragraphsIn(document).includes(': Ingen aftaler endnu.'))
    assert.doesNotMatch(document ?? '', /<w:tbl>/)
  })

  it('are in their own language, for whoever has them read aloud', async () => {
    assert.match((await partsOf(GIVEN))['word/styles.xml'] ?? '', /w:lang w:val="da-DK"/)
    assert.match((await partsOf({ ...GIVEN, language: 'en' }))['word/styles.xml'] ?? '', /w:lang w:val="en-GB"/)
  })

  it('are the same document every time', async () => {
    const [first, second] = [await partsOf(GIVEN), await partsOf(GIVEN)]
    assert.equal(first['word/document.xml'], second['word/document.xml'])
  })
})
