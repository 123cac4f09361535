/** One staff team in its Teams: who is in it, what they do, and what they see. */
import { strict as assert } from 'node:assert'
import { setTimeout as wait } from 'node:timers/promises'
import { request } from 'undici'
import type { Card } from '../../src/app/ports.ts'
import { buttonsOn, wordsOn as read } from '../helpers/cards.ts'
import { type BotAnswer, createFakeConnector, type FakePerson } from '../helpers/fake-connector.ts'
import { clickOn, type Posted } from '../helpers/play.ts'

/** An activity that can be sent as often as it takes. */
export interface Act {
  activity: object
  who: FakePerson
  /** The message whose button it presses. */
  message?: { id: string; updates: number }
}

export interface Answer {
  body: BotAnswer['body']
  /** All the words of it, in the chat or on the card. */
  words: string
}

/** The same thing said to somebody who has to try again. */
const TRY_AGAIN = 'try again in a moment'
/** How long somebody waits who is told so, in milliseconds; and how long anything may take in all. */
const PAUSE = 50
const PATIENCE = 90_000

/** Each card is read once, however often somebody looks at it: an update brings another one. */
const known = new WeakMap<object, string>()
function wordsOn(card: unknown): string {
  if (typeof card !== 'object' || card === null) return ''
  const words = known.get(card) ?? read(card)
  known.set(card, words)
  return words
}

export type School = Awaited<ReturnType<typeof createSchool>>

