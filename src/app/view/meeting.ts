import { type Meeting, type MeetingPlan, type PlannedMeeting, POINTS } from '../../domain/meeting.ts'
import { nameOf, type Scene, say, sayDay, wordsOf } from '../scene.ts'

/** "torsdag den 26. november kl. 14.30", where it has a time. */
export const sayWhen = (scene: Scene, { on, time }: Pick<Meeting, 'on' | 'time'>): string =>
  time ? say(scene, 'meeting.at', { day: sayDay(scene, on), time: sayClock(scene, time) }) : sayDay(scene, on)

export const sayClock = (scene: Scene, time: string): string => time.replace(':', say(scene, 'clockSign'))

/** The invitation to the home, line by line; an empty one is a paragraph's end. */
export function invitationLetter(scene: Scene, meeting: PlannedMeeting): string[] {
  const letter = (path: string, args?: Record<string, string>) =>
    wordsOf(scene, 'meeting').say(`invitation.letter.${path}`, args)
  const { minutes, where, who, pupil, planned } = meeting
  const when = `${sayWhen(scene, meeting)} ${letter(`places.${meeting.place}`)}${where ? ` (${where})` : ''}`
  return [
    letter('hello'),
    '',
    letter('why'),
    '',
    letter('when', { when, length: letter(`lengths.${minutes}`) }),
    letter('who', { who: inOneLine(who) }),
    letter(`pupils.${pupil}`),
    '',
    letter('plan'),
    ...['pupil', 'home', 'school', 'shared'].map((point) => letter(`points.${point}`)),
    '',
    letter('prepare'),
    '',
    letter('easy'),
    '',
    letter('close'),
    '',
    letter('regards'),
    nameOf(scene, planned.by),
  ]
}

const inOneLine = (text: string): string => text.split('\n').join(', ')

/** Where a meeting takes place, for a calendar. */
export const placeOf = (scene: Scene, { place, where }: Pick<MeetingPlan, 'place' | 'where'>): string =>
  where ?? wordsOf(scene, 'meeting').say(`when.fields.place.options.${place}`)

/** The points of the agenda by name; the one that is open stands out. */
export const agendaLine = (scene: Scene, open: string): { text: string; weight: 'Bolder' | 'Default' }[] =>
  ['welcome', ...POINTS, 'agreements'].map((point, index) => ({
    text: `${index === 0 ? '' : ' › '}${wordsOf(scene, 'meeting-hold').say(`points.${point}`)}`,
    weight: point === open ? 'Bolder' : 'Default',
  }))
