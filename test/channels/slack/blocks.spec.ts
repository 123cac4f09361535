// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a card template names a value
import { strict as assert } from 'node:assert'
import type { KnownBlock, RichTextText } from '@slack/types'
import fc from 'fast-check'
import type { Card } from '../../../src/app/ports.ts'
import { blocksOf } from '../../../src/channels/slack/blocks.ts'
import { LANGUAGES } from '../../../src/domain/team.ts'
import { anyCard } from '../../helpers/any-card.ts'
import { buttonsOnBlocks, fieldsOnBlocks, wordsOnBlocks } from '../../helpers/blocks.ts'
import { buttonsOn, fieldsOn, wordsOn } from '../../helpers/cards.ts'
import { drawings, type Stuff } from '../../helpers/drawings.ts'
import { messageFault } from '../../helpers/slack-rules.ts'

const PLAIN: Stuff = { text: (max) => 'Ringe hjem fredag'.slice(0, max), name: 'Karen Holm', many: 3 }
const LONG: Stuff = { text: (max) => 'ж🪢'.repeat(max).slice(0, max), name: '🪢 Жанна '.repeat(30), many: 30 }

/** What Slack reads in a text that is not plain, and what a screen or a string may stumble on. */
const TRICKS = [
  '<!channel>',
  '<@U123ABC>',
  '<http://x.dk|x>',
  '*bold* _i_ ~s~',
  '`c` ```d```',
  '&amp; &lt;b&gt;',
  '${1+1}',
  ':fire:',
  '> q',
  '\\* \\',
  '👩‍👩‍👧 🤷🏽‍♀️',
  'שלום',
]
const tricky = (trick: string): Stuff => ({ text: (max) => (max < trick.length ? 'MK' : trick), name: trick, many: 3 })

const card = (...body: object[]): Card => ({ type: 'AdaptiveCard', version: '1.5', body })

/** Line by line, without what says "look here" in the place of a red background. */
const lines = (words: string): string[] =>
  words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '⚠️')

const takesFields = (card: Card): boolean => buttonsOn(card).some(({ takesInputs }) => takesInputs)

/** What the card says, as far as that differs in Slack; a text to copy stands on each of our cards a second time. */
const said = (card: Card): string => {
  const form = takesFields(card)
  return wordsOn(
    JSON.parse(JSON.stringify(card), (_, part) => {
      if (String(part?.type).startsWith('Input.')) return form ? { ...part, placeholder: invitation(part) } : undefined
      if (part?.facts) return { ...part, facts: part.facts.map(named) }
      return part
    }),
  )
}

/** A choice that is laid out has no place for an invitation to choose; another always has one. */
const invitation = ({ type, style, label, placeholder = '' }: Record<string, string>): string => {
  if (type === 'Input.Text') return placeholder
  return style === 'expanded' ? '' : placeholder || (label ?? '')
}

const named = ({ title, value }: Record<string, string>) => ({
  title: /[.,:;!?…]$/.test(title ?? '') ? title : `${title}:`,
  value,
})

const save = { type: 'Action.Execute', title: 'Gem', verb: 'save', data: {} }
const read = { ...save, title: 'Åbn', associatedInputs: 'none' }

const sorts = (blocks: KnownBlock[]): string[] => blocks.map(({ type }) => type)

/** All the runs of a card that is one text. */
const runsIn = (card: Card) =>
  blocksOf(card).flatMap((block) =>
    block.type === 'rich_text' ? block.elements.flatMap(({ elements }) => elements as RichTextText[]) : [],
  )

for (const language of LANGUAGES)
  describe(`every card in Slack, in ${language}`, () => {
    it('is taken, and says, asks and offers what the card does', () => {
      for (const { name, card } of drawings(language, PLAIN).all) {
        const blocks = blocksOf(card)
        assert.equal(messageFault({ blocks }), undefined, name)
        assert.deepEqual(lines(wordsOnBlocks(blocks)), lines(said(card)), name)
        assert.deepEqual(
          buttonsOnBlocks(blocks).map(({ actionId: _, value: __, ...button }) => button),
          buttonsOn(card),
          name,
        )
        assert.deepEqual(
          fieldsOnBlocks(blocks).map(({ blockId: _, type: __, ...field }) => field),
          takesFields(card) ? fieldsOn(card) : [],
          name,
        )
      }
    })

    it('is taken however much there is to show, with every button that the card ends with', () => {
      for (const { name, card } of drawings(language, LONG).all) {
        const blocks = blocksOf(card)
        assert.equal(messageFault({ blocks }), undefined, name)
        const last = buttonsOn({ actions: card.actions }).map(({ verb, data }) => ({ verb, data }))
        const shown = buttonsOnBlocks(blocks).map(({ verb, data }) => ({ verb, data }))
        assert.deepEqual(last.length > 0 ? shown.slice(-last.length) : [], last, name)
      }
    })

    for (const trick of TRICKS)
      it(`shows ${trick} as it was typed`, () => {
        for (const { name, card } of drawings(language, tricky(trick)).all) {
          const blocks = blocksOf(card)
          assert.equal(messageFault({ blocks }), undefined, name)
          assert.deepEqual(lines(wordsOnBlocks(blocks)), lines(said(card)), name)
          assert.ok(!JSON.stringify(blocks).includes('mrkdwn'), name)
        }
      })

    it('reads no emoji codes', () => {
      for (const { name, card } of drawings(language, PLAIN).all)
        assert.ok(!JSON.stringify(blocksOf(card)).includes('"emoji":true'), name)
    })
  })

