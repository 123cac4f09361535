/** What the fake Slack is made of and what it keeps. */
export type Json = Record<string, unknown>

/** A person in the fake Slack. */
export interface SlackPerson {
  id: string
  /** The short name, as in `@karen.holm`. */
  name: string
  realName: string
  /** The client's language, `en-GB` unless told: Slack has none in Danish. */
  locale?: string
  /** `Europe/Copenhagen` unless told. */
  tz?: string
  isBot?: boolean
  deleted?: boolean
  /** A guest in several channels. */
  isRestricted?: boolean
  /** A guest in a single channel. */
  isUltraRestricted?: boolean
  /** From another organisation, over Slack Connect. */
  isStranger?: boolean
  /** The workspace the person comes from, if not this one. */
  teamId?: string
}

export interface SlackChannel {
  id: string
  name: string
  isPrivate?: boolean
  isArchived?: boolean
  /** Shared with another organisation, over Slack Connect. */
  isExtShared?: boolean
  /** Ids; that of the bot is among them when the bot has been invited. */
  members: string[]
}

export interface SlackWorkspace {
  id: string
  name: string
  domain: string
  botUserId: string
  botId: string
  token: string
  /** What the token may be used for; everything the fake knows unless told. */
  scopes?: string[]
  /** `false`: the token is good only after its code has been exchanged. */
  installed?: boolean
  users: SlackPerson[]
  channels: SlackChannel[]
}

/** A block as Slack keeps it: with a `block_id`, and an `action_id` in every element. */
export type KeptBlock = Json & { type: string; block_id: string }

/** A message that the bot has posted. */
export interface SlackMessage {
  kind: 'message'
  /** Its `ts`. */
  id: string
  team: string
  channel: string
  thread?: string
  blocks: KeptBlock[]
  text: string
  /** How often it has been replaced. */
  updates: number
  deleted: boolean
}

/** A message that one person sees. */
export interface SlackEphemeral {
  kind: 'ephemeral'
  id: string
  team: string
  channel: string
  user: string
  blocks: KeptBlock[]
  text: string
  updates: number
  deleted: boolean
  /** The one it came through, if not through `chat.postEphemeral`. */
  responseUrl?: string
}

/** A modal that one person has open. */
export interface SlackView {
  kind: 'view'
  id: string
  team: string
  user: string
  /** As the bot gave it. */
  view: Json
  /** As Slack keeps them. */
  blocks: KeptBlock[]
  hash: string
  updates: number
  /** What the last submission was told to correct, by `block_id`. */
  errors: Record<string, string>
}

/** What the next request gets instead of an answer. */
export type Misbehaviour =
  | { status: number; retryAfter?: string }
  /** An error of Slack's own, such as `fatal_error` or `ratelimited`. */
  | { error: string }
  | 'hang'
  | 'reset'
  /** It is done, but the answer is lost. */
  | 'resetAfterwards'

/** What the bot answered over HTTP. */
export interface BotAnswer {
  status: number
  headers: Record<string, string>
  /** The parsed answer, empty where it is not a JSON object. */
  body: Json
  text: string
}

/** Where a person is: alone with the bot, or in a channel, in a thread if one is named. */
export type Place = 'direct' | { channel: string; thread?: string }

/** How a delivery differs from a good one. */
export interface Delivery {
  /** Unix time, in seconds, that it claims to be signed at. */
  timestamp?: number
  /** Signed with this in place of the app's own signing secret. */
  secret?: string
  /** That it is a repeated one, and why. */
  retry?: { num: number; reason: string }
}

/** One element of a block, with the block it is in. */
export interface PlacedElement {
  element: Json & { type: string; action_id: string }
  block: KeptBlock
}

/**
 * What a person fills in, by `action_id`, or by `block_id/action_id` where one `action_id` is in several blocks: the
 * text, the date, the user's id, the value of an option, several values for checkboxes; null empties a field.
 */
export type Fills = Record<string, string | string[] | null>

