import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'

/** A person in the fake Teams. */
export interface FakePerson {
  id: string
  aadObjectId: string
  name: string
  userPrincipalName: string
  userRole: 'user' | 'guest'
}

export interface FakeMessage {
  id: string
  /** Of the chat or, in a channel, of the thread. */
  conversation: string
  activity: Record<string, unknown>
  /** How often it has been replaced. */
  updates: number
  /** The one person of a group who sees it. */
  only?: string
}

/** What the next request gets instead of an answer. */
export type Misbehaviour =
  | { status: number; retryAfter?: string; code?: string }
  | 'hang'
  /** No answer for so many milliseconds, and then the connection breaks. */
  | { hang: number }
  | 'reset'
  /** The message is posted, but the answer is lost. */
  | 'resetAfterwards'

/** What the bot answered over HTTP. */
export interface BotAnswer {
  status: number
  body: Record<string, unknown>
}

/** Where a tester speaks: alone with the bot, or in a channel, in a new thread unless one is named. */
export type Place = 'direct' | { channel: string; thread?: string } | { groupChat: string }

export interface Tester {
  /** Types a message; in a channel the bot is mentioned, as it must be. */
  says(text: string, place?: Place, more?: object): Promise<BotAnswer>
  /** Clicks an Action.Execute on a message the bot has posted. */
  clicks(message: FakeMessage, verb: string, data?: object, more?: object): Promise<BotAnswer>
}

export interface FakeTeam {
  id: string
  name: string
  channels: { id: string; name?: string }[]
  members: FakePerson[]
}

const TENANT = '11111111-2222-3333-4444-555555555555'
const BOT = { id: '28:bot-app-id', name: 'Tovholder' }

const person = (n: number, name: string, userRole: FakePerson['userRole'] = 'user'): FakePerson => ({
  id: `29:person-${n}`,
  aadObjectId: `00000000-0000-0000-0000-00000000000${n}`,
  name,
  userPrincipalName: `${name.toLowerCase().replaceAll(' ', '.')}@school.example`,
  userRole,
})

export const ANNA = person(1, 'Anna Holm')
export const BO = person(2, 'Bo Lund')
export const GUEST = person(3, 'Gitte Guest', 'guest')

const defaultTeam = (): FakeTeam => ({
  id: '19:general@thread.tacv2',
  name: 'Year 8',
  channels: [{ id: '19:general@thread.tacv2' }, { id: '19:absence@thread.tacv2', name: 'Absence' }],
  members: [ANNA, BO, GUEST],
})

/** Thrown inside the fake when the bot sends what Teams would not take. */
class Fault extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

const bad = (message: string) => new Fault(400, 'BadArgument', message)
const missing = (code: string, message: string) => new Fault(404, code, message)

type Json = Record<string, unknown>

function record(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad(`${what} is not an object`)
  return value as Json
}

function filled(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '') throw bad(`${what} is not a text`)
  return value
}

/** The largest message Teams takes, in bytes of UTF-16. */
const LARGEST_MESSAGE = 100 * 1024

function checkMessage(value: unknown): Json {
  const activity = record(value, 'activity')
  if (activity.type !== 'message') throw bad(`activity.type "${String(activity.type)}" is not "message"`)
  const { attachments = [], text } = activity
  if (!Array.isArray(attachments)) throw bad('attachments is not a list')
  if (text !== undefined) filled(text, 'text')
  if (text === undefined && attachments.length === 0) throw bad('a message with neither text nor attachments')
  for (const attachment of attachments) checkCard(record(attachment, 'attachment'))
  const { from } = activity
  if (from !== undefined && record(from, 'from').id !== BOT.id) throw bad('from is not the bot')
  if (JSON.stringify(activity).length * 2 > LARGEST_MESSAGE)
    throw new Fault(413, 'MessageSizeTooBig', 'message too large')
  return activity
}

