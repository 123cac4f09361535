/** What people have written down in a case, line by line, each under what it answers. */
import { type Concern, SPANS, type Span } from '../../domain/concern.ts'
import { type Contact, QUESTIONS } from '../../domain/contact.ts'
import { type Meeting, POINTS } from '../../domain/meeting.ts'
import { type Scene, sayDay, wordsOf } from '../scene.ts'

export interface Line {
  /** With the mark that ends it. */
  label: string
  text: string
}

/** Nothing where nothing was answered. A question has its own mark. */
export const line = (label: string, text: string | undefined): Line[] =>
  text ? [{ label: label.endsWith('?') ? label : `${label}:`, text }] : []

export function concernLines(scene: Scene, { seen, weekdays, lessons, since, away, known, tried }: Concern): Line[] {
  const words = wordsOf(scene, 'concern')
  const under = (step: string, field: string, text: string | undefined) =>
    line(words.say(`${step}.fields.${field}.label`), text)
  const chosen = (step: string, field: string, values: readonly string[]) =>
    under(step, field, values.map((value) => words.say(`${step}.fields.${field}.options.${value}`)).join(', '))
  const spans = Object.keys(SPANS) as Span[]
  return [
    ...under('pattern', 'seen', seen),
    ...chosen('pattern', 'weekdays', weekdays),
    ...under('pattern', 'lessons', lessons),
    ...under('pattern', 'since', since && sayDay(scene, since)),
    ...spans.flatMap((span) => under('absence', span, away[span]?.toString())),
    ...chosen('known', 'known', known),
    ...under('known', 'tried', tried),
  ]
}

/** What was said in a talk with the home. */
export function talkLines(scene: Scene, { notes }: Contact): Line[] {
  const words = wordsOf(scene, 'call-prep')
  return QUESTIONS.flatMap((question) => line(words.say(`sheet.fields.${question}.label`), notes[question]))
}

/** What was said at a meeting. */
export function meetingLines(scene: Scene, { held }: Meeting): Line[] {
  const words = wordsOf(scene, 'meeting-hold')
  return POINTS.flatMap((point) => line(words.say(`${point}.fields.${point}.label`), held?.notes[point]))
}