/** A person who writes, clicks and fills in. A method throws where Slack's own client would not let them. */
export interface Tester {
  /** Types a message; in a channel the bot is mentioned. `more` replaces any part of the event. */
  says(text: string, place?: Place, more?: Json): Promise<BotAnswer>
  /** Uses a slash command, `/tovholder` unless `more` has another `command`. */
  commands(text: string, place?: Place, more?: Record<string, string>): Promise<BotAnswer>
  /** Uses the one element with this `action_id` (or the first for which the test holds) on something the bot shows. */
  clicks(
    on: SlackMessage | SlackEphemeral | SlackView,
    which: string | ((element: Json, block: Json) => boolean),
    fills?: Fills,
    more?: Json,
  ): Promise<BotAnswer>
  /** Fills in a modal and submits it; what the bot answers happens to the modal. */
  submits(view: SlackView, fills?: Fills, more?: Json): Promise<BotAnswer>
  /** Closes a modal; the bot hears of it only when it asked to (`notify_on_close`). */
  closes(view: SlackView, more?: Json): Promise<BotAnswer | undefined>
  /** Opens the bot's page, on its tab of messages. */
  opensHome(more?: Json): Promise<BotAnswer>
}

export interface FakeSlackOptions {
  workspaces?: SlackWorkspace[]
  signingSecret?: string
  appId?: string
  clientId?: string
  clientSecret?: string
  /** Members in one page, at most. */
  pageSize?: number
  /** Milliseconds before a request is done, and again before it is answered. */
  pause?: number
  /** Milliseconds that Slack waits for the bot to answer; 3000 unless told. */
  patience?: number
}

export interface FakeSlack {
  /** For `slackApiUrl`. */
  apiUrl: string
  signingSecret: string
  appId: string
  clientId: string
  clientSecret: string
  workspaces: SlackWorkspace[]
  /** Everything the bot has posted, oldest first. */
  messages: SlackMessage[]
  /** Everything that one person was shown, oldest first. */
  ephemerals: SlackEphemeral[]
  /** The modals that are open now, the top one of a person last. */
  views: SlackView[]
  /** Every request, also those that were not answered; one to a `response_url` has the method `response_url`. */
  requests: { method: string; args: Json; team: string | undefined }[]
  /** What Slack would have refused. */
  faults: string[]
  /** Everything that was sent to the bot, oldest first: the parsed payload. */
  sent: Json[]
  /** The id of the direct chat between the bot and a person. */
  direct(user: string): string
  tester(user: string | { id: string }, delivery?: Delivery): Tester
  /** Somebody comes into a channel; the bot itself, with its own user id. */
  joins(channel: string, user: string, inviter?: string): Promise<BotAnswer | undefined>
  leaves(channel: string, user: string): Promise<BotAnswer | undefined>
  /** Any event, wrapped as Slack wraps it. */
  event(type: string, payload?: Json, more?: Json & { team_id?: string }, delivery?: Delivery): Promise<BotAnswer>
  /** The bot's own message comes back to it, as it does in a direct chat. */
  echoes(message: SlackMessage): Promise<BotAnswer>
  /** Sends the last thing once more, unchanged, as Slack does when it had no good answer. */
  again(num?: number, reason?: string): Promise<BotAnswer>
  /** Slack asks whether the address is the bot's. */
  verifiesUrl(challenge: string, delivery?: Delivery): Promise<BotAnswer>
  /** Sends anything, as it is. */
  deliver(body: string, headers: Record<string, string>): Promise<BotAnswer>
  /** The headers of a signed request. */
  signed(body: string, delivery?: Delivery): Record<string, string>
  /** A person agrees to install the app; gives the code that the browser brings to the bot, good once. */
  authorises(team: string, user: string): string
  /** The token of a workspace is good no more. */
  revoke(team: string): void
  /** A workspace removes the app: the token is revoked, and the bot is told so twice. */
  uninstalls(team: string): Promise<BotAnswer[]>
  /** Where everything is sent: the bot's `/slack/events`. */
  talkTo(url: string): void
  /** The next requests, one each, are treated like this. */
  misbehave(...how: Misbehaviour[]): void
  /** The next requests of one method, one each; `response_url` is one, too. */
  misbehaveIn(method: string, ...how: Misbehaviour[]): void
  /** Lets time go by for triggers and response URLs. */
  letPass(milliseconds: number): void
  close(): Promise<void>
}
