/** What the core needs from the world outside; `store`, `queue` and `channels` provide it. */

import type { Session } from '../dialog/session.ts'
import type { Case } from '../domain/case.ts'
import type { DueEntry } from '../domain/due.ts'
import type { Post } from '../domain/post.ts'
import type { Language, Member, Team, User } from '../domain/team.ts'
import type { Day, Instant } from '../domain/time.ts'

// ---------------------------------------------------------------- state

/** The kinds of document the store keeps, each sealed and each with a revision. */
export interface Documents {
  team: Team
  user: User
  case: Case
  session: Session
  post: Post
}
export type DocumentKind = keyof Documents

/** A document as it was read. `rev` 0 means that it is not there yet. */
export interface Versioned<T> {
  rev: number
  value: T
}

/** What one turn looks at. */
export interface ReadRequest {
  team: string
  user: string
  /** A session named by a card; without it, or where it is over, the one the user is in. */
  session?: string
  /** A case named by a command or a card; without it, the session's. In a session that is named, its own comes first. */
  code?: string
  /** A posted card, with every case it shows. */
  post?: string
  /** Also the open cases this user has a part in, and who holds the team's open cases. */
  mine?: boolean
  /** Also every open case of the team: only what counts them, and tells nobody which they are, may ask for that. */
  open?: boolean
  /** A channel's own id of this event, to recognise a repetition. */
  event?: string
}

/** All a turn knows, from one moment: what the pure core decides from. */
export interface Snapshot {
  now: Instant
  repeated: boolean
  team?: Versioned<Team>
  user?: Versioned<User>
  session?: Versioned<Session>
  case?: Versioned<Case>
  post?: Versioned<Post>
  /** The cases the post shows. */
  shown: Versioned<Case>[]
  mine: Versioned<Case>[]
  /** The coordinator of each open case of the team, once per case. */
  holders: string[]
  /** Every open case of the team, where that was asked for. */
  open: Versioned<Case>[]
}

export type Write = {
  [K in DocumentKind]: {
    kind: K
    id: string
    /** The revision this was decided from; 0 creates. */
    rev: number
    /** `undefined` deletes. */
    value: Documents[K] | undefined
  }
}[DocumentKind]

/** Who did what to which case and when; never with content. */
export interface AuditEntry {
  actor: string
  action: string
  code?: string
  detail?: string
}

/** Everything one turn changes; all of it happens, or nothing. */
export interface Commit {
  team: string
  event?: string
  /** The moment it was decided. An entry that was due by then is not put off by this commit: it is about to be delivered. */
  now?: Instant
  writes: Write[]
  /** What it was decided from besides what it writes: where one of these has changed, nothing happens either. */
  reads?: { kind: DocumentKind; id: string; rev: number }[]
  /** `at: null` takes an entry away. `unless` leaves an entry alone that has moved since: the moment it was read with. */
  due: (Omit<DueEntry, 'at'> & { at: Instant | null; unless?: Instant })[]
  audit: AuditEntry[]
}

