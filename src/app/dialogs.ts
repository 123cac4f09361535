import { type Flow, findStep, type Step } from '../dialog/flow.ts'
import {
  advance,
  begin,
  type Input,
  keptIn,
  onlyText,
  optionsOf,
  type Result,
  type Surroundings,
  settledIn,
} from '../dialog/runner.ts'
import type { Session, Vars } from '../dialog/session.ts'
import type { Action } from '../domain/access.ts'
import type { Case } from '../domain/case.ts'
import { derived } from '../domain/remembered.ts'
import { type Change, merge } from './change.ts'
import { answer, type Decision, gate, refuse, type Turn } from './decision.ts'
import { EFFECTS } from './effects.ts'
import { ENDINGS, lastWords } from './endings.ts'
import { moreButton, noCases } from './listing.ts'
import type { Reply } from './ports.ts'
import { safetyCard, speaksOfDanger } from './safety.ts'
import { say, wordsOf } from './scene.ts'
import { caseOption, type LISTS, surroundingsOf } from './surroundings.ts'
import { button, commandButton, notice } from './view/parts.ts'
import { stepCard } from './view/step.ts'

const flowOf = ({ kit }: Turn, name: string): Flow | undefined => kit.content.flows[name]

export const isDialog = (turn: Turn, name: string): boolean => flowOf(turn, name) !== undefined

/** Starts a dialog, or asks first where another one is half done. */
export function beginDialog(turn: Turn, name: string, code: string | undefined, force: boolean): Decision {
  const flow = flowOf(turn, name)
  if (!flow) throw new Error(`There is no dialog "${name}" in dialogs/`)
  const { seen, user } = turn
  const found = code ? seen.case?.value : undefined
  if (code && !found) return refuse(turn, 'not-yours')
  const hindrance = hindranceTo(turn, flow, found)
  if (hindrance) return hindrance

  const open = seen.session?.value
  if (open && open.user === user.id && open.trail.length > 0 && !force)
    return answer(askToResume(turn, open, name, code))

  return startDialog(turn, name, {}, found)
}

/** Why nobody can go through a dialog about this case: the gate, or that it is closed and nothing would be followed up. */
function hindranceTo(turn: Turn, flow: Flow, found: Case | undefined): Decision | undefined {
  const refused = gate(turn, found ? (flow.needs as Action) : 'case.open', found)
  if (refused) return refuse(turn, refused)
  return found?.status === 'closed' ? answer({ text: say(turn.scene, 'refused.closed') }) : undefined
}

/** Starts a dialog in place of any other, with some of its answers given. */
export function startDialog(turn: Turn, name: string, given: Vars, found?: Case): Decision {
  const flow = flowOf(turn, name)
  if (!flow) throw new Error(`There is no dialog "${name}" in dialogs/`)
  const { scene, seen, user, kit } = turn
  const start = { id: kit.newId(), user: user.id, startedAt: seen.now, ...(found && { code: found.code }) }
  const vars: Vars = {
    ...given,
    ...(offers(flow, 'cases') && { cases: seen.mine.map(({ value }) => ({ ...caseOption(scene, value) })) }),
    ...(offers(flow, 'suggestions') && { burdens: countBy(seen.holders) }),
  }
  const around = surroundingsOf(scene, { dialog: name, user: user.id, vars }, found)
  const session = begin(flow, { ...start, vars }, around)
  if (asksForNoCase(flow, session, around)) return answer(noCases(scene))
  return answer(asReply(stepCard(scene, flow, session, around)), { session })
}

/** Whether there is something of this list to choose: what a dialog never asks is not kept with its answers. */
const offers = (flow: Flow, list: (typeof LISTS)[number]): boolean => listsOf(flow).has(list)

const listsOf = derived(({ steps }: Flow): ReadonlySet<string> => {
  const fields = steps.flatMap((step) => Object.values(step.fields))
  return new Set(fields.flatMap((field) => (field.kind === 'choice' && field.from) || []))
})

/** Whether the first step asks for a case where there is none to choose: nobody could get past it. */
const asksForNoCase = (flow: Flow, { step }: Session, around: Surroundings): boolean =>
  Object.values(findStep(flow, step)?.fields ?? {}).some(
    (field) => field.kind === 'choice' && field.from === 'cases' && optionsOf(field, around).length === 0,
  )

function askToResume({ scene }: Turn, open: Session, wanted: string, code: string | undefined): Reply {
  const title = say(scene, 'resume.title')
  const card = notice(scene, {
    title,
    texts: [say(scene, 'resume.text', { dialog: wordsOf(scene, open.dialog).say('title') })],
    actions: [
      commandButton(scene, say(scene, 'resume.continue'), 'resume', '', { style: 'positive' }),
      button(say(scene, 'resume.start'), 'command', {
        team: scene.team.id,
        command: wanted,
        force: 'yes',
        ...(code && { code }),
      }),
    ],
  })
  return { card, summary: title }
}

/** The card of the step somebody stands at, for coming back to it. */
export function presentStep(turn: Turn, session: Session, notice?: string): Decision {
  const flow = flowOf(turn, session.dialog)
  const found = caseOf(turn, session)
  if (!flow || (session.code && !found)) return answer({ text: say(turn.scene, 'forgotten') }, { session: null })
  const hindrance = hindranceTo(turn, flow, found)
  if (hindrance) return hindrance
  const around = surroundingsOf(turn.scene, session, found)
  const settled = settledIn(flow, session, around)
  const more = notice ? { notice } : {}
  return answer(
    asReply(stepCard(turn.scene, flow, settled, around, more)),
    settled === session ? {} : { session: settled },
  )
}

