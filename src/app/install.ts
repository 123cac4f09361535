/** Joining a team, and keeping its roster fresh: who is in it decides what the gate allows. */
import { departureAt } from '../domain/retention.ts'
import { DEFAULT_LANGUAGE, isOnTeam, type Language, languageIn, type Team } from '../domain/team.ts'
import type { Instant } from '../domain/time.ts'
import { DeliveryError, type Incoming, type Reply, type Store } from './ports.ts'
import { sayOutside, sceneOf } from './scene.ts'
import { settingsCard } from './setup.ts'
import type { TurnParts } from './turn.ts'

export const isMoved = (kind: Incoming['what']['kind']): boolean =>
  kind === 'installed' || kind === 'removed' || kind === 'rosterChanged'

/** Reads the roster of the team an event comes from, stores it, and greets a new team. */
export async function joinTeam(parts: TurnParts, incoming: Incoming, id: string): Promise<Reply> {
  const { kit, store, log } = parts
  if (incoming.what.kind === 'removed') {
    await doubtRoster(store, id)
    log.info({ team: id }, 'removed from a team')
    return {}
  }
  const { locale } = incoming.user
  const language = languageIn(locale, kit.content.languages)
  const installed = incoming.what.kind === 'installed'
  const where = { id, tenant: incoming.tenant, address: incoming.address }
  const joined = await refreshRoster(parts, where, { language, installed })
  if (!joined) return sayOutside(kit.content, locale, 'outsiders')
  const { team, fresh } = joined
  log.info({ team: team.id, members: team.members.length }, fresh ? 'joined a team' : 'roster read')
  if (!fresh) return {}
  return settingsCard(sceneOf(kit.content, team, team.language, await store.now()))
}

interface Where {
  id: string
  tenant: string
  address: string
}

/**
 * Stores who is in the team now. Somebody who has left loses access with this commit, and a channel that
 * outsiders have come into is not posted to any more. `undefined`: among outsiders no team is begun.
 * `installed`: the bot has come to the team, perhaps anew; then what could not be said without it is tried again.
 */
export async function refreshRoster(
  { store, roster, nudge }: Pick<TurnParts, 'store' | 'roster' | 'nudge'>,
  where: Where,
  { language = DEFAULT_LANGUAGE, installed = false }: { language?: Language | undefined; installed?: boolean } = {},
): Promise<{ team: Team; fresh: boolean } | undefined> {
  // Of the moment the reading begins: what changes meanwhile may not be in it.
  const membersAt = await store.now()
  const {
    zone = NEW_TEAM.zone,
    outsiders,
    ...read
  } = await roster.read(where).catch(async (error: unknown) => {
    if (error instanceof DeliveryError && error.permanent) await doubtRoster(store, where.id)
    throw error
  })
  for (;;) {
    const [kept] = await store.load(where.id, 'team', [where.id])
    const now = await store.now()
    if (!kept && outsiders) return undefined
    const team: Team = !kept
      ? {
          ...NEW_TEAM,
          ...read,
          zone,
          id: where.id,
          tenant: where.tenant,
          home: where.address,
          language,
          membersAt,
          ...(read.channels[0] && { channel: read.channels[0] }),
        }
      : isNewer(kept.value, membersAt, now)
        ? kept.value
        : { ...withChannelOf(kept.value, read.channels, outsiders === true), ...read, membersAt }
    const before = kept?.value.members ?? []
    const gone = before.filter(({ id }) => !team.members.some((member) => member.id === id))
    // A case that one of them held needs somebody else, which is to be said.
    const left = before.some(({ id, guest }) => !guest && !isOnTeam(team, id))
    const replans = left || (kept && installed) ? [{ kind: 'replan' as const, ids: [], at: now }] : []
    const commit = {
      team: where.id,
      due: [...gone.map(({ id }) => ({ kind: 'forget' as const, ids: [id], at: departureAt(now) })), ...replans],
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
    if (replans.length > 0) await nudge(where.id)
    return { team, fresh: !kept }
  }
}

/** Whether what is kept has been read since then. A moment yet to come is of a clock that has been put back. */
const isNewer = ({ membersAt }: Team, since: Instant, now: Instant): boolean => since <= membersAt && membersAt <= now

/** From now on nobody tells who has left: nothing is shown to anybody before the roster has been read again. */
async function doubtRoster(store: Store, id: Team['id']): Promise<void> {
  for (;;) {
    const [kept] = await store.load(id, 'team', [id])
    if (!kept || kept.value.membersAt === 0) return
    const value: Team = { ...kept.value, membersAt: 0 }
    const commit = { team: id, due: [], audit: [], writes: [{ kind: 'team' as const, id, rev: kept.rev, value }] }
    if ((await store.commit(commit)) !== 'stale') return
  }
}

/** The channel under its present name. One that is not in the list is kept: its address may have been written anew. */
function withChannelOf({ channel, ...team }: Team, channels: Team['channels'], outsiders: boolean): Team {
  if (!channel || outsiders) return team
  return { ...team, channel: channels.find(({ address }) => address === channel.address) ?? channel }
}

/** Danish schools are the first users; a team says otherwise in its settings. */
const NEW_TEAM = { v: 1, zone: 'Europe/Copenhagen', hour: 8, closed: [], leaders: [] } as const satisfies Partial<Team>
