/** What every delivery needs, whatever it says. */
import type { Case } from '../domain/case.ts'
import type { DueEntry } from '../domain/due.ts'
import type { Post } from '../domain/post.ts'
import { isOnTeam, type Language, type Team } from '../domain/team.ts'
import type { Instant } from '../domain/time.ts'
import type { Kit } from './decision.ts'
import type { Log } from './log.ts'
import { DeliveryError, type Messenger, type Store, type Versioned } from './ports.ts'
import { type Scene, sceneOf } from './scene.ts'
import { type Drawn, drawPost } from './view/posts.ts'
import { redacted } from './view/retained.ts'

export interface DeliverParts {
  kit: Kit
  store: Store
  messenger: Messenger
  log: Log
}

/** Why something was set aside that has ended processes: it is tried again only when a person says so. */
export const POISON = 'poison'

/** Takes an entry away, unless it has been moved since it was read. */
export const taken = ({ kind, ids, at }: DueEntry) => ({ kind, ids, at: null, unless: at })

export const clear = async (store: Store, team: string, entries: DueEntry[]): Promise<void> => {
  await store.commit({ team, writes: [], audit: [], due: entries.map(taken) })
}

/** How long a card waits before it is asked again whether the team has a channel, in milliseconds. */
const CHANNEL_WAIT = 15 * 60_000

/** Has an entry wait until the team has a channel. */
export const waitForChannel = async (
  store: Store,
  team: string,
  { kind, ids, at }: DueEntry,
  now: Instant,
): Promise<void> => {
  await store.commit({ team, writes: [], audit: [], due: [{ kind, ids, at: now + CHANNEL_WAIT, unless: at }] })
}

export async function languageOf(store: Store, team: Team, user: string | undefined): Promise<Language> {
  if (!user) return team.language
  const [kept] = await store.load(team.id, 'user', [user])
  return kept?.value.language ?? team.language
}

/** These cases of a team, by their codes; those that are gone are left out. */
export async function casesOf(store: Store, team: string, codes: string[]): Promise<Map<string, Versioned<Case>>> {
  const unique = [...new Set(codes)]
  const loaded = await store.load(team, 'case', unique)
  return new Map(loaded.flatMap((found) => (found ? [[found.value.code, found]] : [])))
}

export const values = (cases: Map<string, Versioned<Case>>): Map<string, Case> =>
  new Map([...cases].map(([code, { value }]) => [code, value]))

/** The person a card is for; a card without one is for the channel. */
export const recipient = ({ card }: Post): string | undefined => ('user' in card ? card.user : undefined)

/** A card as whoever reads it now may see it: its person where they are on the team, the team where it is among itself. */
function drawnFor(scene: Scene, post: Post, cases: ReadonlyMap<string, Case>): Drawn {
  if (post.refs.length === 0) return redacted(scene)
  const user = recipient(post)
  // A team has no channel while outsiders read along in it.
  const isForThem = user ? isOnTeam(scene.team, user) : scene.team.channel !== undefined
  return isForThem ? drawPost(scene, post, cases) : redacted(scene, 'hidden')
}

/**
 * Draws a card that has been sent anew, from its cases as they are now. `lost` is what the log is told where the message
 * is there no more: then there is nothing left to keep up to date, or to empty.
 */
export async function drawAgain(
  { kit, store, messenger, log }: DeliverParts,
  team: Team,
  post: Post,
  now: Instant,
  { lost }: { lost: string },
): Promise<void> {
  if (!post.message) return
  const codes = post.refs.map(({ code }) => code)
  const cases = values(await casesOf(store, team.id, codes))
  const scene = sceneOf(kit.content, team, await languageOf(store, team, recipient(post)), now)
  const { card, summary } = drawnFor(scene, post, cases)
  try {
    await messenger.update(post.address, post.message, card, summary)
  } catch (error) {
    if (!(error instanceof DeliveryError) || !error.permanent) throw error
    log.warn({ team: team.id, reason: error.code }, lost)
  }
}
