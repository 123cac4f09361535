/** Turns a commit into the keys and arguments of `commit.lua`. Pure but for the sealing. */
import type { Commit, Write } from '../app/ports.ts'
import { dueName } from '../domain/due.ts'
import { involved } from '../domain/involved.ts'
import { keys } from './keys.ts'

const HOUR = 3_600_000
const SESSION_EXPIRY = 72 * HOUR
/** Channels repeat an event for minutes; people click an old card again for hours. */
const EVENT_EXPIRY = 24 * HOUR
/** Redis trims a stream in whole nodes, so it keeps about this many. */
const AUDIT_LENGTH = 100_000

/** Seals a document for the key it is kept under. */
export type Seal = (key: string, value: unknown) => Buffer

/** What a document's hash shows in clear, and what else follows from writing it. */
interface Traits {
  set: Record<string, string>
  clear: string[]
  /** Milliseconds from now. */
  expiry?: number
  /** Of a session: the key of its user's document. */
  user?: string
  /** Of a case: the `mine` sets it belongs in, and who coordinates it. */
  people?: string[]
  holder?: string
  /** Of a case: whether it is open. */
  open?: boolean
}

export function planCommit(
  { team, event, now, writes, reads = [], due, audit }: Commit,
  seal: Seal,
): { keys: string[]; args: (string | Buffer)[] } {
  const bodies: Buffer[] = []
  const planned = writes.map((write) => {
    const key = keys.document(team, write.kind, write.id)
    // ARGV counts from 1, and the plan itself is the first.
    const body = write.value && bodies.push(seal(key, write.value)) + 1
    return { key, kind: write.kind, rev: write.rev, body, ...traitsOf(team, write) }
  })
  const eventKey = event === undefined ? undefined : keys.event(team, event)
  const hasCase = writes.some(({ kind }) => kind === 'case')
  const hasDue = due.length > 0
  // Of the team's indexes only those that this commit touches: most turns write no more than where somebody is in a dialog.
  const indexes = {
    ...(hasDue && { dueKey: keys.due(team), tries: keys.tries(team) }),
    ...(hasCase && { holders: keys.holders(team), open: keys.open(team) }),
    ...(audit.length > 0 && { auditKey: keys.audit(team) }),
  }
  const plan = {
    event: eventKey && { key: eventKey, expiry: EVENT_EXPIRY },
    writes: planned,
    reads: reads.map(({ kind, id, rev }) => ({ key: keys.document(team, kind, id), rev })),
    now: now === undefined ? undefined : String(now),
    ...indexes,
    // Moments are text: Lua would print the number as 1.7e+12.
    due: due.map(({ kind, ids, at, unless }) => ({
      name: dueName({ kind, ids }),
      at: at === null ? undefined : String(at),
      unless: unless === undefined ? undefined : String(unless),
    })),
    auditLength: AUDIT_LENGTH,
    audit: audit.map(fieldsOf),
  }
  const touched = [...Object.values(indexes), ...[...plan.writes, ...plan.reads].map(({ key }) => key)]
  return { keys: eventKey ? [...touched, eventKey] : touched, args: [JSON.stringify(plan), ...bodies] }
}

function traitsOf(team: string, write: Write): Traits {
  switch (write.kind) {
    case 'session': {
      if (!write.value) return { set: {}, clear: [] }
      const { code, user } = write.value
      return {
        set: code === undefined ? {} : { case: keys.document(team, 'case', code) },
        clear: code === undefined ? ['case'] : [],
        expiry: SESSION_EXPIRY,
        user: keys.document(team, 'user', user),
      }
    }
    case 'case': {
      const open = write.value?.status === 'open' ? write.value : undefined
      const people = open ? involved(open).map((user) => keys.mine(team, user)) : []
      const holder = open?.coordination.coordinator?.user
      return {
        set: { people: JSON.stringify(people) },
        clear: [],
        people,
        open: open !== undefined,
        ...(holder !== undefined && { holder }),
      }
    }
    case 'post': {
      const codes = new Set(write.value?.refs.map(({ code }) => code))
      return { set: { shown: JSON.stringify([...codes].map((code) => keys.document(team, 'case', code))) }, clear: [] }
    }
    default:
      return { set: {}, clear: [] }
  }
}

const fieldsOf = ({ actor, action, code, detail }: Commit['audit'][number]): string[] =>
  Object.entries({ actor, action, code, detail }).flatMap(([field, value]) =>
    value === undefined ? [] : [field, value],
  )
