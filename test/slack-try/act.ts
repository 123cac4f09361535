/** What a person does on the page, done through the fake Slack's own people, who sign and check it. */
import * as z from 'zod'
import { type BotAnswer, type FakeSlack, GENERAL } from '../helpers/fake-slack.ts'
import type { School } from './school.ts'

const as = z.string()
const fills = z.record(z.string(), z.union([z.string(), z.array(z.string()), z.null()]))

const deed = z.discriminatedUnion('does', [
  z.strictObject({ does: z.literal('write'), as, place: z.enum(['channel', 'direct']), text: z.string() }),
  z.strictObject({ does: z.literal('click'), as, on: z.string(), block: z.string(), action: z.string(), fills }),
  z.strictObject({ does: z.literal('submit'), as, on: z.string(), fills }),
  z.strictObject({ does: z.literal('close'), as, on: z.string() }),
  z.strictObject({ does: z.literal('openChat'), as }),
  z.strictObject({ does: z.literal('wait'), by: z.string() }),
])

/** `/call` stands for a command that a workspace may give the bot besides its own. */
const COMMANDS = ['/tovholder', '/call']

/** Does it; throws an `Error` that says what Slack's own client would not have let happen. */
export async function act(given: unknown, { slack, move }: School): Promise<void> {
  const asked = deed.parse(given)
  if (asked.does === 'wait') {
    if (!(await move(asked.by))) throw new Error(`"${asked.by}" is no time to wait, as +3d is`)
    return
  }
  const answer = await done(asked, slack)
  if (answer && answer.status !== 200) throw new Error(`the bot answered ${answer.status}`)
}

async function done(asked: Exclude<z.output<typeof deed>, { does: 'wait' }>, slack: FakeSlack) {
  const person = slack.tester(asked.as)
  switch (asked.does) {
    case 'write':
      return write(asked, slack)
    case 'click':
      return person.clicks(
        found([...slack.messages, ...slack.ephemerals, ...slack.views], asked.on),
        (element, { block_id }) => element.action_id === asked.action && block_id === asked.block,
        asked.fills,
      )
    case 'submit':
      return person.submits(found(slack.views, asked.on), asked.fills)
    case 'close':
      return person.closes(found(slack.views, asked.on))
    case 'openChat':
      return person.opensHome()
  }
}

/** A command begins with a slash; in the channel anything else mentions the bot. */
async function write(
  asked: { as: string; place: 'channel' | 'direct'; text: string },
  slack: FakeSlack,
): Promise<BotAnswer> {
  const person = slack.tester(asked.as)
  const place = asked.place === 'direct' ? 'direct' : { channel: GENERAL }
  const [, command, words = ''] = /^(\/\S+)\s*(.*)$/s.exec(asked.text) ?? []
  if (!command) return person.says(asked.text, place)
  if (!COMMANDS.includes(command)) throw new Error(`${command} is not a valid command`)
  return person.commands(words, place, { command })
}

function found<T extends { id: string }>(things: T[], id: string): T {
  const thing = things.find((known) => known.id === id)
  if (!thing) throw new Error(`${id} is not there any more`)
  return thing
}
