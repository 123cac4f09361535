/** One event with all that is known about it, and what is decided about it: the words every part of the coach shares. */

import { type Action, may, type Refusal } from '../domain/access.ts'
import type { Case } from '../domain/case.ts'
import type { User } from '../domain/team.ts'
import { presentLeaders } from '../domain/team-settings.ts'
import type { Change } from './change.ts'
import type { Command } from './commands.ts'
import type { Content } from './content.ts'
import type { Incoming, Reply, Snapshot, Ticket } from './ports.ts'
import { nameOf, type Scene, say } from './scene.ts'

/** The things the core cannot make itself. */
export interface Kit {
  content: Content
  /** A new unguessable id. */
  newId: () => string
  newCode: () => string
  /** The address of a file; absent where the service has no public address, so that nobody could follow it. */
  link?: (ticket: Ticket) => string
}

/** One event with all that is known about it. */
export interface Turn {
  kit: Kit
  incoming: Incoming
  seen: Snapshot
  scene: Scene
  user: User
  /** The person has been asked for a draft, and so what is typed is one. */
  drafting: boolean
}

export interface Decision {
  reply: Reply
  change: Change
}

export const answer = (reply: Reply, change: Change = {}): Decision => ({ reply, change })

/** Says no in words that help; the same for a case that is not there as for one that is somebody else's. */
export const refuse = ({ scene }: Turn, refused: Refusal): Decision => {
  const [leader] = presentLeaders(scene.team)
  return answer({ text: say(scene, `refused.${refused}`, { name: leader ? nameOf(scene, leader) : '' }) })
}

/** Asks the gate for the person of this turn. */
export function gate({ scene, user }: Turn, action: Action, found?: Case, agreement?: string): Refusal | undefined {
  const answered = may(user.id, action, {
    team: scene.team,
    ...(found && { case: found }),
    ...(agreement && { agreement }),
  })
  return answered === true ? undefined : answered.refused
}

/** What is private is shown in the direct chat, whoever asked for it in a channel. */
export const toDirect = ({ scene, user, seen }: Turn, command: Command, code = ''): Decision =>
  answer({ text: say(scene, 'toDirect') }, { due: [{ kind: 'show', ids: [user.id, command, code], at: seen.now }] })

/** A text that came from outside, where there is one. */
export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