/** `door`: where to send the next request; nothing while no process lives. */
export async function createSchool(number: number, door: () => string | undefined) {
  const person = (n: number, name: string): FakePerson => ({
    id: `29:person-${10 * number + n}`,
    aadObjectId: `00000000-0000-0000-0000-${String(10 * number + n).padStart(12, '0')}`,
    name,
    userPrincipalName: `${name.toLowerCase().replaceAll(' ', '.')}@school.example`,
    userRole: 'user',
  })
  const cast = { karen: person(1, 'Karen Holm'), birte: person(2, 'Birte Friis'), bo: person(3, 'Bo Lund') }
  type Who = keyof typeof cast
  const people = Object.fromEntries(Object.entries(cast).map(([name, { aadObjectId }]) => [name, aadObjectId]))
  const id = `19:school-${number}@thread.tacv2`
  const team = { id, name: `School ${number}`, channels: [{ id }], members: Object.values(cast) }
  // Time enough to die between a post and its answer.
  const connector = await createFakeConnector({ team, pause: 10 })
  const chatOf = ({ id }: FakePerson) => `a:chat-${id.slice(3)}`

  /** What people see: a click's answer takes the card's place for the one who clicked, until it is updated. */
  const answers = new Map<string, { updates: number; views: Record<string, Card> }>()
  const posted = (): Posted[] =>
    connector.messages.map(({ id, conversation, activity, updates }) => {
      const [attachment] = (activity.attachments ?? []) as { content: Card }[]
      const chat = Object.values(cast).find((someone) => conversation === chatOf(someone))
      const answered = answers.get(id)
      return {
        id,
        to: chat?.aadObjectId ?? 'channel',
        card: attachment?.content,
        text: String(activity.text ?? ''),
        ...(answered?.updates === updates && { replaced: answered.views }),
      }
    })

  const typed = (who: Who, text: string): Act => ({
    activity: connector.activity(cast[who], 'direct', { type: 'message', text, locale: 'en-GB' }),
    who: cast[who],
  })

  /** Any click of somebody on a message of the bot. */
  function clicking(who: Who, messageId: string, verb: string, data: object): Act {
    const message = connector.messages.find(({ id }) => id === messageId)
    assert.ok(message)
    const inChannel = message.conversation.startsWith(id)
    const place = inChannel ? { channel: id, thread: message.conversation } : ('direct' as const)
    const value = { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' }
    const invoke = { type: 'invoke', name: 'adaptiveCard/action', replyToId: messageId, value, locale: 'en-GB' }
    return { activity: connector.activity(cast[who], place, invoke), who: cast[who], message }
  }

  /** A click of somebody in their chat, on the newest card with that button. */
  function clicked(who: Who, title: string, fills: Record<string, string> = {}): Act {
    const click = clickOn({ people, posted }, cast[who].aadObjectId, title, { fills })
    const newest = posted().findLast(({ to }) => to === cast[who].aadObjectId)
    assert.ok(click, `no card shows ${who} "${title}"; the newest shows:\n${wordsOn(newest?.card)}`)
    return clicking(who, click.message.id, click.verb, click.data)
  }

  /** The row of a card in the channel, as its button says it; nothing where no card shows one. */
  function row(title: string, code: string, words: string) {
    for (const { id, to, card } of posted().reverse()) {
      if (to !== 'channel' || !wordsOn(card).includes(words)) continue
      const button = buttonsOn(card).find((one) => one.title === title && one.data.code === code)
      if (button) return { id, data: button.data }
    }
    return undefined
  }

  const slowest = { answer: 0 }

  /**
   * Sends an act to one process. `later`: it was not answered, or had to be put off; `broken`: it had been taken, and the
   * connection broke.
   */
  async function send(act: Act, url = door()): Promise<Answer | 'later' | 'broken'> {
    if (url === undefined) return 'later'
    const before = connector.messages.length
    const started = performance.now()
    try {
      const { statusCode, body } = await request(url, {
        method: 'POST',
        // As behind something that keeps no connection to a process that may go: each request has one of its own.
        reset: true,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(act.activity),
      })
      const text = await body.text()
      slowest.answer = Math.max(slowest.answer, performance.now() - started)
      if (statusCode >= 500) return 'later'
      assert.equal(statusCode, 200, text)
      return understood(act, text ? JSON.parse(text) : {}, before)
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error
      return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? 'later' : 'broken'
    }
  }

  function understood({ message, who }: Act, body: BotAnswer['body'], before: number): Answer | 'later' {
    const chat = chatOf(who)
    // Something else may have come at the same time.
    const said = connector.messages.slice(before).filter(({ conversation }) => conversation === chat)
    const words = message
      ? typeof body.value === 'string'
        ? body.value
        : wordsOn(body.value)
      : said.map(({ activity }) => `${activity.text ?? ''}\n${wordsOn(activity.attachments)}`).join('\n')
    // A reply that did not get through is no answer either.
    if (words.includes(TRY_AGAIN) || (!message && said.length === 0)) return 'later'
    if (message && body.type === 'application/vnd.microsoft.card.adaptive') {
      const views = answers.get(message.id)?.updates === message.updates ? answers.get(message.id)?.views : {}
      answers.set(message.id, { updates: message.updates, views: { ...views, [who.aadObjectId]: body.value as Card } })
    }
    return { body, words }
  }

  /** Does it as people do: until it is answered, whatever that takes. Told of each time that it was not. */
  async function insist(act: Act, onFailure: (how: 'later' | 'broken') => void = () => {}): Promise<Answer> {
    const end = performance.now() + PATIENCE
    for (;;) {
      const answer = await send(act)
      if (typeof answer === 'object') return answer
      onFailure(answer)
      assert.ok(performance.now() < end, `not answered within ${PATIENCE} ms`)
      await wait(PAUSE)
    }
  }

  return {
    id,
    number,
    cast,
    connector,
    slowest,
    posted,
    typed,
    clicked,
    clicking,
    row,
    send,
    insist,
    /** The words of the newest card somebody sees that shows this, as it is now; none at all where there is none. */
    newest: (who: Who, piece: string): string => {
      const { aadObjectId } = cast[who]
      const seen = posted().flatMap(({ to, card, replaced }) =>
        to === aadObjectId ? wordsOn(replaced?.[aadObjectId] ?? card) : [],
      )
      return seen.findLast((words) => words.includes(piece)) ?? ''
    },
    /** The cards in the channel that show all of this. */
    inChannel: (...pieces: string[]) =>
      posted().filter(({ to, card }) => to === 'channel' && pieces.every((piece) => wordsOn(card).includes(piece))),
    /** The bot comes into the team. */
    joins: () => ({
      activity: connector.activity(
        cast.karen,
        { channel: id },
        { type: 'conversationUpdate', membersAdded: [connector.bot], locale: 'en-GB' },
      ),
      who: cast.karen,
      message: undefined,
    }),
  }
}
