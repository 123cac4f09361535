import { strict as assert } from 'node:assert'
import { messageFault, viewFault } from '../../helpers/slack-rules.ts'

type Json = Record<string, unknown>

const long = (length: number) => 'x'.repeat(length)
const plain = (text: string) => ({ type: 'plain_text', text })
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text })
const option = (value: string, text = value) => ({ text: plain(text), value })
const many = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n))

const section = (more: Json = { text: mrkdwn('a') }) => ({ type: 'section', ...more })
const header = (text: unknown) => ({ type: 'header', text })
const context = (...elements: unknown[]) => ({ type: 'context', elements })
const button = (more: Json = {}) => ({ type: 'button', text: plain('a'), ...more })
const actions = (...elements: unknown[]) => ({ type: 'actions', elements })
const select = (more: Json = {}) => ({ type: 'static_select', options: [option('a')], ...more })
const radio = (more: Json = {}) => ({ type: 'radio_buttons', options: [option('a')], ...more })
const checks = (more: Json = {}) => ({ type: 'checkboxes', options: [option('a')], ...more })
const field = (more: Json = {}) => ({ type: 'plain_text_input', ...more })
const date = (more: Json = {}) => ({ type: 'datepicker', ...more })
const input = (element: unknown, more: Json = {}) => ({ type: 'input', label: plain('a'), element, ...more })
const rich = (...elements: unknown[]) => ({ type: 'rich_text', elements })
const words = (text: string, more: Json = {}) => ({ type: 'text', text, ...more })
const line = (...elements: unknown[]) => ({ type: 'rich_text_section', elements })
const bullets = (more: Json = {}) => ({
  type: 'rich_text_list',
  style: 'bullet',
  elements: [line(words('a'))],
  ...more,
})

