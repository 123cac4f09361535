import type { Case } from '../../domain/case.ts'
import { latestConcern, SPANS, type Span } from '../../domain/concern.ts'
import { type Scene, say, sayDay, sayMoment, wordsOf } from '../scene.ts'

/** The newest concern of a case, line by line, under the questions it answered; nothing for a case without one. */
export function concernNotes(
  scene: Scene,
  found: Case,
  { asked, shorten }: Record<'asked' | 'shorten', (text: string) => string>,
) {
  const concern = latestConcern(found)
  if (!concern) return []
  const { seen, weekdays, lessons, since, away, known, tried } = concern
  const words = wordsOf(scene, 'concern')
  const line = (step: string, field: string, text: string | undefined) =>
    text ? [{ label: asked(words.say(`${step}.fields.${field}.label`)), text: shorten(text) }] : []
  const chosen = (step: string, field: string, values: readonly string[]) =>
    line(step, field, values.map((value) => words.say(`${step}.fields.${field}.options.${value}`)).join(', '))
  const spans = Object.keys(SPANS) as Span[]
  return [
    {
      title: say(scene, 'case.concern', { on: sayMoment(scene, concern.at) }),
      lines: [
        ...line('pattern', 'seen', seen),
        ...chosen('pattern', 'weekdays', weekdays),
        ...line('pattern', 'lessons', lessons),
        ...line('pattern', 'since', since && sayDay(scene, since)),
        ...spans.flatMap((span) => line('absence', span, away[span]?.toString())),
        ...chosen('known', 'known', known),
        ...line('known', 'tried', tried),
      ],
    },
  ]
}