export interface Store {
  /** One round trip. */
  read(request: ReadRequest): Promise<Snapshot>
  /** One round trip. `stale`: somebody was faster, read again and decide anew. `repeated`: this event has been committed before. */
  commit(commit: Commit): Promise<'done' | 'stale' | 'repeated'>
  /** Lets an event be committed once more, of which nobody was told that it has been. */
  forgetEvent(team: string, event: string): Promise<void>
  /** Several documents of one team in one round trip, in order; absent ones are `undefined`. */
  load<K extends DocumentKind>(team: string, kind: K, ids: string[]): Promise<(Versioned<Documents[K]> | undefined)[]>
  /** Every open case of a team, in one round trip. */
  openCases(team: string): Promise<Versioned<Case>[]>
  /** The team's due entries until this moment, oldest first. */
  due(team: string, until: Instant, limit: number): Promise<DueEntry[]>
  /** What is due in a team by now, oldest first, in one round trip. */
  pending(team: string, limit: number): Promise<Pending>
  /** Every team there is. */
  teams(): Promise<string[]>
  /** The teams of a list that have something due. */
  teamsWithDue(until: Instant): Promise<string[]>
  /** How many tries of each of these entries have died, and counts one more, which is another death until `settle` starts them over. */
  claim(team: string, names: string[]): Promise<number[]>
  settle(team: string, names: string[]): Promise<void>
  /** Sets an entry aside for a person to look at; it leaves the due index. The reason is a code, never a text. */
  bury(team: string, entry: DueEntry, reason: string): Promise<void>
  /** The entries set aside. */
  buried(team: string): Promise<{ name: string; reason: string; at: Instant }[]>
  backlog(): Promise<Backlog>
  /** Puts an entry that was set aside back, to be tried at once; false where there is none of this name. */
  retry(team: string, name: string): Promise<boolean>
  /** The teams a member of staff belongs to, and the one that was chosen for direct chats. */
  teamsOf(tenant: string, user: string): Promise<{ teams: string[]; chosen?: string }>
  /** Makes a team of theirs the one that direct chats are about. */
  chooseTeam(tenant: string, user: string, team: string): Promise<void>
  /** Remembers the members' teams; called whenever a roster was read. */
  indexMembers(tenant: string, team: string, members: string[], gone: string[]): Promise<void>
  /** Redis's time plus the demo clock's offset. */
  now(): Promise<Instant>
}

/** What waits to be delivered in one team. */
export interface Pending {
  now: Instant
  /** Absent where nothing is due, too. */
  team: Versioned<Team> | undefined
  entries: DueEntry[]
  /** How many tries of each entry have ended in a crash, or in a failure that is no pause of the channel or of Redis. */
  deaths: number[]
}

/** What waits to be delivered, over all teams. */
export interface Backlog {
  /** Due entries whose time has come. */
  due: number
  /** Seconds since the oldest of them became due; nought where there is none. */
  oldest: number
  /** Entries set aside for a person to look at. */
  setAside: number
}

/** Sealed secrets that belong to no team, such as the tokens of Slack workspaces. */
export interface Vault {
  get(name: string): Promise<unknown>
  put(name: string, value: unknown): Promise<void>
  remove(name: string): Promise<void>
}

// ---------------------------------------------------------------- files

/** Which file somebody may fetch: all that it takes to make it, but for what the team's documents say by then. */
export type FileOrder =
  | { kind: 'invitation' | 'minutes'; code: string; meeting: string }
  | { kind: 'export'; code: string }
  | { kind: 'deck'; stage: Stage; school: SchoolWords }

/** The three parts of the Danish primary and lower secondary school. */
export type Stage = 'indskoling' | 'mellemtrin' | 'udskoling'

/** What a school says of itself to parents: what it does, and whom to talk to. */
export interface SchoolWords {
  away: string
  together?: string
  support?: string
  contact: string
}

/** What a link to a file says. It travels sealed within the link, so that nothing is stored for it. */
export interface Ticket {
  id: string
  team: string
  user: string
  /** The moment it ends. */
  until: Instant
  order: FileOrder
}

/** A meeting for a calendar. */
export interface InvitationFile {
  id: string
  /** How often it has been moved since it was first planned. */
  moved: number
  plannedAt: Instant
  on: Day
  /** `HH:MM` in the zone. */
  time: string
  zone: string
  minutes: number
  title: string
  text: string
  place?: string
}

/** What was said and agreed at a meeting, ready to be laid out. */
export interface MinutesFile {
  language: Language
  title: string
  subtitle: string
  /** What was said, under its headings. */
  sections: { title: string; paragraphs: string[]; quoted?: boolean }[]
  agreed: { title: string; columns: string[]; rows: string[][]; none: string }
  /** What comes after the agreements: who looks after it, when we talk again. */
  after: MinutesFile['sections']
  close: string
  footer: string
}

interface Titled {
  title: string
  text: string
}

/** A slide, by how it is laid out; each has what the speaker may say. */
export type DeckSlide = { title: string; notes: string } & (
  | { layout: 'title'; text: string; label: string }
  | { layout: 'cards'; cards: Titled[] }
  | { layout: 'message'; number: string; text: string; points: string[] }
  | {
      layout: 'signs'
      signs: { title: string; points: string[] }
      say: { title: string; quotes: string[] }
      last: string
    }
  | { layout: 'questions'; text: string; questions: string[]; last: string }
  | { layout: 'contact'; text: string; contact: Titled; last: string; source: string }
)

