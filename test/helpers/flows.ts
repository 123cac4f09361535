/** Small dialogs for tests, written as a coach writes them. */
import { parse } from 'yaml'
import { type Flow, flowSchema } from '../../src/dialog/flow.ts'
import type { Surroundings } from '../../src/dialog/runner.ts'

export const aFlow = (text: string, name = 'walk'): Flow => ({ name, ...flowSchema.parse(parse(text)) })

export const someSurroundings = (over: Partial<Surroundings> = {}): Surroundings => ({
  today: '2026-11-24',
  tomorrow: '2026-11-25',
  inAWeek: '2026-12-01',
  inFourWeeks: '2026-12-22',
  user: 'karen',
  lists: {
    cases: [{ value: 'F-7K3Q', title: 'MK' }],
    colleagues: [
      { value: 'karen', title: 'Karen' },
      { value: 'bo', title: 'Bo' },
    ],
  },
  check: (name, { what }) => (name === 'short' && String(what).length > 5 ? [{ field: 'what', code: 'long' }] : []),
  fill: (name, vars) => (name === 'greet' ? { ...vars, greeting: `hej ${vars.alias}` } : vars),
  ...over,
})
