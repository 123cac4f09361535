/** The cards that stand in a channel or a direct chat and are drawn anew whenever their case changes. */
import { may } from '../../domain/access.ts'
import type { Agreement, AgreementTerms } from '../../domain/agreement.ts'
import { type Case, openAgreements } from '../../domain/case.ts'
import { presentCoordinator, presentHolder } from '../../domain/involved.ts'
import { isAnswerTo, type Post, type Ref } from '../../domain/post.ts'
import type { Card } from '../ports.ts'
import { nameOf, type Scene, say, sayDay } from '../scene.ts'
import { agreementLine, agreementRow, pickingButtons, type RowOptions } from './agreement.ts'
import { inquiryRow } from './inquiry.ts'
import {
  type Button,
  button,
  commandButton,
  type FieldView,
  field,
  MOST_ROWS,
  notice,
  type RowView,
  row,
  rows,
} from './parts.ts'
import { reviewCard } from './retained.ts'

export interface Drawn {
  card: Card
  /** One line for a notification; as harmless as the card itself. */
  summary: string
}

type Cases = ReadonlyMap<string, Case>
type Draw = (scene: Scene, post: Post, cases: Cases, picking?: string) => Drawn

/** Draws a post from its cases as they are now. `picking` names an agreement whose new date is being chosen. */
export const drawPost: Draw = (scene, post, cases, picking) => DRAWINGS[post.card.kind](scene, post, cases, picking)

const DRAWINGS: Record<Post['card']['kind'], Draw> = {
  agreements: (scene, post, cases, picking) => {
    const { code } = only(post)
    return {
      summary: say(scene, 'post.agreements.summary', { code }),
      card: announced(
        scene,
        code,
        agreementsOf(post, cases).map(({ agreement }) => agreement),
        (agreement) => ({
          post: post.id,
          picking: picking === key(code, agreement),
          open: true,
          inert: cases.get(code)?.status === 'closed',
        }),
      ),
    }
  },

  digest: (scene, post, cases, picking) => {
    const day = post.card.kind === 'digest' ? sayDay(scene, post.card.day) : ''
    const shown = post.refs.flatMap((ref) => digestRow(scene, post, ref, cases, picking))
    return {
      summary: say(scene, 'post.digest.summary', { count: shown.length }),
      card: rows(scene, {
        title: say(scene, 'post.digest.title', { day }),
        rows: shown.slice(0, MOST_ROWS),
        footer: shown.length > MOST_ROWS ? say(scene, 'post.digest.more', { count: shown.length - MOST_ROWS }) : '',
      }),
    }
  },

  coordinator: (scene, post, cases) => {
    const { code } = only(post)
    const holder = cases.get(code)?.coordination.coordinator?.user
    const name = holder ? nameOf(scene, holder) : ''
    return {
      summary: say(scene, 'post.coordinator.summary', { name, code }),
      card: notice(scene, {
        title: say(scene, 'post.coordinator.title', { code }),
        texts: [holder ? say(scene, 'post.coordinator.text', { name }) : say(scene, 'post.coordinator.nobody')],
      }),
    }
  },

  question: (scene, post, cases) => {
    const { code } = only(post)
    const user = post.card.kind === 'question' ? post.card.user : ''
    const found = cases.get(code)
    const asked = found?.coordination.asked
    const by = asked ? nameOf(scene, asked.by) : ''
    const title = say(scene, 'post.question.title')
    const summary = asked ? say(scene, 'post.question.summary', { by }) : title
    if (found && asked?.user === user) {
      const data = { team: scene.team.id, code, post: post.id }
      return {
        summary,
        card: notice(scene, {
          title,
          texts: [say(scene, 'post.question.text', { by, code })],
          quotes: openAgreements(found)
            .slice(0, MOST_ROWS)
            .map((agreement) => ({ what: agreement.what, line: agreementLine(scene, agreement) })),
          actions: [
            button(say(scene, 'post.question.accept'), 'accept', data, { style: 'positive' }),
            button(say(scene, 'post.question.decline'), 'decline', data),
          ],
        }),
      }
    }
    const holds = found?.coordination.coordinator?.user === user
    const answer = holds
      ? say(scene, 'post.question.accepted', { code })
      : say(scene, answered(found, user) ? 'post.question.thanks' : 'post.question.over')
    return {
      summary,
      card: notice(scene, {
        title: answer,
        actions: holds ? [commandButton(scene, say(scene, 'case.show'), 'case', code)] : [],
      }),
    }
  },

  overdue: (scene, post, cases, picking) => {
    const { code } = only(post)
    const user = post.card.kind === 'overdue' ? post.card.user : ''
    const [late] = agreementsOf(post, cases)
    const found = cases.get(code)
    const title = say(scene, 'post.overdue.title', { code })
    const subject = { team: scene.team, ...(found && late && { case: found, agreement: late.agreement.id }) }
    const mayAnswer = may(user, 'agreement.postpone', subject) === true
    // A leader is asked when nobody else is left, and has nothing more to say once somebody holds the case again.
    const isLeft = found !== undefined && presentHolder(found, scene.team) === undefined
    const mayFind = isLeft && may(user, 'coordinator.ask', subject) === true
    const open = late?.agreement.status === 'open' && late.agreement.by < scene.today && (mayAnswer || mayFind)
    const data = { team: scene.team.id, code, agreement: late?.agreement.id ?? '', post: post.id }
    const choosing = late !== undefined && picking === key(code, late.agreement)
    return {
      summary: title,
      card: notice(scene, {
        title,
        texts: [say(scene, `post.overdue.${open ? (mayAnswer ? 'text' : 'left') : 'settled'}`)],
        quotes: late ? [{ what: late.agreement.what, line: agreementLine(scene, late.agreement) }] : [],
        fields: open && choosing ? [dateField(scene, late.agreement)] : [],
        actions: open ? (mayAnswer ? overdueButtons(scene, code, data, choosing) : [pickButton(scene, code)]) : [],
      }),
    }
  },

  review: (scene, post, cases) => reviewCard(scene, post, cases.get(only(post).code)),

  outcome: (scene, post, cases) => {
    const { code } = only(post)
    const found = cases.get(code)
    const title = say(scene, 'post.outcome.title', { code })
    const data = { team: scene.team.id, code, post: post.id }
    const told = found?.outcomes.some(({ at }) => isAnswerTo(post, at)) ?? false
    const answers = (['yes', 'partly', 'no'] as const).map((helped) =>
      button(say(scene, `post.outcome.${helped}`), 'outcome', { ...data, helped }),
    )
    const next = [
      commandButton(scene, say(scene, 'post.outcome.plan'), 'call-prep', code, { style: 'positive' }),
      button(say(scene, 'post.outcome.close'), 'close', data),
    ]
    const closed = found?.status === 'closed'
    return {
      summary: title,
      card: notice(scene, {
        title,
        texts: closed
          ? [say(scene, 'case.reclosed')]
          : told
            ? [say(scene, 'post.outcome.thanks'), say(scene, 'post.outcome.next')]
            : [say(scene, 'post.outcome.text')],
        actions: closed ? [] : told ? next : answers,
      }),
    }
  },
}

