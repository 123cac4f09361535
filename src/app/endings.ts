/** What a dialog ends with: a card of its own, or a few words. */
import type { Session, Vars } from '../dialog/session.ts'
import type { Case } from '../domain/case.ts'
import { lastHeld, plannedMeeting } from '../domain/meeting.ts'
import { dayOf } from '../domain/school-calendar.ts'
import type { Turn } from './decision.ts'
import { linkNote, linksTo } from './files.ts'
import type { FileOrder, Reply, SchoolWords, Stage } from './ports.ts'
import { nameOf, say, sayDay, tomorrowOf, wordsOf } from './scene.ts'
import { pickedColleague } from './surroundings.ts'
import { pupilLetter } from './view/agreement.ts'
import { invitationLetter } from './view/meeting.ts'
import { leaderQuestion, nextOf } from './view/next-step.ts'
import { commandButton, draw, notice } from './view/parts.ts'

/** The cards a dialog can end with. */
export const ENDINGS: Record<string, (turn: Turn, session: Session, found?: Case) => Reply | undefined> = {
  'pupil-version': (turn, session, found) => {
    if (!found) return undefined
    const { scene } = turn
    const words = wordsOf(scene, session.dialog)
    const fresh = found.agreements.filter(({ loggedAt }) => loggedAt === scene.now)
    const { coordinator, asked } = found.coordination
    const title = words.say('pupil-version.title')
    const letter = pupilLetter(scene, fresh)
    const held = lastHeld(found)
    const wasToday = held && dayOf(held.held.at, scene.team.zone) === scene.today
    const order = wasToday && ({ kind: 'minutes', code: found.code, meeting: held.id } as const)
    const links = order ? linksTo(turn, order, say(scene, 'meeting.minutes')) : []
    const card = draw(scene, 'pupil-version', {
      title,
      text: [words.say('pupil-version.text'), ...(order ? [linkNote(turn, links)] : [])].join(' '),
      links,
      label: words.say('pupil-version.label'),
      lines: letter,
      letter: letter.join('\n'),
      actions:
        coordinator || asked
          ? [commandButton(scene, say(scene, 'case.show'), 'case', found.code)]
          : [commandButton(scene, say(scene, 'help.lines.coordinator-pick'), 'coordinator-pick', found.code)],
    })
    return { card, summary: title }
  },

  'next-step': ({ scene }, session, found) => {
    if (!found) return undefined
    const words = wordsOf(scene, session.dialog)
    const title = words.say('next-step.title')
    const suggested = [nextOf(scene, found), leaderQuestion(scene, found)].filter((one) => one !== undefined)
    const card = notice(scene, {
      title,
      texts: [words.say('next-step.text')],
      quotes: suggested.map(({ what, why }) => ({ what, line: why })),
      actions: [
        ...suggested.flatMap(({ actions }) => actions),
        commandButton(scene, say(scene, 'case.show'), 'case', found.code),
      ],
    })
    return { card, summary: title }
  },

  invitation: (turn, session, found) => {
    const { scene } = turn
    const words = wordsOf(scene, session.dialog)
    const meeting = found && plannedMeeting(found)
    if (!meeting) return lastWords(turn, session, 'dropped')
    const title = words.say('invitation.title')
    const letter = invitationLetter(scene, meeting)
    const order = { kind: 'invitation', code: found.code, meeting: meeting.id } as const
    const links = linksTo(turn, order, say(scene, 'meeting.calendar'))
    const card = draw(scene, 'pupil-version', {
      title,
      text: `${words.say('invitation.text')} ${linkNote(turn, links)}`,
      label: words.say('invitation.label'),
      lines: letter.filter((line) => line !== ''),
      letter: letter.join('\n'),
      links,
      actions: [
        commandButton(scene, words.say('invitation.agenda'), 'meeting-hold', found.code),
        commandButton(scene, say(scene, 'case.show'), 'case', found.code),
      ],
    })
    return { card, summary: title }
  },

  slides: (turn, session) => {
    const { scene } = turn
    const words = wordsOf(scene, session.dialog)
    const title = words.say('slides.title')
    const links = linksTo(turn, deckOrder(session.vars), words.say('slides.file'))
    const texts = [words.say('slides.text'), words.say('slides.sensitive'), linkNote(turn, links)]
    const actions = [commandButton(scene, words.say('slides.again'), session.dialog)]
    return { card: notice(scene, { title, texts, links, actions }), summary: title }
  },
}

/** The slides as they were asked for. */
function deckOrder({ stage, away, together, support, contact }: Vars): FileOrder {
  const given = { away, together, support, contact }
  const school = Object.fromEntries(Object.entries(given).filter(([, words]) => typeof words === 'string'))
  return { kind: 'deck', stage: stage as Stage, school: school as unknown as SchoolWords }
}

/** What the words a dialog ends with may mention. */
export const ENDING_MENTIONS = ['code', 'name', 'again'] as const

/** A few words and what one might do next. */
export function lastWords({ scene }: Turn, session: Session, path: string, next: readonly string[] = []): Reply {
  const words = wordsOf(scene, session.dialog)
  const picked = pickedColleague(session.vars)
  const args: Record<(typeof ENDING_MENTIONS)[number], string> = {
    code: session.code ?? '',
    name: picked ? nameOf(scene, picked) : '',
    again: sayDay(scene, tomorrowOf(scene)),
  }
  const title = words.say(`${path}.title`, args)
  const { code = '' } = session
  const actions = [
    ...next.map((dialog) => commandButton(scene, say(scene, `help.lines.${dialog}`), dialog, code)),
    ...(code ? [commandButton(scene, say(scene, 'case.show'), 'case', code)] : []),
  ]
  return { card: notice(scene, { title, texts: [words.say(`${path}.text`, args)], actions }), summary: title }
}
