// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a card template names a value
import { strict as assert } from 'node:assert'
import { readdirSync, readFileSync } from 'node:fs'
import { Template } from 'adaptivecards-templating'
import { compileCard } from '../../src/app/cards.ts'
import { LANGUAGES } from '../../src/domain/team.ts'
import { buttonsOn, type Node, nodes, wordsOn } from '../helpers/cards.ts'
import { drawings, type Stuff } from '../helpers/drawings.ts'

const FILES = readdirSync('cards')

/** Letters of two bytes, as in Ukrainian or Arabic, in every field to its limit, and far more of everything than usual. */
const LONG: Stuff = { text: (max) => 'ж'.repeat(max), name: 'Жанна Петрівна Лук’яненко', many: 30 }

const TRICKS = [
  '${secret}',
  '**bold** [x](http://evil.example)',
  '<at>Bo</at>',
  '<b>b</b>',
  '# h',
  '- l',
  '1. l',
  '`c` ~~s~~ _i_ \\*',
]
const tricky = (trick: string): Stuff => ({ text: (max) => (max < trick.length ? 'MK' : trick), name: trick, many: 3 })

const PORTABLE =
  /^(AdaptiveCard|TextBlock|RichTextBlock|TextRun|FactSet|Container|ColumnSet|Column|Input\.(Text|Date|ChoiceSet|Toggle)|ActionSet|Action\.(Execute|OpenUrl))$/
/** What a client that cannot draw it leaves out. */
const OPTIONAL = /^Chart\.Donut$/
/** What may go with a button: names of things to look up, and the word for which button it was. */
const IDS = [
  'team',
  'session',
  'step',
  'action',
  'code',
  'agreement',
  'post',
  'command',
  'language',
  'helped',
  'force',
  'part',
  'add',
  'item',
  'meeting',
]

