/** What Slack sends, in the shapes recorded in test/fixtures/slack. */

import type { Json, PlacedElement, SlackEphemeral, SlackMessage, SlackPerson, SlackView } from './types.ts'
import type { Conversation, World } from './world.ts'

export const VERIFICATION_TOKEN = 'Verification0token0'

/** The characters that Slack writes as entities wherever people's text is. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export type Payloads = ReturnType<typeof createPayloads>

export function createPayloads(world: World, app: { id: string; baseUrl: () => string }) {
  const teamOf = (team: string) => ({ id: team, domain: world.workspace(team).domain })
  const userOf = ({ id, name }: SlackPerson, team: string) => ({ id, username: name, name, team_id: team })
  const channelOf = ({ id, name, isPrivate }: Conversation) => ({ id, name: isPrivate ? 'privategroup' : name })

  /** A wrapped event. */
  function event(team: string, payload: Json): Json {
    const number = world.nextNumber()
    return {
      token: VERIFICATION_TOKEN,
      team_id: team,
      context_team_id: team,
      context_enterprise_id: null,
      api_app_id: app.id,
      event: payload,
      type: 'event_callback',
      event_id: `Ev0${String(number).padStart(8, '0')}`,
      event_time: Math.floor(world.now() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: team,
          user_id: world.workspace(team).botUserId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
      event_context: `4-${Buffer.from(`{"et":${number}}`).toString('base64')}`,
    }
  }

  /** What concerns the installation itself comes to nobody in particular. */
  function lifecycleEvent(team: string, payload: Json): Json {
    const { token, team_id, api_app_id, event: inner, type, event_id, event_time } = event(team, payload)
    return { token, team_id, api_app_id, event: inner, type, event_id, event_time }
  }

  /** A message typed by a person, as Slack keeps it; `mentioned` comes before what is said. */
  function written(team: string, user: string, said: string, mentioned?: string): Json {
    const text = { type: 'text', text: mentioned ? ` ${said}` : said }
    const elements = mentioned ? [{ type: 'user', user_id: mentioned }, text] : [text]
    const block = { type: 'rich_text', block_id: `w${world.nextNumber()}` }
    return {
      user,
      type: 'message',
      ts: world.nextTs(),
      client_msg_id: `00000000-0000-4000-8000-${String(world.nextNumber()).padStart(12, '0')}`,
      text: mentioned ? `<@${mentioned}> ${escaped(said)}` : escaped(said),
      team,
      blocks: [{ ...block, elements: [{ type: 'rich_text_section', elements }] }],
    }
  }

  /** A message of the bot, as Slack gives it back with a click on it. */
  function message({ team, id, text, blocks, thread, updates }: SlackMessage): Json {
    const { botUserId, botId } = world.workspace(team)
    return {
      user: botUserId,
      type: 'message',
      ts: id,
      bot_id: botId,
      app_id: app.id,
      text,
      team,
      ...(updates > 0 && { edited: { user: botUserId, ts: id } }),
      ...(thread && { thread_ts: thread, parent_user_id: botUserId }),
      blocks,
    }
  }

  /** The same, as the Web API answers and as an event has it. */
  function messageWithProfile(posted: SlackMessage): Json {
    const { id: team_id, botId, name } = world.workspace(posted.team)
    const bot_profile = { id: botId, app_id: app.id, name, icons: {}, deleted: false, updated: 1_700_000_000, team_id }
    return { ...message(posted), bot_profile }
  }

  function view(shown: SlackView): Json {
    const { botId } = world.workspace(shown.team)
    const { title, submit = null, close = null } = shown.view
    const text = (value: unknown) => value && { emoji: true, ...(value as Json) }
    return {
      id: shown.id,
      team_id: shown.team,
      type: 'modal',
      blocks: shown.blocks,
      private_metadata: shown.view.private_metadata ?? '',
      callback_id: shown.view.callback_id ?? '',
      state: { values: world.forms.values(shown, shown.user) },
      hash: shown.hash,
      title: text(title),
      clear_on_close: shown.view.clear_on_close ?? false,
      notify_on_close: shown.view.notify_on_close ?? false,
      close: text(close),
      submit: text(submit),
      previous_view_id: null,
      root_view_id: shown.id,
      app_id: app.id,
      external_id: shown.view.external_id ?? '',
      app_installed_team_id: shown.team,
      bot_id: botId,
    }
  }

  /** A click on what a message or a modal shows. */
  function blockActions(on: SlackMessage | SlackEphemeral | SlackView, who: SlackPerson, clicked: PlacedElement): Json {
    const values = world.forms.values(on, who.id)
    const common = {
      type: 'block_actions',
      user: userOf(who, on.team),
      api_app_id: app.id,
      token: VERIFICATION_TOKEN,
      trigger_id: world.issueTrigger(on.team, who.id),
      team: teamOf(on.team),
      enterprise: null,
      is_enterprise_install: false,
    }
    const actions = [action(clicked, values, world.nextTs())]
    if (on.kind === 'view') return { ...common, container: { type: 'view', view_id: on.id }, view: view(on), actions }
    const place = world.conversation(on.team, on.channel)
    if (!place) throw new Error(`there is no channel ${on.channel}`)
    const path = world.issueResponseUrl('actions', {
      team: on.team,
      user: who.id,
      channel: on.channel,
      thread: on.kind === 'message' ? on.thread : undefined,
      original: on,
    })
    return {
      ...common,
      container: {
        type: 'message',
        message_ts: on.id,
        channel_id: on.channel,
        is_ephemeral: on.kind === 'ephemeral',
        ...(on.kind === 'message' && on.thread && { thread_ts: on.thread }),
      },
      channel: channelOf(place),
      // Slack keeps no message that only one person sees, and so sends none.
      ...(on.kind === 'message' && { message: message(on) }),
      state: { values },
      response_url: `${app.baseUrl()}${path}`,
      actions,
    }
  }

  function viewEvent(type: 'view_submission' | 'view_closed', shown: SlackView, who: SlackPerson): Json {
    return {
      type,
      team: teamOf(shown.team),
      user: userOf(who, shown.team),
      api_app_id: app.id,
      token: VERIFICATION_TOKEN,
      ...(type === 'view_submission' && { trigger_id: world.issueTrigger(shown.team, who.id) }),
      view: view(shown),
      ...(type === 'view_submission' ? { response_urls: [] } : { is_cleared: false }),
      is_enterprise_install: false,
      enterprise: null,
    }
  }

  /** The fields of a slash command's form. */
  function command(team: string, who: SlackPerson, place: Conversation, text: string): Record<string, string> {
    const { id, name } = channelOf(place)
    const path = world.issueResponseUrl('commands', {
      team,
      user: who.id,
      channel: id,
      thread: undefined,
      original: undefined,
    })
    return {
      token: VERIFICATION_TOKEN,
      team_id: team,
      team_domain: world.workspace(team).domain,
      channel_id: id,
      channel_name: name,
      user_id: who.id,
      user_name: who.name,
      command: '/tovholder',
      text: escaped(text.trim()),
      api_app_id: app.id,
      is_enterprise_install: 'false',
      response_url: `${app.baseUrl()}${path}`,
      trigger_id: world.issueTrigger(team, who.id),
    }
  }

  return { event, lifecycleEvent, written, messageWithProfile, view, blockActions, viewEvent, command }
}

