/** Brings the core's answer to where it belongs: below what was typed, into the clicked card, or to one person alone. */
import type { ModalView } from '@slack/types'
import { codeOf, type Log } from '../../app/log.ts'
import { DeliveryError, type Incoming, type Reply } from '../../app/ports.ts'
import { type Click, createForms, modalFor, type Placeholder } from './forms.ts'
import type { Happening, Origin } from './incoming.ts'
import type { Messages } from './messages.ts'
import { hasInputs } from './nodes.ts'

/** What goes back in the response itself; only a form that was sent off takes more than "understood". */
export type Answer =
  | { response_action: 'update'; view: ModalView }
  | { response_action: 'errors'; errors: Record<string, string> }
  | undefined

/** Something that happened, and whether Slack has stopped waiting for our response. */
export interface Heard {
  happening: Happening
  late: boolean
  /** Of whoever it came from, as soon as that is known. */
  locale?: string | undefined
}

type SentForm = Extract<Origin, { kind: 'form' }>

interface AnswerOptions {
  messages: Messages
  say: (locale: string | undefined, words: 'oneMoment') => string
  log: Pick<Log, 'warn'>
}

/** What was done is stored by the time there is a reply: one that does not get through is logged, and nothing is done again. */
export function createAnswer({ messages, say, log }: AnswerOptions) {
  const { post, replace, alone, respond } = messages
  const forms = createForms(messages)

  return async (heard: Heard, incoming: Incoming, pending: Promise<Reply>): Promise<Answer> => {
    const { happening } = heard
    const { origin } = happening
    // Only a click where others look on can be answered with a form.
    const opens = origin.kind === 'click' && incoming.place === 'channel' && !origin.ephemeral
    const placeholder = opens
      ? await forms.holdPlace(happening, origin, pending, say(incoming.user.locale, 'oneMoment'))
      : undefined
    // A failure to deliver that comes out of the core is one of the turn, and is not ours to swallow.
    const reply = await pending
    // Where we have been removed, nobody hears us.
    if (incoming.what.kind === 'removed') return undefined
    try {
      return await bring(heard, incoming, reply, placeholder)
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error
      log.warn({ code: codeOf(error) }, 'A reply could not be delivered')
      return undefined
    }
  }

  async function bring(heard: Heard, incoming: Incoming, reply: Reply, placeholder?: Placeholder): Promise<Answer> {
    const { happening } = heard
    const { origin } = happening
    const inChannel = incoming.place === 'channel'
    const rest = inChannel ? withoutPosted(happening, reply) : reply
    if (origin.kind === 'form') return afterForm(heard, origin, rest)
    // What one person sees alone has no other way to be changed.
    if (origin.kind === 'click' && origin.ephemeral) return respond(origin.response, rest, { replace: true })
    if (origin.kind === 'click')
      return inChannel ? afterChannelClick(happening, origin, rest, placeholder) : afterClick(happening, origin, rest)
    if (isNothing(reply)) return undefined
    if (origin.kind === 'mention') return alone(happening, reply, origin.thread)
    // A command can be given where we are not.
    if (origin.kind === 'command' && inChannel) return respond(origin.response, reply, { replace: false })
    return post(happening, reply)
  }

  /** A direct chat has one reader: the answer takes the clicked card's place, a posted one's too. */
  async function afterClick(happening: Happening, { message }: Click, reply: Reply): Promise<undefined> {
    const { text, ...silent } = reply
    if (!reply.card) return isNothing(reply) ? undefined : alone(happening, reply)
    // Where the click changed something, a delivery draws a posted card once more, and would take a word on it away.
    const beside = isPosted(happening) && !isForm(reply)
    try {
      await replace(happening, message, beside ? silent : reply)
    } catch (error) {
      if (!(error instanceof DeliveryError && error.permanent)) throw error
      // The clicked card is gone, or too old to be changed.
      return post(happening, reply)
    }
    return beside && text ? alone(happening, { text }) : undefined
  }

  /** In a channel only the card is for everybody: a form or a sentence is for whoever clicked. */
  async function afterChannelClick(
    happening: Happening,
    click: Click,
    reply: Reply,
    placeholder: Placeholder | undefined,
  ): Promise<undefined> {
    const { card, text } = reply
    if (placeholder || isForm(reply)) return forms.show(happening, click, reply, placeholder)
    // No button of ours leads from a channel into somebody's dialog; should one ever, it is shown to nobody else.
    if (card && isOwn(happening)) return alone(happening, reply)
    if (card) await replace(happening, click.message, { card })
    return text ? alone(happening, { text }) : undefined
  }

  async function afterForm({ happening, late }: Heard, { title, field }: SentForm, reply: Reply): Promise<Answer> {
    // Any other answer would close the form, with all that was filled in.
    if (reply.undone && reply.text && field && !late) return keptOpen(field, reply.text)
    const view = modalFor(reply, { channel: happening.channel, title })
    // A form that was kept open is sent again, and then gets what was the answer.
    if (view && (!late || field)) return { response_action: 'update', view }
    return isNothing(reply) ? undefined : alone(happening, reply)
  }
}

/** A form that stays as it was filled in, with a word to whoever sent it. */
export const keptOpen = (field: string, words: string): Answer => ({
  response_action: 'errors',
  errors: { [field]: words },
})

const isNothing = ({ card, text }: Reply): boolean => !card && !text

const isForm = ({ card }: Reply): boolean => card !== undefined && hasInputs(card)

const isOwn = ({ what }: Happening): boolean => what.kind === 'action' && typeof what.data.session === 'string'

const isPosted = ({ what }: Happening): boolean => what.kind === 'action' && typeof what.data.post === 'string'

/** In a channel a posted card is drawn anew by a delivery, for everybody; what is left is what the clicker gets besides. */
function withoutPosted(happening: Happening, reply: Reply): Reply {
  if (!isPosted(happening) || isForm(reply)) return reply
  const { card: _, ...rest } = reply
  return rest
}
