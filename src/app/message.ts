/**
 * The writing coach in a conversation. A draft is read in the turn that brings it and then forgotten: it is in no
 * session, no document and no log. What is remembered is only that somebody was asked for one, and until when.
 */
import { checkMessage } from '../domain/message/check.ts'
import { readDraft } from '../domain/message/draft.ts'
import { languageOf } from '../domain/message/language.ts'
import { dangerIn } from '../domain/safety.ts'
import { atHour } from '../domain/school-calendar.ts'
import type { User } from '../domain/team.ts'
import { answer, type Decision, type Turn, text, toDirect } from './decision.ts'
import { safetyCard } from './safety.ts'
import { say, sayDay, tomorrowOf } from './scene.ts'
import { checkedCard, draftCard } from './view/message.ts'
import { notice } from './view/parts.ts'

/** So long what is typed next is taken for a draft, in milliseconds: a lesson or two may come between. */
const DRAFT_WAIT = 2 * 3_600_000

/** Asks for a draft. */
export function askForDraft(turn: Turn): Decision {
  const card = draftCard(turn.scene)
  return answer({ card, summary: String(card.fallbackText ?? '') }, { user: waiting(turn) })
}

/** Reads a draft and says what could be better; nothing of it is kept. */
export function checkDraft(turn: Turn, given: string): Decision {
  const { scene, incoming } = turn
  if (incoming.place === 'channel') return toDirect(turn, 'message-check')
  const user = waiting(turn)
  const draft = readDraft(given)
  if (!draft.ok) {
    const fault = say(scene, `message.faults.${draft.code}`, draft.values)
    return answer({ card: draftCard(scene, fault), summary: fault }, { user })
  }
  // A home that a child may be in danger from is not to be written to.
  if (dangerIn(draft.text) === 'home') return answer(safetyCard(turn, { actions: [] }), { user })
  const language = languageOf(draft.text, scene.language)
  const checked = checkMessage(draft.text, language)
  const summary = say(scene, `message.verdicts.${checked.verdict}.title`)
  return answer({ card: checkedCard(scene, checked, language), summary }, { user })
}

/** Reminds in private on the next school morning; only the moment is kept. */
export function coolOff({ scene, user, incoming }: Turn): Decision {
  if (incoming.place === 'channel') return answer({ text: say(scene, 'expired') })
  const tomorrow = tomorrowOf(scene)
  const at = atHour(tomorrow, scene.team.hour, scene.team.zone)
  const title = say(scene, 'message.coolOff.title')
  const text = say(scene, 'message.coolOff.text', { on: sayDay(scene, tomorrow) })
  return answer(
    { card: notice(scene, { title, texts: [text] }), summary: title },
    { due: [{ kind: 'draft', ids: [user.id], at }] },
  )
}

/** The draft in a card's field, if the client sent one at all. */
export const draftIn = (data: Record<string, unknown>): string => text(data.draft) ?? ''

const waiting = ({ user, seen }: Turn): User => ({ ...user, draftUntil: seen.now + DRAFT_WAIT })
