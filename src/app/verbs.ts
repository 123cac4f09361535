/** What the buttons outside a dialog do. Each asks the gate; a repeated click finds the work done and says so. */

import type { Action } from '../domain/access.ts'
import { type Agreement, allDone, dropAgreement, markDone, postpone, undoDone } from '../domain/agreement.ts'
import { type Case, closeCase, recordOutcome } from '../domain/case.ts'
import { nowKnown } from '../domain/concern.ts'
import { declineCoordination } from '../domain/coordinator.ts'
import { answerInquiry, waitingInquiry } from '../domain/inquiry.ts'
import { presentHolder } from '../domain/involved.ts'
import { meetingById } from '../domain/meeting.ts'
import { isAnswerTo, type Post } from '../domain/post.ts'
import { keepCase } from '../domain/retention.ts'
import { type Change, merge } from './change.ts'
import { askToClose, isStillGoingOn } from './closing.ts'
import { answer, type Decision, gate, refuse, type Turn, text, toDirect } from './decision.ts'
import { draftAgreement, takeDraft } from './draft.ts'
import { becomeCoordinator } from './effects.ts'
import { linkNote, linksTo } from './files.ts'
import { caseView, oneCase } from './listing.ts'
import { checkDraft, coolOff, draftIn } from './message.ts'
import { eraseCase, exportCase } from './privacy.ts'
import { nameOf, say, sayDay } from './scene.ts'
import { removeSetting, saveSetting, showSetting } from './settings.ts'
import { saveLanguage, saveSettings } from './setup.ts'
import { commandButton, notice } from './view/parts.ts'
import { drawPost, key } from './view/posts.ts'

type Verb = (turn: Turn, data: Record<string, unknown>) => Decision

