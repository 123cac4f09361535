import assert from 'node:assert/strict'
import JSZip from 'jszip'
import type { DeckFile, SchoolWords, Stage } from '../../src/app/ports.ts'
import { sceneOf } from '../../src/app/scene.ts'
import { deckOf } from '../../src/app/view/deck.ts'
import { LANGUAGES, type Language } from '../../src/domain/team.ts'
import { deck } from '../../src/export/deck.ts'
import { linkFor } from '../../src/store/links.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { content } from '../helpers/core-stage.ts'
import { aTeam, NOON } from '../helpers/documents.ts'

const STAGES: Stage[] = ['indskoling', 'mellemtrin', 'udskoling']
const SCHOOL: SchoolWords = {
  away: 'Vi ringer <hjem> & siger »vi savner dig«',
  together: 'Faste makkere',
  support: 'Én fast voksen',
  contact: 'Kontoret, tlf. 12 34 56 78',
}
const given = (language: Language, stage: Stage, school = SCHOOL): DeckFile =>
  deckOf(sceneOf(content, aTeam('t'), language, NOON), { kind: 'deck', stage, school })

const textIn = (xml = ''): string =>
  [...xml.matchAll(/<a:t>([^<]*)<\/a:t>/g)].map(([, text = '']) => text.replaceAll('\u00a0', ' ')).join('\n')

/** What stands on each slide, and below it, in order. */
async function slidesOf(file: DeckFile): Promise<{ xml: string; text: string; notes: string }[]> {
  const zip = await JSZip.loadAsync(await deck(file))
  const read = async (name: string) => (await zip.file(name)?.async('string')) ?? ''
  return Promise.all(
    file.slides.map(async (_, index) => {
      const xml = await read(`ppt/slides/slide${index + 1}.xml`)
      return { xml, text: textIn(xml), notes: textIn(await read(`ppt/notesSlides/notesSlide${index + 1}.xml`)) }
    }),
  )
}

for (const language of LANGUAGES)
  for (const stage of STAGES)
    describe(`the slides of a parents’ meeting, ${stage} in ${language}`, () => {
      const file = given(language, stage)
      let slides: Awaited<ReturnType<typeof slidesOf>>
      before(async () => {
        slides = await slidesOf(file)
      })

      it('are ten, each with a real title and with all that belongs on it', () => {
        assert.equal(slides.length, 10)
        for (const [index, { xml, text }] of slides.entries()) {
          assert.match(xml, /<p:ph\s[^>]*type="title"/, `slide ${index + 1}`)
          assert.ok(text.includes(file.slides[index]?.title ?? '-'), `slide ${index + 1}`)
        }
      })

      it('have a good deal to say below every one', () => {
        for (const [index, { notes }] of slides.entries()) assert.ok(notes.length > 150, `slide ${index + 1}: ${notes}`)
      })

      it('say what the school wrote, as it was written, and whom to talk to', () => {
        const school = slides[5]?.text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
        for (const words of [SCHOOL.away, SCHOOL.together, SCHOOL.support]) assert.ok(school?.includes(words ?? '-'))
        assert.ok(slides[9]?.text.includes(SCHOOL.contact))
      })

      it('threaten nobody, blame nobody and name no ailment', () => {
        const said = slides.flatMap(({ text }) => text).join('\n')
        assert.doesNotMatch(
          said,
          /bøde|sanktion|underret|ulovlig|vægring|pjæk|skyldes|fine\b|sanction|unlawful|truan|refus/i,
        )
      })
    })

describe('the slides of a parents’ meeting', () => {
  it('differ from stage to stage where children differ', () => {
    const texts = STAGES.map((stage) => JSON.stringify(given('da', stage).slides))
    assert.equal(new Set(texts).size, 3)
    const questions = STAGES.map((stage) => JSON.stringify(given('en', stage).slides[8]))
    assert.equal(new Set(questions).size, 3)
  })

  it('leave out what the school did not write', async () => {
    const { away, contact } = SCHOOL
    const [, , , , , school] = await slidesOf(given('da', 'mellemtrin', { away, contact }))
    assert.ok(school?.text.includes('Når et barn er væk'))
    assert.ok(!school?.text.includes('For fællesskabet'))
  })

  it('are the same slides every time', async () => {
    const [first, second] = [await slidesOf(given('da', 'udskoling')), await slidesOf(given('da', 'udskoling'))]
    assert.deepEqual(first, second)
  })

  it('have a link that Slack takes, whatever alphabet the school writes in', () => {
    const ring = parseKeyRing(`a-rather-long-key-id-2026:${Buffer.alloc(32, 1).toString('base64')}`)
    const long = '課'.repeat(120)
    const school = { away: long, together: long, support: long, contact: long }
    const ticket = {
      id: 'x'.repeat(16),
      team: `19:${'t'.repeat(60)}@thread.tacv2`,
      user: '00000000-0000-0000-0000-000000000000',
      until: NOON,
      order: { kind: 'deck' as const, stage: 'indskoling' as const, school },
    }
    assert.ok(linkFor(ring, 'https://tovholder.en-lang-kommune.example', ticket).length < 3000)
  })
})
