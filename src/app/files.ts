/** Files on request: a link is made in a moment, the file itself when somebody follows it, and the gate is asked both times. */
import { knowsMembers } from '../domain/access.ts'
import type { Kit, Turn } from './decision.ts'
import { codeOf, type Log } from './log.ts'
import { type FileMakers, type FileOrder, type Snapshot, type Store, StoreError, type Ticket } from './ports.ts'
import { type Scene, say, sceneOf } from './scene.ts'
import { fileOf } from './view/file.ts'
import type { Link } from './view/parts.ts'

/** Milliseconds a link is good for: long enough for one click, too short to be passed on. */
const LINK_LIFE = 15 * 60_000

/** A link to a file for the person of this turn; nothing where the service has no public address. */
const linkTo = ({ kit, scene, user }: Turn, order: FileOrder): string | undefined =>
  kit.link?.({ id: kit.newId(), team: scene.team.id, user: user.id, until: scene.now + LINK_LIFE, order })

/** A link to a file, ready for a card; none where nobody could follow it. */
export function linksTo(turn: Turn, order: FileOrder, title: string): Link[] {
  const url = linkTo(turn, order)
  return url ? [{ title, url }] : []
}

/** What there is to say about a link: how long it lasts, or why there is none. */
export const linkNote = ({ scene }: Turn, links: Link[]): string =>
  say(scene, links.length > 0 ? 'files.note' : 'files.none')

export type Fetched =
  | { kind: 'file'; name: string; type: string; body: Buffer }
  /** It could be fetched: somebody only looked. */
  | { kind: 'ready' }
  /** Used, or too late. */
  | { kind: 'over' }
  /** No link of ours, or not for this person any more: the same for both. */
  | { kind: 'unknown' }
  /** Not now; the link is still good. */
  | { kind: 'unavailable' }

/** Makes the file and uses the link up, or looks whether there is one. */
export type FetchFile = (token: string, how?: 'take' | 'look') => Promise<Fetched>

interface FileParts {
  kit: Pick<Kit, 'content'>
  store: Store
  /** The ticket of a link's last part; nothing where it is not one of ours. */
  readTicket: (token: string) => Ticket | undefined
  make: FileMakers
  log: Log
}

/** Makes the function that follows a link. It never rejects. */
export function createFiles({ kit, store, readTicket, make, log }: FileParts): FetchFile {
  async function fetched(ticket: Ticket, how: 'take' | 'look'): Promise<Fetched> {
    const { team, user, order } = ticket
    const seen = await store.read({ team, user, event: eventOf(ticket), ...caseIn(order) })
    if (!seen.team) return { kind: 'unknown' }
    // Asked before it is made, too: that takes longer than anything else here.
    if (seen.repeated || seen.now >= ticket.until) return { kind: 'over' }
    if (!knowsMembers(seen.team.value, seen.now)) return { kind: 'unavailable' }
    const file = fileOf(sceneOfReader(kit, seen, seen.team.value), user, seen.case?.value, order)
    if (!file) return { kind: 'unknown' }
    if (how === 'look') return { kind: 'ready' }
    const body = await file.body(make)
    // Only now: a download that could not be made has used up nothing.
    return (await useUp(ticket)) ? { kind: 'file', name: file.name, type: file.type, body } : { kind: 'over' }
  }

  /** Takes the one download and notes who has it, both or neither; false where it has been taken already. */
  async function useUp(ticket: Ticket): Promise<boolean> {
    const { team, user, order } = ticket
    const event = eventOf(ticket)
    const audit = [{ actor: user, action: `file-${order.kind}`, ...caseIn(order) }]
    try {
      return (await store.commit({ team, event, writes: [], due: [], audit })) === 'done'
    } catch (error) {
      // It may have happened all the same, and then nobody has got the file.
      await store.forgetEvent(team, event).catch(() => {})
      throw error
    }
  }

  return async (token, how = 'take') => {
    const ticket = readTicket(token)
    if (!ticket) return { kind: 'unknown' }
    try {
      return await fetched(ticket, how)
    } catch (error) {
      const kind = error instanceof StoreError ? 'store' : 'file'
      log.error({ code: codeOf(error), kind, file: ticket.order.kind }, 'a file could not be fetched')
      return { kind: 'unavailable' }
    }
  }
}

/** The case that a file is about; slides are about none. */
const caseIn = (order: FileOrder): { code?: string } => ('code' in order ? { code: order.code } : {})

/** The one download, by the ticket and not by how it is written: the same bytes can be written in several ways. */
const eventOf = ({ id }: Ticket): string => `file.${id}`

const sceneOfReader = ({ content }: Pick<Kit, 'content'>, { user, now }: Snapshot, team: Scene['team']): Scene =>
  sceneOf(content, team, user?.value.language ?? team.language, now)
