/** What the fake Slack knows and keeps: workspaces, people, channels, messages, modals, and what is good only for a while. */
import { randomBytes } from 'node:crypto'
import { createForms } from './forms.ts'
import { keep } from './kept.ts'
import { Refusal } from './refusal.ts'
import type {
  KeptBlock,
  SlackChannel,
  SlackEphemeral,
  SlackMessage,
  SlackPerson,
  SlackView,
  SlackWorkspace,
} from './types.ts'

/** A trigger is good for three seconds, and for one modal. */
const TRIGGER_MS = 3000
/** A response URL is good for thirty minutes, and for five responses. */
const URL_MS = 30 * 60_000
const URL_USES = 5

export interface ResponseUrl {
  team: string
  user: string
  channel: string
  thread: string | undefined
  /** What was clicked, if the URL came with a click. */
  original: SlackMessage | SlackEphemeral | undefined
  until: number
  left: number
}

/** A channel, or the direct chat with a person. */
export type Conversation = SlackChannel & { direct?: SlackPerson }

export type World = ReturnType<typeof createWorld>

export function createWorld(workspaces: SlackWorkspace[]) {
  const messages: SlackMessage[] = []
  const ephemerals: SlackEphemeral[] = []
  const views: SlackView[] = []
  const faults: string[] = []
  const forms = createForms()
  const revoked = new Set<string>()
  const tokens = new Map<string, string>()
  const codes = new Map<string, { team: string; user: string; used: boolean }>()
  const triggers = new Map<string, { team: string; user: string; until: number; used: boolean }>()
  const responseUrls = new Map<string, ResponseUrl>()
  const openedChats = new Set<string>()
  /** What people have written: the `ts` of each, with the channel. */
  const written = new Set<string>()
  let offset = 0
  let lastMicros = 0
  let lastNumber = 0

  for (const { token, id, installed = true } of workspaces) if (installed) tokens.set(token, id)

  const now = () => Date.now() + offset
  const nextNumber = () => ++lastNumber

  /** Seconds and microseconds, never the same twice. */
  function nextTs(): string {
    lastMicros = Math.max(lastMicros + 1, now() * 1000)
    return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`
  }

  function workspace(id: string): SlackWorkspace {
    const found = workspaces.find((known) => known.id === id)
    if (!found) throw new Error(`there is no workspace ${id}`)
    return found
  }

  function workspaceOf(user: string): SlackWorkspace {
    const found = workspaces.find(({ users }) => users.some(({ id }) => id === user))
    if (!found) throw new Error(`nobody has the id ${user}`)
    return found
  }

  function person(user: string): SlackPerson {
    const found = workspaceOf(user).users.find(({ id }) => id === user)
    if (!found) throw new Error(`nobody has the id ${user}`)
    return found
  }

  const direct = (user: string) => `D${user.slice(1)}`

  /** The direct chat is there from the first word on. */
  function openChat(user: string): string {
    openedChats.add(direct(user))
    return direct(user)
  }

  function conversation(team: string, id: string): Conversation | undefined {
    const { users, channels, botUserId } = workspace(team)
    if (!id.startsWith('D')) return channels.find((channel) => channel.id === id)
    const partner = users.find((user) => direct(user.id) === id)
    if (!partner || !openedChats.has(id)) return undefined
    return { id, name: 'directmessage', members: [partner.id, botUserId], direct: partner }
  }

  /** The one modal on top of what a person has open. */
  const topView = (user: string) => views.findLast((view) => view.user === user)

  function post(message: Omit<SlackMessage, 'kind' | 'id' | 'blocks' | 'updates' | 'deleted'>, blocks: unknown) {
    const posted: SlackMessage = {
      kind: 'message',
      id: nextTs(),
      ...message,
      blocks: keep(blocks),
      updates: 0,
      deleted: false,
    }
    messages.push(posted)
    forms.shown(posted)
    return posted
  }

  function show(message: Omit<SlackEphemeral, 'kind' | 'id' | 'blocks' | 'updates' | 'deleted'>, blocks: unknown) {
    const posted: SlackEphemeral = {
      kind: 'ephemeral',
      id: nextTs(),
      ...message,
      blocks: keep(blocks),
      updates: 0,
      deleted: false,
    }
    ephemerals.push(posted)
    forms.shown(posted)
    return posted
  }

  function replace(shown: { blocks: KeptBlock[]; updates: number }, blocks: unknown): void {
    shown.blocks = keep(blocks)
    shown.updates++
    forms.shown(shown)
  }

  const nextHash = () => `${Math.floor(now() / 1000)}.${randomBytes(6).toString('base64url')}`

  function openView(team: string, user: string, view: SlackView['view']): SlackView {
    const opened: SlackView = {
      kind: 'view',
      id: `V0${String(nextNumber()).padStart(8, '0')}`,
      team,
      user,
      view,
      blocks: keep(view.blocks),
      hash: nextHash(),
      updates: 0,
      errors: {},
    }
    views.push(opened)
    forms.shown(opened)
    return opened
  }

  function updateView(opened: SlackView, view: SlackView['view']): void {
    opened.view = view
    opened.hash = nextHash()
    opened.errors = {}
    replace(opened, view.blocks)
  }

  const closeView = (view: SlackView): void => void views.splice(views.indexOf(view), 1)

  function issueTrigger(team: string, user: string): string {
    const id = `${nextNumber()}.${nextNumber()}.${randomBytes(16).toString('hex')}`
    triggers.set(id, { team, user, until: now() + TRIGGER_MS, used: false })
    return id
  }

  /** Whose it is; `exchange` uses it up. */
  function trigger(team: string, id: string): { user: string; exchange(): void } {
    const known = triggers.get(id)
    if (!known || known.team !== team) throw new Refusal('invalid_trigger_id', 'no such trigger_id')
    if (known.used) throw new Refusal('exchanged_trigger_id', 'trigger_id has been used')
    if (now() > known.until) throw new Refusal('expired_trigger_id', 'trigger_id is more than three seconds old')
    return {
      user: known.user,
      exchange: () => {
        known.used = true
      },
    }
  }

  /** The path of a new response URL. */
  function issueResponseUrl(kind: 'actions' | 'commands', of: Omit<ResponseUrl, 'until' | 'left'>): string {
    const path = `/${kind}/${of.team}/${nextNumber()}/${randomBytes(12).toString('base64url')}`
    responseUrls.set(path, { ...of, until: now() + URL_MS, left: URL_USES })
    return path
  }

  function responseUrl(path: string): ResponseUrl {
    const known = responseUrls.get(path)
    if (!known) throw new Refusal('invalid_url', 'no such response_url')
    if (now() > known.until) throw new Refusal('expired_url', 'response_url is more than thirty minutes old')
    if (known.left === 0) throw new Refusal('used_url', 'response_url has been used five times')
    return known
  }

  function authorises(team: string, user: string): string {
    const code = `${nextNumber()}.${randomBytes(12).toString('hex')}`
    codes.set(code, { team: workspace(team).id, user, used: false })
    return code
  }

  /** Makes a new token when the old one was revoked, as Slack does at a new installation. */
  function install(team: string): void {
    const known = workspace(team)
    if (revoked.has(known.token)) known.token = `${known.token}-${nextNumber()}`
    tokens.set(known.token, team)
  }

  return {
    workspaces,
    messages,
    ephemerals,
    views,
    faults,
    forms,
    tokens,
    revoked,
    codes,
    written,
    now,
    nextNumber,
    nextTs,
    workspace,
    workspaceOf,
    person,
    direct,
    openChat,
    conversation,
    topView,
    post,
    show,
    replace,
    openView,
    updateView,
    closeView,
    issueTrigger,
    trigger,
    issueResponseUrl,
    responseUrl,
    authorises,
    install,
    letPass: (milliseconds: number): void => {
      offset += milliseconds
    },
  }
}
