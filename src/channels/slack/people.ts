import { LRUCache } from 'lru-cache'
import { DeliveryError } from '../../app/ports.ts'
import type { SlackApi } from './api.ts'

export interface Person {
  id: string
  name: string
  locale?: string
  /** IANA time zone. */
  zone?: string
  /** A guest of the workspace, or somebody of another one in a shared channel. */
  guest: boolean
  /** A colleague: neither a bot nor an account that has been closed. */
  present: boolean
}

/** What Slack knows of people, asked once an hour for each: its limit is about a hundred of them a minute. */
export interface People {
  find(workspace: string, user: string): Promise<Person>
  /** Slack told that something about this person has changed. */
  forget(workspace: string, user: string): void
  /** The bot's own conversation with one person. */
  chat(workspace: string, user: string): Promise<string>
}

/** Milliseconds. */
const MEMORY = 3_600_000
const MOST_REMEMBERED = 10_000

export function createPeople(api: SlackApi): People {
  const persons = remembering(async (workspace, user) => {
    const { user: said } = await api.call(workspace, 'users.info', { user, include_locale: true })
    if (!said) throw new DeliveryError('user-not-found', { permanent: true })
    const { locale: spoken, tz } = said as { locale?: string; tz?: string }
    const locale = localeOf(spoken, tz)
    const foreign = said.team_id !== undefined && said.team_id !== workspace
    return {
      id: user,
      name: said.profile?.real_name || said.real_name || said.name || '',
      ...(locale && { locale }),
      ...(tz && { zone: tz }),
      guest: Boolean(said.is_restricted || said.is_ultra_restricted || said.is_stranger || foreign),
      present: !(said.deleted || said.is_bot || user === SLACKBOT),
    }
  })
  const chats = remembering(async (workspace, user) => {
    const { channel } = await api.call(workspace, 'conversations.open', { users: user })
    if (!channel?.id) throw new DeliveryError('no-id-in-answer', { permanent: true })
    return channel.id
  })
  return { find: persons.get, forget: persons.forget, chat: chats.get }
}

/** Where people speak Danish, as time zones. */
const DANISH_ZONES: ReadonlySet<string> = new Set([
  'Europe/Copenhagen',
  'Atlantic/Faroe',
  'America/Nuuk',
  'America/Godthab',
])

/** Slack's clients speak no Danish, so that a Dane's is in English: there the time zone tells more. */
const localeOf = (spoken: string | undefined, zone: string | undefined): string | undefined =>
  zone && DANISH_ZONES.has(zone) && (spoken ?? 'en').startsWith('en') ? 'da-DK' : spoken

/** A colleague in every workspace whom `is_bot` does not give away. */
const SLACKBOT = 'USLACKBOT'

/** Remembers what was asked for, failures excepted; two who ask at once wait for the same answer. */
function remembering<T>(ask: (workspace: string, user: string) => Promise<T>) {
  const known = new LRUCache<string, Promise<T>>({ max: MOST_REMEMBERED, ttl: MEMORY })
  const keyOf = (workspace: string, user: string) => `${workspace} ${user}`
  return {
    get(workspace: string, user: string): Promise<T> {
      const key = keyOf(workspace, user)
      const found = known.get(key)
      if (found) return found
      const answer = ask(workspace, user)
      known.set(key, answer)
      answer.catch(() => known.delete(key))
      return answer
    },
    forget: (workspace: string, user: string): void => void known.delete(keyOf(workspace, user)),
  }
}
