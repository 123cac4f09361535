/** What happens in the world when a dialog's step is left. Each runs under an id made from session and step, so a repeat is harmless. */
import { type Session, textIn, type Vars } from '../dialog/session.ts'
import { logAgreements } from '../domain/agreement.ts'
import { type Case, openCase, type PupilView, recordPupilView } from '../domain/case.ts'
import { daysAway, KNOWERS, recordConcern, SPANS, type Span, WEEKDAYS } from '../domain/concern.ts'
import { QUESTIONS, recordContact } from '../domain/contact.ts'
import { acceptCoordination, askCoordinator } from '../domain/coordinator.ts'
import { dropMeeting, holdMeeting, type MeetingPlan, POINTS, planMeeting } from '../domain/meeting.ts'
import type { Post } from '../domain/post.ts'
import { atHour, nextSchoolDay } from '../domain/school-calendar.ts'
import type { Change } from './change.ts'
import type { Scene } from './scene.ts'
import { collectedTerms, pickedColleague } from './surroundings.ts'

export interface EffectInput {
  scene: Scene
  session: Session
  actor: string
  case?: Case
  /** The same for every repetition of this step of this session. */
  id: string
  newCode: () => string
}

export type Effect = (input: EffectInput) => Change & { case: Case }

export const EFFECTS: Record<string, Effect> = {
  /** Keeps a concern: what is seen, how much, who knows, what has been tried. */
  recordConcern: (input) => {
    const { scene, session, actor, id } = input
    const { vars } = session
    const chosen = <T extends string>(name: string, all: readonly T[]): T[] => {
      const names = textIn(vars, name).split(',')
      return all.filter((one) => names.includes(one))
    }
    const away = Object.fromEntries(
      (Object.keys(SPANS) as Span[]).flatMap((span) => {
        const count = daysAway(textIn(vars, span), span)
        return count === undefined ? [] : [[span, count]]
      }),
    )
    const changed = recordConcern(caseOf(input), {
      id,
      at: scene.now,
      by: actor,
      seen: textIn(vars, 'seen'),
      weekdays: chosen('weekdays', WEEKDAYS),
      away,
      known: chosen('known', KNOWERS),
      ...optional('lessons', textIn(vars, 'lessons')),
      ...optional('since', textIn(vars, 'since')),
      ...optional('tried', textIn(vars, 'tried')),
    })
    return { case: changed, audit: [entry(input, 'concern-recorded', changed)] }
  },

  /** Keeps what was said in a call; or that nobody answered, and then whoever writes it down is reminded to try again. */
  recordContact: (input) => {
    const { scene, session, id } = input
    const { vars } = session
    const found = caseOf(input)
    const reached = vars.reached === 'yes'
    const changed = recordContact(found, {
      id,
      at: scene.now,
      by: textIn(vars, 'caller') || input.actor,
      direction: vars.direction === 'incoming' ? 'incoming' : 'outgoing',
      reached,
      notes: notesIn(vars),
      ...optional('whom', textIn(vars, 'whom')),
      ...optional('seen', textIn(vars, 'seen')),
      ...optional('since', textIn(vars, 'since')),
    })
    // Reached at last: an earlier reminder is taken back.
    const retry = { kind: 'retry' as const, ids: [changed.code, input.actor], at: reached ? null : retryAt(scene) }
    return { case: changed, due: [retry], audit: [entry(input, 'contact-recorded', changed)] }
  },

  /** Keeps what a home said that turned to the school of its own accord. */
  recordInquiry: (input) => {
    const { scene, session, actor, id } = input
    const recorded = recordContact(caseOf(input), {
      id,
      at: scene.now,
      by: actor,
      direction: 'incoming',
      reached: true,
      way: session.vars.way === 'message' ? 'message' : 'call',
      answered: session.vars.answered === 'yes',
      notes: notesIn(session.vars),
      ...optional('whom', textIn(session.vars, 'whom')),
    })
    return { case: recorded, audit: [entry(input, 'inquiry-recorded', recorded)] }
  },

  /** The promise to get back to a home: an agreement of the school like any other. */
  logPromise: (input) => agreed(input, caseOf(input)),

  /** Keeps what the pupil said about school, or that the pupil was asked and would rather not. */
  recordPupilView: (input) => {
    const { scene, session, actor } = input
    const viewed = recordPupilView(caseOf(input), viewIn(session.vars, actor, scene))
    return { case: viewed, audit: [entry(input, 'pupil-view-recorded', viewed)] }
  },

  /** Keeps the pupil's view and the agreements, and posts them to the channel. */
  logAgreements: (input) => {
    const { scene, session, actor } = input
    const found = caseOf(input)
    return agreed(input, recordPupilView(found, viewIn(session.vars, actor, scene)))
  },

  /** Asks a colleague in a direct message; who picks herself has said yes already. */
  askCoordinator: (input) => {
    const { scene, session, actor, id } = input
    const found = caseOf(input)
    const picked = pickedColleague(session.vars) ?? actor
    const asked = askCoordinator(found, picked, actor, scene.now)
    if (picked === actor) return becomeCoordinator(asked, actor, scene, id)
    const question: Post = {
      v: 1,
      id,
      card: { kind: 'question', user: picked },
      refs: [{ code: asked.code }],
      address: '',
    }
    return {
      case: { ...asked, posts: [...asked.posts, id] },
      posts: [question],
      due: [{ kind: 'post', ids: [id], at: scene.now }],
      audit: [entry(input, 'coordinator-asked', asked)],
    }
  },

  planMeeting: (input) => {
    const { scene, session, actor, id } = input
    const planned = planMeeting(caseOf(input), id, planOf(session.vars), actor, scene.now)
    return { case: planned, audit: [entry(input, 'meeting-planned', planned)] }
  },

  dropMeeting: (input) => {
    const dropped = dropMeeting(caseOf(input))
    return { case: dropped, audit: [entry(input, 'meeting-dropped', dropped)] }
  },

  /** Keeps what was said, point by point. */
  holdMeeting: (input) => {
    const { scene, session, actor, id } = input
    const notes = Object.fromEntries(
      POINTS.flatMap((point) => (textIn(session.vars, point) ? [[point, textIn(session.vars, point)]] : [])),
    )
    const held = holdMeeting(caseOf(input), {
      id,
      on: scene.today,
      who: textIn(session.vars, 'people'),
      held: { by: actor, at: scene.now, notes },
    })
    return { case: held, audit: [entry(input, 'meeting-held', held)] }
  },
}

