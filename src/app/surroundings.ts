/** What a dialog can see besides its answers: lists to choose from, checks over a form, rules that fill in answers. */
import type { Option, Surroundings } from '../dialog/runner.ts'
import { type Session, textIn, type Value, type Vars } from '../dialog/session.ts'
import { may } from '../domain/access.ts'
import { type AgreementTerms, checkTerms } from '../domain/agreement.ts'
import { type Case, openAgreements } from '../domain/case.ts'
import { channelRisks } from '../domain/channel-risks.ts'
import { daysAway, latestConcern, SPANS, type Span } from '../domain/concern.ts'
import { suggestCoordinators } from '../domain/coordinator.ts'
import type { Fault } from '../domain/fault.ts'
import { presentHolder } from '../domain/involved.ts'
import { parseClock, plannedMeeting } from '../domain/meeting.ts'
import { derived, remembered } from '../domain/remembered.ts'
import { atTime, isDay, nextSchoolDay, plusDays, schoolDayFrom } from '../domain/school-calendar.ts'
import type { Member, Team } from '../domain/team.ts'
import type { Day } from '../domain/time.ts'
import { nameOf, type Scene, say, wordsOf } from './scene.ts'
import { sayWhen } from './view/meeting.ts'

/** What the rules below decide from. */
interface Facts {
  scene: Scene
  user: string
  dialog: string
  case?: Case
}

type Check = (vars: Vars, facts: Facts) => Fault[]
type Fill = (vars: Vars, facts: Facts) => Vars

export const LISTS = ['cases', 'colleagues', 'suggestions', 'planned'] as const

const INITIALS = /^\p{L}{2,4}$/u

export const CHECKS: Record<string, Check> = {
  initials: (vars) =>
    typeof vars.alias === 'string' && INITIALS.test(vars.alias) ? [] : [{ field: 'alias', code: 'initials' }],

  /** The counts of days are whole numbers that can be. */
  absence: (vars) =>
    (Object.keys(SPANS) as Span[]).flatMap((span) => {
      const given = vars[span]
      const isWrong = typeof given === 'string' && daysAway(given, span) === undefined
      return isWrong ? [{ field: span, code: 'not-a-count', values: { max: SPANS[span] } }] : []
    }),

  /** A time of day that can be read, still to come; and no initials where a calendar will show them. */
  meetingTime: (vars, { scene, case: open }) => {
    const [day, time, where] = [textIn(vars, 'day'), parseClock(textIn(vars, 'time')), textIn(vars, 'where')]
    const shown = channelRisks(where, { alias: open?.alias ?? textIn(vars, 'alias') })
    return [
      ...(time ? [] : [{ field: 'time', code: 'not-a-time' }]),
      ...(isDay(day) && day > plusDays(scene.today, 366) ? [{ field: 'day', code: 'too-late' }] : []),
      ...(time && isDay(day) && atTime(day, time, scene.team.zone) <= scene.now
        ? [{ field: 'time', code: 'time-passed' }]
        : []),
      ...(shown.some(({ code }) => code === 'alias') ? [{ field: 'where', code: 'alias-in-calendar' }] : []),
    ]
  },

  /** Whoever picks herself takes the case: then she holds it already, or a leader finds that nobody does. */
  coordinator: (vars, { scene, user, case: open }) => {
    const { team } = scene
    if (!open || pickedColleague(vars) !== user || may(user, 'coordinator.take', { team, case: open }) === true)
      return []
    const name = nameOf(scene, presentHolder(open, team) ?? open.creator)
    return [{ field: 'colleague', code: 'held', values: { name } }]
  },

  terms: (vars, facts) => checkForChannel(termsOf(vars), vars, facts),

  /** What the school promises a home that turned to it; a home that has its answer was promised nothing. */
  promise: (vars, facts) => (vars.answered === 'no' ? checkForChannel(promisedIn(vars), vars, facts) : []),
}

const checkForChannel = (terms: AgreementTerms, vars: Vars, { scene, case: open }: Facts): Fault[] => [
  ...checkTerms(terms, { today: scene.today, members: scene.team.members }),
  ...channelRisks(terms.what, { alias: open?.alias ?? textIn(vars, 'alias') }),
]

/** The school itself does it, and getting back to the home is the follow-up as well. */
const promisedIn = (vars: Vars): AgreementTerms => termsOf({ ...vars, who: 'school', followUpOn: vars.by ?? null })

/** School days a colleague gets to ask a pupil who has not been asked yet. */
const DAYS_TO_ASK = 3

