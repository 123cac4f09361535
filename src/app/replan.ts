import type { Case } from '../domain/case.ts'
import { dueEntriesFor } from '../domain/reminder.ts'
import { retentionEntriesFor } from '../domain/retention.ts'
import type { Team } from '../domain/team.ts'
import { POISON } from './delivery.ts'
import type { Store, Versioned } from './ports.ts'

/**
 * Derives anew what every open case of a team makes due, after the team's hour, zone, closed days, rhythm, channel or people
 * have changed, or the bot has come back; and has tried again what could not be delivered before. It is a due entry itself,
 * written with the change, so that it happens whatever crashes in between; and it is delivered before anything that it may
 * put off.
 */
export async function replan(store: Store, team: Team): Promise<void> {
  for (const { name, reason } of await store.buried(team.id)) if (reason !== POISON) await store.retry(team.id, name)
  for (const found of await store.openCases(team.id)) await replanCase(store, team, found)
}

/** The same for one case, open or closed; it is written anew, and so found again by whatever lists cases. */
export async function replanCase(store: Store, team: Team, first: Versioned<Case>): Promise<void> {
  let found: Versioned<Case> | undefined = first
  while (found) {
    const { rev, value }: Versioned<Case> = found
    const now = await store.now()
    // The case is written as it was: whoever decides from it at this very moment has to look again, at the team too.
    const write = { kind: 'case' as const, id: value.code, rev, value }
    const due = [...dueEntriesFor(value, now, team), ...retentionEntriesFor(value, now, team)]
    if ((await store.commit({ team: team.id, now, writes: [write], due, audit: [] })) !== 'stale') return
    ;[found] = await store.load(team.id, 'case', [value.code])
  }
}
