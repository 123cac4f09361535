import { strict as assert } from 'node:assert'
import type { InputBlock } from '@slack/types'
import fc from 'fast-check'
import { blocksOf } from '../../../src/channels/slack/blocks.ts'
import { inputBlock, valuesIn } from '../../../src/channels/slack/inputs.ts'
import { hasInputs } from '../../../src/channels/slack/nodes.ts'
import { anyCard } from '../../helpers/any-card.ts'
import { fieldsOnBlocks, stateOnBlocks } from '../../helpers/blocks.ts'
import { fieldsOn } from '../../helpers/cards.ts'
import { messageFault } from '../../helpers/slack-rules.ts'

const MOMENT = { moment: '{"step":"talk"}', position: 0, modal: false }
const drawn = (field: object, at: Partial<typeof MOMENT> = {}): InputBlock => {
  const block = inputBlock({ id: 'x', label: 'Hvem', ...field }, { ...MOMENT, ...at })
  assert.ok(block)
  return block
}
const element = (field: object) => drawn(field).element as unknown as Record<string, unknown>
const choices = (count: number, prefix = 'v') =>
  Array.from({ length: count }, (_, index) => ({ title: `T${index}`, value: `${prefix}${index}` }))
const save = { type: 'Action.Execute', title: 'Gem', verb: 'save', data: {} }
const choice = (count: number, more: object = {}) => ({ type: 'Input.ChoiceSet', choices: choices(count), ...more })

describe('a field in Slack', () => {
  it('is named, and in a modal needed only where the card says so', () => {
    const { label, optional } = drawn({ type: 'Input.Text' }, { modal: true })
    assert.deepEqual([label.text, optional], ['Hvem', true])
    assert.equal(drawn({ type: 'Input.Text', isRequired: true }, { modal: true }).optional, false)
  })

  it('is never called optional in a message, which Slack would do in English', () => {
    assert.equal(drawn({ type: 'Input.Text' }).optional, false)
    assert.equal(drawn({ type: 'Input.Text', isRequired: true }).optional, false)
  })

  it('invites to pick something with its own words, or with its name', () => {
    const people = { type: 'Input.ChoiceSet', style: 'filtered', choices: choices(3, 'U0ABCDE') }
    const invitation = (field: object) => (element(field).placeholder as { text: string } | undefined)?.text
    for (const field of [{ type: 'Input.Date' }, choice(2), choice(12, { isMultiSelect: true }), people]) {
      assert.equal(invitation(field), 'Hvem')
      assert.equal(invitation({ ...field, label: 'x'.repeat(151) }), `${'x'.repeat(149)}…`)
      assert.equal(invitation({ ...field, placeholder: 'Vælg en' }), 'Vælg en')
      assert.equal(invitation({ ...field, label: ' ' }), undefined)
    }
    for (const field of [{ type: 'Input.Text' }, { type: 'Input.Toggle' }, choice(2, { style: 'expanded' })])
      assert.equal(invitation(field), undefined)
  })

  it('takes a text as long as the card does, and no longer than Slack can', () => {
    const text = { type: 'Input.Text', isMultiline: true, maxLength: 5, value: 'tøvede', placeholder: 'Skriv' }
    assert.deepEqual(element(text), {
      type: 'plain_text_input',
      action_id: 'x',
      multiline: true,
      max_length: 5,
      initial_value: 'tøve…',
      placeholder: { type: 'plain_text', text: 'Skriv', emoji: false },
    })
    assert.equal(element({ type: 'Input.Text', maxLength: 0 }).max_length, 3000)
  })

  it('opens at the day it is about, unless there is no such day', () => {
    assert.equal(element({ type: 'Input.Date', value: '2026-11-30' }).initial_date, '2026-11-30')
    for (const value of ['', '2026-02-30', '30.11.2026', 'i morgen'])
      assert.equal(element({ type: 'Input.Date', value }).initial_date, undefined)
  })

  it('lays a few choices out and folds many up', () => {
    const sort = (field: object) => element(field).type
    assert.equal(sort(choice(10, { style: 'expanded' })), 'radio_buttons')
    assert.equal(sort(choice(11, { style: 'expanded' })), 'static_select')
    assert.equal(sort(choice(2, { style: 'compact' })), 'static_select')
    assert.equal(sort(choice(10, { style: 'expanded', isMultiSelect: true })), 'checkboxes')
    assert.equal(sort(choice(11, { style: 'expanded', isMultiSelect: true })), 'multi_static_select')
  })

  it('shows what is chosen, and nothing that is not among the choices', () => {
    const value = (field: object) => fieldsOnBlocks([drawn(field)])[0]?.value
    assert.equal(value(choice(3, { value: 'v1' })), 'v1')
    assert.equal(value(choice(3, { value: 'v7' })), '')
    assert.equal(value(choice(3, { isMultiSelect: true, value: 'v2,v9,v0' })), 'v0,v2')
  })

  it('finds a colleague with the search that Slack has', () => {
    const people = { type: 'Input.ChoiceSet', style: 'filtered', choices: choices(3, 'U0ABCDE'), value: 'U0ABCDE1' }
    assert.deepEqual(element(people), {
      type: 'users_select',
      action_id: 'x',
      initial_user: 'U0ABCDE1',
      placeholder: { type: 'plain_text', text: 'Hvem', emoji: false },
    })
    assert.equal(element({ ...people, style: 'compact' }).type, 'static_select')
    assert.equal(
      element({ ...people, choices: [...people.choices, { title: 'Ingen', value: 'none' }] }).type,
      'static_select',
    )
  })

  it('offers a hundred choices at most, the chosen one among them, and says that there are more', () => {
    const block = drawn(choice(130, { value: 'v120' }))
    const [field] = fieldsOnBlocks([block])
    assert.deepEqual([field?.choices.length, field?.value, field?.choices.at(-1)], [100, 'v120', 'v120'])
    assert.equal(block.hint?.text, '…')
    assert.equal(drawn(choice(100)).hint, undefined)
  })

  it('is told about where there is nothing to choose', () => {
    assert.equal(inputBlock({ id: 'x', label: 'Hvem', ...choice(0) }, MOMENT), undefined)
    const body = [{ id: 'x', label: 'Hvem', ...choice(0) }]
    const text = { type: 'text', text: 'Hvem: …' }
    const [first] = blocksOf({ type: 'AdaptiveCard', body, actions: [save] })
    assert.deepEqual(first, { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [text] }] })
  })

  it('has another id as soon as it is asked at another moment, elsewhere or with something else in it', () => {
    const text = { type: 'Input.Text', value: 'a' }
    const id = drawn(text).block_id
    assert.equal(drawn({ ...text }).block_id, id)
    const others = [
      drawn({ ...text, value: 'b' }),
      drawn({ ...text, label: 'Hvad' }),
      drawn(text, { moment: '{"step":"next"}' }),
      drawn(text, { position: 1 }),
    ]
    assert.equal(new Set([id, ...others.map(({ block_id }) => block_id)]).size, 5)
  })

  it('is looked for everywhere in a card', () => {
    const inner = { type: 'Container', items: [{ type: 'ColumnSet', columns: [{ items: [{ type: 'Input.Date' }] }] }] }
    assert.equal(hasInputs({ type: 'AdaptiveCard', body: [inner] }), true)
    assert.equal(hasInputs({ type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'Input.' }] }), false)
  })
})

