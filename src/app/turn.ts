/** The edge around the coach: one read, one decision, one commit; a decision made on old state is made again. */
import { knowsMembers } from '../domain/access.ts'
import { parseCaseCode } from '../domain/case-code.ts'
import type { Team } from '../domain/team.ts'
import type { Instant } from '../domain/time.ts'
import { commitOf } from './change.ts'
import { decide } from './coach.ts'
import { parseCommand } from './commands.ts'
import type { Content } from './content.ts'
import { type Decision, type Kit, text } from './decision.ts'
import { isMoved, joinTeam, refreshRoster } from './install.ts'
import { codeOf, type Log } from './log.ts'
import { createOwnTeam } from './own-team.ts'
import {
  type Incoming,
  type Nudge,
  type ReadRequest,
  type Reply,
  type Roster,
  type Snapshot,
  type Store,
  StoreError,
} from './ports.ts'
import { sayOutside } from './scene.ts'
import { within } from './within.ts'

export interface TurnParts {
  kit: Kit
  store: Store
  nudge: Nudge
  roster: Roster
  log: Log
}

/** How often somebody else may be faster before we give up; each time has a fresh read, so one of all wins every round. */
const MOST_ATTEMPTS = 20

/** How old a roster may be before it is read again, in milliseconds. */
const ROSTER_AGE = 3_600_000

/** How long somebody waits for a roster that is no longer believed, in milliseconds; Teams waits ten seconds for us. */
const ROSTER_PATIENCE = 3000
/** A reading that had begun earlier may bring a list that is as old, and then one more is made. */
const MOST_READINGS = 2

export type TakeTurn = (incoming: Incoming) => Promise<Reply>

/**
 * Makes the function every channel hands its events to. It always resolves to something that helps the person; it
 * rejects only when nothing was stored and the channel should say so with its own error.
 */
export function createTurn(parts: TurnParts): TakeTurn {
  const { kit, store, nudge, log } = parts
  const ownTeam = createOwnTeam(store, kit.content)
  const refreshing = new Map<string, Promise<unknown>>()

  /** The channel tells who joins and leaves; this is for what it may have failed to tell. Never rejects. */
  function refresh({ id, tenant, home }: Team): Promise<unknown> {
    const reading =
      refreshing.get(id) ??
      refreshRoster(parts, { id, tenant, address: home })
        .catch((error: unknown) => log.warn({ team: id, code: codeOf(error) }, 'the roster could not be read'))
        .finally(() => refreshing.delete(id))
    refreshing.set(id, reading)
    return reading
  }

  /** Reads an old roster again. Nobody waits for that, unless it is too old to be believed: then true, as it is to be looked at anew. */
  async function refreshed(team: Team, now: Instant): Promise<boolean> {
    if (now - team.membersAt < ROSTER_AGE) return false
    const reading = refresh(team)
    if (knowsMembers(team, now)) return false
    await within(ROSTER_PATIENCE, reading, undefined)
    return true
  }

  return async (incoming) => {
    try {
      if (incoming.team && isMoved(incoming.what.kind)) return await joinTeam(parts, incoming, incoming.team)
      const which = await ownTeam.answer(incoming)
      if (which) return which
      const named = incoming.team ?? namedByCard(incoming)
      const reply = named && (await attempt(incoming, requestOf(kit.content, incoming, named)))
      if (reply) return reply
      // In a direct chat, or in a place that is no staff team, it is about the person's own; what a card names is that only.
      const own = named && !incoming.team ? undefined : await ownTeam.find(incoming)
      const answer = own && (await attempt(incoming, requestOf(kit.content, incoming, own)))
      if (answer) return answer
      const question = named ? undefined : await ownTeam.ask(incoming)
      return question ?? sayOutside(kit.content, incoming.user.locale, 'noTeam')
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      log.error({ code: error.code, event: incoming.what.kind }, 'nothing stored')
      return { ...sayOutside(kit.content, incoming.user.locale, 'unavailable'), undone: true }
    }
  }

  /** Takes the turn in one team; `undefined` where there is no such team. */
  async function attempt(incoming: Incoming, request: ReadRequest): Promise<Reply | undefined> {
    for (let round = 1; round <= MOST_ATTEMPTS; round++) {
      const seen = await store.read(request)
      if (!seen.team) return undefined
      const team = seen.team.value
      if (round <= MOST_READINGS && (await refreshed(team, seen.now))) continue
      const decision = decide(kit, incoming, seen, team)
      const { reply, change } = isVain(seen, decision)
        ? decide(kit, { ...incoming, what: RESUME }, seen, team)
        : decision
      // What was done already is not done twice, but it is answered: the first answer may never have arrived.
      const commit = seen.repeated ? undefined : commitOf(change, seen, team, incoming.event)
      const outcome = commit ? await store.commit(commit) : 'done'
      if (outcome === 'stale' || outcome === 'repeated') continue
      if (commit?.due.some(({ at }) => at !== null && at <= seen.now)) await nudge(team.id)
      return reply
    }
    throw new StoreError('busy')
  }
}

/** Whether a repetition would be answered with a step of a dialog that only its being stored would bring about. */
const isVain = ({ repeated }: Snapshot, { change }: Decision): boolean => repeated && change.session !== undefined

/** Shows where somebody is, instead of taking the same answer for the next step too. */
const RESUME: Incoming['what'] = { kind: 'action', verb: 'command', data: { command: 'resume' } }

/** What has to be read to decide this event. */
function requestOf({ commands }: Content, incoming: Incoming, team: string): ReadRequest {
  const { what } = incoming
  const base = { team, user: incoming.user.id, event: incoming.event }
  if (what.kind === 'message') {
    const parsed = parseCommand(what.text, commands)
    return {
      ...base,
      mine: parsed.kind === 'command',
      open: parsed.kind === 'command' && parsed.command === 'overview',
      ...(parsed.kind === 'command' && parsed.code && { code: parsed.code }),
    }
  }
  if (what.kind !== 'action') return base
  const { session, code, post } = what.data
  const known = parseCaseCode(text(code) ?? '')
  return {
    ...base,
    mine: BEGINS_DIALOG.includes(what.verb),
    open: what.verb === 'command' && what.data.command === 'overview',
    ...(text(session) && { session: text(session) as string }),
    ...(text(post) && { post: text(post) as string }),
    ...(known && { code: known }),
  }
}

/** What a dialog may begin with, in which one can choose among one's own cases. */
const BEGINS_DIALOG = ['command', 'drafted']

/** The team a card says it is about. */
const namedByCard = ({ what }: Incoming): Team['id'] | undefined =>
  what.kind === 'action' ? text(what.data.team) : undefined