export const FILLS: Record<string, Fill> = {
  /** "Not yet" becomes an agreement to ask (guidance §5). Chosen anew, the old one is taken away again. */
  agreementToAsk: (vars, { scene, user, dialog }) => {
    const what = wordsOf(scene, dialog).say('askPupil')
    const others = collectedTerms(vars).filter((terms) => terms.what !== what)
    if (vars.view !== 'notYet') return { ...vars, agreements: others.map(formOf) }
    const by = nextSchoolDay(scene.today, scene.team, DAYS_TO_ASK)
    const asking: AgreementTerms = { what, who: 'school', staff: user, by, followUp: { on: by, how: 'message' } }
    return { ...vars, agreements: [asking, ...others].map(formOf) }
  },

  /** The time of day, however it was written. */
  clock: (vars) => ({ ...vars, time: parseClock(textIn(vars, 'time')) ?? '' }),

  /** Who moves a meeting changes what there is. */
  planSoFar: (vars, { case: open }) => {
    const meeting = open && plannedMeeting(open)
    if (!meeting || vars.todo !== 'move') return vars
    const { on: day, time, minutes, place, where, who: people, pupil, how } = meeting
    const filled = { day, time, length: String(minutes), place, people, pupil }
    return { ...vars, ...filled, where: where ?? null, how: how ?? null }
  },

  /** What the pupil says at the meeting is the pupil's view, and is not asked for again right after it. */
  heard: (vars) => (textIn(vars, 'pupil') ? { ...vars, view: 'asked', words: textIn(vars, 'pupil') } : vars),

  /** The promise as the one agreement; chosen anew, it takes the place of the old one. */
  promise: (vars) => ({ ...vars, agreements: vars.answered === 'no' ? [formOf(promisedIn(vars))] : [] }),
}

/** Somebody or something to choose, by a name that no word file has. */
type Choice = Required<Option>

/** With the case itself, for the cards that tell something of it. */
export type Around = Surroundings & { open?: Case }

/** The surroundings of one turn. */
export function surroundingsOf(scene: Scene, session: Pick<Session, 'dialog' | 'vars' | 'user'>, open?: Case): Around {
  const facts: Facts = { scene, user: session.user, dialog: session.dialog, ...(open && { case: open }) }
  const meeting = open && plannedMeeting(open)
  return {
    ...(open && { open }),
    ...daysFrom(scene.team)(scene.today),
    user: session.user,
    ...concernOf(open),
    lists: {
      // Which cases and how busy everybody was is looked up once, when the dialog begins.
      cases: optionsIn(session.vars.cases),
      colleagues: colleagues(scene.team.members),
      suggestions: open ? suggestions(scene, session, open) : [],
      planned: meeting ? [{ value: meeting.id, title: sayWhen(scene, meeting) }] : [],
    },
    check: (name, vars) => CHECKS[name]?.(vars, facts) ?? [],
    fill: (name, vars) => FILLS[name]?.(vars, facts) ?? vars,
  }
}

/** The days a dialog can speak of are the same for a whole day. */
const daysFrom = derived((team: Team) =>
  remembered((today: Day) => ({
    today,
    tomorrow: nextSchoolDay(today, team),
    inAWeek: schoolDayFrom(plusDays(today, 7), team),
    inFourWeeks: schoolDayFrom(plusDays(today, 28), team),
  })),
)

/** A roster stays the same for many turns. */
const colleagues = derived((members: readonly Member[]): Choice[] =>
  members.filter(({ guest }) => !guest).map(({ id, name }) => ({ value: id, title: name })),
)

function concernOf(open: Case | undefined): Pick<Surroundings, 'concern'> {
  const latest = open && latestConcern(open)
  return latest ? { concern: { seen: latest.seen, since: latest.since ?? null } } : {}
}

/** The whole roster is one step further. */
const MOST_SUGGESTIONS = 3

/** The best, with the reasons for each. */
function suggestions(scene: Scene, session: Pick<Session, 'dialog' | 'vars'>, open: Case): Choice[] {
  const burdens = (session.vars.burdens ?? {}) as Record<string, number>
  const words = wordsOf(scene, 'coordinator-pick')
  const holder = open.coordination.coordinator?.user
  return suggestCoordinators(scene.team.members, burdens, open)
    .filter(({ user }) => user !== holder)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ user, reasons, openCases }) => {
      const why = reasons.map((reason) => words.say(`suggestion.reasons.${reason}`, { openCases }))
      return { value: user, title: why.length > 0 ? `${nameOf(scene, user)} – ${why.join(', ')}` : nameOf(scene, user) }
    })
}

/** A list the app put among the answers when the dialog began. */
const optionsIn = (value: Value | undefined): Choice[] => (Array.isArray(value) ? (value as unknown as Choice[]) : [])

/** The case as a person recognises it. Private: it holds the initials. */
export const caseOption = (scene: Scene, found: Case): Choice => ({
  value: found.code,
  title: `${found.alias} · ${found.code} · ${say(scene, 'cases.line', { agreements: openAgreements(found).length })}`,
})

/** A filled-in agreement form as terms. */
function termsOf(form: Vars): AgreementTerms {
  const text = (name: string) => textIn(form, name)
  return {
    what: text('what'),
    who: text('who') as AgreementTerms['who'],
    ...(text('who') === 'school' && { staff: text('staff') }),
    by: text('by'),
    followUp: { on: text('followUpOn'), how: text('followUpHow') as AgreementTerms['followUp']['how'] },
  }
}

const formOf = ({ what, who, staff, by, followUp }: AgreementTerms): Vars => ({
  what,
  who,
  staff: staff ?? null,
  by,
  followUpOn: followUp.on,
  followUpHow: followUp.how,
})

/** The agreements collected so far in a dialog. */
export const collectedTerms = (vars: Vars): AgreementTerms[] =>
  Array.isArray(vars.agreements) ? vars.agreements.map((form) => termsOf(form as Vars)) : []

/** Who was picked as coordinator, from the suggestions or from the roster. */
export function pickedColleague({ pick, colleague }: Vars): string | undefined {
  const picked = pick && pick !== 'somebody-else' ? pick : colleague
  return typeof picked === 'string' ? picked : undefined
}
