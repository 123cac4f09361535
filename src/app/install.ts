/** Joining a team, and keeping its roster fresh: who is in it decides what the gate allows. */
import { languageIn, type Team } from '../domain/team.ts'
import type { Incoming, Reply } from './ports.ts'
import { sceneOf } from './scene.ts'
import { settingsCard } from './setup.ts'
import type { TurnParts } from './turn.ts'

export const isMoved = (kind: Incoming['what']['kind']): boolean =>
  kind === 'installed' || kind === 'removed' || kind === 'rosterChanged'

/** Reads the roster of the team an event comes from, stores it, and greets a new team. */
export async function joinTeam(parts: TurnParts, incoming: Incoming, id: string): Promise<Reply> {
  const { kit, store, log } = parts
  if (incoming.what.kind === 'removed') {
    log.info({ team: id }, 'removed from a team')
    return {}
  }
  const { team, fresh } = await refreshRoster(
    parts,
    { id, tenant: incoming.tenant, address: incoming.address },
    incoming.user.locale,
  )
  log.info({ team: team.id, members: team.members.length }, fresh ? 'joined a team' : 'roster read')
  if (!fresh) return {}
  return settingsCard(sceneOf(kit.content, team, team.language, await store.now()))
}

interface Where {
  id: string
  tenant: string
  address: string
}

/** Stores who is in the team now. Somebody who has left loses access with this commit. */
export async function refreshRoster(
  { store, roster }: Pick<TurnParts, 'store' | 'roster'>,
  where: Where,
  locale?: string,
): Promise<{ team: Team; fresh: boolean }> {
  const { zone = NEW_TEAM.zone, ...read } = await roster.read(where)
  for (;;) {
    const [kept] = await store.load(where.id, 'team', [where.id])
    const now = await store.now()
    const team: Team = kept
      ? { ...kept.value, ...read, membersAt: now }
      : {
          ...NEW_TEAM,
          ...read,
          zone,
          id: where.id,
          tenant: where.tenant,
          home: where.address,
          language: languageIn(locale) ?? 'da',
          membersAt: now,
          ...(read.channels[0] && { channel: read.channels[0] }),
        }
    const gone = (kept?.value.members ?? []).filter(({ id }) => !team.members.some((member) => member.id === id))
    const commit = {
      team: where.id,
      due: [],
      audit: [],
      writes: [{ kind: 'team' as const, id: where.id, rev: kept?.rev ?? 0, value: team }],
    }
    if ((await store.commit(commit)) === 'stale') continue
    await store.indexMembers(
      where.tenant,
      where.id,
      team.members.map(({ id }) => id),
      gone.map(({ id }) => id),
    )
    return { team, fresh: !kept }
  }
}

/** Danish schools are the first users; a team says otherwise in its settings. */
const NEW_TEAM = { v: 1, zone: 'Europe/Copenhagen', hour: 8, closed: [], leaders: [] } as const satisfies Partial<Team>
