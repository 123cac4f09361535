import type { Agreement } from '../../domain/agreement.ts'
import type { Case } from '../../domain/case.ts'
import { agreedAt, type Meeting, POINTS } from '../../domain/meeting.ts'
import type { MinutesFile } from '../ports.ts'
import { nameOf, type Scene, sayDay, wordsOf } from '../scene.ts'
import { sayWhen } from './meeting.ts'

/** The minutes of a meeting, told to the pupil. There is no name or initial of the pupil in them: "you" is enough. */
export function minutesOf(scene: Scene, found: Case, meeting: Meeting): MinutesFile {
  const words = wordsOf(scene, 'meeting-hold')
  const minutes = (path: string, args?: Record<string, string>) => words.say(`minutes.${path}`, args)
  const agreed = agreedAt(found, meeting, scene.team.zone)
  const holder = found.coordination.coordinator
  const talks = nextTalks(scene, agreed, minutes)
  const said = POINTS.flatMap((point) => {
    const text = meeting.held?.notes[point]
    return text ? [{ title: minutes(`sections.${point}`), paragraphs: linesIn(text), quoted: point === 'pupil' }] : []
  })
  return {
    language: scene.language,
    title: minutes('title'),
    // Kept for years, so the year belongs to the day.
    subtitle: capitalised(sayWhen({ ...scene, today: '' }, meeting)),
    sections: [...(meeting.who ? [{ title: minutes('who'), paragraphs: linesIn(meeting.who) }] : []), ...said],
    agreed: {
      title: minutes('agreed'),
      columns: ['what', 'who', 'by', 'followUp'].map((column) => minutes(`columns.${column}`)),
      rows: agreed.map((agreement) => rowOf(scene, agreement, minutes)),
      none: minutes('nothing'),
    },
    after: [
      {
        title: minutes('coordinator.title'),
        paragraphs: [
          holder ? minutes('coordinator.text', { name: nameOf(scene, holder.user) }) : minutes('coordinator.none'),
        ],
      },
      ...(talks.length > 0 ? [{ title: minutes('next.title'), paragraphs: talks }] : []),
    ],
    close: minutes('close'),
    footer: minutes('footer'),
  }
}

type Say = (path: string, args?: Record<string, string>) => string

const rowOf = (scene: Scene, { what, who, staff, by, followUp }: Agreement, say: Say): string[] => [
  what,
  capitalised(say(`whos.${who}`, { name: staff ? nameOf(scene, staff) : '' })),
  capitalised(say('by', { by: sayDay(scene, by) })),
  capitalised(sayDay(scene, followUp.on)),
]

/** Each day on which somebody talks again, once, the first of them first. */
function nextTalks(scene: Scene, agreed: Agreement[], say: Say): string[] {
  const days = agreed.map(({ followUp }) => followUp).sort((a, b) => a.on.localeCompare(b.on))
  return [
    ...new Set(
      days.map(({ on, how }) => capitalised(say('next.line', { on: sayDay(scene, on), how: say(`next.hows.${how}`) }))),
    ),
  ]
}

const linesIn = (text: string): string[] =>
  text.split('\n').flatMap((line) => (line.trim() === '' ? [] : capitalised(line.trim())))

const capitalised = (text: string): string => text.replace(/^\p{Ll}/u, (first) => first.toUpperCase())
