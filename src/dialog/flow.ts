import * as z from 'zod'
import { compileFormula, type Formula } from './expressions.ts'

const formula = z.string().transform((text, context): Formula => {
  try {
    return compileFormula(text)
  } catch (error) {
    context.addIssue({ code: 'custom', message: `"${text}" is not an expression: ${(error as Error).message}` })
    return z.NEVER
  }
})

const required = z.union([z.boolean(), formula]).default(false)

const textField = z.strictObject({
  kind: z.literal('text'),
  /** Several lines, for a few sentences. */
  lines: z.boolean().default(false),
  max: z.int().positive().max(4000),
  required,
  default: formula.optional(),
})
const choiceField = z.strictObject({
  kind: z.literal('choice'),
  /** Fixed options; their words stand in the word files. */
  options: z.array(z.string()).default([]),
  /** A list the app fills in: the user's cases, the staff, the suggested coordinators. */
  from: z.string().optional(),
  /** Several may be chosen; the answer is their names with commas between. */
  many: z.boolean().default(false),
  /** Shown as a box to search in, for long lists. */
  search: z.boolean().default(false),
  required,
  default: formula.optional(),
})
const dateField = z.strictObject({
  kind: z.literal('date'),
  notBefore: formula.optional(),
  notAfter: formula.optional(),
  required,
  default: formula.optional(),
})
const field = z.discriminatedUnion('kind', [textField, choiceField, dateField])

const action = z.strictObject({
  id: z.string(),
  /** The step to go to, where it is not the next one. */
  go: z.string().optional(),
  if: formula.optional(),
  /** Takes the last form out of this list again, to correct it. */
  takeBack: z.string().optional(),
  style: z.enum(['default', 'positive', 'destructive']).default('default'),
})

const step = z.strictObject({
  id: z.string(),
  if: formula.optional(),
  /** The template in cards/ it is drawn with. */
  card: z.string().default('step'),
  fields: z.record(z.string(), field).default({}),
  /** A named check over the whole form. */
  check: z.string().optional(),
  /** A named rule that fills in further answers from those given, before it is decided where to go. */
  fill: z.string().optional(),
  /** The filled-in form is put at the end of this list, and the fields are empty again. */
  collect: z.string().optional(),
  actions: z
    .array(action)
    .min(1)
    .default([{ id: 'next', style: 'default' }]),
  /** The named effect that happens when the step is left forwards. */
  do: z.string().optional(),
})

const ending = z.strictObject({
  if: formula.optional(),
  /** The dialog that follows at once. */
  begin: z.string().optional(),
  /** Answers that the following dialog begins with. */
  carry: z.array(z.string()).default([]),
  /** The words to end with. */
  say: z.string().optional(),
  /** The card to end with. */
  show: z.string().optional(),
  /** Dialogs that the words to end with have a button for. */
  next: z.array(z.string()).default([]),
})

export const flowSchema = z.strictObject({
  /** What the gate must allow, once there is a case. */
  needs: z.string(),
  steps: z.array(step).min(1),
  finish: z.array(ending).min(1),
})

export type Field = z.output<typeof field>
export type Step = z.output<typeof step>
export type Action = z.output<typeof action>
export type Ending = z.output<typeof ending>
export type Flow = z.output<typeof flowSchema> & { name: string }

export const findStep = (flow: Flow, id: string): Step | undefined => flow.steps.find((step) => step.id === id)
