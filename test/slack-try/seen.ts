/** What one person sees in Slack, as the page draws it. */
import { type FakeSlack, GENERAL, type Json, type KeptBlock, slackCast, slackWorkspace } from '../helpers/fake-slack.ts'

/** Something in a conversation. */
interface Item {
  /** Its `ts`, by which Slack sorts. */
  id: string
  place: 'channel' | 'direct'
  kind: 'typed' | 'message' | 'ephemeral'
  /** Who wrote it. */
  by: string
  blocks: KeptBlock[]
  /** What is shown where there are no blocks. */
  text: string
  /** Another one when it looks different. */
  version: number
}

const BOT = slackWorkspace().botUserId
const people = Object.values(slackCast).map(({ id, realName }) => ({ id, name: realName }))

export function seenBy(me: string, slack: FakeSlack, now: number) {
  const inChannel = Boolean(slack.workspaces[0]?.channels.some(({ members }) => members.includes(me)))
  const placeOf = (channel: unknown): Item['place'] | undefined =>
    channel === slack.direct(me) ? 'direct' : channel === GENERAL && inChannel ? 'channel' : undefined
  const said = [...slack.messages, ...slack.ephemerals.filter(({ user }) => user === me)].flatMap((message) => {
    const { id, kind, channel, blocks, text, updates, deleted } = message
    const place = placeOf(channel)
    return place && !deleted ? [{ id, place, kind, by: BOT, blocks, text, version: updates }] : []
  })
  const typed = slack.sent.map(typedIn).flatMap((event) => {
    const place = placeOf(event.channel)
    return place && isText(event.ts) ? [typedItem(event, event.ts, place)] : []
  })
  const items: Item[] = [...said, ...typed].sort((a, b) => Number(a.id) - Number(b.id))
  const view = slack.views.findLast(({ user }) => user === me)
  return {
    me,
    bot: BOT,
    // The page need not be drawn anew for seconds.
    now: now - (now % 60_000),
    inChannel,
    people: [...people, { id: BOT, name: 'Tovholder' }],
    items,
    view: view && { id: view.id, version: view.hash, blocks: view.blocks, errors: view.errors, ...titlesOf(view.view) },
    faults: slack.faults,
    /** The newest message that each person has alone. */
    newest: Object.fromEntries(
      people.map(({ id }) => [id, slack.messages.findLast(({ channel }) => channel === slack.direct(id))?.id ?? '']),
    ),
  }
}

/** The event of a message that somebody typed, or an empty one. */
const typedIn = ({ event }: Json): Json => {
  const known = (event ?? {}) as Json
  return known.client_msg_id ? known : {}
}

const typedItem = ({ user, blocks, text }: Json, id: string, place: Item['place']): Item => ({
  id,
  place,
  kind: 'typed',
  by: String(user),
  blocks: blocks as KeptBlock[],
  text: String(text),
  version: 0,
})

const isText = (given: unknown): given is string => typeof given === 'string'

function titlesOf({ title, submit, close }: Json) {
  const text = (part: unknown) => String((part as Json | undefined)?.text ?? '')
  return { title: text(title), submit: text(submit), close: text(close) }
}