/** The last that is taken, the first that is not, and where Slack points. */
const limits: Record<string, [taken: Json, refused: Json, where: string]> = {
  'an unknown block': [{ type: 'divider' }, { type: 'marquee' }, '/blocks/0'],
  'an unknown property': [section(), section({ text: mrkdwn('a'), colour: 'red' }), '/blocks/0'],
  'a long block_id': [
    section({ text: mrkdwn('a'), block_id: long(255) }),
    section({ text: mrkdwn('a'), block_id: long(256) }),
    '/blocks/0/block_id',
  ],
  'a long section': [
    section({ text: mrkdwn(long(3000)) }),
    section({ text: mrkdwn(long(3001)) }),
    '/blocks/0/text/text',
  ],
  'an empty section': [section(), section({ text: mrkdwn('') }), '/blocks/0/text/text'],
  'a section without anything': [section(), section({}), '/blocks/0'],
  'many fields': [
    section({ fields: many(10, () => mrkdwn('a')) }),
    section({ fields: many(11, () => mrkdwn('a')) }),
    '/blocks/0/fields',
  ],
  'a long field': [
    section({ fields: [mrkdwn(long(2000))] }),
    section({ fields: [mrkdwn(long(2001))] }),
    '/blocks/0/fields/0/text',
  ],
  'a text input beside a section': [
    section({ text: mrkdwn('a'), accessory: button() }),
    section({ text: mrkdwn('a'), accessory: field() }),
    '/blocks/0/accessory',
  ],
  'a long header': [header(plain(long(150))), header(plain(long(151))), '/blocks/0/text/text'],
  'an empty header': [header(plain('a')), header(plain('')), '/blocks/0/text/text'],
  'a header with formatting': [header(plain('a')), header(mrkdwn('a')), '/blocks/0/text'],
  'a full context': [
    context(...many(10, () => mrkdwn('a'))),
    context(...many(11, () => mrkdwn('a'))),
    '/blocks/0/elements',
  ],
  'an empty context': [context(mrkdwn('a')), context(mrkdwn('')), '/blocks/0/elements/0/text'],
  'many buttons': [actions(...many(25, () => button())), actions(...many(26, () => button())), '/blocks/0/elements'],
  'no buttons': [actions(button()), actions(), '/blocks/0/elements'],
  'a text input among buttons': [actions(select()), actions(field()), '/blocks/0/elements/0'],
  'the same action_id': [
    actions(button({ action_id: 'a' }), button({ action_id: 'b' })),
    actions(button({ action_id: 'a' }), button({ action_id: 'a' })),
    '/blocks/0/elements/1',
  ],
  'a long action_id': [
    actions(button({ action_id: long(255) })),
    actions(button({ action_id: long(256) })),
    '/blocks/0/elements/0/action_id',
  ],
  'a long button': [
    actions(button({ text: plain(long(75)) })),
    actions(button({ text: plain(long(76)) })),
    '/blocks/0/elements/0/text/text',
  ],
  'an empty button': [actions(button()), actions(button({ text: plain('') })), '/blocks/0/elements/0/text/text'],
  'a button with formatting': [actions(button()), actions(button({ text: mrkdwn('a') })), '/blocks/0/elements/0/text'],
  'a long value': [
    actions(button({ value: long(2000) })),
    actions(button({ value: long(2001) })),
    '/blocks/0/elements/0/value',
  ],
  'an unknown style': [
    actions(button({ style: 'primary' })),
    actions(button({ style: 'positive' })),
    '/blocks/0/elements/0/style',
  ],
  'a long url': [
    actions(button({ url: `https://a.example/${long(2982)}` })),
    actions(button({ url: `https://a.example/${long(2983)}` })),
    '/blocks/0/elements/0/url',
  ],
  'an odd url': [
    actions(button({ url: 'https://a.example' })),
    actions(button({ url: 'javascript:alert(1)' })),
    '/blocks/0/elements/0/url',
  ],
  'a long confirmation': [
    actions(
      button({
        confirm: { title: plain(long(100)), text: mrkdwn(long(300)), confirm: plain(long(30)), deny: plain('a') },
      }),
    ),
    actions(
      button({
        confirm: { title: plain(long(100)), text: mrkdwn(long(300)), confirm: plain(long(31)), deny: plain('a') },
      }),
    ),
    '/blocks/0/elements/0/confirm/confirm/text',
  ],
  'many options': [
    actions(select({ options: many(100, (n) => option(`${n}`)) })),
    actions(select({ options: many(101, (n) => option(`${n}`)) })),
    '/blocks/0/elements/0/options',
  ],
  'no options': [actions(select()), actions(select({ options: [] })), '/blocks/0/elements/0/options'],
  'a long option': [
    actions(select({ options: [option('a', long(75))] })),
    actions(select({ options: [option('a', long(76))] })),
    '/blocks/0/elements/0/options/0/text/text',
  ],
  'an empty option': [
    actions(select()),
    actions(select({ options: [option('a', '')] })),
    '/blocks/0/elements/0/options/0/text/text',
  ],
  'a long value of an option': [
    actions(select({ options: [option(long(150), 'a')] })),
    actions(select({ options: [option(long(151), 'a')] })),
    '/blocks/0/elements/0/options/0/value',
  ],
  'formatting in a select': [
    actions(radio({ options: [{ text: mrkdwn('a'), value: 'a' }] })),
    actions(select({ options: [{ text: mrkdwn('a'), value: 'a' }] })),
    '/blocks/0/elements/0/options/0/text',
  ],
  'an initial option from elsewhere': [
    actions(select({ initial_option: option('a') })),
    actions(select({ initial_option: option('a', 'b') })),
    '/blocks/0/elements/0/initial_option',
  ],
  'a long placeholder': [
    actions(select({ placeholder: plain(long(150)) })),
    actions(select({ placeholder: plain(long(151)) })),
    '/blocks/0/elements/0/placeholder/text',
  ],
  'many radio buttons': [
    actions(radio({ options: many(10, (n) => option(`${n}`)) })),
    actions(radio({ options: many(11, (n) => option(`${n}`)) })),
    '/blocks/0/elements/0/options',
  ],
  'many checkboxes': [
    actions(checks({ options: many(10, (n) => option(`${n}`)) })),
    actions(checks({ options: many(11, (n) => option(`${n}`)) })),
    '/blocks/0/elements/0/options',
  ],
  'ticks from elsewhere': [
    actions(checks({ initial_options: [option('a')] })),
    actions(checks({ initial_options: [option('b')] })),
    '/blocks/0/elements/0/initial_options',
  ],
  'no day of the calendar': [
    actions(date({ initial_date: '2028-02-29' })),
    actions(date({ initial_date: '2027-02-29' })),
    '/blocks/0/elements/0/initial_date',
  ],
  'a moment in place of a day': [
    actions(date({ initial_date: '2027-02-28' })),
    actions(date({ initial_date: '2027-02-28T08:00' })),
    '/blocks/0/elements/0/initial_date',
  ],
  'nobody chosen': [
    actions({ type: 'users_select', initial_user: 'U0KAREN001' }),
    actions({ type: 'users_select', initial_user: '' }),
    '/blocks/0/elements/0/initial_user',
  ],
  'a long label': [
    input(field(), { label: plain(long(2000)) }),
    input(field(), { label: plain(long(2001)) }),
    '/blocks/0/label/text',
  ],
  'a label with formatting': [input(field()), input(field(), { label: mrkdwn('a') }), '/blocks/0/label'],
  'a button as an input': [input(field()), input(button()), '/blocks/0/element'],
  'a long text input': [
    input(field({ max_length: 3000 })),
    input(field({ max_length: 3001 })),
    '/blocks/0/element/max_length',
  ],
  'a long initial value': [
    input(field({ initial_value: long(3000) })),
    input(field({ initial_value: long(3001) })),
    '/blocks/0/element/initial_value',
  ],
  'an initial value that is too long for its field': [
    input(field({ max_length: 3, initial_value: 'abc' })),
    input(field({ max_length: 3, initial_value: 'abcd' })),
    '/blocks/0/element/initial_value',
  ],
  'an empty rich text': [rich(line(words('a'))), rich(), '/blocks/0/elements'],
  'an empty text in rich text': [rich(line(words('a'))), rich(line(words(''))), '/blocks/0/elements/0/elements/0/text'],
  'an unknown part of rich text': [
    rich({ type: 'rich_text_quote', elements: [words('a')] }),
    rich({ type: 'rich_text_table', elements: [words('a')] }),
    '/blocks/0/elements/0',
  ],
  'an unknown element of rich text': [
    rich(line({ type: 'user', user_id: 'U0KAREN001' })),
    rich(line({ type: 'person', user_id: 'U0KAREN001' })),
    '/blocks/0/elements/0/elements/0',
  ],
  'an unknown style of rich text': [
    rich(line(words('a', { style: { bold: true } }))),
    rich(line(words('a', { style: { large: true } }))),
    '/blocks/0/elements/0/elements/0/style',
  ],
  'a list without a style': [rich(bullets()), rich(bullets({ style: 'square' })), '/blocks/0/elements/0/style'],
  'a text straight in a list': [
    rich(bullets()),
    rich(bullets({ elements: [words('a')] })),
    '/blocks/0/elements/0/elements/0',
  ],
  'a deep list': [rich(bullets({ indent: 8 })), rich(bullets({ indent: 9 })), '/blocks/0/elements/0/indent'],
  'a mention in preformatted text': [
    rich({ type: 'rich_text_preformatted', elements: [words('a')] }),
    rich({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U0KAREN001' }] }),
    '/blocks/0/elements/0/elements/0',
  ],
}

const modal = (more: Json = {}) => ({ type: 'modal', title: plain('a'), blocks: [section()], ...more })

describe('What Slack itself refuses', () => {
  for (const [what, [taken, refused, where]] of Object.entries(limits))
    it(`knows ${what}`, () => {
      assert.equal(messageFault({ blocks: [taken] }), undefined)
      const fault = messageFault({ blocks: [refused] })
      assert.equal(fault?.error, 'invalid_blocks')
      assert.ok(fault.message.endsWith(`[json-pointer:${where}]`), fault.message)
    })

  it('is more than fifty blocks in a message, or a block_id twice', () => {
    assert.equal(messageFault({ blocks: many(50, () => section()) }), undefined)
    assert.equal(messageFault({ blocks: many(51, () => section()) })?.error, 'invalid_blocks')
    const twice = many(2, () => section({ text: mrkdwn('a'), block_id: 'same' }))
    assert.match(String(messageFault({ blocks: twice })?.message), /already exists: same .*\/blocks\/1/)
  })

  it('is more text in all blocks together than it shows', () => {
    const blocks = (last: number) => [
      ...many(4, () => section({ text: mrkdwn(long(3000)) })),
      section({ text: mrkdwn(long(last)) }),
    ]
    assert.equal(messageFault({ blocks: blocks(1200) }), undefined)
    assert.equal(messageFault({ blocks: blocks(1201) })?.error, 'msg_blocks_too_long')
  })

  it('is a message that says nothing, or far too much', () => {
    assert.equal(messageFault({ text: long(40_000) }), undefined)
    assert.equal(messageFault({ text: long(40_001) })?.error, 'msg_too_long')
    assert.equal(messageFault({ text: '' })?.error, 'no_text')
    assert.equal(messageFault({ blocks: [] })?.error, 'no_text')
    assert.equal(messageFault({ text: 'a', blocks: {} })?.error, 'invalid_blocks')
  })

  const views: Record<string, [taken: Json, refused: Json]> = {
    'a long title': [modal({ title: plain(long(24)) }), modal({ title: plain(long(25)) })],
    'a long word on the button': [modal({ submit: plain(long(24)) }), modal({ submit: plain(long(25)) })],
    'a long word on the other button': [modal({ close: plain(long(24)) }), modal({ close: plain(long(25)) })],
    'long private metadata': [modal({ private_metadata: long(3000) }), modal({ private_metadata: long(3001) })],
    'a long callback_id': [modal({ callback_id: long(255) }), modal({ callback_id: long(256) })],
    'many blocks': [modal({ blocks: many(100, () => section()) }), modal({ blocks: many(101, () => section()) })],
    'inputs that cannot be submitted': [
      modal({ blocks: [input(field())], submit: plain('a') }),
      modal({ blocks: [input(field())] }),
    ],
    'something else than a modal': [modal(), modal({ type: 'page' })],
    'a field of another sort': [modal({ notify_on_close: true }), modal({ notify_on_close: 'yes' })],
  }
  for (const [what, [taken, refused]] of Object.entries(views))
    it(`is, in a modal, ${what}`, () => {
      assert.equal(viewFault(taken), undefined)
      assert.equal(viewFault(refused)?.error, 'invalid_arguments')
    })

  it('is a modal of more than 250 kilobytes', () => {
    const blocks = (count: number) => many(count, () => section({ text: mrkdwn(long(3000)) }))
    assert.equal(viewFault(modal({ blocks: blocks(83) })), undefined)
    assert.equal(viewFault(modal({ blocks: blocks(90) }))?.error, 'view_too_large')
  })
})
