/** Each step of a dialog as somebody would see it who answered the way the placeholders suggest. */
import type { Content } from '../../app/content.ts'
import type { Card } from '../../app/ports.ts'
import { type Scene, sceneOf, wordsOf } from '../../app/scene.ts'
import { caseOption, surroundingsOf } from '../../app/surroundings.ts'
import { stepCard } from '../../app/view/step.ts'
import type { Field, Flow, Step } from '../../dialog/flow.ts'
import { optionsOf, type Surroundings, scopeOf } from '../../dialog/runner.ts'
import type { Session, Value, Vars } from '../../dialog/session.ts'
import { openCase } from '../../domain/case.ts'
import { parseCaseCode } from '../../domain/case-code.ts'
import type { Language, Team } from '../../domain/team.ts'
import type { Instant } from '../../domain/time.ts'
import { COLLEAGUES, SCHOOL, TEACHER } from '../../local/school.ts'

export interface Sample {
  name: string
  language: Language
  card: Card
}

/** The steps of a dialog in one language, in the order they stand in the file. */
export function samplesOf(content: Content, flow: Flow, language: Language, now: Instant): Sample[] {
  const scene = sceneOf(content, teamOf(language, now), language, now)
  const found = openCase({ code: 'F-7K3Q', alias: 'MK', creator: TEACHER.id, now })
  let session: Session = {
    v: 1,
    id: 'preview',
    dialog: flow.name,
    user: TEACHER.id,
    step: '',
    trail: [],
    vars: { cases: [{ ...caseOption(scene, found) }], burdens: {}, ...listsOf(flow) },
    startedAt: now,
  }
  return flow.steps.map((step) => {
    session = { ...session, step: step.id }
    const around = surroundingsOf(scene, session, found)
    const card = stepCard(scene, flow, session, around)
    session = answered(scene, step, session, around)
    return { name: `${flow.name} · ${step.id}`, language, card }
  })
}

const listsOf = (flow: Flow): Vars =>
  Object.fromEntries(flow.steps.flatMap(({ collect }) => (collect ? [[collect, []]] : [])))

/** The session after this step. A step that would not have come leaves nothing behind. */
function answered(scene: Scene, step: Step, session: Session, around: Surroundings): Session {
  if (step.if && step.if.evaluate(scopeOf(session, around)) !== true) return session
  const form: Vars = {}
  for (const [name, field] of Object.entries(step.fields)) {
    const scope = scopeOf({ ...session, vars: { ...session.vars, ...form } }, around)
    form[name] =
      (field.default?.evaluate(scope) as Value | undefined) ?? likely(scene, session, step, name, field, around)
  }
  const { collect } = step
  const collected = collect ? { [collect]: [...((session.vars[collect] ?? []) as Value[]), form] } : form
  const code = parseCaseCode(String(form.code ?? ''))
  return {
    ...session,
    trail: [...session.trail, step.id],
    vars: { ...session.vars, ...collected },
    ...(code && { code }),
  }
}

/** What somebody might answer: the first fixed choice, or what the placeholder gives as an example. */
function likely(
  scene: Scene,
  session: Session,
  step: Step,
  name: string,
  field: Field,
  around: Surroundings,
): string | null {
  if (field.kind === 'date') return null
  if (field.kind === 'choice') return field.options[0] ?? optionsOf(field, around)[0]?.value ?? null
  const words = wordsOf(scene, session.dialog)
  const placeholder = `${step.id}.fields.${name}.placeholder`
  return words.has(placeholder) ? words.say(placeholder).replace(/^(?:fx|f\.eks\.|e\.g\.)\s+/i, '') : '…'
}

const teamOf = (language: Language, now: Instant): Team => {
  const channel = { address: 'preview', name: SCHOOL.channel.name }
  return {
    v: 1,
    id: SCHOOL.team.id,
    tenant: SCHOOL.tenant,
    name: SCHOOL.team.name,
    language,
    zone: 'Europe/Copenhagen',
    hour: 8,
    home: 'preview',
    channel,
    channels: [channel],
    closed: [],
    members: [TEACHER, ...COLLEAGUES].map((person) => ({ ...person, guest: false })),
    membersAt: now,
    leaders: [TEACHER.id],
  }
}
