import type { Language } from '../domain/team.ts'
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
  flows: Record<string, Pick<Flow, 'steps'>>
  /** The cards a dialog can end with. */
  endings: object
  /** What the gate can be asked about. */
  needs: readonly string[]
  /** What the words of a step, and those a dialog ends with, may mention. */
  mentions: { step: readonly string[]; ending: readonly string[] }
}

/** Names every expression can use besides the fields of its dialog. */
const ALWAYS = ['code', 'today', 'tomorrow', 'inAWeek', 'inFourWeeks', 'user', 'concern']

/** Finds what would break a dialog while somebody is in it. */
export function lintFlow(flow: Flow, words: Record<Language, Words>, known: Known): Problem[] {
  const file = `dialogs/${flow.name}/flow.yaml`
  const problems: Problem[] = []
  const problem = (where: string, remedy: string) => problems.push({ file, where, remedy })
  const mustKnow = (kind: object, name: string | undefined, where: string, what: string) => {
    if (name !== undefined && !Object.hasOwn(kind, name))
      problem(where, `there is no ${what} "${name}"; use one of: ${Object.keys(kind).join(', ')}`)
  }

  if (!known.needs.includes(flow.needs))
    problem('needs', `there is no permission "${flow.needs}"; use one of: ${known.needs.join(', ')}`)

  const steps = new Set<string>()
  for (const step of flow.steps) {
    if (steps.has(step.id)) problem(step.id, 'two steps have this name; give one of them another')
    steps.add(step.id)
  }
  const reached = reachable(flow)
  for (const step of flow.steps)
    if (!reached.has(step)) problem(step.id, 'nobody ever gets to this step: every way leads past it; take it out')

  const collected = new Set(flow.steps.flatMap(({ collect }) => collect ?? []))
  const names = new Set([
    ...ALWAYS,
    ...known.lists,
    ...collected,
    ...flow.steps.flatMap((step) => Object.keys(step.fields)),
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
      if (action.takeBack && !collected.has(action.takeBack))
        problem(`${step.id}.${action.id}`, `no step collects "${action.takeBack}"`)
    }
  }
  for (const [index, ending] of flow.finish.entries()) {
    const where = `finish ${index + 1}`
    mustRead(ending.if, where)
    mustKnow(known.flows, ending.begin, where, 'dialog')
    const asked = known.flows[ending.begin ?? '']?.steps.flatMap(({ fields }) => Object.keys(fields)) ?? []
    for (const name of ending.carry)
      if (!asked.includes(name)) problem(where, `it carries "${name}", which the dialog after it does not ask for`)
    mustKnow(known.endings, ending.show, where, 'card to end with')
    for (const next of ending.next) mustKnow(known.flows, next, where, 'dialog')
    if (ending.next.length > 0 && !ending.say) problem(where, 'only "say" has buttons for what comes "next"')
    if (!ending.if && index < flow.finish.length - 1)
      problem(where, 'it has no "if", so the endings after it never come; move it to the end')
  }
  if (flow.finish.at(-1)?.if) problem('finish', 'the last ending must have no "if", so that there always is one')

  const mentions = mentionable(flow, known.mentions)
  for (const [language, spoken] of Object.entries(words)) {
    const inWords = (where: string, remedy: string) =>
      problems.push({ file: `dialogs/${flow.name}/${language}.yaml`, where, remedy })
    for (const path of neededWords(flow)) if (!spoken.has(path)) inWords(path, MISSING)
    for (const [path, allowed] of mentions)
      for (const name of spoken.messages.get(path)?.names ?? [])
        if (!allowed.includes(name))
          inWords(
            path,
            `nothing fills in {${name}} here; use ${allowed.map((one) => `{${one}}`).join(', ') || 'plain words'}`,
          )
    for (const [path, { names: mentioned }] of spoken.messages)
      for (const name of isGuide(flow, path) ? mentioned : [])
        if (!names.has(name)) inWords(path, `{${name}} is no answer of this dialog`)
  }
  return problems
}

const MISSING = 'these words are missing'

/** Finds what one language says and another does not, or fills in and another does not. */
export function lintWords(folder: string, words: Record<Language, Words>): Problem[] {
  const all = Object.entries(words)
  const paths = new Set(all.flatMap(([, { messages }]) => [...messages.keys()]))
  return all.flatMap(([language, { messages }]) => {
    const file = `${folder}/${language}.yaml`
    const others = all.filter(([other]) => other !== language)
    return [...paths].flatMap((where): Problem[] => {
      const own = messages.get(where)
      if (!own) return [{ file, where, remedy: MISSING }]
      const elsewhere = new Set(others.flatMap(([, other]) => other.messages.get(where)?.names ?? []))
      const lacking = [...elsewhere].filter((name) => !own.names.includes(name))
      return lacking.map((name) => ({
        file,
        where,
        remedy: `{${name}} is left out here, but not in another language`,
      }))
    })
  })
}

/** The steps somebody can get to: on to the first that always comes, past those that may not, or by a jump. */
function reachable(flow: Flow): Set<Step> {
  const reached = new Set<Step>()
  const visit = (step: Step | undefined) => {
    if (!step || reached.has(step)) return
    reached.add(step)
    for (const { go } of step.actions)
      if (go) visit(flow.steps.find(({ id }) => id === go))
      else goOn(flow.steps.indexOf(step))
  }
  const goOn = (from: number) => {
    const ahead = flow.steps.slice(from + 1)
    const always = ahead.findIndex((step) => !step.if)
    for (const step of always < 0 ? ahead : ahead.slice(0, always + 1)) visit(step)
  }
  goOn(-1)
  return reached
}

/** What each message of a flow may mention. */
const mentionable = (flow: Flow, { step, ending }: Known['mentions']): [string, readonly string[]][] => [
  ['title', []],
  ...flow.steps
    .flatMap(wordsOfStep)
    .map((path): [string, readonly string[]] => [path, path.includes('.fields.') ? [] : step]),
  ...flow.finish.flatMap(({ say }): [string, readonly string[]][] =>
    say
      ? [
          [`${say}.title`, ending],
          [`${say}.text`, ending],
        ]
      : [],
  ),
]

/** Advice beside a form mentions answers. */
const isGuide = ({ steps }: Flow, path: string): boolean => steps.some(({ id }) => path.startsWith(`${id}.guide.`))

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