export const VERBS: Record<string, Verb> = {
  done: onAgreement('agreement.done', (turn, found, agreement) => {
    const done = markDone(found, agreement.id, turn.user.id, turn.seen.now)
    if (!done.ok) return answer({ text: say(turn.scene, 'expired') })
    if (done.already) {
      const name = nameOf(turn.scene, agreement.done?.by ?? '')
      return redraw(turn, found, say(turn.scene, 'agreement.already', { name }))
    }
    const change = audited(turn, done.case, 'agreement-done', agreement)
    return redraw(
      turn,
      done.case,
      say(turn.scene, 'agreement.thanks'),
      allDone(done.case) ? merge(change, askOutcome(turn, done.case)) : change,
    )
  }),

  undo: onAgreement('agreement.undo', (turn, found, agreement) => {
    const undone = undoDone(found, agreement.id)
    if (!undone.ok) return redraw(turn, found, say(turn.scene, 'agreement.undone'))
    return redraw(
      turn,
      undone.case,
      say(turn.scene, 'agreement.undone'),
      audited(turn, undone.case, 'agreement-undone', agreement),
    )
  }),

  postpone: onAgreement('agreement.postpone', (turn, found, agreement) =>
    agreement.status === 'open'
      ? redraw(turn, found, '', {}, agreement.id)
      : redraw(turn, found, say(turn.scene, 'agreement.isDone')),
  ),

  postponed: onAgreement('agreement.postpone', (turn, found, agreement, data) => {
    const { scene } = turn
    const moved = postpone(found, agreement.id, text(data.by) ?? '', { today: scene.today })
    if (!moved.ok) {
      const label = say(scene, 'agreement.newDate')
      return redraw(
        turn,
        found,
        moved.code === 'not-open' ? say(scene, 'agreement.isDone') : say(scene, `faults.${moved.code}`, { label }),
        {},
        agreement.id,
      )
    }
    const by = sayDay(scene, text(data.by) ?? '')
    return redraw(
      turn,
      moved.case,
      say(scene, 'agreement.postponed', { by }),
      audited(turn, moved.case, 'agreement-postponed', agreement),
    )
  }),

  drop: onAgreement('agreement.drop', (turn, found, agreement) => {
    const dropped = dropAgreement(found, agreement.id)
    if (!dropped.ok) return redraw(turn, found, '')
    const change = audited(turn, dropped.case, 'agreement-dropped', agreement)
    return redraw(
      turn,
      dropped.case,
      say(turn.scene, 'agreement.dropped'),
      allDone(dropped.case) ? merge(change, askOutcome(turn, dropped.case)) : change,
    )
  }),

  /** Draws the card again as things stand: the way out of choosing a date. */
  refresh: onCase('case.readAgreements', (turn, found) => redraw(turn, found, '')),

  open: onCase('case.readAgreements', (turn, found) =>
    turn.incoming.place === 'channel' ? toDirect(turn, 'case', found.code) : oneCase(turn),
  ),

  accept: onCase('coordinator.answer', (turn, found) => {
    const id = `${turn.kit.newId()}.accept`
    const asker = found.coordination.asked?.by
    const change = becomeCoordinator(found, turn.user.id, turn.scene, id)
    return redraw(turn, change.case, '', merge(change, tellAsker(turn, found, asker, 'accepted')))
  }),

  decline: onCase('coordinator.answer', (turn, found) => {
    const asker = found.coordination.asked?.by
    const declined = declineCoordination(found, turn.user.id, turn.seen.now)
    if (!declined.ok) return redraw(turn, found, '')
    return redraw(
      turn,
      declined.case,
      say(turn.scene, 'post.question.declined', { by: nameOf(turn.scene, asker ?? '') }),
      merge(audited(turn, declined.case, 'coordinator-declined'), tellAsker(turn, found, asker, 'declined')),
    )
  }),

  /** A new link to a file: links last a short while only. */
  invitation: onMeeting('invitation', 'meeting.calendar'),
  minutes: onMeeting('minutes', 'meeting.minutes'),

  outcome: onCase('outcome.record', (turn, found, data) => {
    const helped = (['yes', 'partly', 'no'] as const).find((known) => known === data.helped)
    if (!helped) return answer({ text: say(turn.scene, 'expired') })
    const question = turn.seen.post?.value
    if (question && found.outcomes.some(({ at }) => isAnswerTo(question, at))) return redraw(turn, found, '')
    const told = recordOutcome(found, { helped, at: turn.seen.now, by: turn.user.id })
    return redraw(turn, told, '', audited(turn, told, 'outcome-recorded'))
  }),

  'leader-knows': onCase('contact.record', (turn, found) => {
    const told = nowKnown(found, 'leader')
    return redraw(turn, told, say(turn.scene, 'next.leader.thanks'), audited(turn, told, 'leader-knows'))
  }),

  /** The home that waited has its answer. */
  answered: onCase('contact.record', (turn, found) => {
    if (!waitingInquiry(found)) return redraw(turn, found, say(turn.scene, 'inquiry.thanks'))
    const told = answerInquiry(found)
    return redraw(turn, told, say(turn.scene, 'inquiry.thanks'), audited(turn, told, 'inquiry-answered'))
  }),

  close: onCase('case.close', (turn, found, data) => {
    if (found.status === 'closed') return redraw(turn, found, say(turn.scene, 'refused.closed'))
    if (data.sure === 'no') return redraw(turn, found, say(turn.scene, 'case.closing.kept'))
    if (data.sure !== 'yes' && isStillGoingOn(found)) return askToClose(turn, found, text(data.post))
    const closed = closeCase(found, turn.user.id, turn.seen.now)
    // A posted card says so itself.
    const words = turn.seen.post ? '' : say(turn.scene, 'case.reclosed')
    return redraw(turn, closed, words, audited(turn, closed, 'case-closed'))
  }),

  keep: onCase('case.keep', (turn, found) => {
    if (found.status === 'closed') return redraw(turn, found, say(turn.scene, 'refused.closed'))
    const kept = keepCase(found, turn.seen.now)
    return redraw(turn, kept, '', audited(turn, kept, 'case-kept'))
  }),

  export: onCase('case.export', (turn, found, data) =>
    turn.incoming.place === 'channel'
      ? toDirect(turn, 'privacy-export', found.code)
      : exportCase(turn, found, Number(text(data.part))),
  ),

  erase: (turn, data) =>
    // The very click that deleted it, come again: its answer may never have arrived.
    turn.seen.repeated && !turn.seen.case
      ? answer({ text: say(turn.scene, 'privacy.receipt.title', { code: text(data.code) ?? '' }) })
      : onCase('case.erase', eraseHere)(turn, data),

  draft: draftAgreement,
  drafted: takeDraft,

  'check-message': (turn, data) => checkDraft(turn, draftIn(data)),
  'cool-off': coolOff,
  setup: saveSettings,
  setting: showSetting,
  'setting-save': saveSetting,
  'setting-remove': removeSetting,
  language: saveLanguage,
}

