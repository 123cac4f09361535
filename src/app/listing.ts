/** The commands that only show something. */

import { isOwnAndDue, nextOwnDay } from '../domain/agreement.ts'
import { type Case, openAgreements } from '../domain/case.ts'
import { waitingInquiry } from '../domain/inquiry.ts'
import { holderOf } from '../domain/involved.ts'
import { type Command, commandName } from './commands.ts'
import { answer, type Decision, gate, refuse, type Turn } from './decision.ts'
import type { Reply } from './ports.ts'
import { type Scene, say, sayDay, sharedIn } from './scene.ts'
import { settingsCard } from './setup.ts'
import { agreementRow } from './view/agreement.ts'
import { caseCard, holder } from './view/case.ts'
import { inquiryRow } from './view/inquiry.ts'
import { overviewCard } from './view/overview.ts'
import { button, commandButton, MOST_ROWS, notice, type RowView, row, rows } from './view/parts.ts'

export const sayCommand = ({ content, language }: Scene, command: Command): string =>
  commandName(sharedIn(content, language), command)

/** The commands with a button of their own. */
const HELP: Command[] = [
  'concern',
  'call-prep',
  'call-incoming',
  'agreement-log',
  'coordinator-pick',
  'today',
  'cases',
  'language',
]

/** What is only typed. */
const ALSO: Command[] = [
  'safety',
  'pupil-talk',
  'message-check',
  'meeting',
  'meeting-hold',
  'parents-meeting',
  'case',
  'overview',
  'team',
  'settings',
  'privacy',
]

/** What I can do, fitting where the person is. */
export function help({ scene, incoming }: Turn, first?: string): Reply {
  const title = say(scene, 'help.title')
  const here = incoming.place === 'direct' ? 'help.direct' : 'help.channel'
  const facts = [...HELP, ...ALSO].map((command) => ({
    title: sayCommand(scene, command),
    value: say(scene, `help.lines.${command}`),
  }))
  const texts = [...(first ? [first] : []), say(scene, 'help.text'), say(scene, here), say(scene, 'help.journal')]
  const actions = HELP.map((command, index) =>
    commandButton(scene, say(scene, `help.lines.${command}`), command, '', index === 0 ? { style: 'positive' } : {}),
  )
  return { card: notice(scene, { title, texts, facts, actions }), summary: title }
}

export function welcome({ scene, user }: Turn): Reply {
  const title = say(scene, 'welcome.direct.title', { name: user.name.split(' ')[0] ?? user.name })
  const texts = [say(scene, 'welcome.direct.text'), say(scene, 'help.direct')]
  const actions = [
    commandButton(scene, say(scene, 'welcome.direct.start'), 'call-prep', '', { style: 'positive' }),
    commandButton(scene, say(scene, 'welcome.direct.more'), 'help'),
  ]
  return { card: notice(scene, { title, texts, actions }), summary: title }
}

/** The way to all the rest, where there is nothing else to press. */
export const moreButton = (scene: Scene) => commandButton(scene, say(scene, 'welcome.direct.more'), 'help')

/** Somebody without a case is offered the two ways to begin one. */
export function noCases(scene: Scene): Reply {
  const title = say(scene, 'cases.title')
  const actions = (['call-prep', 'concern'] as const).map((dialog, index) =>
    commandButton(scene, say(scene, `help.lines.${dialog}`), dialog, '', index === 0 ? { style: 'positive' } : {}),
  )
  return { card: notice(scene, { title, texts: [say(scene, 'cases.none')], actions }), summary: title }
}

export function cases({ scene, seen }: Turn): Reply {
  const title = say(scene, 'cases.title')
  if (seen.mine.length === 0) return noCases(scene)
  const shown = seen.mine.map(({ value: found }) => {
    const agreements = openAgreements(found).length
    return row({
      what: `${found.alias} · ${found.code}`,
      line: `${say(scene, 'cases.line', { agreements })} · ${say(scene, 'cases.holder', { name: holder(scene, found) })}`,
      actions: [commandButton(scene, say(scene, 'cases.open'), 'case', found.code)],
    })
  })
  return { card: firstRows(scene, title, shown), summary: title }
}

/** As many rows as a card has room for, and a word on how to get to the others. */
const firstRows = (scene: Scene, title: string, all: RowView[]) =>
  rows(scene, {
    title,
    rows: all.slice(0, MOST_ROWS),
    footer: all.length > MOST_ROWS ? say(scene, 'cases.more', { count: all.length - MOST_ROWS }) : '',
  })

/** What is mine to do, due today or late, over all my cases. */
export function today({ scene, seen, user }: Turn): Reply {
  const title = say(scene, 'today.title')
  const mine = seen.mine.map(({ value }) => value)
  const due = mine.flatMap((found) => [
    ...waitingRows(scene, found, user.id),
    ...found.agreements
      .filter((agreement) => isOwnAndDue(found, agreement, user.id, scene.today))
      .map((agreement) =>
        agreementRow(scene, found.code, agreement, { heading: `${found.alias} · ${found.code}`, open: true }),
      ),
  ])
  if (due.length > 0) return { card: firstRows(scene, title, due), summary: title }
  const next = nextOwnDay(mine, user.id, scene.today)
  const texts = [say(scene, 'today.none'), ...(next ? [say(scene, 'today.next', { on: sayDay(scene, next) })] : [])]
  const actions = mine.length > 0 ? [commandButton(scene, sayCommand(scene, 'cases'), 'cases')] : [moreButton(scene)]
  return { card: notice(scene, { title, texts, actions }), summary: title }
}

/** A home waits for an answer from whoever holds the case. */
function waitingRows(scene: Scene, found: Case, user: string): RowView[] {
  const inquiry = holderOf(found) === user ? waitingInquiry(found) : undefined
  if (!inquiry) return []
  const heading = `${found.alias} · ${found.code}`
  return [inquiryRow(scene, found, inquiry, { heading, data: { team: scene.team.id, code: found.code } })]
}

/** The team's open cases in numbers, for every member: the gate has let nobody else come this far. */
export const overview = ({ scene, seen, user }: Turn): Decision =>
  answer(
    overviewCard(
      scene,
      seen.open.map(({ value }) => value),
    ),
    { audit: [{ actor: user.id, action: 'overview-read' }] },
  )

export function oneCase(turn: Turn): Decision {
  const found = turn.seen.case?.value
  const refused = found ? gate(turn, 'case.readAgreements', found) : 'not-yours'
  if (!found || refused) return refuse(turn, refused || 'not-yours')
  return answer(caseView(turn, found), { audit: [{ actor: turn.user.id, action: 'case-read', code: found.code }] })
}

/** A case as this person may see it: notes and the child's words only for those the gate lets read them. */
export function caseView(turn: Turn, found: Case, picking?: string): Reply {
  const full = gate(turn, 'case.read', found) === undefined
  return {
    card: caseCard(turn.scene, found, { full, picking, files: turn.kit.link !== undefined }),
    summary: say(turn.scene, 'case.title', { code: found.code }),
  }
}

export function languages({ scene }: Turn): Reply {
  const title = say(scene, 'language.title')
  // Each by its own name for itself.
  const actions = scene.content.languages.map((language) =>
    button(sharedIn(scene.content, language).say('language.name'), 'language', { team: scene.team.id, language }),
  )
  return { card: notice(scene, { title, texts: [say(scene, 'language.text')], actions }), summary: title }
}

export function settings(turn: Turn): Decision {
  const refused = gate(turn, 'team.setup')
  return refused ? refuse(turn, refused) : answer(settingsCard(turn.scene))
}
