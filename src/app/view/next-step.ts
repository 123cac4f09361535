/** The next step of a case as words and one button, and the question to whoever holds it whether the leader knows. */
import type { Case } from '../../domain/case.ts'
import { SPANS } from '../../domain/concern.ts'
import {
  type LeaderReason,
  leaderReasons,
  nextStep,
  type Reason,
  type Stage,
  type StepName,
} from '../../domain/next-step.ts'
import { profileOf } from '../../domain/rhythm.ts'
import type { Card } from '../ports.ts'
import { type Scene, say, sayDay } from '../scene.ts'
import { type Button, button, commandButton, notice } from './parts.ts'

export interface Suggestion {
  what: string
  why: string
  actions: Button[]
}

/** The dialogs that a step may be taken with; the first one there is. */
const DIALOGS: Partial<Record<StepName, readonly string[]>> = {
  answer: ['call-prep'],
  call: ['call-prep'],
  agree: ['agreement-log'],
  check: ['call-prep'],
  followUp: ['call-prep'],
  meet: ['meeting', 'call-prep'],
  coordinator: ['coordinator-pick'],
  askPupil: ['pupil-talk', 'agreement-log'],
}

/** What comes next in an open case, why, and the button that begins it. */
export function nextOf(scene: Scene, found: Case): Suggestion | undefined {
  const next = nextStep(found, profileOf(scene.team), { ...scene.team, today: scene.today })
  return (
    next && {
      what: say(scene, `next.steps.${next.step}`),
      why: next.reasons.map((reason) => sayReason(scene, reason)).join(' '),
      actions: stepButtons(scene, next.step, found.code),
    }
  )
}

const sayReason = (scene: Scene, { code, day, count }: Reason): string =>
  say(scene, `next.reasons.${code}`, { on: day ? sayDay(scene, day) : '', count: count ?? 0 })

function stepButtons(scene: Scene, step: StepName, code: string): Button[] {
  if (step === 'close') return [button(say(scene, 'case.close'), 'close', { team: scene.team.id, code })]
  const dialog = DIALOGS[step]?.find((name) => scene.content.flows[name])
  if (!dialog) return []
  const begin = commandButton(scene, say(scene, `next.buttons.${step}`), dialog, code, { style: 'positive' })
  // Whoever has called already need not prepare it.
  return step === 'answer' ? [begin, answeredButton(scene, code)] : [begin]
}

const answeredButton = (scene: Scene, code: string): Button =>
  button(say(scene, 'inquiry.answered'), 'answered', { team: scene.team.id, code })

/** The occasion to ask whether the leader knows, where there is one. */
export function leaderQuestion(scene: Scene, found: Case): Suggestion | undefined {
  const { today, team } = scene
  const reasons = leaderReasons(found, profileOf(team), { today, dealFrom: team.dealFrom })
  if (reasons.length === 0) return undefined
  const told = (of: LeaderReason[]) => of.map(({ code, count }) => say(scene, `next.leader.${code}`, { count }))
  const counts = reasons.filter(({ code }) => code in SPANS)
  const list = new Intl.ListFormat(scene.language).format(told(counts))
  const why = [
    ...(counts.length > 0 ? [say(scene, 'next.leader.away', { list })] : []),
    ...told(reasons.filter((reason) => !counts.includes(reason))),
  ]
  return {
    what: say(scene, 'next.leader.title'),
    why: [...why, say(scene, 'next.leader.only')].join(' '),
    actions: [button(say(scene, 'next.leader.knows'), 'leader-knows', { team: team.id, code: found.code })],
  }
}

/** The word to whoever holds a case that the rhythm has a talk for now. */
export function nudgeCard(scene: Scene, found: Case, { stage, from, on }: Stage): { card: Card; summary: string } {
  const { code } = found
  const title = say(scene, `nudge.${stage}.title`, { code })
  const days = { from: sayDay(scene, from), on: sayDay(scene, on), late: on < scene.today ? 'yes' : 'no' }
  const card = notice(scene, {
    title,
    texts: [say(scene, `nudge.${stage}.text`, days)],
    actions: [
      ...stepButtons(scene, stage === 'contact' ? 'call' : stage, code),
      commandButton(scene, say(scene, 'cases.open'), 'case', code),
    ],
  })
  return { card, summary: title }
}
