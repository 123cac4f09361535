/** What Slack's events, commands and clicks mean to the core. */
import { hash } from 'node:crypto'
import type { Incoming } from '../../app/ports.ts'
import { readButton } from './buttons.ts'
import { valuesIn } from './inputs.ts'
import { readForm } from './modal.ts'
import { textIn } from './nodes.ts'

/** Something that happened in a workspace. */
export interface Happening {
  /** Slack's own id of it; the same for a repetition. */
  event: string
  workspace: string
  user: string
  channel: string
  what: Incoming['what']
  /** What it came from, which says how it can be answered. */
  origin: Origin
}

export type Origin =
  /** Typed to the bot alone, or the bot was added: the answer goes below it. */
  | { kind: 'message' }
  /** Typed to the bot where others read along. */
  | { kind: 'mention'; thread?: string }
  | { kind: 'command'; response: string }
  /** `label` is what the button says. */
  | { kind: 'click'; label: string; message: string; response: string; trigger: string; ephemeral: boolean }
  /** A modal was sent off. `field` is the block of its first one, where a word to whoever fills it in can stand. */
  | { kind: 'form'; title: string; field: string }

/** A part of what Slack sent, in no known shape. */
export type Json = Record<string, unknown>

export interface Ours {
  /** The workspace in which we are asked. */
  workspace: string
  /** Our own user in the workspace. */
  botUser: string
  /** The slash command that only means us; what follows it is what was said. */
  command: string
}

/** Reads a request's body; `undefined` where it means nothing to us. */
export function happeningFrom(body: Json, ours: Ours): Happening | undefined {
  const happening = readFrom(body, ours)
  if (!happening) return undefined
  const { workspace } = ours
  const { event, user, channel } = happening
  return event.isWellFormed() && [workspace, user, channel].every((id) => ID.test(id))
    ? { ...happening, workspace }
    : undefined
}

/**
 * The workspace in which the app that is asked is installed: in a channel that is shared with another one, somebody of
 * that one may be the one who asks. Empty where none is told.
 */
export function workspaceIn(body: Json): string {
  const [authorized] = Array.isArray(body.authorizations) ? (body.authorizations as Json[]) : []
  return (
    textIn(authorized?.team_id) ||
    text(body, 'team_id') ||
    text(part(body, 'view'), 'app_installed_team_id') ||
    text(part(body, 'team'), 'id') ||
    text(part(body, 'user'), 'team_id')
  )
}

/** Ids become parts of addresses and keys; Slack's own are nothing but these. */
const ID = /^[A-Z0-9]+$/

type Read = Omit<Happening, 'workspace'>

function readFrom(body: Json, ours: Ours): Read | undefined {
  if (typeof body.command === 'string') return commandGiven(body, ours.command)
  switch (body.type) {
    case 'event_callback':
      return eventHappened(body, ours)
    case 'block_actions':
      return buttonPressed(body)
    case 'view_submission':
      return formSent(body)
    default:
      return undefined
  }
}

function commandGiven(body: Json, own: string): Read {
  const command = text(body, 'command')
  const words = text(body, 'text').trim()
  // A workspace may give us commands such as /call, whose own name is part of what is said.
  const said = command === own ? words || 'help' : `${command} ${words}`
  return {
    event: `command/${text(body, 'trigger_id')}`,
    user: text(body, 'user_id'),
    channel: text(body, 'channel_id'),
    what: { kind: 'message', text: said },
    origin: { kind: 'command', response: text(body, 'response_url') },
  }
}

function eventHappened(body: Json, ours: Ours): Read | undefined {
  const event = part(body, 'event')
  const meaning = meaningOf(event, ours)
  if (!meaning) return undefined
  const channel = text(event, 'channel') || text(part(event, 'channel'), 'id')
  const user = text(event, 'inviter') || text(event, 'user') || ours.botUser
  if (!channel) return undefined
  // Somebody opens our page ten times a day; that is one beginning.
  const id = event.type === 'app_home_opened' ? `home/${user}` : `event/${text(body, 'event_id')}`
  return { event: id, user, channel, ...meaning }
}

