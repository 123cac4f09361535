import { strict as assert } from 'node:assert'
import { parse } from 'yaml'
import { type Known, lintFlow, lintWords, type Problem } from '../../src/dialog/lint.ts'
import { compileWords } from '../../src/dialog/words.ts'
import { aFlow } from '../helpers/flows.ts'

const KNOWN: Known = {
  effects: { keep: 1 },
  checks: { short: 1 },
  fills: { greet: 1 },
  lists: ['cases', 'colleagues'],
  cards: { step: 1, preview: 1 },
  flows: { walk: { steps: [] }, other: { steps: [] } },
  endings: { letter: 1 },
  needs: ['case.open'],
  mentions: { step: ['code', 'count'], ending: ['again'] },
}

const FLOW = `
needs: case.open
steps:
  - id: who
    fields:
      alias: { kind: text, max: 40, required: true }
      caller: { kind: choice, from: colleagues, default: user }
  - id: what
    if: empty(alias)
    card: preview
    fields: { what: { kind: text, max: 9 }, way: { kind: choice, options: [call] } }
    check: short
    fill: greet
    collect: things
    do: keep
    actions: [{ id: next }, { id: again, go: who, if: count(things) < 5, takeBack: things }]
finish:
  - { if: count(things) > 1, begin: other }
  - say: bye
`
const WORDS = `
title: Walk
who: { title: Who, text: 'About {code}', fields: { alias: { label: Initials }, caller: { label: Who calls } } }
what:
  title: '{count} things'
  text: What
  fields: { what: { label: What }, way: { label: How, options: { call: By call } } }
  actions: { again: Once more }
bye: { title: Bye, text: 'Until {again}' }
`
type Edit = [from: string, to: string]
const edited = (text: string, [from, to]: Edit): string => {
  assert.ok(text.includes(from), `the example has no "${from}"`)
  return text.replace(from, to)
}
const words = (da = WORDS, en = WORDS) => ({ da: compileWords(parse(da), 'da'), en: compileWords(parse(en), 'en') })
const told = (problems: Problem[]): string[] =>
  problems.map(({ file, where, remedy }) => `${file}, ${where}: ${remedy}`)
const inFlow = (...edit: Edit): string[] => told(lintFlow(aFlow(edited(FLOW, edit)), words(), KNOWN))
const inEnglish = (...edit: Edit): string[] => told(lintFlow(aFlow(FLOW), words(WORDS, edited(WORDS, edit)), KNOWN))

