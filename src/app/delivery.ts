/** What every delivery needs, whatever it says. */
import type { DueEntry } from '../domain/due.ts'
import type { Language, Team } from '../domain/team.ts'
import type { Kit } from './decision.ts'
import type { Log } from './log.ts'
import type { Messenger, Store } from './ports.ts'

export interface DeliverParts {
  kit: Kit
  store: Store
  messenger: Messenger
  log: Log
}

/** Takes an entry away, unless it has been moved since it was read. */
export const taken = ({ kind, ids, at }: DueEntry) => ({ kind, ids, at: null, unless: at })

export const clear = async (store: Store, team: string, entries: DueEntry[]): Promise<void> => {
  await store.commit({ team, writes: [], audit: [], due: entries.map(taken) })
}

export async function languageOf(store: Store, team: Team, user: string | undefined): Promise<Language> {
  if (!user) return team.language
  const [kept] = await store.load(team.id, 'user', [user])
  return kept?.value.language ?? team.language
}