/** The card stands for weeks, drawn anew only when something changes: "today" would not be true tomorrow. */
const announced = (scene: Scene, code: string, agreements: Agreement[], more: (one: Agreement) => RowOptions): Card =>
  rows(scene, {
    title: say(scene, 'post.agreements.title', { code }),
    rows: agreements.map((one) => agreementRow(scene, code, one, { ...more(one), standing: true })),
  })

/** The card that agreements would be announced with, for looking at it first: the very same, without its buttons. */
export const announcement = (scene: Scene, code: string, agreements: AgreementTerms[]): Card =>
  announced(
    scene,
    code,
    agreements.map((terms) => ({ ...terms, id: '', loggedBy: '', loggedAt: 0, status: 'open', reminded: 0 })),
    () => ({ inert: true }),
  )

function digestRow(scene: Scene, post: Post, ref: Ref, cases: Cases, picking?: string): RowView[] {
  const found = cases.get(ref.code)
  if (!found) return []
  const inquiry = found.contacts.find(({ id }) => id === ref.inquiry)
  if (inquiry) {
    const data = { team: scene.team.id, code: ref.code, post: post.id }
    return [inquiryRow(scene, found, inquiry, { heading: ref.code, data })]
  }
  const agreement = found.agreements.find(({ id }) => id === ref.agreement)
  if (!agreement && found.status === 'closed') return [row({ heading: ref.code, what: say(scene, 'refused.closed') })]
  if (!agreement) {
    const held = presentCoordinator(found, scene.team)
    return [
      row({
        heading: ref.code,
        what: held
          ? say(scene, 'post.coordinator.text', { name: nameOf(scene, held) })
          : say(scene, 'post.digest.vacant'),
        state: held ? '✅' : '',
        actions: held ? [] : [pickButton(scene, ref.code)],
      }),
    ]
  }
  const view = agreementRow(scene, ref.code, agreement, {
    post: post.id,
    heading: ref.code,
    picking: picking === key(ref.code, agreement),
    open: true,
    inert: found.status === 'closed',
  })
  const day = post.card.kind === 'digest' ? post.card.day : ''
  const said = agreement.followUpSaid ?? day
  if (agreement.followUp.on > day || said !== day) return [view]
  const followUp = say(scene, 'post.digest.followUp', { how: say(scene, `ways.${agreement.followUp.how}`) })
  return [{ ...view, line: `${view.line} · ${followUp}` }]
}

const pickButton = (scene: Scene, code: string): Button =>
  commandButton(scene, say(scene, 'post.digest.pick'), 'coordinator-pick', code)

const overdueButtons = (scene: Scene, code: string, data: Record<string, string>, choosing: boolean): Button[] =>
  choosing
    ? pickingButtons(scene, data)
    : [
        button(say(scene, 'post.overdue.newDate'), 'postpone', data, { style: 'positive' }),
        button(say(scene, 'post.overdue.drop'), 'drop', data),
        commandButton(scene, say(scene, 'post.overdue.handOver'), 'coordinator-pick', code),
      ]

const dateField = (scene: Scene, { by }: Agreement): FieldView =>
  field({ kind: 'date', id: 'by', label: say(scene, 'agreement.newDate'), value: by })

/** Names one agreement of one case. */
export const key = (code: string, { id }: Pick<Agreement, 'id'>): string => `${code}/${id}`

const only = ({ refs }: Post) => refs[0] ?? { code: '' }

const agreementsOf = (post: Post, cases: Cases): { code: string; agreement: Agreement }[] =>
  post.refs.flatMap(({ code, agreement: id }) => {
    const agreement = cases.get(code)?.agreements.find((candidate) => candidate.id === id)
    return agreement ? [{ code, agreement }] : []
  })

const answered = (found: Case | undefined, user: string): boolean =>
  found?.coordination.history.some((event) => event.user === user && event.what === 'declined') ?? false
