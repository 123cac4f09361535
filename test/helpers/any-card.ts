/** Any card of the portable subset, for what must hold for all that can be drawn. */
import fc from 'fast-check'
import type { Card } from '../../src/app/ports.ts'

/** Texts that Slack might read something into, and texts of any kind and length. */
const text = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\n',
    '<!channel>',
    '<@U123ABC>',
    '*b* _i_ ~s~',
    '`c`',
    '&amp;',
    ':fire:',
    '🤷🏽‍♀️',
    'שלום \u202e',
    '• a',
    '• ',
    '• a\n• b',
    '⚠️ a',
    '\ud83d',
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.integer({ min: 0, max: 4000 }).map((length) => '🪢ж<&'.repeat(length).slice(0, length)),
)
const id = fc.stringMatching(/^[a-zA-Z][\w.-]{0,30}$/)
const flag = fc.boolean()
const spacing = fc.constantFrom('None', 'Small', 'Default', 'Medium')
const placed = { spacing, separator: flag }

const textBlock = fc.record({
  type: fc.constant('TextBlock'),
  text,
  isSubtle: flag,
  weight: fc.constantFrom('Default', 'Bolder'),
  style: fc.constantFrom('default', 'heading'),
  color: fc.constantFrom('Default', 'attention', 'Accent', 'good'),
  ...placed,
})
const textRun = fc.record({
  type: fc.constant('TextRun'),
  text,
  italic: flag,
  weight: fc.constantFrom('Default', 'Bolder'),
})
const richText = fc.record({
  type: fc.constant('RichTextBlock'),
  inlines: fc.array(textRun, { maxLength: 4 }),
  ...placed,
})
const factSet = fc.record({
  type: fc.constant('FactSet'),
  facts: fc.array(fc.record({ title: text, value: text }), { maxLength: 4 }),
  ...placed,
})

const chart = fc.record({
  type: fc.constant('Chart.Donut'),
  fallback: fc.constant('drop'),
  title: text,
  data: fc.array(fc.record({ legend: text, value: fc.nat() }), { maxLength: 3 }),
  ...placed,
})

const asked = { id, label: text, placeholder: text, isRequired: flag, ...placed }
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const inputText = fc.record({
  type: fc.constant('Input.Text'),
  ...asked,
  value: text,
  isMultiline: flag,
  maxLength: fc.constantFrom(0, 1, 60, 1500, 9000),
})
const inputDate = fc.record({
  type: fc.constant('Input.Date'),
  ...asked,
  value: fc.oneof(day, fc.constantFrom('', '2026-02-30', 'i morgen')),
})
const inputToggle = fc.record({
  type: fc.constant('Input.Toggle'),
  ...asked,
  title: text,
  value: fc.constantFrom('true', 'false', ''),
})
const person = fc.stringMatching(/^[UW][A-Z0-9]{5,10}$/)
const choiceSet = (value: fc.Arbitrary<string>, most: number, multi: boolean) =>
  fc
    .record({
      type: fc.constant('Input.ChoiceSet'),
      ...asked,
      style: multi ? fc.constant('expanded') : fc.constantFrom('compact', 'expanded', 'filtered'),
      isMultiSelect: fc.constant(multi),
      choices: fc.uniqueArray(fc.record({ title: text, value }), { maxLength: most, selector: (one) => one.value }),
      nth: fc.nat(most * 2),
    })
    .map(({ nth, ...field }) => ({ ...field, value: field.choices[nth]?.value ?? '' }))
const field = fc.oneof(
  inputText,
  inputDate,
  inputToggle,
  choiceSet(id, 12, false),
  choiceSet(id, 130, false),
  choiceSet(id, 10, true),
  choiceSet(person, 12, false),
)

const execute = fc.record({
  type: fc.constant('Action.Execute'),
  title: text,
  verb: id,
  style: fc.constantFrom('default', 'positive', 'destructive'),
  associatedInputs: fc.constantFrom('auto', 'none'),
  data: fc.dictionary(id, fc.string({ maxLength: 40 }), { maxKeys: 6 }),
})
const openUrl = fc.record({ type: fc.constant('Action.OpenUrl'), title: text, url: fc.webUrl() })
const actions = (maxLength: number) =>
  fc.array(fc.oneof({ weight: 5, arbitrary: execute }, { weight: 1, arbitrary: openUrl }), { maxLength })
const actionSet = fc.record({ type: fc.constant('ActionSet'), actions: actions(60), ...placed })

const { node } = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    textBlock,
    richText,
    factSet,
    chart,
    field,
    actionSet,
    fc.record({
      type: fc.constant('Container'),
      style: fc.constantFrom('default', 'emphasis', 'attention', 'accent'),
      items: fc.array(tie('node'), { maxLength: 5 }),
      ...placed,
    }),
    fc.record({
      type: fc.constant('ColumnSet'),
      columns: fc.array(fc.record({ type: fc.constant('Column'), items: fc.array(tie('node'), { maxLength: 3 }) }), {
        maxLength: 3,
      }),
      ...placed,
    }),
  ),
}))

/** No two fields of a card have the same id. */
function named<T>(card: T): T {
  let next = 0
  const name = (_: string, part: unknown) =>
    typeof part === 'object' && part !== null && 'id' in part ? { ...part, id: `${part.id}.${next++}` } : part
  return JSON.parse(JSON.stringify(card), name)
}

export const anyCard: fc.Arbitrary<Card> = fc
  .record({
    type: fc.constant('AdaptiveCard' as const),
    version: fc.constant('1.5'),
    body: fc.oneof(fc.array(node, { maxLength: 8 }), fc.array(node, { minLength: 40, maxLength: 70 })),
    actions: actions(6),
  })
  .map(named)