describe('what was entered in Slack', () => {
  it('comes back as it stood in the card', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const blocks = blocksOf(card)
        assert.equal(messageFault({ blocks, text: 'x' }), undefined)
        const shown = new Map(fieldsOn(card).map(({ id, value }) => [id, value]))
        for (const [id, value] of Object.entries(valuesIn(stateOnBlocks(blocks)))) {
          const was = shown.get(id) ?? ''
          // Cut to fit, or not a value this field can have.
          if (!value.endsWith('…') && value !== '' && value !== 'false') assert.equal(value, was.toWellFormed())
        }
      }),
      { interruptAfterTimeLimit: 5000 },
    )
  })

  it('is read from every sort of field', () => {
    const body = [
      { type: 'Input.Text', id: 'note', label: 'Note' },
      { type: 'Input.Date', id: 'by', label: 'Dag' },
      { id: 'one', label: 'En', ...choice(3, { style: 'expanded' }) },
      { id: 'list', label: 'Liste', ...choice(12) },
      { id: 'some', label: 'Flere', ...choice(3, { style: 'expanded', isMultiSelect: true }) },
      { id: 'many', label: 'Mange', ...choice(12, { isMultiSelect: true }) },
      { id: 'who', label: 'Hvem', type: 'Input.ChoiceSet', style: 'filtered', choices: choices(3, 'U0ABCDE') },
      { type: 'Input.Toggle', id: 'sure', label: 'Sikker', title: 'Ja' },
    ]
    const blocks = blocksOf({ type: 'AdaptiveCard', body, actions: [save] })
    const nothing = { note: '', by: '', one: '', list: '', some: '', many: '', who: '', sure: 'false' }
    assert.deepEqual(valuesIn(stateOnBlocks(blocks)), nothing)
    const filled = {
      note: 'a,b\n<c>',
      by: '2026-11-30',
      one: 'v1',
      list: 'v11',
      some: 'v0,v2',
      many: 'v3,v4',
      who: 'U0ABCDE2',
      sure: 'true',
    }
    assert.deepEqual(valuesIn(stateOnBlocks(blocks, filled)), filled)
  })

  it('is nothing where Slack sends nothing, or nothing known', () => {
    for (const nothing of [undefined, null, {}, 'x', { a: 1 }, { a: { b: { value: 7 } } }])
      assert.deepEqual(valuesIn(nothing), {})
  })
})