const planOf = (vars: Vars): MeetingPlan => ({
  on: textIn(vars, 'day'),
  time: textIn(vars, 'time'),
  minutes: Number(textIn(vars, 'length')),
  place: vars.place as MeetingPlan['place'],
  who: textIn(vars, 'people'),
  pupil: vars.pupil as MeetingPlan['pupil'],
  ...optional('where', textIn(vars, 'where')),
  ...optional('how', textIn(vars, 'how')),
})

/** Adds the agreements collected in a dialog to a case, and announces them. */
function agreed(input: EffectInput, to: Case): Change & { case: Case } {
  const { scene, session, actor, id } = input
  const logged = logAgreements(to, collectedTerms(session.vars), actor, scene.now)
  const fresh = logged.agreements.slice(to.agreements.length)
  const announced = announce(logged, scene, {
    id,
    card: { kind: 'agreements' },
    refs: fresh.map((agreement) => ({ code: logged.code, agreement: agreement.id })),
  })
  return { ...announced, audit: [entry(input, 'agreements-logged', logged)] }
}

/** The answer yes: the case has a coordinator, and the channel hears of it. */
export function becomeCoordinator(asked: Case, user: string, scene: Scene, id: string): Change & { case: Case } {
  const accepted = acceptCoordination(asked, user, scene.now)
  if (!accepted.ok) return { case: asked }
  const announced = announce(accepted.case, scene, { id, card: { kind: 'coordinator' }, refs: [{ code: asked.code }] })
  return { ...announced, audit: [{ actor: user, action: 'coordinator-accepted', code: asked.code }] }
}

/** A new card for the team's channel; it waits in the due index until there is a channel to post to. */
function announce(about: Case, scene: Scene, card: Pick<Post, 'id' | 'card' | 'refs'>): Change & { case: Case } {
  return {
    case: { ...about, posts: [...about.posts, card.id] },
    posts: [{ v: 1, ...card, address: '' }],
    due: [{ kind: 'post', ids: [card.id], at: scene.now }],
  }
}

const caseOf = ({ case: found, scene, session, actor, newCode }: EffectInput): Case =>
  found ??
  openCase({ code: newCode(), alias: textIn(session.vars, 'alias').toUpperCase(), creator: actor, now: scene.now })

const notesIn = (vars: Vars) =>
  Object.fromEntries(
    QUESTIONS.flatMap((question) => (textIn(vars, question) ? [[question, textIn(vars, question)]] : [])),
  )

const viewIn = (vars: Vars, by: string, { now }: Scene): PupilView => ({
  state: vars.view as PupilView['state'],
  at: now,
  by,
  ...optional('words', textIn(vars, 'words')),
})

const retryAt = ({ today, team }: Scene) => atHour(nextSchoolDay(today, team, 1), team.hour, team.zone)

const optional = <K extends string>(name: K, value: string): { [P in K]?: string } =>
  (value === '' ? {} : { [name]: value }) as { [P in K]?: string }

const entry = ({ actor }: EffectInput, action: string, { code }: Case) => ({ actor, action, code })
