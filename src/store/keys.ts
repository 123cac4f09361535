/** Every Redis key. Those of one team share the hash tag `{<team>}`, so that one commit is atomic on a Cluster too. */
import { type DocumentKind, StoreError } from '../app/ports.ts'
import { remembered } from '../domain/remembered.ts'

/** All keys begin with this; an ACL of `~tov:*` covers the store and the queue. */
const ROOT = 'tov'

/**
 * An id as part of a key. Ids of channels hold `:`, `@` and worse, and a `}` would end the hash tag early.
 * @throws {StoreError} `id-invalid` for an empty id, or one that is not well-formed text.
 */
export function encodeId(id: string): string {
  // Two ids that differ in halves of a character only would otherwise become the same key.
  if (id === '' || !id.isWellFormed()) throw new StoreError('id-invalid')
  // Most ids are of letters and digits, which takes half as long to see.
  return PLAIN.test(id) ? id : encodeURIComponent(id)
}

const PLAIN = /^[\w-]+$/

/** A turn names a dozen keys of one team. */
const placeOf = remembered((team: string) => `${ROOT}:t:{${encodeId(team)}}:`)

const ofTeam = (team: string, kind: string): string => placeOf(team) + kind
const inTeam = (team: string, kind: string, id: string): string => `${placeOf(team)}${kind}:${encodeId(id)}`

export const keys = {
  /** Hash: `rev`, the sealed `doc`, and the keys of documents it points to. */
  document: (team: string, kind: DocumentKind, id: string) => inTeam(team, kind, id),
  /** Sorted set: names of due entries by the moment they are due. */
  due: (team: string) => ofTeam(team, 'due'),
  /** Hash: due entry to the number of tries that have begun. */
  tries: (team: string) => ofTeam(team, 'tries'),
  /** Hash: due entry set aside to why and when. */
  buried: (team: string) => ofTeam(team, 'buried'),
  /** Stream: who did what to which case and when. */
  audit: (team: string) => ofTeam(team, 'audit'),
  /** String with an expiry: this event has been committed. */
  event: (team: string, event: string) => inTeam(team, 'event', event),
  /** Set: keys of the open cases a person has a part in. */
  mine: (team: string, user: string) => inTeam(team, 'mine', user),
  /** Hash: key of an open case to the id of its coordinator. */
  holders: (team: string) => ofTeam(team, 'holders'),
  /** Set: keys of the team's open cases. */
  open: (team: string) => ofTeam(team, 'open'),

  /** The team and code behind a case's key; nothing for any other key. */
  caseAt: (key: string): { team: string; code: string } | undefined => {
    const [, team, code] = /^tov:t:\{([^{}:]+)\}:case:([^:]+)$/.exec(key) ?? []
    return team && code ? { team: decodeURIComponent(team), code: decodeURIComponent(code) } : undefined
  },
  /** A pattern that every document's key matches, and some others. */
  anyDocument: () => `${ROOT}:t:*`,

  /** String: a sealed secret that belongs to no team. */
  vault: (name: string) => [ROOT, 'vault', encodeId(name)].join(':'),
  /** String with an expiry: written to see whether Redis takes anything. */
  probe: () => `${ROOT}:probe`,
  /** The beginning of keys that count what a person or a tenant asks for; they expire. */
  rate: (what: string) => [ROOT, 'rate', what].join(':'),
  /** Set: the ids of all teams. */
  teams: () => `${ROOT}:teams`,
  /** Sorted set: the ids of the teams a person is in; the one chosen for direct chats has the highest score. */
  teamsOf: (tenant: string, user: string) => [ROOT, 'person', encodeId(tenant), encodeId(user), 'teams'].join(':'),

  /** String: something was deleted, and the append-only file still holds it. */
  rewriteWanted: () => `${ROOT}:rewrite:wanted`,
  /** String with an expiry: the append-only file was rewritten not long ago. */
  rewritten: () => `${ROOT}:rewrite:done`,

  /** What BullMQ puts before its own keys: a hash tag, since its scripts touch many of them at once. */
  queuePrefix: () => `${ROOT}:q:{queue}`,
}