/** What was done with one element. */
function action({ element, block }: PlacedElement, values: Record<string, Json>, ts: string): Json {
  const { type, action_id } = element
  const ids = { action_id, block_id: block.block_id }
  if (type !== 'button') {
    const state = values[block.block_id]?.[action_id] as Json
    const { initial_option, initial_options, initial_date, initial_user, placeholder } = element
    const told = { initial_option, initial_options, initial_date, initial_user, placeholder }
    const given = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined))
    return { ...state, ...ids, ...given, action_ts: ts }
  }
  const { text, value, url, style } = element
  const given = Object.fromEntries(Object.entries({ text, value, url, style }).filter(([, part]) => part !== undefined))
  return { ...ids, ...given, type, action_ts: ts }
}

/** A person as `users.info` tells of them. */
export function userInfo(person: SlackPerson, team: string, withLocale: boolean): Json {
  const { id, name, realName, deleted = false } = person
  return {
    id,
    name,
    is_bot: person.isBot ?? false,
    updated: 1_700_000_000,
    is_app_user: false,
    team_id: person.teamId ?? team,
    deleted,
    color: '9f69e7',
    is_email_confirmed: true,
    real_name: realName,
    tz: person.tz ?? 'Europe/Copenhagen',
    tz_label: 'Central European Time',
    tz_offset: 3600,
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: person.isRestricted ?? false,
    is_ultra_restricted: person.isUltraRestricted ?? false,
    who_can_share_contact_card: 'EVERYONE',
    profile: {
      real_name: realName,
      display_name: name,
      real_name_normalized: realName,
      display_name_normalized: name,
      team: person.teamId ?? team,
    },
    // Left out unless it is so.
    ...(person.isStranger && { is_stranger: true }),
    ...(withLocale && { locale: person.locale ?? 'en-GB' }),
  }
}

/** A channel as `conversations.info` tells of it. */
export function channelInfo(place: Conversation, team: string, botUserId: string): Json {
  const { id, name, isPrivate = false, isArchived = false, isExtShared = false, members } = place
  const common = {
    id,
    created: 1_700_000_000,
    is_archived: isArchived,
    is_im: Boolean(place.direct),
    is_org_shared: false,
  }
  if (place.direct) return { ...common, context_team_id: team, user: place.direct.id, is_open: true }
  return {
    ...common,
    name,
    name_normalized: name,
    is_channel: !isPrivate,
    is_group: isPrivate,
    is_mpim: false,
    is_private: isPrivate,
    is_general: false,
    is_shared: false,
    is_ext_shared: isExtShared,
    is_pending_ext_shared: false,
    unlinked: 0,
    creator: members.find((user) => user !== botUserId) ?? botUserId,
    context_team_id: team,
    is_member: members.includes(botUserId),
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    previous_names: [],
  }
}
