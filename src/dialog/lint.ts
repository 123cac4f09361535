import { LANGUAGES, type Language } from '../domain/team.ts'
import type { Formula } from './expressions.ts'
import type { Flow, Step } from './flow.ts'
import type { Words } from './words.ts'

/** A fault in the content, said so that the person who wrote it knows what to do. */
export interface Problem {
  file: string
  where: string
  remedy: string
}

/** What a flow may name. */
export interface Known {
  effects: object
  checks: object
  fills: object
  lists: readonly string[]
  cards: object
  flows: object
}

/** Names every expression can use besides the fields of its dialog. */
const ALWAYS = ['code', 'today', 'inAWeek', 'inFourWeeks', 'user']

/** Finds what would break a dialog while somebody is in it. */
export function lintFlow(flow: Flow, words: Record<Language, Words>, known: Known): Problem[] {
  const file = `dialogs/${flow.name}/flow.yaml`
  const problems: Problem[] = []
  const problem = (where: string, remedy: string) => problems.push({ file, where, remedy })
  const mustKnow = (kind: object, name: string | undefined, where: string, what: string) => {
    if (name !== undefined && !Object.hasOwn(kind, name))
      problem(where, `there is no ${what} "${name}"; use one of: ${Object.keys(kind).join(', ')}`)
  }

  const steps = new Set<string>()
  for (const step of flow.steps) {
    if (steps.has(step.id)) problem(step.id, 'two steps have this name; give one of them another')
    steps.add(step.id)
  }

  const names = new Set([
    ...ALWAYS,
    ...known.lists,
    ...flow.steps.flatMap((step) => [...Object.keys(step.fields), ...(step.collect ? [step.collect] : [])]),
  ])
  const mustRead = (formula: Formula | undefined | boolean, where: string) => {
    if (typeof formula !== 'object') return
    for (const name of formula.reads)
      if (!names.has(name)) problem(where, `"${formula.text}" reads "${name}", which no step asks for`)
  }

  for (const step of flow.steps) {
    mustRead(step.if, step.id)
    mustKnow(known.cards, step.card, step.id, 'card')
    mustKnow(known.effects, step.do, step.id, 'effect')
    mustKnow(known.checks, step.check, step.id, 'check')
    mustKnow(known.fills, step.fill, step.id, 'fill')
    for (const [name, field] of Object.entries(step.fields)) {
      const where = `${step.id}.${name}`
      if (known.lists.includes(name)) problem(where, `"${name}" is the name of a list; call the field something else`)
      mustRead(field.required, where)
      mustRead(field.default, where)
      if (field.kind === 'date') [field.notBefore, field.notAfter].map((formula) => mustRead(formula, where))
      if (field.kind === 'choice' && field.from && !known.lists.includes(field.from))
        problem(where, `there is no list "${field.from}"; use one of: ${known.lists.join(', ')}`)
      if (field.kind === 'choice' && !field.from && field.options.length === 0)
        problem(where, 'a choice needs options or a list')
    }
    for (const action of step.actions) {
      mustRead(action.if, `${step.id}.${action.id}`)
      if (action.go && !steps.has(action.go))
        problem(`${step.id}.${action.id}`, `it goes to "${action.go}", but there is no such step`)
      if (action.takeBack && !names.has(action.takeBack))
        problem(`${step.id}.${action.id}`, `no step collects "${action.takeBack}"`)
    }
  }
  for (const [index, ending] of flow.finish.entries()) {
    mustRead(ending.if, `finish ${index + 1}`)
    mustKnow(known.flows, ending.begin, `finish ${index + 1}`, 'dialog')
  }
  if (flow.finish.at(-1)?.if) problem('finish', 'the last ending must have no "if", so that there always is one')

  for (const language of LANGUAGES)
    for (const path of neededWords(flow))
      if (!words[language].has(path))
        problems.push({ file: `dialogs/${flow.name}/${language}.yaml`, where: path, remedy: 'these words are missing' })
  return problems
}

/** Every message a flow needs in each language. */
const neededWords = (flow: Flow): string[] => [
  'title',
  ...flow.steps.flatMap(wordsOfStep),
  ...flow.finish.flatMap(({ say, show }) =>
    [say ?? show ?? []].flat().flatMap((name) => [`${name}.title`, `${name}.text`]),
  ),
]

const wordsOfStep = ({ id, fields, actions }: Step): string[] => [
  `${id}.title`,
  `${id}.text`,
  ...Object.entries(fields).flatMap(([name, field]) => [
    `${id}.fields.${name}.label`,
    ...(field.kind === 'choice' ? field.options.map((option) => `${id}.fields.${name}.options.${option}`) : []),
  ]),
  // "Next" is said in the shared words.
  ...actions.filter((action) => action.id !== 'next').map((action) => `${id}.actions.${action.id}`),
]