/** What becomes of a case is asked and answered in private, and so is whether it is to be deleted. */
const eraseHere = (turn: Turn, found: Case): Decision =>
  turn.incoming.place === 'channel' ? toDirect(turn, 'privacy-erase', found.code) : eraseCase(turn, found)

/** A button on a case: looks the case up and asks the gate, which says of no case at all what it says of somebody else's. */
function onCase(action: Action, act: (turn: Turn, found: Case, data: Record<string, unknown>) => Decision): Verb {
  return (turn, data) => {
    const seen = turn.seen.case?.value
    const found = seen?.code === data.code ? seen : undefined
    const refused = gate(turn, action, found, text(data.agreement))
    return found && !refused ? act(turn, found, data) : refuse(turn, refused ?? 'not-yours')
  }
}

function onAgreement(
  action: Action,
  act: (turn: Turn, found: Case, agreement: Agreement, data: Record<string, unknown>) => Decision,
): Verb {
  return onCase(action, (turn, found, data) => {
    const agreement = found.agreements.find(({ id }) => id === data.agreement)
    if (!agreement) return refuse(turn, 'not-yours')
    if (found.status === 'closed') return answer({ text: say(turn.scene, 'refused.closed') })
    return act(turn, found, agreement, data)
  })
}

function onMeeting(kind: 'invitation' | 'minutes', words: string): Verb {
  return onCase('case.read', (turn, found, data) => {
    const { scene, incoming } = turn
    const meeting = meetingById(found, text(data.meeting) ?? '')
    if (!meeting) return refuse(turn, 'not-yours')
    if (incoming.place === 'channel') return toDirect(turn, 'case', found.code)
    const title = say(scene, words)
    const links = linksTo(turn, { kind, code: found.code, meeting: meeting.id }, title)
    const actions = [commandButton(scene, say(scene, 'case.show'), 'case', found.code)]
    return answer({ card: notice(scene, { title, texts: [linkNote(turn, links)], links, actions }), summary: title })
  })
}

/** The clicked card as it is now. A post may show several cases: the read has brought the others with it, and this one has changed. */
function redraw(turn: Turn, found: Case, words: string, change: Change = {}, picking?: string): Decision {
  const { incoming, scene, seen } = turn
  const data = incoming.what.kind === 'action' ? incoming.what.data : {}
  const post = seen.post?.value
  const inChannel = incoming.place === 'channel'
  const reply = { ...(words && { text: words }) }
  const isShownHere = post && !(inChannel && 'user' in post.card)
  if (isShownHere && post.id === data.post && post.refs.some(({ code }) => code === found.code)) {
    const cases = new Map([...seen.shown.map(({ value }) => value), found].map((shown) => [shown.code, shown]))
    const agreement = picking && key(found.code, { id: picking })
    const drawn = drawPost(scene, post, cases, agreement)
    return answer({ card: drawn.card, summary: drawn.summary, ...reply }, change)
  }
  // A leader may close a case without reading it.
  if (inChannel || gate(turn, 'case.readAgreements', found)) return answer(reply, change)
  return answer({ ...caseView(turn, found, picking), ...reply }, change)
}

const audited = (turn: Turn, changed: Case, action: string, agreement?: Agreement): Change => ({
  case: changed,
  audit: [{ actor: turn.user.id, action, code: changed.code, ...(agreement && { detail: agreement.id }) }],
})

/** Whoever asked a colleague hears the answer. */
const tellAsker = (turn: Turn, { code }: Case, asker: string | undefined, said: 'accepted' | 'declined'): Change =>
  asker ? { due: [{ kind: 'tell', ids: [asker, said, code, turn.user.id], at: turn.seen.now }] } : {}

/** All is done: the coordinator is asked whether it helped. */
function askOutcome({ kit, seen, scene }: Turn, done: Case): Change {
  const user = presentHolder(done, scene.team)
  if (!user) return { case: done }
  const id = `${kit.newId()}.outcome`
  const question: Post = {
    v: 1,
    id,
    card: { kind: 'outcome', user },
    refs: [{ code: done.code }],
    address: '',
  }
  return {
    case: { ...done, posts: [...done.posts, id] },
    posts: [question],
    due: [{ kind: 'post', ids: [id], at: seen.now }],
  }
}
