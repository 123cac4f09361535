/** The coach: decides, without any I/O, what an event means, what it changes and what is answered. */

import type { Session } from '../dialog/session.ts'
import { knowsMembers } from '../domain/access.ts'
import { parseCaseCode } from '../domain/case-code.ts'
import { type Language, languageIn, type Team, type User } from '../domain/team.ts'
import { presentLeaders } from '../domain/team-settings.ts'
import { COMMANDS, type Command, draftBehind, parseCommand } from './commands.ts'
import type { Content } from './content.ts'
import { answer, type Decision, gate, type Kit, refuse, type Turn, text, toDirect } from './decision.ts'
import { answerStep, beginDialog, isDialog, presentStep, takesText } from './dialogs.ts'
import * as listing from './listing.ts'
import { sayCommand } from './listing.ts'
import { askForDraft, checkDraft } from './message.ts'
import type { Incoming, Snapshot } from './ports.ts'
import * as privacy from './privacy.ts'
import { safetyCard, speaksOfDanger } from './safety.ts'
import { say, sceneOf } from './scene.ts'
import { VERBS } from './verbs.ts'
import { commandButton, notice } from './view/parts.ts'

/** Decides one event. `seen` must hold the team; the same event and snapshot give the same decision, but for new ids. */
export function decide(kit: Kit, incoming: Incoming, seen: Snapshot, team: Team): Decision {
  const { user, drafting } = afterDraft(userOf(kit, incoming, seen, team), incoming, seen)
  const turn: Turn = { kit, incoming, seen, user, drafting, scene: sceneOf(kit.content, team, user.language, seen.now) }
  if (team.tenant !== incoming.tenant) return refuse(turn, 'not-a-member')
  // What was filled in can be sent again when it is known.
  if (!knowsMembers(team, seen.now)) return answer({ text: say(turn.scene, 'refused.members-unknown'), undone: true })
  const outsider = gate(turn, 'team.see')
  if (outsider) return refuse(turn, outsider)
  const { reply, change } = route(turn)
  const changed = change.user ?? (user === seen.user?.value ? undefined : user)
  return { reply, change: changed ? { ...change, user: changed } : change }
}

function route(turn: Turn): Decision {
  const { what } = turn.incoming
  switch (what.kind) {
    case 'message':
      return hear(turn, what.text)
    case 'action':
      return click(turn, what.verb, what.data)
    default:
      return answer(isNewChat(turn) ? listing.welcome(turn) : {})
  }
}

/** Teams tells of one installation in several ways; a chat is greeted once, and not below what was asked in it already. */
const isNewChat = ({ incoming, seen }: Turn): boolean =>
  incoming.place === 'direct' && seen.user?.value.address !== incoming.address

/** Something typed. */
function hear(turn: Turn, text: string): Decision {
  const { incoming, scene } = turn
  const session = incoming.place === 'direct' ? ownSession(turn) : undefined
  const parsed = parseCommand(text, turn.kit.content.commands)
  const asked = session && takesText(turn, session)
  const draft = draftBehind(text, turn.kit.content.commands)
  if (draft !== undefined && !(parsed.kind === 'command' && parsed.code)) return checkDraft(turn, draft)
  if (turn.drafting && parsed.kind !== 'command') return checkDraft(turn, text)
  const meant = parsed.kind === 'command' && (!asked || turn.drafting || isMeant(text, parsed))
  if (meant) return run(turn, parsed.command, { code: parsed.code, language: parsed.speaks })
  if (session) {
    if (asked || parsed.kind === 'text') return answerStep(turn, session, { kind: 'text', text })
  }
  if (parsed.kind === 'near') {
    const command = sayCommand(scene, parsed.command)
    const title = say(scene, 'nearMiss', { command })
    return answer({
      card: notice(scene, { title, actions: [commandButton(scene, command, parsed.command)] }),
      summary: title,
    })
  }
  if (speaksOfDanger([text])) return answer(safetyCard(turn, { actions: [] }))
  return answer(listing.help(turn, say(scene, 'unknown')))
}

/** The commands that always work, whatever a dialog is asking for. */
const ESCAPES: Command[] = ['safety', 'cancel', 'help', 'language', 'resume']

/** An answer may happen to be a command's name; a slash, a case code, two words or a way out are certain to mean one. */
const isMeant = (text: string, { command, code, name }: { command: Command; code?: string; name: string }): boolean =>
  text.trim().startsWith('/') || code !== undefined || name.includes(' ') || ESCAPES.includes(command)