describe('a card in Slack', () => {
  it('is taken, whatever it is made of', () => {
    fc.assert(
      fc.property(anyCard, (any) => {
        const blocks = blocksOf(any)
        assert.equal(messageFault({ blocks, text: 'x' }), undefined)
      }),
      // A card that fails is made smaller until then.
      { interruptAfterTimeLimit: 5000 },
    )
  })

  it('has its title as a heading, small print as such, and the rest as one text', () => {
    const blocks = blocksOf(
      card(
        { type: 'TextBlock', text: 'Trin 1 af 4', isSubtle: true },
        { type: 'TextBlock', text: 'Ring hjem', style: 'heading' },
        { type: 'TextBlock', text: 'F\\-1\\_2' },
        { type: 'TextBlock', text: 'Tæt på', weight: 'Bolder', spacing: 'None' },
        { type: 'FactSet', spacing: 'Small', facts: [{ title: 'Hvem\\*', value: 'Bo' }] },
      ),
    )
    assert.deepEqual(blocks, [
      { type: 'context', elements: [{ type: 'plain_text', text: 'Trin 1 af 4', emoji: false }] },
      { type: 'header', text: { type: 'plain_text', text: 'Ring hjem', emoji: false } },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'F-1_2' },
              { type: 'text', text: '\n' },
              { type: 'text', text: 'Tæt på', style: { bold: true } },
              { type: 'text', text: '\n' },
              { type: 'text', text: 'Hvem*:', style: { bold: true } },
              { type: 'text', text: ' Bo' },
            ],
          },
        ],
      },
    ])
  })

  it('quotes what stands out, in one piece', () => {
    const blocks = blocksOf(
      card({
        type: 'Container',
        style: 'emphasis',
        items: [
          { type: 'TextBlock', text: 'Aftaler', style: 'heading' },
          { type: 'Container', separator: true, items: [{ type: 'TextBlock', text: 'Møde' }] },
        ],
      }),
    )
    const elements = [
      { type: 'text', text: 'Aftaler' },
      { type: 'text', text: '\n\n' },
      { type: 'text', text: 'Møde' },
    ]
    assert.deepEqual(blocks, [{ type: 'rich_text', elements: [{ type: 'rich_text_quote', elements }] }])
  })

  it('points at faults, and draws a line between rows', () => {
    const row = (text: string) => ({ type: 'Container', separator: true, items: [{ type: 'TextBlock', text }] })
    const faults = { type: 'Container', style: 'attention', items: [{ type: 'TextBlock', text: 'Skriv hvem' }] }
    const blocks = blocksOf(card(faults, row('a'), row('b')))
    assert.deepEqual(sorts(blocks), ['rich_text', 'divider', 'rich_text', 'divider', 'rich_text'])
    assert.equal(wordsOnBlocks(blocks), '⚠️ \nSkriv hvem\na\nb')
  })

  it('says in bold what is coloured, and warns with a sign where there is none', () => {
    const coloured = (color: string, text: string) => ({ type: 'TextBlock', text, color, spacing: 'None' })
    const items = [
      coloured('Attention', 'tre dage over tiden'),
      coloured('attention', '🔴 over tiden'),
      coloured('accent', 'i dag'),
      coloured('Accent', '💡 Skriv hvem'),
      coloured('good', '✅ gjort'),
    ]
    const bold = { style: { bold: true } }
    assert.deepEqual(runsIn(card({ type: 'Container', items })), [
      { type: 'text', text: '⚠️ ' },
      { type: 'text', text: 'tre dage over tiden', ...bold },
      { type: 'text', text: '\n' },
      { type: 'text', text: '🔴 over tiden' },
      { type: 'text', text: '\n' },
      { type: 'text', text: 'i dag', ...bold },
      { type: 'text', text: '\n' },
      { type: 'text', text: '💡 Skriv hvem' },
      { type: 'text', text: '\n' },
      { type: 'text', text: '✅ gjort' },
    ])
  })

  it('warns once, where a warning begins with a warning', () => {
    const items = [{ type: 'TextBlock', text: 'Skriv hvem', color: 'attention' }]
    assert.equal(wordsOnBlocks(blocksOf(card({ type: 'Container', style: 'attention', items }))), '⚠️ \nSkriv hvem')
  })

  it('says facts with a colon, unless another mark stands there', () => {
    const facts = [
      { title: 'Elev', value: 'MK' },
      { title: 'Hvem?', value: 'Bo' },
      { title: ' ', value: 'Åben' },
    ]
    const words = runsIn(card({ type: 'FactSet', facts })).map(({ text }) => text)
    assert.equal(words.join(''), 'Elev: MK\nHvem? Bo\nÅben')
  })

  it('makes a list of neighbouring lines with bullets', () => {
    const lines = ['Husk', '• ringe', '• skrive', '• ', 'Farvel'].map((text, index) => ({
      type: 'TextBlock',
      text,
      spacing: index === 3 ? 'Default' : 'None',
    }))
    const line = (...texts: string[]) => ({
      type: 'rich_text_section',
      elements: texts.map((text) => ({ type: 'text', text })),
    })
    const list = { type: 'rich_text_list', style: 'bullet', elements: [line('ringe'), line('skrive')] }
    const blocks = blocksOf(card(...lines))
    assert.deepEqual(blocks, [{ type: 'rich_text', elements: [line('Husk'), list, line('\n', '• ', '\n', 'Farvel')] }])
    assert.equal(wordsOnBlocks(blocks), 'Husk\n• ringe\n• skrive\n• \nFarvel')
  })

  it('goes on with the bar of a quotation beside a list', () => {
    const inlines = [
      { type: 'TextRun', text: '• ' },
      { type: 'TextRun', text: 'ringe', italic: true },
    ]
    const items = [
      { type: 'TextBlock', text: 'Hej' },
      { type: 'RichTextBlock', inlines },
    ]
    const item = { type: 'rich_text_section', elements: [{ type: 'text', text: 'ringe', style: { italic: true } }] }
    const quoted = { type: 'Container', style: 'emphasis', items }
    const after = { type: 'TextBlock', text: 'Farvel' }
    assert.deepEqual(blocksOf(card({ type: 'Container', items: [quoted, after] })), [
      {
        type: 'rich_text',
        elements: [
          { type: 'rich_text_quote', elements: [{ type: 'text', text: 'Hej' }] },
          { type: 'rich_text_list', style: 'bullet', border: 1, elements: [item] },
          { type: 'rich_text_section', elements: [{ type: 'text', text: 'Farvel' }] },
        ],
      },
    ])
  })

  it('gives each sentence that is to be read aloud room of its own', () => {
    const sheet = drawings('da', PLAIN).all.find(({ name }) => name === 'call-prep, sheet')?.card
    const [quoted] = blocksOf(sheet ?? card()).flatMap((block) =>
      block.type === 'rich_text' ? block.elements.filter(({ type }) => type === 'rich_text_quote') : [],
    )
    assert.equal(JSON.stringify(quoted).split(String.raw`"\n\n"`).length, 5)
  })

  it('leaves out a field to copy from that only repeats the card, and quotes another', () => {
    const copy = (value: string) => ({ type: 'Input.Text', id: 'copy', label: 'Kopiér herfra', value })
    const drawn = (value: string, ...actions: object[]) =>
      blocksOf({ ...card({ type: 'TextBlock', text: 'Hej\\! Farvel\n• ringe' }, copy(value)), actions })
    assert.deepEqual(sorts(drawn('• ringe\n\nHej! Farvel', read)), ['rich_text', 'actions'])
    assert.equal(wordsOnBlocks(drawn('• ringe\n\nHej! Farvel', read)), 'Hej! Farvel\n• ringe\nÅbn')
    const [quoted] = drawn('Hej!\n• ringe', read)
    assert.deepEqual(quoted?.type === 'rich_text' && quoted.elements.map(({ type }) => type), [
      'rich_text_section',
      'rich_text_quote',
      'rich_text_list',
    ])
    assert.ok(wordsOnBlocks(drawn('Hej!\n• ringe', read)).endsWith('\nKopiér herfra\nHej!\n• ringe\nÅbn'))
    assert.deepEqual(sorts(drawn('• ringe', read, save)), ['rich_text', 'input', 'actions'])
  })

  it('says what stands in a field that nothing takes along as a person reads it', () => {
    const choices = [
      { title: 'Skolen', value: 's' },
      { title: 'Hjemmet', value: 'h' },
      { title: 'Eleven', value: 'e' },
    ]
    const body = [
      { type: 'Input.ChoiceSet', id: 'a', label: 'Hvem', isMultiSelect: true, value: 's,e', choices },
      { type: 'Input.ChoiceSet', id: 'b', label: 'Hvordan', value: 'x', choices },
      { type: 'Input.Toggle', id: 'c', label: 'Spurgt', title: 'Ja', value: 'true' },
      { type: 'Input.Toggle', id: 'd', label: 'Sagt', title: 'Nej', value: 'false' },
      { type: 'Input.Text', id: 'e', label: 'Note' },
    ]
    assert.equal(wordsOnBlocks(blocksOf(card(...body))), 'Hvem\nSkolen, Eleven\nSpurgt\nJa')
  })

  it('flattens columns in reading order', () => {
    const column = (text: string) => ({ type: 'Column', items: [{ type: 'TextBlock', text }] })
    assert.equal(wordsOnBlocks(blocksOf(card({ type: 'ColumnSet', columns: [column('a'), column('b')] }))), 'a\nb')
  })

  it('gives up lines before rows, and says where rows are missing', () => {
    const row = (text: string) => ({
      type: 'Container',
      separator: true,
      items: [
        { type: 'TextBlock', text },
        { type: 'ActionSet', actions: [{ type: 'Action.Execute', title: text, verb: 'open', data: {} }] },
      ],
    })
    const rows = (count: number) => Array.from({ length: count }, (_, index) => row(`r${index}`))
    const drawn = (count: number) => blocksOf({ ...card(...rows(count)), actions: [save] })
    assert.ok(sorts(drawn(16)).includes('divider'))
    assert.deepEqual(new Set(sorts(drawn(24))), new Set(['rich_text', 'actions']))
    assert.ok(wordsOnBlocks(drawn(24)).endsWith('r23\nr23\nGem'))
    assert.equal(drawn(40).length, 50)
    assert.ok(wordsOnBlocks(drawn(40)).endsWith('r23\nr23\n…\nGem'))
  })

  it('shortens the longest texts first, and nothing that people have entered', () => {
    const text = (letter: string, length: number) => ({ type: 'TextBlock', text: letter.repeat(length) })
    const field = { type: 'Input.Text', id: 'note', label: 'Note', value: 'v'.repeat(3000) }
    const long = card(text('a', 9000), text('b', 100), text('c', 8000), field)
    const words = wordsOnBlocks(blocksOf({ ...long, actions: [save] }))
    const [a = '', b, c = '', label, value] = words.split('\n')
    assert.deepEqual([b?.length, label, value?.length], [100, 'Note', 3000])
    assert.equal(a.length, c.length)
    assert.ok(a.endsWith('a…') && c.endsWith('c…') && a.length > 3000)
    assert.ok(words.length <= 10_010)
  })

  it('shortens what there is to choose from where nothing else is left to shorten', () => {
    const choices = Array.from({ length: 100 }, (_, index) => ({
      title: `${index} `.padEnd(75, 'x'),
      value: `v${index}`,
    }))
    const select = (id: string) => ({ type: 'Input.ChoiceSet', id, label: 'Hvem', choices, value: 'v7' })
    const full = card({ type: 'TextBlock', text: 'Hvem?' }, select('a'), select('b'), select('c'))
    const blocks = blocksOf({ ...full, actions: [save] })
    assert.equal(messageFault({ blocks }), undefined)
    assert.deepEqual(
      fieldsOnBlocks(blocks).map(({ value, choices }) => [value, choices.length]),
      [
        ['v7', 100],
        ['v7', 100],
        ['v7', 100],
      ],
    )
    const words = wordsOnBlocks(blocks)
    assert.ok(words.includes('42 xxx') && words.replaceAll('\n', '').length <= 10_000)
  })

  it('keeps what stands in boxes of its own apart', () => {
    const box = (text: string) => ({ type: 'Container', items: [{ type: 'TextBlock', text }] })
    assert.deepEqual(sorts(blocksOf(card(box('a'), box('b')))), ['rich_text', 'rich_text'])
  })
})