/** Whether the session's step is one that a typed line answers. */
export function takesText(turn: Turn, session: Session): boolean {
  const step = stepOf(turn, session)
  return step !== undefined && onlyText(step) !== undefined
}

function stepOf(turn: Turn, { dialog, step }: Session): Step | undefined {
  const flow = flowOf(turn, dialog)
  return flow && findStep(flow, step)
}

/** What somebody wrote in their own words. What is chosen from a list says nothing, and reading it takes time. */
function ownWords(turn: Turn, session: Session, input: Input): unknown[] {
  if (input.kind === 'text') return [input.text]
  if (input.kind !== 'submit') return []
  const fields = Object.entries(stepOf(turn, session)?.fields ?? {})
  return fields.flatMap(([id, { kind }]) => (kind === 'text' ? [input.values[id]] : []))
}

/** Takes one answer, a step back or a stop in a dialog. A child in danger comes before the next step. */
export function answerStep(turn: Turn, session: Session, input: Input): Decision {
  const decision = takeAnswer(turn, session, input)
  const { change } = decision
  // A form that was not taken comes back with what was filled in; it is not thrown away.
  const returned = input.kind === 'submit' && change.session === undefined
  if (returned || !speaksOfDanger(ownWords(turn, session, input))) return decision
  const code = change.case?.code ?? session.code
  const onwards =
    change.session !== null
      ? [commandButton(turn.scene, say(turn.scene, 'resume.continue'), 'resume')]
      : code
        ? [commandButton(turn.scene, say(turn.scene, 'case.show'), 'case', code)]
        : []
  return { reply: safetyCard(turn, { actions: onwards }), change }
}

function takeAnswer(turn: Turn, session: Session, input: Input): Decision {
  const { scene, seen } = turn
  const flow = flowOf(turn, session.dialog)
  const found = caseOf(turn, session)
  if (!flow || (session.code && !found)) return answer({ text: say(scene, 'forgotten') }, { session: null })
  const hindrance = input.kind === 'cancel' ? undefined : hindranceTo(turn, flow, found)
  if (hindrance) return hindrance

  const around = surroundingsOf(scene, session, found)
  const result = advance(flow, session, input, around)
  // Only with another case there is something else to see.
  const aroundIt = (at: Session) => (at.code === session.code ? around : surroundingsOf(scene, at, caseOf(turn, at)))
  const show = (at: Session, more: Parameters<typeof stepCard>[4] = {}) =>
    asReply(stepCard(scene, flow, at, aroundIt(at), more))

  switch (result.kind) {
    case 'cancelled': {
      const title = say(scene, 'cancelled.title')
      return answer(
        {
          card: notice(scene, { title, texts: [say(scene, 'cancelled.text')], actions: [moreButton(scene)] }),
          summary: title,
        },
        { session: null },
      )
    }
    case 'stale':
      return answer(
        show(result.session, { notice: say(scene, 'stale') }),
        // It stands elsewhere where its step is no more: the dialog was rewritten.
        result.session === session ? {} : { session: result.session },
      )
    case 'unexpected':
      return answer(show(session, { notice: say(scene, 'unexpected') }))
    case 'invalid':
      return answer(show(session, { faults: result.faults, entered: result.entered }))
    case 'moved': {
      const { change, code } = happen(turn, session, result, found)
      const moved = code ? keptIn(flow, result.session, code, around) : result.session
      return answer(show(moved), { ...change, session: moved })
    }
    case 'finished': {
      const { change, code } = happen(turn, session, result, found)
      const ended = code ? { ...result.session, code } : result.session
      const closing = finish(turn, ended, result, change.case ?? seen.case?.value)
      return { reply: closing.reply, change: merge(change, closing.change) }
    }
  }
}

/** Performs the effect of a step, if it has one. */
function happen(
  turn: Turn,
  before: Session,
  result: Extract<Result, { effect?: string }>,
  found?: Case,
): { change: Change; code?: string } {
  const effect = result.effect === undefined ? undefined : EFFECTS[result.effect]
  if (!effect) return { change: {} }
  const change = effect({
    scene: turn.scene,
    session: result.session,
    actor: turn.user.id,
    id: `${before.id}.${before.step}`,
    newCode: turn.kit.newCode,
    ...(found && { case: found }),
  })
  return { change, code: change.case.code }
}

/** What comes after the last step: another dialog, a card of its own, or a few words. */
function finish(
  turn: Turn,
  session: Session,
  { ending }: Extract<Result, { kind: 'finished' }>,
  found?: Case,
): Decision {
  if (ending.begin) {
    const carried = ending.carry.flatMap((name) => {
      const value = session.vars[name]
      return value === undefined ? [] : [[name, value] as const]
    })
    return startDialog(turn, ending.begin, Object.fromEntries(carried), found)
  }
  const reply = ending.show ? ENDINGS[ending.show]?.(turn, session, found) : undefined
  return answer(reply ?? lastWords(turn, session, ending.say ?? 'title', ending.next), { session: null })
}

/** The session's case, once it has one; a case that only a card names counts for nothing. */
function caseOf({ seen, incoming }: Turn, session: Session): Case | undefined {
  const found = seen.case?.value
  if (!found) return undefined
  if (session.code) return found.code === session.code ? found : undefined
  // The very click that chooses a case: the read has fetched it already, so that the next step can be drawn from it.
  const chosen = incoming.what.kind === 'action' ? incoming.what.data.code : undefined
  return found.code === chosen ? found : undefined
}

const asReply = (card: Reply['card'] & {}): Reply => ({ card, summary: String(card.fallbackText ?? '') })

const countBy = (values: string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}