describe('the lint of a dialog', () => {
  it('has nothing to say about one that is in order', () => {
    assert.deepEqual(inFlow('case.open', 'case.open'), [])
    assert.deepEqual(told(lintWords('dialogs/walk', words())), [])
  })

  const FAULTS: [what: string, edit: Edit, told: RegExp][] = [
    [
      'a jump to nowhere',
      ['go: who', 'go: whom'],
      /flow\.yaml, what\.again: it goes to "whom", but there is no such step/,
    ],
    [
      'an unknown variable',
      ['empty(alias)', 'empty(alais)'],
      /, what: "empty\(alais\)" reads "alais", which no step asks/,
    ],
    ['one in a default', ['default: user', 'default: usr'], /, who\.caller: "usr" reads "usr"/],
    ['one in a button', ['count(things) < 5', 'count(thing) < 5'], /, what\.again: .* reads "thing"/],
    ['one in an ending', ['count(things) > 1', 'count(x) > 1'], /, finish 1: .* reads "x"/],
    [
      'an unknown card',
      ['card: preview', 'card: previw'],
      /, what: there is no card "previw"; use one of: step, preview/,
    ],
    ['an unknown effect', ['do: keep', 'do: kep'], /, what: there is no effect "kep"; use one of: keep/],
    [
      'an unknown check',
      ['check: short', 'check: toString'],
      /, what: there is no check "toString"; use one of: short/,
    ],
    ['an unknown fill', ['fill: greet', 'fill: gret'], /, what: there is no fill "gret"; use one of: greet/],
    [
      'an unknown list',
      ['from: colleagues', 'from: staff'],
      /, who\.caller: there is no list "staff"; use one of: cases/,
    ],
    ['a choice of nothing', ['options: [call]', 'options: []'], /, what\.way: a choice needs options or a list/],
    ['a list nobody collects', ['takeBack: things', 'takeBack: what'], /, what\.again: no step collects "what"/],
    [
      'an unknown dialog',
      ['begin: other', 'begin: othr'],
      /, finish 1: there is no dialog "othr"; use one of: walk, other/,
    ],
    [
      'an answer that is carried on to nobody',
      ['begin: other', 'begin: other, carry: [alias]'],
      /, finish 1: it carries "alias"/,
    ],
    ['an unknown last card', ['say: bye', 'show: leter'], /, finish 2: there is no card to end with "leter"/],
    ['a last ending with an if', ['say: bye', 'if: empty(alias)'], /, finish: the last ending must have no "if"/],
    ['an ending that never comes', ['if: count(things) > 1, ', ''], /, finish 1: .* the endings after it never come/],
    ['two steps of one name', ['id: what', 'id: who'], /, who: two steps have this name/],
    ['an unknown permission', ['needs: case.open', 'needs: case.opne'], /, needs: there is no permission "case\.opne"/],
  ]
  for (const [what, edit, expected] of FAULTS)
    it(`names ${what}`, () => {
      const problems = inFlow(...edit)
      assert.ok(
        problems.some((one) => one.startsWith('dialogs/walk/flow.yaml, ') && expected.test(one)),
        problems.join('\n'),
      )
    })

  it('names a field that is called like a list', () => {
    assert.match(inFlow('alias: {', 'cases: {').join('\n'), /, who\.cases: "cases" is the name of a list/)
  })

  it('names a step that nobody gets to', () => {
    const past = 'steps:\n  - id: first\n    actions: [{ id: on, go: what }]'
    assert.deepEqual(
      inFlow('steps:', past).filter((one) => one.includes('gets to')),
      // "Once more" still leads to the other one.
      [],
    )
    assert.match(
      told(lintFlow(aFlow(edited(edited(FLOW, ['steps:', past]), ['go: who', 'go: what'])), words(), KNOWN)).join('\n'),
      /flow\.yaml, who: nobody ever gets to this step/,
    )
  })

  it('names words that are missing in one language, by file and place', () => {
    for (const [edit, where] of [
      [['title: Walk', ''], 'title'],
      [['label: Initials', 'placeholder: x'], 'who.fields.alias.label'],
      [['{ again: Once more }', '{}'], 'what.actions.again'],
      [['{ call: By call }', '{}'], 'what.fields.way.options.call'],
      [['title: Bye, ', ''], 'bye.title'],
    ] as [Edit, string][])
      assert.deepEqual(inEnglish(...edit), [`dialogs/walk/en.yaml, ${where}: these words are missing`])
  })

  it('names what a message mentions but nothing fills in', () => {
    assert.deepEqual(inEnglish('Who, text', "'{alias}', text"), [
      'dialogs/walk/en.yaml, who.title: nothing fills in {alias} here; use {code}, {count}',
    ])
    assert.match(inEnglish('Initials', "'{code}'").join(), /who\.fields\.alias\.label: .*use plain words/)
    assert.match(
      inEnglish('Until {again}', 'Until {code}').join(),
      /bye\.text: nothing fills in \{code\} here; use \{again\}/,
    )
  })

  it('names what only one of the languages says, or fills in', () => {
    const other = edited(edited(WORDS, ['About {code}', 'About it']), ['text: What', 'text: What\n  more: More'])
    assert.deepEqual(told(lintWords('dialogs/walk', words(WORDS, other))), [
      'dialogs/walk/da.yaml, what.more: these words are missing',
      'dialogs/walk/en.yaml, who.text: {code} is left out here, but not in another language',
    ])
  })
})
