import { LRUCache } from 'lru-cache'
import { codeOf, type Log } from '../../app/log.ts'
import type { Incoming, Reply } from '../../app/ports.ts'
import { inTurn } from '../../app/turn-id.ts'
import { within } from '../../app/within.ts'
import { writeAddress } from './address.ts'
import { type Answer, createAnswer, type Heard, keptOpen } from './answer.ts'
import type { SlackApi } from './api.ts'
import { type Happening, happeningFrom, type Json, type Origin, type Ours } from './incoming.ts'
import { createMessages } from './messages.ts'
import type { People, Person } from './people.ts'
import { asTyped, mentionedIn } from './typed.ts'

export interface ListenerOptions {
  api: SlackApi
  people: People
  turn: (incoming: Incoming) => Promise<Reply>
  /** A few words to somebody whose kept language is not known, in the language of a locale such as `da-DK`. */
  say: (locale: string | undefined, words: 'failed' | 'oneMoment' | 'pressAgain') => string
  log: Pick<Log, 'warn' | 'error'>
  command: string
}

/** Takes in one request; resolves to what Slack is to be told in its response, always in time. */
export type Listen = (body: Json, ours: Pick<Ours, 'workspace' | 'botUser'>) => Promise<Answer>

/**
 * Slack wants its answer within three seconds and repeats what it gets none for. We answer when the work is done, so that
 * what a crash cuts off is sent again; but not later than this, in milliseconds.
 */
const ANSWER_WITHIN = 2000

/** Slack repeats an event for an hour. */
const MOST_REMEMBERED = 10_000

export function createListener(options: ListenerOptions): Listen {
  const { people, turn, say, log, command } = options
  const answer = createAnswer({ messages: createMessages(options.api), say, log })
  /** What is being done or has been done here; what another process did, the store recognises. */
  const taken = new LRUCache<string, Promise<Answer>>({ max: MOST_REMEMBERED })

  return async (body, ours) => {
    const happening = happeningFrom(body, { ...ours, command })
    if (!happening) return undefined
    const heard: Heard = { happening, late: false }
    const work = once(happening.event, () => inTurn(() => take(heard)))
    const first = await within(ANSWER_WITHIN, work, 'late' as const)
    if (first !== 'late') return first
    heard.late = true
    const { origin } = happening
    // Anything else would close it over what was written, and nobody knows yet whether that is stored.
    return origin.kind === 'form' && origin.field ? keptOpen(origin.field, say(heard.locale, 'pressAgain')) : undefined
  }

  function once(event: string, act: () => Promise<Answer>): Promise<Answer> {
    const known = taken.get(event)
    if (known) return known
    const work = act()
    taken.set(event, work)
    return work
  }

  async function take(heard: Heard): Promise<Answer> {
    const { happening } = heard
    const incoming = await incomingOf(happening)
    heard.locale = incoming.user.locale
    const failed = (error: unknown): Reply => {
      log.error({ code: codeOf(error), event: happening.what.kind }, 'A turn failed; nothing was stored')
      // Sent again, it is tried again.
      taken.delete(happening.event)
      return { text: say(incoming.user.locale, 'failed'), undone: true }
    }
    const done = async (): Promise<Reply> => {
      const reply = await turn(incoming)
      // A form that stays is sent again as the same event.
      if (reply.undone) taken.delete(happening.event)
      return reply
    }
    // Nobody has asked for anything, and nobody is to be told.
    const unasked = happening.what.kind !== 'message' && happening.what.kind !== 'action'
    try {
      return await answer(heard, incoming, unasked ? done() : done().catch(failed))
    } catch (error) {
      const reply = failed(error)
      if (unasked) throw error
      return answer(heard, incoming, Promise.resolve(reply)).catch(gaveUp)
    }
  }

  async function incomingOf({ event, workspace, user, channel, what, origin }: Happening): Promise<Incoming> {
    const doubtful = isChat(channel) && !isSurelyOurs(origin)
    const [person, chat] = await Promise.all([
      personOf(workspace, user),
      doubtful ? chatWith(workspace, user) : undefined,
    ])
    const direct = doubtful ? channel === chat : isChat(channel)
    const team = isChat(channel) ? {} : { team: writeAddress({ workspace, channel }) }
    return {
      event: `slack/${event}`,
      tenant: workspace,
      user: { id: user, name: person?.name ?? '', ...(person?.locale && { locale: person.locale }) },
      ...team,
      address: writeAddress({ workspace, channel }),
      place: direct ? 'direct' : 'channel',
      what: what.kind === 'message' ? { ...what, text: await plain(workspace, what.text) } : what,
    }
  }

  /** By then Slack may have had its answer, and nobody is left to be told. */
  function gaveUp(error: unknown): undefined {
    log.error({ code: codeOf(error) }, 'An answer could not be given')
  }

  /** Where it cannot be had, the answer takes the way that came with the command. */
  function chatWith(workspace: string, user: string): Promise<string | undefined> {
    return unlessRefused(people.chat(workspace, user), 'Slack did not open a direct chat')
  }

  /** Without Slack's word on somebody the turn goes on: the roster knows the name, and the gate asks the roster. */
  function personOf(workspace: string, user: string): Promise<Person | undefined> {
    return unlessRefused(people.find(workspace, user), 'Slack did not tell about a person')
  }

  async function unlessRefused<T>(asked: Promise<T>, refused: string): Promise<T | undefined> {
    try {
      return await within(PATIENCE, asked, undefined)
    } catch (error) {
      log.warn({ code: codeOf(error) }, refused)
      return undefined
    }
  }

  async function plain(workspace: string, text: string): Promise<string> {
    const asked = mentionedIn(text).slice(0, MOST_NAMED)
    const mentioned = await Promise.all(asked.map((user) => personOf(workspace, user)))
    return asTyped(text, new Map(mentioned.flatMap((person) => (person ? [[person.id, person.name]] : []))))
  }
}

/** So many people mentioned in a text are asked for by name: nobody has spoken yet for whoever wrote it, neither gate nor limit. */
const MOST_NAMED = 20

/** What Slack is asked on the way is not waited for longer; the answer is remembered for the next time. In milliseconds. */
const PATIENCE = 1000

/**
 * Whether a conversation between two that this comes from has us as one of the two. A command may be given between two
 * colleagues, where we are not, and what it was answered there with is ephemeral: nothing else of ours can stand there.
 */
const isSurelyOurs = (origin: Origin): boolean =>
  origin.kind === 'message' || (origin.kind === 'click' && !origin.ephemeral)

/** Conversations between two, by the first letter of their ids. */
const isChat = (channel: string): boolean => channel.startsWith('D')
