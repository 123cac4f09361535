/** What to do when a child may be in danger: stop writing, act now. Nothing is judged here, and nothing kept. */
import { dangerIn } from '../domain/safety.ts'
import type { Turn } from './decision.ts'
import type { Reply } from './ports.ts'
import { say } from './scene.ts'
import { type Button, notice } from './view/parts.ts'

/** The order in which it is to be read. */
const STEPS = ['now', 'duty', 'home', 'child', 'write'] as const

/** The card; `noticed` where somebody's own words brought it up, with the way back to what they were doing. */
export function safetyCard({ scene }: Pick<Turn, 'scene'>, noticed?: { actions: Button[] }): Reply {
  const title = say(scene, 'safety.title')
  const { contacts } = scene.team
  const card = notice(scene, {
    title,
    texts: [
      ...(noticed ? [say(scene, 'safety.noticed')] : []),
      ...STEPS.map((step) => say(scene, `safety.steps.${step}`)),
    ],
    quotes: [{ what: say(scene, 'safety.contacts'), line: contacts ?? say(scene, 'safety.noContacts') }],
    actions: noticed?.actions ?? [],
  })
  return { card, summary: title }
}

/** Whether what somebody filled in or typed plainly speaks of a child in danger. */
export const speaksOfDanger = (values: Iterable<unknown>): boolean =>
  [...values].some((value) => typeof value === 'string' && dangerIn(value) !== undefined)
