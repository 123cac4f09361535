/** A case is closed in one click, unless something in it is still going on: then it is asked about first. */
import { type Case, openAgreements } from '../domain/case.ts'
import { waitingInquiry } from '../domain/inquiry.ts'
import { plannedMeeting } from '../domain/meeting.ts'
import { CLOSED_DAYS } from '../domain/retention.ts'
import { answer, type Decision, gate, type Turn, toDirect } from './decision.ts'
import { say } from './scene.ts'
import { agreementLine } from './view/agreement.ts'
import { sayWhen } from './view/meeting.ts'
import { button, MOST_ROWS, notice } from './view/parts.ts'

/** Whether somebody still counts on something: an open agreement, a meeting to come, a home that waits for an answer. */
export const isStillGoingOn = (found: Case): boolean =>
  openAgreements(found).length > 0 || plannedMeeting(found) !== undefined || waitingInquiry(found) !== undefined

/** Says what is still open and what becomes of it, and asks. `post` is the posted card that was clicked, if it was one. */
export function askToClose(turn: Turn, found: Case, post: string | undefined): Decision {
  const { scene, incoming } = turn
  const { code } = found
  if (incoming.place === 'channel') return toDirect(turn, 'case', code)
  const title = say(scene, 'case.closing.title', { code })
  const open = openAgreements(found)
  const planned = plannedMeeting(found)
  const texts = [
    ...(open.length > 0 ? [say(scene, 'case.closing.open', { count: open.length })] : []),
    ...(planned ? [say(scene, 'case.closing.meeting', { meeting: sayWhen(scene, planned) })] : []),
    ...(waitingInquiry(found) ? [say(scene, 'case.closing.waiting')] : []),
    say(scene, 'case.closing.then', { days: CLOSED_DAYS }),
  ]
  // A leader may close a case without reading it.
  const shown = gate(turn, 'case.readAgreements', found) ? [] : open.slice(0, MOST_ROWS)
  const data = { team: scene.team.id, code, ...(post && { post }) }
  const card = notice(scene, {
    title,
    texts,
    quotes: shown.map((agreement) => ({ what: agreement.what, line: agreementLine(scene, agreement) })),
    actions: [
      button(say(scene, 'case.closing.keep'), 'close', { ...data, sure: 'no' }, { style: 'positive' }),
      button(say(scene, 'case.closing.confirm'), 'close', { ...data, sure: 'yes' }),
    ],
  })
  return answer({ card, summary: title })
}
