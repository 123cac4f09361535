import { type Case, openAgreements } from './case.ts'
import { isOnTeam, type Team } from './team.ts'
import { presentLeaders } from './team-settings.ts'

/** Whoever a case is with: its coordinator, and its creator as long as it has none. */
export const holderOf = ({ creator, coordination }: Case): string => coordination.coordinator?.user ?? creator

/** Who is asked about a case: whoever holds it, else the one who opened it; only who is still on the team, and no guest. */
export const presentHolder = (found: Case, team: Pick<Team, 'members'>): string | undefined =>
  presentCoordinator(found, team) ?? (isOnTeam(team, found.creator) ? found.creator : undefined)

/** The coordinator; nobody where that one has left the team. */
export function presentCoordinator({ coordination }: Case, team: Pick<Team, 'members'>): string | undefined {
  const user = coordination.coordinator?.user
  return user !== undefined && isOnTeam(team, user) ? user : undefined
}

/** Whoever is asked what is to become of a case: who holds it, and a leader once those have all left the team. */
export const toBeAsked = (found: Case, team: Pick<Team, 'members' | 'leaders'>): string | undefined =>
  presentHolder(found, team) ?? presentLeaders(team)[0]

/**
 * Who has a part in a case, each once: its creator, its coordinator, whoever has been asked to be, and the staff named in
 * agreements that are still open. Whether the case itself is open is not looked at.
 */
export function involved(found: Case): string[] {
  const { creator, coordination } = found
  const staff = openAgreements(found).map((agreement) => agreement.staff)
  const people = [creator, coordination.coordinator?.user, coordination.asked?.user, ...staff]
  return [...new Set(people.filter((person) => person !== undefined))]
}