/** What a client would draw from a text that it reads as Markdown; a sign behind a backslash stands for itself. */
const markdownIn = (text: string): string[] =>
  text.replaceAll(/\\[!-/:-@[-`{-~]/g, '').match(/[*_`~[\]<>|]|^\s*([#+-]|\d+[.)])\s/gm) ?? []

const readAsMarkdown = (card: unknown): string[] =>
  nodes(card).flatMap(({ type, text, facts }: Node) => [
    ...(type === 'TextBlock' ? [String(text)] : []),
    ...((facts ?? []) as Node[]).flatMap(({ title, value }) => [String(title), String(value)]),
  ])

const withoutEscapes = (card: unknown): string =>
  JSON.stringify(card, (_key, value) => (typeof value === 'string' ? value.replaceAll('\\', '') : value), 2)

for (const language of LANGUAGES)
  describe(`every card, in ${language}`, () => {
    const { all: long, fillings } = drawings(language, LONG)

    it('is looked at here', () => {
      const templates = new Set(fillings.map(({ template }) => template))
      assert.deepEqual([...templates].sort(), FILES.map((file) => file.replace('.json', '')).sort())
    })

    it('is what the templating library makes of it, but for what would be read as Markdown', function () {
      // The library walks every template anew, for some sixty cards.
      this.timeout(60_000)
      for (const { template, data, card } of fillings) {
        const source = JSON.parse(readFileSync(`cards/${template}.json`, 'utf8'))
        const expected = new Template(source).expand({ $root: data })
        assert.equal(withoutEscapes(card), withoutEscapes(expected), template)
      }
    })

    it('stays far below the size that Teams refuses, however much there is to show', () => {
      const sizes = long.map(
        ({ name, card }) => `${Math.ceil(Buffer.byteLength(JSON.stringify(card)) / 1024)} KB: ${name}`,
      )
      assert.deepEqual(
        sizes.filter((size) => Number.parseInt(size, 10) > 25),
        [],
      )
    })

    it('is an Adaptive Card 1.5 of nothing but the portable parts', () => {
      for (const { name, card } of long) {
        assert.equal(card.version, '1.5', name)
        assert.equal(card.lang, language, name)
        for (const { type, fallback } of nodes(card)) {
          if (type === undefined) continue
          if (OPTIONAL.test(String(type))) assert.equal(fallback, 'drop', name)
          else assert.match(String(type), PORTABLE, name)
        }
      }
    })

    it('names every field, and no two of them alike', () => {
      for (const { name, card } of long) {
        const fields = nodes(card).filter(({ type }) => String(type).startsWith('Input.'))
        for (const { label } of fields) assert.ok(typeof label === 'string' && label !== '', name)
        assert.equal(new Set(fields.map(({ id }) => id)).size, fields.length, name)
      }
    })

    it('carries nothing but ids in its buttons', () => {
      for (const { name, card } of drawings(language, tricky(TRICKS.join(' '))).all)
        for (const { title, data } of buttonsOn(card))
          for (const [key, value] of Object.entries(data)) {
            assert.ok(IDS.includes(key), `${name}, ${title}: ${key}`)
            assert.match(String(value), /^[\w.:@-]*$/, `${name}, ${title}: ${key}`)
          }
    })

    for (const trick of TRICKS)
      it(`shows ${trick} as it was typed`, () => {
        for (const { name, card } of drawings(language, tricky(trick)).all) {
          assert.deepEqual(readAsMarkdown(card).flatMap(markdownIn), [], name)
          assert.ok(!JSON.stringify(card).replaceAll(JSON.stringify('${secret}').slice(1, -1), '').includes('${'), name)
          // Escaped twice, it would be shown with a backslash.
          const shown = wordsOn(card).replaceAll(trick, '')
          assert.ok(!shown.includes('\\'), `${name} shows a backslash:\n${shown}`)
        }
      })

    it("keeps initials, notes and the pupil's words out of the channel", () => {
      const secret = (max: number) => (max === 240 ? 'Mødes' : `hemmelig${max}`)
      for (const { name, card, channel } of drawings(language, { text: secret, name: 'Karen', many: 3 }).all)
        if (channel) assert.ok(!JSON.stringify(card).includes('hemmelig'), name)
    })
  })

describe('a card template', () => {
  it('is refused outside the portable parts, by name', () => {
    const image = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Image', url: 'https://x.example' }] }
    assert.throws(() => compileCard(image), /"Image" cannot be shown everywhere; use one of: AdaptiveCard/)
    assert.throws(() => compileCard({ type: 'AdaptiveCard', version: '1.6' }), /version 1\.5/)
  })

  it('may have a chart that is left out where it cannot be drawn, and no other', () => {
    const withChart = (chart: object) => ({ type: 'AdaptiveCard', version: '1.5', body: [chart] })
    assert.doesNotThrow(() => compileCard(withChart({ type: 'Chart.Donut', fallback: 'drop', data: [] })))
    assert.throws(
      () => compileCard(withChart({ type: 'Chart.Donut', data: [] })),
      /"Chart\.Donut" cannot be shown everywhere; give it "fallback": "drop" and say the same in words/,
    )
    assert.throws(() => compileCard(withChart({ type: 'Chart.Pie', fallback: 'drop' })), /"Chart\.Pie" cannot be shown/)
  })

  it('is never shown with a value missing', () => {
    const { expand } = compileCard({
      type: 'AdaptiveCard',
      version: '1.5',
      body: [{ type: 'TextBlock', text: '${a.b}' }],
    } as object)
    assert.throws(() => expand({ a: {} }), /no value for "a\.b"/)
  })

  it('says in words what a button does, and has no heading but its title', () => {
    for (const file of FILES) {
      const all = nodes(JSON.parse(readFileSync(`cards/${file}`, 'utf8')))
      assert.equal(all.filter(({ style }) => style === 'heading').length, 1, file)
      for (const { type, title } of all) if (type === 'Action.Execute') assert.ok(title, file)
    }
  })
})
