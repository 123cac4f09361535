/** The dialog runner: pure. It decides where a dialog goes; what happens on the way is for named effects. */
import type { Fault } from '../domain/fault.ts'
import { derived } from '../domain/remembered.ts'
import { isDay } from '../domain/school-calendar.ts'
import { cleanText } from '../domain/text.ts'
import type { Day } from '../domain/time.ts'
import { hasCpr } from '../domain/wording.ts'
import type { Formula } from './expressions.ts'
import { type Action, type Ending, type Field, type Flow, findStep, type Step } from './flow.ts'
import type { Session, Value, Vars } from './session.ts'

export interface Option {
  value: string
  /** Text of its own, such as a colleague's name; without it the word files have the words. */
  title?: string
}

/** What a dialog can see besides the answers given in it. */
export interface Surroundings {
  /** In the team's zone; the others are the next school day, and the one a week and four weeks from it, or the next after. */
  today: Day
  tomorrow: Day
  inAWeek: Day
  inFourWeeks: Day
  user: string
  /** What the case's newest concern says, to begin with what is known. */
  concern?: { seen: string; since: Day | null }
  lists: Record<string, Required<Option>[]>
  /** What is wrong with a whole form, by the name of a check. */
  check(name: string, vars: Vars): Fault[]
  /** The answers with what follows from them, by the name of a rule. */
  fill(name: string, vars: Vars): Vars
}

export type Input =
  | { kind: 'submit'; step: string; action: string; values: Record<string, unknown> }
  | { kind: 'text'; text: string }
  | { kind: 'back'; step?: string }
  | { kind: 'cancel' }

export type Result =
  | { kind: 'moved'; session: Session; effect?: string }
  /** The input was for another step than the present one; nothing has changed. */
  | { kind: 'stale'; session: Session }
  /** A typed answer to a step that does not ask for exactly one text. */
  | { kind: 'unexpected'; session: Session }
  | { kind: 'invalid'; session: Session; faults: Fault[]; entered: Record<string, unknown> }
  | { kind: 'finished'; session: Session; effect?: string; ending: Ending }
  | { kind: 'cancelled'; session: Session }

/** All the names an expression can use. It is asked for several times in a turn; what it gives is not to be changed. */
export function scopeOf({ code, vars }: Session, around: Surroundings): Vars {
  if (latest?.around === around && latest.vars === vars && latest.code === code) return latest.scope
  const scope: Vars = {
    ...(around.lists as unknown as Vars),
    ...vars,
    code: code ?? vars.code ?? null,
    today: around.today,
    tomorrow: around.tomorrow,
    inAWeek: around.inAWeek,
    inFourWeeks: around.inFourWeeks,
    user: around.user,
    concern: around.concern ?? null,
  }
  latest = { around, vars, code, scope }
  return scope
}

let latest: { around: Surroundings; vars: Vars; code: string | undefined; scope: Vars } | undefined

const holds = (condition: Formula | undefined, scope: Vars): boolean => !condition || condition.evaluate(scope) === true

const isRequired = (field: Field, scope: Vars): boolean =>
  typeof field.required === 'boolean' ? field.required : holds(field.required, scope)

/** What the app has put up for choosing; the options of the dialog's own stand behind it. */
export const listedOptions = (field: Field, around: Surroundings): Required<Option>[] =>
  (field.kind === 'choice' && field.from && around.lists[field.from]) || []

export const optionsOf = (field: Field, around: Surroundings): Option[] =>
  field.kind === 'choice' ? [...listedOptions(field, around), ...field.options.map((value) => ({ value }))] : []

export const actionsOf = (step: Step, scope: Vars): Action[] => step.actions.filter((action) => holds(action.if, scope))

/** A new session, standing at the first step that applies. */
export function begin(
  flow: Flow,
  start: Pick<Session, 'id' | 'user' | 'code' | 'startedAt'> & { vars?: Vars },
  around: Surroundings,
): Session {
  const { vars: known = {}, ...given } = start
  // A list that nothing was put into yet is empty: a condition may count it.
  const lists = Object.fromEntries(flow.steps.flatMap(({ collect }) => (collect ? [[collect, []]] : [])))
  const vars: Vars = { ...lists, ...known }
  const session: Session = { v: 1, ...given, dialog: flow.name, step: '', trail: [], vars }
  const first = nextStep(flow, -1, scopeOf(session, around))
  if (!first) throw new Error(`The dialog "${flow.name}" has no step that applies at its beginning`)
  return { ...session, step: first.id }
}

