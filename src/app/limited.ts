/** Turns away what comes faster than people write, with an honest word; nothing of it is done, so all of it can be sent again. */
import { LRUCache } from 'lru-cache'
import { DEFAULT_LANGUAGE, type Language, languageIn } from '../domain/team.ts'
import type { Content } from './content.ts'
import type { Incoming, RateLimits, Store } from './ports.ts'
import { sharedIn } from './scene.ts'
import type { TakeTurn } from './turn.ts'

interface LimitedParts {
  take: TakeTurn
  limits: RateLimits
  store: Pick<Store, 'teamsOf' | 'load'>
  content: Content
  /** Told each time somebody has to wait. */
  onLimit?: () => void
}

/** A language that was looked up is good for this long, in milliseconds: whoever is too fast must not cost two reads a time. */
const MEMORY = 60_000
const MOST_REMEMBERED = 10_000

export function createLimited({ take, limits, store, content, onLimit }: LimitedParts): TakeTurn {
  const spoken = new LRUCache<string, Language>({ max: MOST_REMEMBERED, ttl: MEMORY })

  /** The person's own language, as far as it can be had. */
  async function languageOf({ tenant, team, user }: Incoming): Promise<Language> {
    const who = `${tenant} ${user.id}`
    const known = spoken.get(who)
    if (known) return known
    const language =
      (await keptLanguage({ tenant, team, user: user.id })) ??
      languageIn(user.locale, content.languages) ??
      DEFAULT_LANGUAGE
    spoken.set(who, language)
    return language
  }

  async function keptLanguage(given: { tenant: string; team: string | undefined; user: string }) {
    try {
      const { tenant, user } = given
      const { teams, chosen } = given.team
        ? { teams: [given.team] }
        : { chosen: undefined, ...(await store.teamsOf(tenant, user)) }
      const [team = ''] = [chosen ?? teams[0]]
      if (!team) return undefined
      const [kept] = await store.load(team, 'user', [user])
      return kept?.value.language
    } catch {
      // Then the client's language will do: this is no time for another failure.
      return undefined
    }
  }

  return async (incoming) => {
    // Who joins or leaves is news from the channel; nobody typed it.
    const { kind } = incoming.what
    const seconds = kind === 'message' || kind === 'action' ? await limits.wait(incoming) : 0
    if (seconds === 0) return take(incoming)
    onLimit?.()
    return { text: sharedIn(content, await languageOf(incoming)).say('tooFast', { seconds }), undone: true }
  }
}
