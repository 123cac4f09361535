/** What people do in the fake Slack, and what their clients make of the answer. */
import { checkView } from '../slack-rules.ts'
import { unfilled } from './forms.ts'
import { placed } from './kept.ts'
import type { Payloads } from './payloads.ts'
import { Refusal } from './refusal.ts'
import type { Responses } from './responses.ts'
import type { BotAnswer, Delivery, Json, Place, SlackPerson, SlackView, Tester } from './types.ts'
import type { Conversation, World } from './world.ts'

/** Sends a payload in one of the three ways of Slack. */
export interface Sender {
  event(payload: Json, delivery: Delivery): Promise<BotAnswer>
  interaction(payload: Json, delivery: Delivery): Promise<BotAnswer>
  form(fields: Record<string, string>, delivery: Delivery): Promise<BotAnswer>
}

export function createTester(
  world: World,
  payloads: Payloads,
  responses: Responses,
  send: Sender,
  who: SlackPerson,
  delivery: Delivery,
): Tester {
  const { id: team, botUserId } = world.workspaceOf(who.id)

  /** Where the person can write. */
  function inside(place: Place): Conversation {
    const id = place === 'direct' ? world.openChat(who.id) : place.channel
    const found = world.conversation(team, id)
    if (!found?.members.includes(who.id)) throw new Error(`${who.id} is not in ${id}`)
    return found
  }

  async function says(text: string, place: Place = 'direct', more: Json = {}): Promise<BotAnswer> {
    const { id, direct, members } = inside(place)
    if (!members.includes(botUserId)) throw new Error(`the bot is not in ${id} and cannot be mentioned there`)
    const thread = place !== 'direct' && place.thread ? { thread_ts: place.thread } : {}
    const message = payloads.written(team, who.id, text, direct ? undefined : botUserId)
    world.written.add(`${id} ${String(message.ts)}`)
    const kind = direct ? { channel_type: 'im' } : { type: 'app_mention' }
    const event = { ...message, ...thread, channel: id, event_ts: message.ts, ...kind, ...more }
    return send.event(payloads.event(team, event), delivery)
  }

  async function commands(text: string, place: Place = 'direct', more: Record<string, string> = {}) {
    if (place !== 'direct' && place.thread) throw new Error('slash commands cannot be used in a thread')
    const where = inside(place)
    const answer = await send.form({ ...payloads.command(team, who, where, text), ...more }, delivery)
    if (answer.status !== 200 || answer.text === '') return answer
    const isJson = answer.headers['content-type']?.startsWith('application/json')
    const said = isJson ? answer.body : { text: answer.text }
    noting(`answer to ${String(more.command ?? '/tovholder')}`, () =>
      responses.respond({ team, user: who.id, channel: where.id, thread: undefined, original: undefined }, said),
    )
    return answer
  }

  const clicks: Tester['clicks'] = async (on, which, fills = {}, more = {}) => {
    visible(on)
    const isIt = typeof which === 'string' ? (element: Json) => element.action_id === which : which
    const clicked = placed(on.blocks).find(({ element, block }) => isIt(element, block))
    if (!clicked) {
      const ids = placed(on.blocks).map(({ element }) => element.action_id)
      throw new Error(`nothing to click ${String(which)}, only: ${ids.join(', ')}`)
    }
    if (clicked.block.type === 'input' && clicked.block.dispatch_action !== true)
      throw new Error(`${clicked.element.action_id} tells nobody when it is used: no dispatch_action`)
    world.forms.fill(on, who.id, fills)
    return send.interaction({ ...payloads.blockActions(on, who, clicked), ...more }, delivery)
  }

  /** Nobody clicks on what they do not see. */
  function visible(on: Parameters<Tester['clicks']>[0]): void {
    if (on.team !== team) throw new Error(`${who.id} is not of ${on.team}`)
    if (on.kind === 'view') {
      if (world.topView(who.id) !== on) throw new Error(`${on.id} is not on top for ${who.id}`)
      return
    }
    if (on.deleted) throw new Error(`${on.id} has been deleted`)
    if (on.kind === 'ephemeral' && on.user !== who.id) throw new Error(`${on.id} is shown to ${on.user} only`)
    if (!world.conversation(team, on.channel)?.members.includes(who.id))
      throw new Error(`${who.id} is not in ${on.channel}`)
  }

  const submits: Tester['submits'] = async (view, fills = {}, more = {}) => {
    visible(view)
    if (!view.view.submit) throw new Error(`${view.id} has no button to submit`)
    world.forms.fill(view, who.id, fills)
    const empty = unfilled(view.blocks, world.forms.values(view, who.id))
    if (empty.length > 0) throw new Error(`Slack asks to fill in ${empty.join(', ')} first`)
    view.errors = {}
    const answer = await send.interaction({ ...payloads.viewEvent('view_submission', view, who), ...more }, delivery)
    // Without a good answer the modal stays, with a word of regret.
    if (answer.status === 200) noting('answer to view_submission', () => obey(view, answer))
    return answer
  }

  /** What the answer to a submission does to the modal; it may have been updated or closed meanwhile. */
  function obey(view: SlackView, { body, text }: BotAnswer): void {
    if (!world.views.includes(view)) return
    const action = text === '' ? 'close' : body.response_action
    if (action === 'close') world.closeView(view)
    else if (action === 'clear') for (const mine of viewsOf(view.user)) world.closeView(mine)
    else if (action === 'update') world.updateView(view, checkView(body.view))
    else if (action === 'errors') view.errors = corrections(view, body.errors)
    else throw new Refusal('invalid_response', `response_action ${String(action)}`)
  }

  const viewsOf = (user: string) => world.views.filter((view) => view.user === user)

  const closes: Tester['closes'] = async (view, more = {}) => {
    visible(view)
    const payload = payloads.viewEvent('view_closed', view, who)
    world.closeView(view)
    return view.view.notify_on_close === true ? send.interaction({ ...payload, ...more }, delivery) : undefined
  }

  function opensHome(more: Json = {}): Promise<BotAnswer> {
    const channel = world.openChat(who.id)
    const event = { type: 'app_home_opened', user: who.id, channel, tab: 'messages', event_ts: world.nextTs(), ...more }
    return send.event(payloads.event(team, event), delivery)
  }

  /** What Slack would not take from an answer is noted like any other fault. */
  function noting(what: string, act: () => void): void {
    try {
      act()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      world.faults.push(`${what}: ${error.error} (${error.message})`)
    }
  }

  return { says, commands, clicks, submits, closes, opensHome }
}

/** What is to be corrected, by the `block_id` of an input. */
function corrections({ blocks }: SlackView, errors: unknown): Record<string, string> {
  const told = Object.entries((errors ?? {}) as Record<string, string>)
  const inputs = blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id)
  const stray = told.find(([id, text]) => !inputs.includes(id) || typeof text !== 'string' || text === '')
  if (stray) throw new Refusal('invalid_response', `there is no input block "${stray[0]}" to correct so`)
  if (told.length === 0) throw new Refusal('invalid_response', 'errors without an error')
  return Object.fromEntries(told)
}
