import { type Field, type Flow, findStep, type Step } from '../../dialog/flow.ts'
import { actionsOf, listedOptions, progress, type Surroundings, scopeOf } from '../../dialog/runner.ts'
import { type Session, textIn, type Vars } from '../../dialog/session.ts'
import type { Message, Words } from '../../dialog/words.ts'
import type { Case } from '../../domain/case.ts'
import type { Fault } from '../../domain/fault.ts'
import { plannedMeeting } from '../../domain/meeting.ts'
import { derived } from '../../domain/remembered.ts'
import { bodyOf } from '../card-filling.ts'
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
  const said = sayingsOf(words)(step)
  const scope = scopeOf(session, around)
  const given = more.entered ? { ...scope, ...more.entered } : scope
  const args = argumentsOf(scene, session, around)
  const { at, of } = progress(flow, session, around)
  return draw(scene, step.card, {
    title: said.title.say(args),
    text: said.text.say(args),
    progress: say(scene, 'progress', { at, of }),
    notice: more.notice ?? '',
    faultsTitle: say(scene, 'faults.title'),
    faults: (more.faults ?? []).map((fault) => sayFault(scene, fault, labelOf(words, step.id, fault.field))),
    fields: fieldViews(words, step, given, around),
    actions: actionsOf(step, scope).map((action, index) => ({
      id: action.id,
      title: said.action(action.id).say(args),
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

/** What a step says in one language, found once: each card would look up thirty paths, put together for that. */
const sayingsOf = derived((words: Words) =>
  derived((step: Step) => {
    const actions = new Map(step.actions.map(({ id }) => [id, actionIn(words, step.id, id)]))
    return {
      title: words.message(`${step.id}.title`),
      text: words.message(`${step.id}.text`),
      action: (id: string) => actions.get(id) as Message,
      fields: Object.entries(step.fields).map(([id, field]) => ({
        field,
        blank: blankField(words, step.id, id, field),
      })),
    }
  }),
)

const actionIn = (words: Words, step: string, action: string): Message => {
  const own = `${step}.actions.${action}`
  return words.message(words.has(own) ? own : `actions.${action}`)
}

/** A field before anything was entered, and without what the app has to choose from. */
function blankField(words: Words, step: string, id: string, field: Field): FieldView {
  const path = `${step}.fields.${id}`
  const label = words.say(`${path}.label`)
  const many = field.kind === 'choice' && field.many
  return {
    kind: field.kind,
    id,
    label,
    placeholder: words.has(`${path}.placeholder`) ? words.say(`${path}.placeholder`) : '',
    value: '',
    // A field that is needed only sometimes cannot be judged by the client.
    required: field.required === true,
    missing: words.say('faults.missing', { label }),
    lines: field.kind === 'text' && field.lines,
    max: field.kind === 'text' ? field.max : 0,
    // Several are ticked off, which takes a look at all of them.
    style: field.kind === 'choice' && field.search ? 'filtered' : many ? 'expanded' : 'compact',
    many,
    options:
      field.kind === 'choice'
        ? field.options.map((value) => ({ value, title: words.say(`${path}.options.${value}`) }))
        : [],
  }
}

/** The fields of a step with what has been entered so far. */
export const fieldViews = (
  words: Words,
  step: Step,
  given: Record<string, unknown>,
  around: Surroundings,
): FieldView[] =>
  sayingsOf(words)(step).fields.map(({ field, blank }) => {
    const entered = given[blank.id] ?? field.default?.evaluate(given) ?? ''
    const value = typeof entered === 'string' ? entered : ''
    if (field.kind !== 'choice') {
      // What was far too long is still in the chat; a card has room for what the field takes.
      return { ...blank, value: field.kind === 'text' ? value.slice(0, field.max) : value }
    }
    const options = [...listedOptions(field, around), ...blank.options]
    const style = blank.style === 'compact' && options.length <= LAID_OUT ? 'expanded' : blank.style
    return { ...blank, value, options, style }
  })

export const labelOf = (words: Words, step: string, field: string | undefined): string => {
  const path = `${step}.fields.${field}.label`
  return field && words.has(path) ? words.say(path) : ''
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
    direction: textIn(vars, 'direction') || 'outgoing',
    channel: scene.team.channel?.name ?? '',
    name: picked ? nameOf(scene, picked) : '',
    self: picked === session.user ? 'yes' : 'no',
    meeting: around.lists.planned?.[0]?.title ?? '',
  }
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
      words.say(
        key,
        Object.fromEntries((words.messages.get(key)?.names ?? []).map((name) => [name, textIn(vars, name)])),
      )
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
      body: bodyOf(announcement(scene, code, collectedTerms(session.vars))),
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
  const caller = nameOf(scene, textIn(vars, 'caller'))
  if (textIn(vars, 'direction') === 'incoming') return [words.say('sheet.opening.incoming')]
  const since = textIn(vars, 'since')
  return [
    words.say('sheet.opening.hello', { caller }),
    words.say('sheet.opening.good', { good: textIn(vars, 'good') }),
    words.say('sheet.opening.seen', { seen: textIn(vars, 'seen'), since: since ? sayDay(scene, since) : 'none' }),
    words.say('sheet.opening.understand', { understand: textIn(vars, 'understand') }),
  ]
}
