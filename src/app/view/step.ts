import { type Field, type Flow, findStep, type Step } from '../../dialog/flow.ts'
import { actionsOf, isRequired, optionsOf, progress, type Surroundings, scopeOf } from '../../dialog/runner.ts'
import type { Session, Vars } from '../../dialog/session.ts'
import type { Words } from '../../dialog/words.ts'
import type { Case } from '../../domain/case.ts'
import type { Fault } from '../../domain/fault.ts'
import { plannedMeeting } from '../../domain/meeting.ts'
import type { Card } from '../ports.ts'
import { nameOf, type Scene, say, sayDay, wordsOf } from '../scene.ts'
import { type Around, collectedTerms, pickedColleague } from '../surroundings.ts'
import { agreementHintLines, agreementLine, followUpLine } from './agreement.ts'
import { agendaLine } from './meeting.ts'
import { draw, type FieldView, sayFault } from './parts.ts'
import { announcement } from './posts.ts'

/** Choices up to this many are laid out in full; more become a list to open. */
const LAID_OUT = 4

/** The card of the step a session stands at. */
export function stepCard(
  scene: Scene,
  flow: Flow,
  session: Session,
  around: Around,
  more: { faults?: Fault[]; entered?: Record<string, unknown>; notice?: string } = {},
): Card {
  const step = findStep(flow, session.step)
  if (!step) throw new Error(`The dialog "${flow.name}" has no step "${session.step}"`)
  const words = wordsOf(scene, flow.name)
  const scope = scopeOf(session, around)
  const given = more.entered ? { ...scope, ...more.entered } : scope
  const args = argumentsOf(scene, session, around)
  const { at, of } = progress(flow, session, around)
  return draw(scene, step.card, {
    title: words.say(`${step.id}.title`, args),
    text: words.say(`${step.id}.text`, args),
    progress: say(scene, 'progress', { at, of }),
    notice: more.notice ?? '',
    faultsTitle: say(scene, 'faults.title'),
    faults: (more.faults ?? []).map((fault) => sayFault(scene, fault, labelOf(words, step.id, fault.field))),
    fields: fieldViews(scene, words, step, given, around),
    actions: actionsOf(step, scope).map((action, index) => ({
      id: action.id,
      title: words.has(`${step.id}.actions.${action.id}`)
        ? words.say(`${step.id}.actions.${action.id}`, args)
        : say(scene, `actions.${action.id}`),
      style: action.style === 'default' && index === 0 ? 'positive' : action.style,
      inputs: action.go ? 'none' : 'auto',
    })),
    canGoBack: session.trail.length > 0,
    back: say(scene, 'actions.back'),
    cancel: say(scene, 'actions.cancel'),
    team: scene.team.id,
    session: session.id,
    step: step.id,
    ...EXTRAS[step.card]?.(scene, words, session, around),
  })
}

/** The fields of a step with what has been entered so far. */
export const fieldViews = (
  scene: Scene,
  words: Words,
  step: Step,
  given: Record<string, unknown>,
  around: Surroundings,
) => Object.entries(step.fields).map(([id, field]) => fieldView(scene, words, step.id, id, field, given, around))

export const labelOf = (words: Words, step: string, field: string | undefined): string => {
  const path = `${step}.fields.${field}.label`
  return field && words.has(path) ? words.say(path) : ''
}

function fieldView(
  scene: Scene,
  words: Words,
  step: string,
  id: string,
  field: Field,
  given: Record<string, unknown>,
  around: Around,
): FieldView {
  const path = `${step}.fields.${id}`
  const label = words.say(`${path}.label`)
  const options = optionsOf(field, around).map(({ value, title }) => ({
    value,
    title: title ?? words.say(`${path}.options.${value}`),
  }))
  const many = field.kind === 'choice' && field.many
  // Several are ticked off, which takes a look at all of them.
  const isLaidOut = many || options.length <= LAID_OUT
  const entered = given[id] ?? field.default?.evaluate(given) ?? ''
  const value = typeof entered === 'string' ? entered : ''
  return {
    kind: field.kind,
    id,
    label,
    placeholder: words.has(`${path}.placeholder`) ? words.say(`${path}.placeholder`) : '',
    // What was far too long is still in the chat; a card has room for what the field takes.
    value: field.kind === 'text' ? value.slice(0, field.max) : value,
    // A field that is needed only sometimes cannot be judged by the client.
    required: field.required === true && isRequired(field, {}),
    missing: say(scene, 'faults.missing', { label }),
    lines: field.kind === 'text' && field.lines,
    max: field.kind === 'text' ? field.max : 0,
    style: field.kind === 'choice' && field.search ? 'filtered' : isLaidOut ? 'expanded' : 'compact',
    many,
    options,
  }
}