/** A button. Everything in its data came from the client and is only an id to look up and ask the gate about. */
function click(turn: Turn, verb: string, data: Record<string, unknown>): Decision {
  const { scene } = turn
  if (verb === 'command') {
    const command = COMMANDS.find((name) => name === data.command)
    if (!command) return answer({ text: say(scene, 'expired') })
    const named = text(data.code)
    const code = named === undefined ? undefined : parseCaseCode(named)
    // Only a code goes on from here: what is asked for in a channel stands in the due index, which is readable.
    if (named !== undefined && code === undefined) return refuse(turn, 'not-yours')
    return run(turn, command, { code, force: data.force === 'yes', language: text(data.language) })
  }
  if (verb === 'step' || verb === 'back' || verb === 'cancel') {
    const session = ownSession(turn)
    // The very click that ended the dialog, come again: its answer may never have arrived.
    if (!session) return answer({ text: say(scene, turn.seen.repeated && verb === 'step' ? 'repeated' : 'expired') })
    // No card in a channel has such a button: what claims to be one would show the dialog to everybody there.
    if (turn.incoming.place === 'channel') return toDirect(turn, 'resume')
    if (session.id !== data.session) return presentStep(turn, session, say(scene, 'stale'))
    const step = text(data.step) ?? ''
    if (verb === 'cancel') return answerStep(turn, session, { kind: 'cancel' })
    if (verb === 'back') return answerStep(turn, session, { kind: 'back', step })
    return answerStep(turn, session, { kind: 'submit', step, action: text(data.action) ?? 'next', values: data })
  }
  // A verb such as "constructor" is nobody's but JavaScript's own.
  const act = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined
  return act?.(turn, data) ?? answer({ text: say(scene, 'expired') })
}

interface Asked {
  code?: string | undefined
  /** Begin anew although another dialog is open. */
  force?: boolean
  language?: string | undefined
}

/** The commands whose answer the whole team may see. */
const IN_CHANNEL: Command[] = ['help', 'team', 'safety']

/** Runs a command, however it was given. What is private is answered in the direct chat. */
function run(turn: Turn, command: Command, asked: Asked): Decision {
  const { incoming, scene } = turn
  // A new team is set up where it was greeted; what is set later is for those who may.
  const isPublic = IN_CHANNEL.includes(command) || (command === 'settings' && presentLeaders(scene.team).length === 0)
  if (incoming.place === 'channel' && !isPublic) return toDirect(turn, command, asked.code)
  switch (command) {
    case 'help':
      return answer(listing.help(turn))
    // Whoever is in several has been asked which before the coach came to it: see own-team.ts.
    case 'team':
      return answer({ text: say(scene, 'whichTeam.only', { name: scene.team.name }) })
    case 'cases':
      return answer(listing.cases(turn))
    case 'today':
      return answer(listing.today(turn))
    case 'overview':
      return listing.overview(turn)
    case 'case':
      return asked.code ? listing.oneCase(turn) : answer(listing.cases(turn))
    case 'safety':
      return answer(safetyCard(turn))
    case 'message-check':
      return askForDraft(turn)
    case 'settings':
      return listing.settings(turn)
    case 'privacy':
      return answer(privacy.overview(turn))
    case 'privacy-export':
      return asked.code ? privacy.exportCase(turn, turn.seen.case?.value) : answer(privacy.chooseCase(turn))
    case 'privacy-erase':
      return asked.code ? privacy.askToErase(turn, turn.seen.case?.value) : answer(privacy.chooseCase(turn))
    case 'language':
      return chooseLanguage(turn, asked.language)
    case 'cancel': {
      const session = ownSession(turn)
      return session ? answerStep(turn, session, { kind: 'cancel' }) : answer({ text: say(scene, 'nothingToCancel') })
    }
    case 'resume': {
      const session = ownSession(turn)
      return session ? presentStep(turn, session) : answer(listing.help(turn))
    }
    default:
      return isDialog(turn, command)
        ? beginDialog(turn, command, asked.code, asked.force ?? false)
        : answer(listing.help(turn))
  }
}

function chooseLanguage(turn: Turn, named: string | undefined): Decision {
  const language = turn.kit.content.languages.find((known) => known === named)
  if (!language) return answer(listing.languages(turn))
  const scene = { ...turn.scene, language }
  return answer({ text: say(scene, 'language.saved') }, { user: { ...turn.user, language } })
}

/** The session the card or the chat points to, if it is this person's. */
function ownSession({ seen, user }: Turn): Session | undefined {
  const session = seen.session?.value
  return session?.user === user.id ? session : undefined
}

/** The person, as kept. A newcomer's language is the one they write in, else the client's; it never changes by itself after that. */
function userOf({ content }: Kit, incoming: Incoming, seen: Snapshot, team: Team): User {
  const kept = seen.user?.value
  const heard = kept?.unheard ? undefined : kept
  const address = incoming.place === 'direct' ? incoming.address : kept?.address
  if (heard && heard.address === address) return heard
  const fresh: User = {
    v: 1,
    id: incoming.user.id,
    name: incoming.user.name,
    language: firstLanguage(incoming, content) ?? team.language,
  }
  return { ...(heard ?? fresh), ...(address && { address }) }
}

/** Whatever somebody does in the direct chat ends the waiting for a draft; checking one begins it anew. */
function afterDraft(kept: User, { place, what }: Incoming, { now }: Snapshot): { user: User; drafting: boolean } {
  const acts = place === 'direct' && (what.kind === 'message' || what.kind === 'action')
  if (kept.draftUntil === undefined || !acts) return { user: kept, drafting: false }
  const { draftUntil, ...user } = kept
  return { user, drafting: draftUntil > now }
}

function firstLanguage({ what, user }: Incoming, { commands, languages }: Content): Language | undefined {
  const parsed = what.kind === 'message' ? parseCommand(what.text, commands) : undefined
  if (parsed?.kind === 'command' && parsed.language) return parsed.language
  return languageIn(user.locale, languages)
}
