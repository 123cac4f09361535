import type { ProfileName } from './rhythm.ts'
import type { Day, Instant, Period } from './time.ts'

/** The languages the product comes in, and understands what is written in. */
export const LANGUAGES = ['da', 'en'] as const
export type Understood = (typeof LANGUAGES)[number]

/** Any other language is there when its words are. */
export type Language = Understood | (string & {})

/** What is spoken with somebody of whose language nothing is known. */
export const DEFAULT_LANGUAGE: Language = 'da'

/** The language of a locale such as `da-DK`, if it is one of these. */
export const languageIn = (locale: string | undefined, languages: readonly Language[]): Language | undefined =>
  languages.find((language) => locale?.toLowerCase().split(/[-_]/, 1)[0] === language)

export interface Member {
  id: string
  name: string
  /** Guests of the tenant see nothing of any case. */
  guest: boolean
}

/** A staff team: the people around a group of pupils, and the one channel where the rope is kept tight. */
export interface Team {
  v: 1
  id: string
  tenant: string
  name: string
  language: Language
  /** IANA time zone. */
  zone: string
  /** The hour of the day, 0–23 in the team's zone, at which the digest is posted. */
  hour: number
  /** Where the roster is read from; opaque to everybody but the channel it belongs to, like every address. */
  home: string
  channel?: { address: string; name: string }
  channels: { address: string; name: string }[]
  /** The school's own closed periods, on top of weekends and public holidays. */
  closed: Period[]
  members: Member[]
  /** When the reading began that they are from; nought where the channel tells no more, as where the bot was taken out. */
  membersAt: Instant
  /** Who may change the team's settings; empty until somebody has set the team up. */
  leaders: string[]
  /** When the team wants to be reminded of the next talk; see `rhythm.ts`. */
  profile?: ProfileName
  /** From this day on the deal of 2026 is followed here; absent, it is not. */
  dealFrom?: Day
  /** Whom to turn to at once when a child may be in danger, in a few lines. */
  contacts?: string
  lastDigest?: Day
}

/** What is kept about one member of staff in one team. */
export interface User {
  v: 1
  id: string
  name: string
  language: Language
  /** Where to write to this person alone, once known. */
  address?: string
  /** Nothing has been heard of them yet, only written to them: the language is the team's, not their own. */
  unheard?: true
  /** What this person types until then is a draft to be checked; the draft itself is kept nowhere. */
  draftUntil?: Instant
}

/** Whether somebody is on the team now; a guest is not. */
export const isOnTeam = ({ members }: { members: readonly Member[] }, user: string): boolean =>
  members.some(({ id, guest }) => id === user && !guest)