/** Takes one input. The same session, input and surroundings always give the same result. */
export function advance(flow: Flow, session: Session, input: Input, around: Surroundings): Result {
  if (input.kind === 'cancel') return { kind: 'cancelled', session }
  const step = findStep(flow, session.step)
  if (!step) return { kind: 'stale', session: settledIn(flow, session, around) }
  if ('step' in input && input.step !== undefined && input.step !== step.id) return { kind: 'stale', session }
  if (input.kind === 'back') return goBack(flow, session)
  if (input.kind === 'text') {
    const field = onlyText(step)
    const [action] = step.actions
    if (!field || !action) return { kind: 'unexpected', session }
    return submit(flow, session, step, action, { [field]: input.text }, around)
  }
  const action = actionsOf(step, scopeOf(session, around)).find(({ id }) => id === input.action)
  return action ? submit(flow, session, step, action, input.values, around) : { kind: 'stale', session }
}

/** Where the dialog stands: "step 2 of 4", counting the steps ahead that apply as things look now. */
export function progress(flow: Flow, session: Session, around: Surroundings): { at: number; of: number } {
  const scope = expectedScope(flow, session, around)
  const here = flow.steps.findIndex((step) => step.id === session.step)
  // After a jump back, a step that was gone through lies ahead once more.
  const behind = flow.steps.slice(0, Math.max(here, 0)).filter(({ id }) => session.trail.includes(id)).length
  const ahead = flow.steps.slice(here + 1).filter((step) => holds(step.if, scope)).length
  return { at: behind + 1, of: behind + 1 + ahead }
}

/** The answers so far and, for questions still to come, the answers they begin with. */
function expectedScope(flow: Flow, session: Session, around: Surroundings): Vars {
  const scope = { ...scopeOf(session, around) }
  for (const [name, begins] of defaultsOf(flow))
    if (scope[name] === undefined) scope[name] = begins.evaluate(scope) as Value
  return scope
}

const defaultsOf = derived(({ steps }: Flow): [name: string, begins: Formula][] =>
  steps.flatMap(({ fields }) =>
    Object.entries(fields).flatMap(([name, { default: begins }]): [string, Formula][] =>
      begins ? [[name, begins]] : [],
    ),
  ),
)

function submit(
  flow: Flow,
  session: Session,
  step: Step,
  action: Action,
  values: Record<string, unknown>,
  around: Surroundings,
): Result {
  // A jump out of a step, such as "one more", takes nothing from its form.
  const form = action.go ? { answers: {}, faults: [] } : readForm(step, values, session, around)
  const answered = { ...session.vars, ...form.answers }
  const faults = form.faults.length > 0 ? form.faults : step.check ? around.check(step.check, answered) : []
  if (faults.length > 0) return { kind: 'invalid', session, faults, entered: values }

  const filled = step.fill ? around.fill(step.fill, answered) : answered
  const vars = action.takeBack ? takeBack(action.takeBack, filled) : collected(step, filled)
  const moved = withCode({ ...session, vars, trail: [...session.trail, step.id] })
  const effect = step.do && !action.go ? { effect: step.do } : {}
  const scope = scopeOf(moved, around)
  const next = action.go ? findStep(flow, action.go) : nextStep(flow, flow.steps.indexOf(step), scope)
  if (next) return { kind: 'moved', session: { ...moved, step: next.id }, ...effect }
  const ending = flow.finish.find((end) => holds(end.if, scope)) ?? { carry: [], next: [] }
  return { kind: 'finished', session: moved, ending, ...effect }
}

function goBack(flow: Flow, session: Session): Result {
  const id = session.trail.at(-1)
  if (id === undefined) return { kind: 'stale', session }
  const step = findStep(flow, id)
  const vars = step?.collect ? takeBack(step.collect, session.vars) : session.vars
  const { code, ...undecided } = session
  // Where a case is chosen, none is chosen yet: what comes next must not end up in the one that was given up.
  const standing = code !== undefined && !choosesCase(step) ? session : undecided
  return { kind: 'moved', session: { ...standing, step: id, trail: session.trail.slice(0, -1), vars } }
}

const choosesCase = (step: Step | undefined): boolean => step?.fields.code !== undefined

/**
 * A session whose answers have been kept in a case, in the middle of the dialog. One can still go back to correct them,
 * but no more to where one said which case it was.
 */