export interface DeckFile {
  language: Language
  title: string
  /** Stands at the foot of every slide. */
  footer: string
  slides: DeckSlide[]
}

/** Makes the files, from plain data. */
export interface FileMakers {
  invitation(given: InvitationFile): Promise<Buffer>
  minutes(given: MinutesFile): Promise<Buffer>
  deck(given: DeckFile): Promise<Buffer>
}

/** Tells who asks too much in too short a time. */
export interface RateLimits {
  /** Counts this event; how many seconds its person has to wait, nought for nearly everybody. Never rejects. */
  wait(incoming: Pick<Incoming, 'tenant' | 'user'>): Promise<number>
}

// ---------------------------------------------------------------- channels

/** An Adaptive Card within the portable subset. */
export type Card = { type: 'AdaptiveCard'; [key: string]: unknown }

/** Something a person did, in words that no channel owns. */
export interface Incoming {
  /** The channel's id of this event; the same for a repetition. */
  event: string
  tenant: string
  user: { id: string; name: string; locale?: string }
  /** The team, where it happened in one of its channels; unknown in a direct chat. */
  team?: string
  /** Where an answer goes. */
  address: string
  place: 'direct' | 'channel'
  what:
    | { kind: 'message'; text: string }
    | { kind: 'action'; verb: string; data: Record<string, unknown> }
    /** The bot was added to a team or a direct chat. */
    | { kind: 'installed' }
    | { kind: 'removed' }
    /** Somebody joined or left, or a channel was made or renamed: read the roster again. */
    | { kind: 'rosterChanged' }
}

/** What the bot answers to one event. */
export interface Reply {
  /** Shown as a message in the conversation or, for a click, in place of the clicked card. */
  card?: Card
  /** A plain sentence; for a click it appears beside the card. */
  text?: string
  /** A line for clients that show no card, and for notifications. */
  summary?: string
  /** Nothing was done, and the same can be sent again: what somebody filled in is to stay where it stands. */
  undone?: true
}

/** A failure to deliver. `permanent` ones are not tried again. */
export class DeliveryError extends Error {
  readonly code: string
  readonly permanent: boolean
  readonly retryAfter: number | undefined
  constructor(code: string, options: { permanent: boolean; retryAfter?: number; cause?: unknown }) {
    super(code, { cause: options.cause })
    this.code = code
    this.permanent = options.permanent
    this.retryAfter = options.retryAfter
  }
}

/** State that could not be read or written; nothing has changed, or the whole commit has. */
export class StoreError extends Error {
  readonly code: string
  constructor(code: string, options: { cause?: unknown } = {}) {
    super(code, options)
    this.code = code
  }
}

/** Sends on the bot's own initiative. Every method throws `DeliveryError`. */
export interface Messenger {
  /** Posts a card; returns the message's id, good for `update`. A channel post starts a new thread. */
  post(address: string, card: Card, summary: string): Promise<string>
  update(address: string, message: string, card: Card, summary: string): Promise<void>
  /** The address for writing to one person alone. */
  direct(team: Team, user: string): Promise<string>
}

/** Reads who is in a team, and which channels it has. */
export interface Roster {
  read(team: { id: string; tenant: string; address: string }): Promise<{
    name: string
    members: Member[]
    channels: { address: string; name: string }[]
    /** Where most of them are, as an IANA time zone; where the channel knows. */
    zone?: string
    /** People of other organisations read along, so nothing may be posted there: `channels` is empty. */
    outsiders?: true
  }>
}

/** What trying a channel's credentials has shown; with a remedy where something is to be done. */
export interface CredentialCheck {
  /** They were tried and not taken, rather than not tried. */
  refused: boolean
  what: string
  remedy?: string
}

/** Wakes the delivery of one team at once, instead of at the next sweep. */
export type Nudge = (team: string) => Promise<void>