const LEFT = new Set([
  'channel_left',
  'group_left',
  'channel_archive',
  'group_archive',
  'channel_deleted',
  'group_deleted',
])
const CHANGED = new Set(['channel_rename', 'group_rename', 'channel_unarchive', 'group_unarchive'])

const IN_CHAT: Origin = { kind: 'message' }

/** Somebody who is mentioned, perhaps with what they are called. */
const MENTION = /<@([^<>|]*)(?:\|[^<>]*)?>/g

function meaningOf(event: Json, { botUser }: Ours): Pick<Happening, 'what' | 'origin'> | undefined {
  const type = text(event, 'type')
  const isUs = text(event, 'user') === botUser
  // Neither what a bot wrote nor a word about an older message.
  const typed = !event.bot_id && !isUs && (event.subtype === undefined || event.subtype === 'file_share')
  switch (type) {
    case 'message':
      return event.channel_type === 'im' && typed
        ? { what: { kind: 'message', text: text(event, 'text') }, origin: IN_CHAT }
        : undefined
    case 'app_mention': {
      if (!typed) return undefined
      const thread = text(event, 'thread_ts')
      const said = text(event, 'text').replaceAll(MENTION, (whole, id) => (id === botUser ? ' ' : whole))
      return { what: { kind: 'message', text: said }, origin: { kind: 'mention', ...(thread && { thread }) } }
    }
    case 'app_home_opened':
      return event.tab === 'messages' ? { what: { kind: 'installed' }, origin: IN_CHAT } : undefined
    case 'member_joined_channel':
      return { what: { kind: isUs ? 'installed' : 'rosterChanged' }, origin: IN_CHAT }
    case 'member_left_channel':
      return { what: { kind: isUs ? 'removed' : 'rosterChanged' }, origin: IN_CHAT }
    default:
      if (LEFT.has(type)) return { what: { kind: 'removed' }, origin: IN_CHAT }
      return CHANGED.has(type) ? { what: { kind: 'rosterChanged' }, origin: IN_CHAT } : undefined
  }
}

function buttonPressed(body: Json): Read | undefined {
  const [action] = Array.isArray(body.actions) ? (body.actions as Json[]) : []
  const container = part(body, 'container')
  // A link opens by itself, and a list that was opened is told of with the button.
  if (action?.type !== 'button' || action.url !== undefined || container.type !== 'message') return undefined
  const pressed = readButton(action)
  const values = pressed?.takesInputs ? valuesIn(part(body, 'state').values) : {}
  return {
    event: `click/${text(body, 'trigger_id')}`,
    user: text(part(body, 'user'), 'id'),
    channel: text(container, 'channel_id'),
    // Nobody's verb: the core says that the card cannot be used any more.
    what: { kind: 'action', verb: pressed?.verb ?? '', data: { ...pressed?.data, ...values } },
    origin: {
      kind: 'click',
      label: text(part(action, 'text'), 'text'),
      message: text(container, 'message_ts'),
      response: text(body, 'response_url'),
      trigger: text(body, 'trigger_id'),
      ephemeral: container.is_ephemeral === true,
    },
  }
}

function formSent(body: Json): Read | undefined {
  const view = part(body, 'view')
  const form = readForm(text(view, 'private_metadata'))
  if (!form) return undefined
  const values = valuesIn(part(view, 'state').values)
  // With something else in it, it is another one: the first may have been taken while the form was still open.
  const mark = hash('sha256', JSON.stringify(values), 'base64url').slice(0, 12)
  return {
    event: `form/${text(view, 'id')}/${text(view, 'hash')}/${mark}`,
    user: text(part(body, 'user'), 'id'),
    channel: form.metadata,
    what: { kind: 'action', verb: form.verb, data: { ...form.data, ...values } },
    origin: { kind: 'form', title: text(part(view, 'title'), 'text'), field: firstField(view) },
  }
}

function firstField({ blocks }: Json): string {
  const field = Array.isArray(blocks) ? (blocks as Json[]).find(({ type }) => type === 'input') : undefined
  return field ? text(field, 'block_id') : ''
}

export const text = (from: Json, key: string): string => textIn(from[key])

export const part = (from: Json, key: string): Json => {
  const value = from[key]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}
