/** A message picked out in a chat becomes an agreement: it stands ready in the form, and nothing is kept until it is sent. */
import { type Flow, findStep, type Step } from '../dialog/flow.ts'
import { advance, begin, scopeOf } from '../dialog/runner.ts'
import type { Session, Vars } from '../dialog/session.ts'
import type { Fault } from '../domain/fault.ts'
import { answer, type Decision, gate, refuse, type Turn, text, toDirect } from './decision.ts'
import { startDialog } from './dialogs.ts'
import type { Reply } from './ports.ts'
import { safetyCard, speaksOfDanger } from './safety.ts'
import { say, wordsOf } from './scene.ts'
import { surroundingsOf } from './surroundings.ts'
import { button, notice, sayFault } from './view/parts.ts'
import { fieldViews, labelOf } from './view/step.ts'

const DIALOG = 'agreement-log'
const FORM = 'agreement'

/** The agreement's form with the message in it. */
export function draftAgreement(turn: Turn, data: Record<string, unknown>): Decision {
  const refused = gate(turn, 'case.open')
  if (refused) return refuse(turn, refused)
  const what = text(data.what) ?? ''
  // That a child may be in danger is no agreement to write down.
  return answer(speaksOfDanger([what]) ? safetyCard(turn, { actions: [] }) : formCard(turn, { what }))
}

/** Takes the form, and goes on with the dialog in the direct chat, where the agreement is looked at once more. */
export function takeDraft(turn: Turn, data: Record<string, unknown>): Decision {
  const refused = gate(turn, 'case.open')
  if (refused) return refuse(turn, refused)
  const { flow, session, around } = standing(turn)
  const filled = { kind: 'submit', step: FORM, action: 'next', values: data } as const
  const result = advance(flow, session, filled, around)
  if (result.kind === 'invalid') return answer(formCard(turn, data, result.faults))
  if (speaksOfDanger([data.what])) return answer(safetyCard(turn, { actions: [] }))
  const forms = result.session.vars.agreements
  const [form] = Array.isArray(forms) ? forms : []
  const started = startDialog(turn, DIALOG, form as Vars)
  const { reply, change } = toDirect(turn, 'resume')
  return answer(reply, { ...started.change, ...change })
}

function formCard(turn: Turn, entered: Record<string, unknown>, faults: Fault[] = []): Reply {
  const { scene, seen } = turn
  const { step, session, around } = standing(turn)
  const words = wordsOf(scene, DIALOG)
  const title = say(scene, 'draft.title')
  const open = seen.session?.value
  const replaced =
    open && open.trail.length > 0
      ? [say(scene, 'draft.replaces', { dialog: wordsOf(scene, open.dialog).say('title') })]
      : []
  const card = notice(scene, {
    title,
    texts: [say(scene, 'draft.text'), ...replaced],
    faults: faults.map((fault) => sayFault(scene, fault, labelOf(words, FORM, fault.field))),
    fields: fieldViews(words, step, { ...scopeOf(session, around), ...entered }, around),
    actions: [
      button(say(scene, 'draft.next'), 'drafted', { team: scene.team.id }, { style: 'positive', inputs: 'auto' }),
    ],
  })
  return { card, summary: title }
}

/** The dialog as it would be at its form; only for reading what the form asks and takes. */
function standing({ scene, kit, seen, user }: Turn): { flow: Flow; step: Step } & {
  session: Session
  around: ReturnType<typeof surroundingsOf>
} {
  const flow = kit.content.flows[DIALOG]
  const step = flow && findStep(flow, FORM)
  if (!flow || !step) throw new Error(`There is no step "${FORM}" in dialogs/${DIALOG}`)
  const around = surroundingsOf(scene, { dialog: DIALOG, user: user.id, vars: {} })
  const session = begin(flow, { id: FORM, user: user.id, startedAt: seen.now }, around)
  return { flow, step, session: { ...session, step: FORM }, around }
}
