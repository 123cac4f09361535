/** What stands in a file and who may fetch it. */
import { may } from '../../domain/access.ts'
import type { Case } from '../../domain/case.ts'
import { type Meeting, meetingById } from '../../domain/meeting.ts'
import type { FileMakers, FileOrder } from '../ports.ts'
import { type Scene, say, wordsOf } from '../scene.ts'
import { deckOf } from './deck.ts'
import { exportLines } from './export.ts'
import { placeOf } from './meeting.ts'
import { minutesOf } from './minutes.ts'

export interface FileView {
  /** Plain letters, and nothing of the pupil: it stays behind in somebody's folder of downloads. */
  name: string
  type: string
  body: (make: FileMakers) => Promise<Buffer>
}

/** The file that was ordered, as things stand now; nothing where this person may not have it, or it is not there any more. */
export function fileOf(scene: Scene, user: string, found: Case | undefined, order: FileOrder): FileView | undefined {
  if (order.kind === 'deck') return deckFile(scene, user, order)
  if (order.kind === 'export') return exportFile(scene, user, found)
  const meeting = found && meetingById(found, order.meeting)
  if (!meeting || may(user, 'case.read', { team: scene.team, case: found }) !== true) return undefined
  return order.kind === 'minutes' ? minutesFile(scene, found, meeting) : invitationFile(scene, found, meeting)
}

function deckFile(scene: Scene, user: string, order: Extract<FileOrder, { kind: 'deck' }>): FileView | undefined {
  if (may(user, 'team.see', { team: scene.team }) !== true) return undefined
  return {
    name: say(scene, 'files.names.deck', { stage: order.stage }),
    type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    body: (make) => make.deck(deckOf(scene, order)),
  }
}

/** The whole text of a case, for the school's own file; the mark at its beginning tells every editor that it is UTF-8. */
function exportFile(scene: Scene, user: string, found: Case | undefined): FileView | undefined {
  if (!found || may(user, 'case.export', { team: scene.team, case: found }) !== true) return undefined
  return {
    name: say(scene, 'files.names.export', { code: found.code }),
    type: 'text/plain; charset=utf-8',
    body: async () => Buffer.from(`\ufeff${exportLines(scene, found).join('\r\n')}\r\n`),
  }
}

function minutesFile(scene: Scene, found: Case, meeting: Meeting): FileView | undefined {
  if (!meeting.held) return undefined
  return {
    name: say(scene, 'files.names.minutes', { code: found.code }),
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    body: (make) => make.minutes(minutesOf(scene, found, meeting)),
  }
}

function invitationFile(scene: Scene, { code }: Case, meeting: Meeting): FileView | undefined {
  const { id, on, time, minutes, place, where, planned } = meeting
  if (!planned || !time || !minutes || !place) return undefined
  const words = wordsOf(scene, 'meeting')
  return {
    name: say(scene, 'files.names.invitation', { code }),
    type: 'text/calendar; charset=utf-8',
    body: (make) =>
      make.invitation({
        id,
        moved: planned.moved,
        plannedAt: planned.at,
        on,
        time,
        minutes,
        zone: scene.team.zone,
        title: words.say('invitation.calendar.title'),
        text: `${words.say('invitation.calendar.why')}\n\n${code}`,
        place: placeOf(scene, { place, ...(where && { where }) }),
      }),
  }
}