function checkCard({ contentType, content }: Json): void {
  if (contentType !== 'application/vnd.microsoft.card.adaptive') throw bad(`contentType "${String(contentType)}"`)
  const card = record(content, 'card')
  if (card.type !== 'AdaptiveCard') throw bad('card.type is not "AdaptiveCard"')
  if (typeof card.version !== 'string' || Number(card.version) > 1.5)
    throw bad(`card.version "${String(card.version)}"`)
}

/**
 * Teams, as a bot sees it: a Bot Connector over HTTP on 127.0.0.1 and people who write to the bot. What Teams would
 * refuse is refused, and noted in `faults`, which a test expects to be empty.
 */
export async function createFakeConnector(
  options: {
    team?: FakeTeam
    connectorToken?: string
    pageSize?: number
    /** Milliseconds before a request is done, and again before it is answered. */
    pause?: number
  } = {},
) {
  const { team = defaultTeam(), connectorToken, pageSize = 2, pause = 0 } = options
  const faults: string[] = []
  const requests: { method: string; path: string; socket: number | undefined; at: number }[] = []
  const messages: FakeMessage[] = []
  /** The direct chats, by the id of the person. */
  const chats = new Map<string, string>()
  const groupChats = new Set<string>()
  const misbehaviours: Misbehaviour[] = []
  const troubles: { path: RegExp; how: Misbehaviour[] }[] = []
  let botUrl = ''
  let lastId = 1_700_000_000_000
  let lastEvent = 0

  const nextId = () => String(++lastId)
  const isChannel = (id: string) => team.channels.some((channel) => channel.id === id)
  const threads = new Set<string>()

  function chatWith(id: string): string {
    const member = team.members.find((person) => person.id === id || person.aadObjectId === id)
    if (!member) throw new Fault(403, 'BotNotInConversationRoster', 'no such person in reach of the bot')
    const chat = chats.get(member.id) ?? `a:chat-${member.id.slice(3)}`
    chats.set(member.id, chat)
    return chat
  }

  function keep(conversation: string, activity: Json, id = nextId()): FakeMessage {
    const message = { id, conversation, activity, updates: 0 }
    messages.push(message)
    return message
  }

  function begin(channel: string, activity: Json): FakeMessage {
    if (!isChannel(channel)) throw missing('ConversationNotFound', `no channel "${channel}"`)
    const id = nextId()
    threads.add(`${channel};messageid=${id}`)
    return keep(`${channel};messageid=${id}`, activity, id)
  }

  function postTo(one: boolean, conversation: string, body: unknown): { status: number; body: Json } {
    const activity = checkMessage(body)
    if (one) {
      const person = filled(record(activity.recipient, 'recipient').id, 'recipient.id')
      return { status: 201, body: { id: Object.assign(keep(conversation, activity), { only: person }).id } }
    }
    if (isChannel(conversation)) return { status: 201, body: { id: begin(conversation, activity).id } }
    const known = [...chats.values(), ...groupChats, ...threads].includes(conversation)
    if (!known) throw missing('ConversationNotFound', `no conversation "${conversation}"`)
    return { status: 201, body: { id: keep(conversation, activity).id } }
  }

  function update(conversation: string, id: string, body: unknown): { status: number; body: Json } {
    const message = messages.find((known) => known.id === id && known.conversation === conversation)
    if (!message) throw missing('ActivityNotFoundInConversation', `no message "${id}" in "${conversation}"`)
    const activity = checkMessage(body)
    if (activity.id !== undefined && activity.id !== id) throw bad('activity.id differs from the one in the path')
    message.activity = activity
    message.updates++
    return { status: 200, body: { id } }
  }

  function createConversation(body: unknown): { status: number; body: Json } {
    const { isGroup, members, bot, channelData, tenantId, activity } = record(body, 'body')
    if (record(bot, 'bot').id !== BOT.id) throw bad('bot is not the bot')
    const data = record(channelData, 'channelData')
    if (record(data.tenant, 'channelData.tenant').id !== TENANT || tenantId !== TENANT) throw bad('tenant is not ours')
    if (isGroup === true) {
      const channel = filled(record(data.channel, 'channelData.channel').id, 'channelData.channel.id')
      const { id, conversation } = begin(channel, checkMessage(activity))
      return { status: 201, body: { id: conversation, activityId: id } }
    }
    if (!Array.isArray(members) || members.length !== 1) throw bad('members is not a list of one')
    const chat = chatWith(filled(record(members[0], 'member').id, 'member.id'))
    return { status: 201, body: { id: chat } }
  }

  function pagedMembers(conversation: string, query: URLSearchParams): { status: number; body: Json } {
    if (conversation !== team.id && !isChannel(conversation)) throw missing('ConversationNotFound', 'no such team')
    const start = Number(query.get('continuationToken') ?? 0)
    const end = start + Math.min(pageSize, Number(query.get('pageSize') ?? pageSize))
    const more = end < team.members.length ? { continuationToken: String(end) } : {}
    return { status: 200, body: { members: team.members.slice(start, end), ...more } }
  }

  function aboutTeam(id: string, conversations: boolean): { status: number; body: Json } {
    if (id !== team.id) throw missing('NotFound', `no team "${id}"`)
    return { status: 200, body: conversations ? { conversations: team.channels } : { id: team.id, name: team.name } }
  }

  function route(method: string, url: URL, body: unknown): { status: number; body: Json } {
    const [version, kind, id, part, activity, ...more] = url.pathname.split('/').slice(1).map(decodeURIComponent)
    if (version !== 'v3' || more.length > 0) throw missing('NotFound', `no such resource ${url.pathname}`)
    if (kind === 'conversations') {
      if (method === 'POST' && id === undefined) return createConversation(body)
      if (method === 'POST' && id && part === 'activities')
        return postTo(url.searchParams.get('isTargetedActivity') === 'true', id, body)
      if (method === 'PUT' && id && part === 'activities' && activity) return update(id, activity, body)
      if (method === 'GET' && id && part === 'pagedmembers') return pagedMembers(id, url.searchParams)
    }
    if (kind === 'teams' && method === 'GET' && id) {
      if (part === undefined) return aboutTeam(id, false)
      if (part === 'conversations') return aboutTeam(id, true)
    }
    throw missing('NotFound', `no such resource ${method} ${url.pathname}`)
  }

  function checkHeaders({ method, headers }: IncomingMessage): void {
    if (connectorToken !== undefined && headers.authorization !== `Bearer ${connectorToken}`)
      throw new Fault(401, 'Unauthorized', 'no good token')
    if (method !== 'GET' && !headers['content-type']?.startsWith('application/json')) throw bad('not application/json')
  }

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://connector')
    const method = req.method ?? 'GET'
    requests.push({
      method,
      path: decodeURIComponent(url.pathname),
      socket: req.socket.remotePort,
      at: performance.now(),
    })
    const text = await textOf(req)
    const odd =
      troubles.find(({ path, how }) => how.length > 0 && path.test(url.pathname))?.how.shift() ?? misbehaviours.shift()
    if (odd === 'hang') return
    if (typeof odd === 'object' && 'hang' in odd) {
      await setTimeout(odd.hang)
      return void req.socket.destroy()
    }
    if (odd === 'reset') return void req.socket.destroy()
    if (typeof odd === 'object') {
      if (odd.retryAfter !== undefined) res.setHeader('retry-after', odd.retryAfter)
      return send(res, odd.status, { error: { code: odd.code ?? 'Odd', message: 'as told' } })
    }
    try {
      checkHeaders(req)
      if (pause > 0) await setTimeout(pause)
      const { status, body } = route(method, url, text && JSON.parse(text))
      if (odd === 'resetAfterwards') return void req.socket.destroy()
      if (pause > 0) await setTimeout(pause)
      send(res, status, body)
    } catch (error) {
      const { status, code, message } = error instanceof Fault ? error : bad(String(error))
      faults.push(`${method} ${url.pathname}: ${message}`)
      send(res, status, { error: { code, message } })
    }
  }

  const server = createServer((req, res) => {
    serve(req, res).catch((error) => {
      faults.push(String(error))
      res.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const serviceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

  /** An activity as Teams would send it; `more` replaces any part of it. */
  function activity(from: FakePerson, place: Place, more: object): Json {
    const base = {
      id: `f:event-${++lastEvent}`,
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl,
      locale: 'da-DK',
      from: { id: from.id, name: from.name, aadObjectId: from.aadObjectId },
      recipient: BOT,
    }
    const tenant = { id: TENANT }
    if (place === 'direct') {
      const conversation = { id: chatWith(from.id), conversationType: 'personal', tenantId: TENANT }
      return { ...base, conversation, channelData: { tenant }, ...more }
    }
    if ('groupChat' in place) {
      groupChats.add(place.groupChat)
      const conversation = { id: place.groupChat, conversationType: 'groupChat', isGroup: true, tenantId: TENANT }
      return { ...base, conversation, channelData: { tenant }, ...more }
    }
    const id = place.thread ?? place.channel
    return {
      ...base,
      conversation: { id, conversationType: 'channel', isGroup: true, tenantId: TENANT },
      channelData: { tenant, team: { id: team.id }, channel: { id: place.channel } },
      ...more,
    }
  }

  /** Sends any activity to the bot, with or without a token. */
  async function deliver(body: object, token?: string): Promise<BotAnswer> {
    const answer = await fetch(botUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    })
    const text = await answer.text()
    return { status: answer.status, body: text ? record(JSON.parse(text), 'answer') : {} }
  }

  /** A person who writes and clicks; with a token where the bot wants one. */
  const tester = (from: FakePerson, token?: string): Tester => ({
    says(text, place = 'direct', more = {}) {
      const mention = `<at>${BOT.name}</at>`
      if (place === 'direct') return deliver(activity(from, place, { type: 'message', text, ...more }), token)
      // A new message in a channel begins its thread before the bot hears of it.
      const thread = 'channel' in place ? (place.thread ?? `${place.channel};messageid=${nextId()}`) : undefined
      if (thread) threads.add(thread)
      const where = 'channel' in place && thread ? { ...place, thread } : place
      const entities = [{ type: 'mention', text: mention, mentioned: BOT }]
      return deliver(activity(from, where, { type: 'message', text: `${mention} ${text}`, entities, ...more }), token)
    },
    clicks({ id, conversation }, verb, data = {}, more = {}) {
      const channel = conversation.split(';')[0] ?? conversation
      const place: Place = isChannel(channel) ? { channel, thread: conversation } : 'direct'
      const value = { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' }
      const click = { type: 'invoke', name: 'adaptiveCard/action', replyToId: id, value, ...more }
      return deliver(activity(from, place, click), token)
    },
  })

  return {
    serviceUrl,
    tenant: TENANT,
    bot: BOT,
    team,
    /** Everything the bot has posted, oldest first. */
    messages,
    /** Every request, also those that were not answered. */
    requests,
    /** What Teams would have refused. */
    faults,
    activity,
    deliver,
    tester,
    /** Where the testers send what they do. */
    talkTo(url: string): void {
      botUrl = url
    },
    /** The next requests, one each, are treated like this. */
    misbehave(...how: Misbehaviour[]): void {
      misbehaviours.push(...how)
    },
    /** The next requests to such a path, one each, are treated like this. */
    misbehaveAt(path: RegExp, ...how: Misbehaviour[]): void {
      troubles.push({ path, how })
    },
    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export type FakeConnector = Awaited<ReturnType<typeof createFakeConnector>>

async function textOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

function send(res: ServerResponse, status: number, body: Json): void {
  // Not in one line: restify replaces `writeHead` of every server in the process with one that returns nothing.
  res.writeHead(status, { 'content-type': 'application/json' })
  res.end(JSON.stringify(body))
}