export function keptIn(flow: Flow, session: Session, code: string, around: Surroundings): Session {
  const kept = { ...session, code }
  const scope = scopeOf(kept, around)
  const applies = (step: Step | undefined) =>
    step !== undefined && (step.collect !== undefined || holds(step.if, scope))
  return { ...kept, trail: session.trail.filter((id) => applies(findStep(flow, id))) }
}

const nextStep = (flow: Flow, from: number, scope: Vars): Step | undefined =>
  flow.steps.slice(from + 1).find((step) => holds(step.if, scope))

/** A dialog that was rewritten while somebody was in it goes on from its beginning, with what was answered. */
export function settledIn(flow: Flow, session: Session, around: Surroundings): Session {
  if (findStep(flow, session.step)) return session
  const first = nextStep(flow, -1, scopeOf(session, around)) ?? flow.steps[0]
  return { ...session, step: first?.id ?? '', trail: [] }
}

/** A chosen case becomes the session's; "new" is none yet. */
function withCode(session: Session): Session {
  const { code } = session.vars
  return typeof code === 'string' && code !== 'new' ? { ...session, code } : session
}

/** The one field of a step that a typed line answers: it asks for exactly one text. */
export const onlyText = (step: Step): string | undefined => {
  const fields = Object.entries(step.fields)
  const [only] = fields
  return fields.length === 1 && only?.[1].kind === 'text' ? only[0] : undefined
}

function collected(step: Step, vars: Vars): Vars {
  if (!step.collect) return vars
  const form: Record<string, Value> = {}
  const rest: Vars = { ...vars }
  for (const name of Object.keys(step.fields)) {
    form[name] = vars[name] ?? null
    delete rest[name]
  }
  return { ...rest, [step.collect]: [...listIn(vars, step.collect), form] }
}

function takeBack(list: string, vars: Vars): Vars {
  const forms = listIn(vars, list)
  const last = forms.at(-1)
  return { ...vars, ...(last as Vars | undefined), [list]: forms.slice(0, -1) }
}

const listIn = (vars: Vars, name: string): Value[] => {
  const list = vars[name]
  return Array.isArray(list) ? list : []
}

/** Reads a filled-in form against its fields. Values that no field asked for are ignored. */
function readForm(
  step: Step,
  values: Record<string, unknown>,
  session: Session,
  around: Surroundings,
): { answers: Vars; faults: Fault[] } {
  const answers: Vars = {}
  const faults: Fault[] = []
  for (const [name, field] of Object.entries(step.fields)) {
    const read = readField(field, values[name], session, around)
    if (typeof read === 'object' && read !== null) faults.push({ field: name, ...read })
    else answers[name] = read
  }
  // Whether a field is needed may depend on the others, so this is asked when all of them are read.
  const empty = Object.entries(step.fields).filter(([name]) => answers[name] === null)
  if (empty.length === 0) return { answers, faults }
  const scope = { ...scopeOf(session, around), ...answers }
  for (const [name, field] of empty) if (isRequired(field, scope)) faults.push({ field: name, code: 'missing' })
  return { answers, faults }
}

type FieldFault = Omit<Fault, 'field'>

/** Several choices, in the order in which they are offered and each once. */
function readMany(given: string, options: Option[]): string | FieldFault {
  const chosen = given.split(',').map((one) => one.trim())
  if (!chosen.every((one) => options.some(({ value }) => value === one))) return { code: 'not-an-option' }
  return options.flatMap(({ value }) => (chosen.includes(value) ? [value] : [])).join(',')
}

function readField(field: Field, given: unknown, session: Session, around: Surroundings): string | null | FieldFault {
  if (given === undefined || given === null || given === '') return null
  if (typeof given !== 'string') return { code: 'not-understood' }
  switch (field.kind) {
    case 'text': {
      const cleaned = cleanText(given, field.max)
      if (!cleaned.ok) return cleaned.code === 'empty' ? null : { code: cleaned.code, values: { max: field.max } }
      return hasCpr(cleaned.text) ? { code: 'cpr' } : cleaned.text
    }
    case 'choice':
      if (field.many) return readMany(given, optionsOf(field, around))
      return optionsOf(field, around).some(({ value }) => value === given) ? given : { code: 'not-an-option' }
    case 'date': {
      if (!isDay(given)) return { code: 'not-a-date' }
      const scope = scopeOf(session, around)
      const from = field.notBefore?.evaluate(scope)
      const to = field.notAfter?.evaluate(scope)
      if (typeof from === 'string' && given < from) return { code: 'too-early' }
      if (typeof to === 'string' && given > to) return { code: 'too-late' }
      return given
    }
  }
}
