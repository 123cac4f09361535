import { strict as assert } from 'node:assert'
import type { Card } from '../../../src/app/ports.ts'
import { readCard } from '../../../src/channels/terminal/reading.ts'
import { buttonsOn, fieldsOn, wordsOn } from '../../helpers/cards.ts'
import { drawings } from '../../helpers/drawings.ts'

const inWords = (style: string, text: string) => `<${style}>${text}</${style}>`
const read = (body: object[], actions: object[] = []) =>
  readCard({ type: 'AdaptiveCard', body, actions } as Card, 7, inWords)
const execute = (title: string, verb: string, more = {}) => ({ type: 'Action.Execute', title, verb, data: {}, ...more })

describe('a card in a terminal', () => {
  it('has a number before each button, counted on from the last card', () => {
    const { lines, buttons } = read([], [execute('Done', 'done', { style: 'positive' }), execute('Stop', 'cancel')])
    assert.deepEqual(lines, ['', '<green>[7] Done</green>   [8] Stop'])
    assert.deepEqual(
      buttons.map(({ verb }) => verb),
      ['done', 'cancel'],
    )
  })

  it('asks for its fields only where a button takes them along', () => {
    const choices = [{ title: 'Yes', value: 'y' }]
    const field = { type: 'Input.ChoiceSet', id: 'f', label: 'Sure?', value: 'y', choices }
    const actions = [execute('Go', 'step'), execute('Back', 'back', { associatedInputs: 'none' })]
    const { lines, buttons } = read([{ type: 'Container', items: [field] }], actions)
    assert.equal(lines[0], '<dim>· Sure? [Yes]</dim>')
    assert.deepEqual(
      buttons.map(({ fields }) => fields),
      [[{ id: 'f', label: 'Sure?', value: 'y', options: choices }], []],
    )
  })

  it('shows what was typed as it was typed, and lets it move no cursor', () => {
    const { lines } = read([
      { type: 'TextBlock', text: String.raw`\*Bo\* \_og\_ Åse` },
      { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: '\u001b[31mred\u0007\u001b[2J', weight: 'Bolder' }] },
    ])
    assert.deepEqual(lines, ['*Bo* _og_ Åse', '<bold>red</bold>'])
  })

  it('shows where a link leads, without a number', () => {
    const actions = [{ type: 'Action.OpenUrl', title: 'Minutes', url: 'http://127.0.0.1/files/x' }, execute('Go', 'go')]
    const { lines, buttons } = read([], actions)
    assert.deepEqual(lines, ['', 'Minutes: <cyan>http://127.0.0.1/files/x</cyan>   [7] Go'])
    assert.equal(buttons.length, 1)
  })

  it('sets apart what the card sets apart', () => {
    const items = [{ type: 'TextBlock', text: 'Away' }]
    assert.deepEqual(read([{ type: 'Container', style: 'attention', items }]).lines, ['<red>│</red> Away'])
  })

  for (const language of ['da', 'en'] as const)
    it(`shows every word, field and button of every card there is, in ${language}`, () => {
      const { all } = drawings(language, { text: (max) => 'Æble & co.'.slice(0, max), name: 'Bo *Lund*', many: 3 })
      for (const { name, card } of all) {
        const { lines, buttons } = readCard(card, 1, (_, text) => text)
        const shown = lines.join('\n')
        for (const button of buttonsOn(card)) assert.ok(shown.includes(button.title), `${name}: ${button.title}`)
        assert.equal(buttons.length, buttonsOn(card).length, name)
        const asked = new Set(buttons.flatMap(({ fields }) => fields.map(({ id }) => id)))
        if (buttonsOn(card).some(({ takesInputs }) => takesInputs))
          for (const { id } of fieldsOn(card)) assert.ok(asked.has(id), `${name}: ${id}`)
        const words = wordsOn(card).split('\n')
        for (const word of words.filter((one) => one.startsWith('Æble'))) assert.ok(shown.includes(word), name)
      }
    })
})
