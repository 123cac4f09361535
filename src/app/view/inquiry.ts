import type { Case } from '../../domain/case.ts'
import type { Contact } from '../../domain/contact.ts'
import { waitingInquiry } from '../../domain/inquiry.ts'
import { nameOf, type Scene, say, sayMoment } from '../scene.ts'
import { button, type RowView, row } from './parts.ts'

/** A home that waits for an answer, or has had it: who took the call and when, and nothing of what was said. */
export function inquiryRow(
  scene: Scene,
  found: Case,
  { id, by, at }: Contact,
  { heading, data }: { heading: string; data: Record<string, string> },
): RowView {
  const waits = waitingInquiry(found)?.id === id
  return row({
    heading,
    what: say(scene, waits ? 'inquiry.waits' : 'inquiry.settled'),
    line: say(scene, 'inquiry.taken', { name: nameOf(scene, by), on: sayMoment(scene, at) }),
    state: waits ? '' : '✅',
    stateColor: 'good',
    actions: waits
      ? [button(say(scene, 'inquiry.answered'), 'answered', data), button(say(scene, 'agreement.open'), 'open', data)]
      : [],
  })
}
