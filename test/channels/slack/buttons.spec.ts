import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { actionsBlocks, readButton } from '../../../src/channels/slack/buttons.ts'
import { messageFault } from '../../helpers/slack-rules.ts'

const button = (more: object = {}) => ({ type: 'Action.Execute', title: 'Gem', verb: 'save', data: {}, ...more })

const drawn = (...actions: object[]) => {
  let next = 0
  return actionsBlocks(actions as { type: string }[], () => next++)
}
const elements = (...actions: object[]) => drawn(...actions).flatMap((block) => block.elements)

describe('a button in Slack', () => {
  it('looks like what it does', () => {
    assert.deepEqual(
      elements(
        button({ style: 'positive', data: { code: 'F-7K3Q' } }),
        button({ associatedInputs: 'none', style: 'destructive' }),
      ),
      [
        {
          type: 'button',
          text: { type: 'plain_text', text: 'Gem', emoji: false },
          action_id: '0:with:save',
          value: '{"code":"F-7K3Q"}',
          style: 'primary',
        },
        {
          type: 'button',
          text: { type: 'plain_text', text: 'Gem', emoji: false },
          action_id: '1:bare:save',
          value: '{}',
          style: 'danger',
        },
      ],
    )
  })

  it('says the same when it is read back', () => {
    const data = fc.dictionary(
      fc.string({ maxLength: 20 }).filter((key) => key !== '__proto__'),
      fc.string({ maxLength: 40 }),
      { maxKeys: 8, noNullPrototype: true },
    )
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), data, fc.boolean(), (verb, data, takesInputs) => {
        const associatedInputs = takesInputs ? 'auto' : 'none'
        const [made] = elements(button({ verb, data, associatedInputs })) as [object]
        assert.deepEqual(readButton(made), { verb, data, takesInputs })
      }),
    )
  })

  it('says nothing when it is not one of ours, whatever it is', () => {
    const broken = [
      {},
      { action_id: '0:with:save' },
      { action_id: '0:with:', value: '{}' },
      { action_id: 'with:save', value: '{}' },
      { action_id: '0:link', value: '{}' },
      { action_id: '0:with:save', value: '{' },
      { action_id: '0:with:save', value: '[]' },
      { action_id: '0:with:save', value: 'null' },
      { action_id: '0:with:save', value: '{"code":{"a":1}}' },
      { action_id: '0:with:save', value: '{"step":1}' },
      { action_id: 7, value: {} },
    ]
    for (const one of broken) assert.equal(readButton(one), undefined, JSON.stringify(one))
    fc.assert(fc.property(fc.object(), (any) => readButton(any) === undefined))
  })

  it('reaches no prototype', () => {
    const read = readButton({ action_id: '0:bare:save', value: '{"__proto__":"x","code":"F-7K3Q"}' })
    assert.deepEqual(Object.entries(read?.data ?? {}), [['code', 'F-7K3Q']])
    assert.equal(Object.getPrototypeOf({ ...read?.data }), Object.prototype)
  })

  it('that opens a page is a link, and means nothing to the core', () => {
    const [link] = elements({ type: 'Action.OpenUrl', title: 'Læs', url: 'https://x.example/' })
    assert.equal(link?.type === 'button' && link.url, 'https://x.example/')
    assert.equal(readButton(link ?? {}), undefined)
  })

  it('is never lost among many', () => {
    const blocks = drawn(...Array.from({ length: 60 }, () => button()))
    assert.deepEqual(
      blocks.map((block) => block.elements.length),
      [25, 25, 10],
    )
    assert.equal(messageFault({ blocks }), undefined)
  })

  it('is refused when it would carry more than ids', () => {
    assert.throws(() => drawn(button({ data: { note: 'x'.repeat(2000) } })), /2000 characters for the data of "save"/)
  })
})