/** What the words of a step may mention. */
export const STEP_MENTIONS = ['code', 'count', 'direction', 'channel', 'name', 'self', 'meeting'] as const

function argumentsOf(
  scene: Scene,
  session: Session,
  around: Around,
): Record<(typeof STEP_MENTIONS)[number], string | number> {
  const { vars } = session
  const picked = pickedColleague(vars)
  return {
    code: session.code ?? '',
    count: Array.isArray(vars.agreements) ? vars.agreements.length : 0,
    direction: text(vars, 'direction') || 'outgoing',
    channel: scene.team.channel?.name ?? '',
    name: picked ? nameOf(scene, picked) : '',
    self: picked === session.user ? 'yes' : 'no',
    meeting: around.lists.planned?.[0]?.title ?? '',
  }
}

const text = (vars: Vars, name: string): string => {
  const value = vars[name]
  return typeof value === 'string' ? value : ''
}

/** What a card of its own shows besides the step's title, text, fields and buttons. */
type Extras = (scene: Scene, words: Words, session: Session, around: Around) => Record<string, unknown>
const EXTRAS: Record<string, Extras> = {
  agenda: (scene, words, { step }, { open }) => ({
    points: agendaLine(scene, step),
    prompts: ['a', 'b', 'c'].map((prompt) => words.say(`${step}.prompts.${prompt}`)),
    quotes: step === 'pupil' ? pupilsWords(words, open) : [],
    source: words.say('source'),
  }),

  'call-sheet': (scene, words, { vars }) => ({
    opening: { title: words.say('sheet.opening.title'), lines: openingLines(scene, words, vars) },
    attitudes: {
      title: words.say('sheet.attitudes.title'),
      lines: ['serious', 'different', 'reason', 'easy'].map((attitude) => words.say(`sheet.attitudes.${attitude}`)),
    },
    closing: { title: words.say('sheet.closing.title'), text: words.say('sheet.closing.text') },
  }),

  /** Sections of advice beside the form; a line may mention what was answered, and is left out where that is nothing. */
  guide: (_scene, words, { step, vars }) => {
    const path = `${step}.guide.`
    const names = [...words.messages.keys()].flatMap((key) =>
      key.startsWith(path) ? (key.slice(path.length).split('.')[0] ?? []) : [],
    )
    const said = (key: string) =>
      words.say(key, Object.fromEntries((words.messages.get(key)?.names ?? []).map((name) => [name, text(vars, name)])))
    const sections = [...new Set(names)].map((name) => ({
      title: words.say(`${path}${name}.title`),
      lines: [...words.messages.keys()]
        .filter((key) => key.startsWith(`${path}${name}.lines.`))
        .map(said)
        .filter(Boolean),
    }))
    return { sections: sections.filter(({ lines }) => lines.length > 0) }
  },

  'agreements-so-far': (scene, _words, session) => ({
    agreements: collectedTerms(session.vars).map((terms) => ({
      what: terms.what,
      line: agreementLine(scene, terms),
      followUp: followUpLine(scene, terms),
      hints: agreementHintLines(scene, terms.what),
    })),
  }),

  preview: (scene, words, session) => {
    const code = session.code ?? say(scene, 'newCode')
    return {
      body: announcement(scene, code, collectedTerms(session.vars)).body,
      ...(scene.team.channel ? {} : { text: words.say('preview.noChannel') }),
    }
  },
}

/** What is known already of the pupil's own words, and how they were to be brought. */
function pupilsWords(words: Words, open: Case | undefined): string[] {
  const said = open?.pupilView?.words
  const how = open && plannedMeeting(open)?.how
  return [...(how ? [words.say('brought', { how })] : []), ...(said ? [words.say('said', { words: said })] : [])]
}

function openingLines(scene: Scene, words: Words, vars: Vars): string[] {
  const caller = nameOf(scene, text(vars, 'caller'))
  if (text(vars, 'direction') === 'incoming') return [words.say('sheet.opening.incoming')]
  const since = text(vars, 'since')
  return [
    words.say('sheet.opening.hello', { caller }),
    words.say('sheet.opening.good', { good: text(vars, 'good') }),
    words.say('sheet.opening.seen', { seen: text(vars, 'seen'), since: since ? sayDay(scene, since) : 'none' }),
    words.say('sheet.opening.understand', { understand: text(vars, 'understand') }),
  ]
}
