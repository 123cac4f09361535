import { setTimeout } from 'node:timers/promises'
import { DeliveryError, type Roster } from '../../app/ports.ts'
import { readAddress } from './address.ts'
import type { SlackApi } from './api.ts'
import type { People, Person } from './people.ts'

const PAGE_SIZE = 200
/** People looked up at the same time. */
const AT_ONCE = 5
/** A large channel runs into Slack's limit on the way; the longest pause it may ask of us, in milliseconds. */
const LONGEST_WAIT = 60_000
/** Slack's own trouble may pass: so often something is asked, with twice the pause each time, in milliseconds. */
const MOST_TRIES = 4
const PAUSE = 500
/** What Slack says of somebody of whom it does not tell us: nobody who could do anything here. */
const UNKNOWN = new Set(['user-not-found', 'user-not-visible'])

/** Reads a staff team, which in Slack is a channel the bot is in. */
export function createRoster(api: SlackApi, people: People): Roster {
  async function membersOf(workspace: string, channel: string): Promise<string[]> {
    const members: string[] = []
    let cursor = ''
    do {
      const page = await patiently(() =>
        api.call(workspace, 'conversations.members', { channel, limit: PAGE_SIZE, ...(cursor && { cursor }) }),
      )
      members.push(...(page.members ?? []))
      cursor = page.response_metadata?.next_cursor ?? ''
    } while (cursor)
    return members
  }

  async function personsOf(workspace: string, ids: string[]): Promise<Person[]> {
    const persons: (Person | undefined)[] = []
    for (let from = 0; from < ids.length; from += AT_ONCE)
      persons.push(...(await Promise.all(ids.slice(from, from + AT_ONCE).map((id) => personOf(workspace, id)))))
    return persons.flatMap((person) => (person?.present ? [person] : []))
  }

  async function personOf(workspace: string, id: string): Promise<Person | undefined> {
    try {
      return await patiently(() => people.find(workspace, id))
    } catch (error) {
      if (error instanceof DeliveryError && UNKNOWN.has(error.code)) return undefined
      throw error
    }
  }

  return {
    async read({ address }) {
      const { workspace, channel } = readAddress(address)
      const { channel: about } = await patiently(() => api.call(workspace, 'conversations.info', { channel }))
      // Slack tells of the public channels we are not in as well.
      if (!about?.is_member) throw new DeliveryError('not-in-channel', { permanent: true })
      const persons = await personsOf(workspace, await membersOf(workspace, channel))
      const name = about.name ?? ''
      const zone = commonest(persons.flatMap(({ zone, guest }) => (zone && !guest ? [zone] : [])))
      return {
        name,
        members: persons.map(({ id, name, guest }) => ({ id, name, guest })),
        channels: about.is_ext_shared ? [] : [{ address, name: `#${name}` }],
        ...(zone && { zone }),
        ...(about.is_ext_shared && { outsiders: true }),
      }
    },
  }
}

async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await ask()
    } catch (error) {
      const pause = pauseAfter(error, tried)
      if (pause === undefined) throw error
      await setTimeout(pause)
    }
  }
}

function pauseAfter(error: unknown, tried: number): number | undefined {
  if (!(error instanceof DeliveryError) || error.permanent) return undefined
  if (error.retryAfter !== undefined)
    return error.retryAfter <= LONGEST_WAIT ? Math.max(error.retryAfter, PAUSE) : undefined
  return tried < MOST_TRIES ? PAUSE * 2 ** (tried - 1) : undefined
}

function commonest(values: string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}
