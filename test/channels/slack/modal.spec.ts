import { strict as assert } from 'node:assert'
import type { KnownBlock } from '@slack/types'
import fc from 'fast-check'
import type { Card } from '../../../src/app/ports.ts'
import { modalOf, readForm } from '../../../src/channels/slack/modal.ts'
import { hasInputs } from '../../../src/channels/slack/nodes.ts'
import { LANGUAGES } from '../../../src/domain/team.ts'
import { anyCard } from '../../helpers/any-card.ts'
import { fieldsOnBlocks, wordsOnBlocks } from '../../helpers/blocks.ts'
import { buttonsOn, fieldsOn } from '../../helpers/cards.ts'
import { drawings, type Stuff } from '../../helpers/drawings.ts'
import { viewFault } from '../../helpers/slack-rules.ts'

const LONG: Stuff = { text: (max) => 'ж🪢'.repeat(max).slice(0, max), name: '🪢 Жанна '.repeat(30), many: 30 }

const opened = (card: Card, more: { title?: string } = {}) => {
  const view = modalOf(card, { metadata: 'C0TEAM', ...more })
  assert.ok(view)
  return { ...view, blocks: view.blocks as KnownBlock[] }
}

const execute = (title: string, verb: string, associatedInputs: 'auto' | 'none', data: object = {}) => ({
  type: 'Action.Execute',
  title,
  verb,
  associatedInputs,
  data,
})
const heading = (text: string) => ({ type: 'TextBlock', style: 'heading', text })
const text = (words: string) => ({ type: 'TextBlock', text: words })
const date = { type: 'Input.Date', id: 'by', label: 'Ny dag', value: '2026-11-30' }

describe('a form in a window of its own', () => {
  for (const language of LANGUAGES)
    it(`is taken by Slack, whichever card it is made of, in ${language}`, () => {
      const forms = drawings(language, LONG).all.flatMap(({ name, card }) => {
        const view = modalOf(card, { metadata: 'C0TEAM' })
        if (!view) return []
        assert.equal(viewFault(view), undefined, name)
        return [name]
      })
      assert.ok(forms.includes('posted: agreements, choosing a date') && forms.includes('the settings'))
    })

  it('is taken by Slack, whatever the card is made of, and means its first button that takes the fields along', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const view = modalOf(card, { metadata: 'C0TEAM' })
        assert.equal(view !== undefined, hasInputs(card) && buttonsOn(card).some(({ takesInputs }) => takesInputs))
        if (!view) return
        assert.equal(viewFault(view), undefined)
        const { verb, data, metadata } = readForm(view.private_metadata) ?? {}
        assert.equal(metadata, 'C0TEAM')
        const said = buttonsOn(card).filter(({ takesInputs }) => takesInputs)
        assert.ok(said.some((button) => JSON.stringify([button.verb, button.data]) === JSON.stringify([verb, data])))
      }),
      { interruptAfterTimeLimit: 5000 },
    )
  })

  it('holds just the row that is being changed', () => {
    const row = (what: string, ...items: object[]) => ({
      type: 'Container',
      separator: true,
      items: [text(what), ...items],
    })
    const buttons = {
      type: 'ActionSet',
      actions: [execute('Gem', 'postponed', 'auto', { code: 'F-7K3Q' }), execute('Behold', 'refresh', 'none')],
    }
    const done = { type: 'ActionSet', actions: [execute('Færdig', 'done', 'auto')] }
    const card: Card = {
      type: 'AdaptiveCard',
      body: [heading('Aftaler i F\\-7K3Q'), row('Ringe', done), row('Mødes', date, buttons)],
      actions: [execute('Alt', 'all', 'auto')],
    }
    const view = opened(card)
    assert.deepEqual([view.title.text, view.submit?.text, view.close?.text], ['Aftaler i F-7K3Q', 'Gem', 'Behold'])
    assert.equal(wordsOnBlocks(view.blocks), 'Mødes\nNy dag\nNy dag\n2026-11-30')
    assert.deepEqual(readForm(view.private_metadata), {
      verb: 'postponed',
      data: { code: 'F-7K3Q' },
      metadata: 'C0TEAM',
    })
  })

  it('otherwise holds the whole card but its buttons, and asks what the card asks', () => {
    const long = 'Hvornår skal det så være gjort?'
    const actions = [execute('Tilbage', 'back', 'none'), execute('Gem', 'save', 'auto')]
    const card: Card = { type: 'AdaptiveCard', body: [heading(long), text('Vælg'), date], actions }
    const view = opened(card)
    assert.equal(view.title.text, 'Hvornår skal det så vær…')
    assert.equal(wordsOnBlocks(view.blocks), `${long}\nVælg\nNy dag\nNy dag\n2026-11-30`)
    assert.equal(view.close?.text, 'Tilbage')
    assert.deepEqual(
      fieldsOnBlocks(view.blocks).map(({ id, value }) => [id, value]),
      fieldsOn(card).map(({ id, value }) => [id, value]),
    )
  })

  it('is titled as the button that opened it, and then loses no heading', () => {
    const card: Card = {
      type: 'AdaptiveCard',
      body: [heading('Ringe hjem'), date],
      actions: [execute('Gem', 'save', 'auto')],
    }
    const titled = (title: string) => {
      const view = opened(card, { title })
      return [view.title.text, wordsOnBlocks(view.blocks).split('\n')[0]]
    }
    assert.deepEqual(titled('Udskyd'), ['Udskyd', 'Ringe hjem'])
    assert.deepEqual(titled('Udskyd til en anden skoledag'), ['Udskyd til en anden sko…', 'Ringe hjem'])
    assert.deepEqual(titled('Ringe hjem'), ['Ringe hjem', 'Ny dag'])
  })

  it('says which fields may stay empty', () => {
    const body = [date, { ...date, id: 'on', isRequired: true }]
    const { blocks } = opened({ type: 'AdaptiveCard', body, actions: [execute('Gem', 'save', 'auto')] })
    assert.deepEqual(
      blocks.map((block) => block.type === 'input' && block.optional),
      [true, false],
    )
  })

  it('is not opened where there is nothing to fill in or nothing to send', () => {
    const made = (body: object[], actions: object[]) =>
      modalOf({ type: 'AdaptiveCard', body, actions }, { metadata: '' })
    assert.equal(made([text('x')], [execute('Gem', 'save', 'auto')]), undefined)
    assert.equal(made([date], [execute('Luk', 'close', 'none')]), undefined)
  })

  it('is not read from metadata of any other sort', () => {
    for (const other of [undefined, '', '{', '[]', '{}', '{"verb":"x","data":{"a":1},"metadata":""}'])
      assert.equal(readForm(other), undefined)
  })
})
