/** A school with its Teams, its Redis and a service that can be killed at any moment and is started again. */
import { strict as assert } from 'node:assert'
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { DateTime } from 'luxon'
import type { Card } from '../../src/app/ports.ts'
import type { Case } from '../../src/domain/case.ts'
import { keys } from '../../src/store/keys.ts'
import { type Connection, connect } from '../../src/store/redis.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { createStore } from '../../src/store/store.ts'
import { wordsOn } from '../helpers/cards.ts'
import { type BotAnswer, createFakeConnector, type FakePerson } from '../helpers/fake-connector.ts'
import { clickOn, type Posted } from '../helpers/play.ts'
import { freePort } from '../helpers/ports.ts'
import { startRedis } from '../helpers/redis.ts'
import { CAST } from '../helpers/teams-stage.ts'

const TEAM = '19:general@thread.tacv2'
const ENTRY = new URL('./service-process.ts', import.meta.url).pathname
const PEOPLE = Object.fromEntries(Object.entries(CAST).map(([name, { aadObjectId }]) => [name, aadObjectId]))

export type World = Awaited<ReturnType<typeof createWorld>>

/** The same numbers from 0 up to 1 for the same seed, so that a failure can be seen again. */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export async function createWorld() {
  const redis = await startRedis()
  const { stranger: _, ...members } = CAST
  const team = { id: TEAM, name: 'Udskolingen', channels: [{ id: TEAM }], members: Object.values(members) }
  // Time enough to die between a post and its answer.
  const connector = await createFakeConnector({ team, pause: 10 })
  const secret = `test:${randomBytes(32).toString('base64')}`
  const port = await freePort()
  connector.talkTo(`http://127.0.0.1:${port}/api/messages`)
  let offset = 0
  let child: ChildProcess | undefined

  async function start(): Promise<void> {
    child = fork(ENTRY, [redis.socket, String(port), secret, String(offset)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const [said] = await Promise.race([once(child, 'message'), once(child, 'exit')])
    assert.equal(said, 'started')
  }

  /** Ends the service without a chance to put anything away. */
  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }

  /** What people see: a click's answer takes the card's place for the one who clicked, until it is updated. */
  const answers = new Map<string, { updates: number; views: Record<string, Card> }>()
  const posted = (): Posted[] =>
    connector.messages.map(({ id, conversation, activity, updates }) => {
      const [attachment] = (activity.attachments ?? []) as { content: Card }[]
      const chat = Object.values(CAST).find((someone) => conversation === `a:chat-${someone.id.slice(3)}`)
      const answered = answers.get(id)
      return {
        id,
        to: chat?.aadObjectId ?? 'channel',
        card: attachment?.content,
        text: String(activity.text ?? ''),
        ...(answered?.updates === updates && { replaced: answered.views }),
      }
    })

  const person = (who: keyof typeof CAST): FakePerson => CAST[who]

  /** What somebody types, as an activity that can be sent as often as it takes. */
  const typed = (who: keyof typeof CAST, text: string) => ({
    activity: connector.activity(person(who), 'direct', { type: 'message', text, locale: 'en-GB' }),
  })

  /** A click of somebody, on the newest card with that button. */
  function clicked(who: keyof typeof CAST, title: string, more: Parameters<typeof clickOn>[3] = {}) {
    const id = person(who).aadObjectId
    const click = clickOn({ people: PEOPLE, posted }, id, title, more)
    assert.ok(click, `no card shows ${who} "${title}"; the newest shows:\n${wordsOn(posted().at(-1)?.card)}`)
    const message = connector.messages.find((known) => known.id === click.message.id)
    assert.ok(message)
    const place = more.place === 'channel' ? { channel: TEAM, thread: message.conversation } : ('direct' as const)
    const value = { action: { type: 'Action.Execute', verb: click.verb, data: click.data }, trigger: 'manual' }
    const invoke = { type: 'invoke', name: 'adaptiveCard/action', replyToId: message.id, value, locale: 'en-GB' }
    return { activity: connector.activity(person(who), place, invoke), message, who: id }
  }

  /** Sends an activity; resolves to nothing where the service did not answer, or could not do it now. */
  async function send({
    activity,
    message,
    who,
  }: {
    activity: object
    message?: { id: string; updates: number }
    who?: string
  }) {
    let answer: BotAnswer
    try {
      answer = await connector.deliver(activity)
    } catch {
      return undefined
    }
    const { status, body } = answer
    const [said] = connector.messages.slice(-1)
    const words = message ? body.value : said?.activity.text
    if (status >= 500 || (typeof words === 'string' && words.includes('try again in a moment'))) return undefined
    assert.equal(status, 200)
    if (message && who && body.type === 'application/vnd.microsoft.card.adaptive')
      answers.set(message.id, { updates: message.updates, views: { [who]: body.value as Card } })
    return answer
  }

  /** Sends the same activity until it is answered. */
  async function insist(what: Parameters<typeof send>[0]): Promise<BotAnswer> {
    const end = performance.now() + 10_000
    for (;;) {
      const answer = await send(what)
      if (answer) return answer
      assert.ok(performance.now() < end, 'not answered within ten seconds')
      await wait(50)
    }
  }

  /** Has the clock moved to this local time and everybody looked at; not done where the service is away. */
  async function moveTo(local: string): Promise<void> {
    offset = DateTime.fromISO(local, { zone: 'Europe/Copenhagen' }).toMillis() - Date.now()
    await sweep()
  }
  async function sweep(): Promise<void> {
    const running = child
    if (!running?.connected) return
    const done = once(running, 'message')
    running.send(offset, () => {})
    await Promise.race([done, once(running, 'exit')])
  }

  let own: Connection | undefined
  async function look<T>(
    at: (store: ReturnType<typeof createStore>, connection: Connection) => Promise<T>,
  ): Promise<T> {
    own ??= await connect(redis.config, { role: 'worker' })
    return at(createStore({ redis: own, ring: parseKeyRing(secret), offset: () => offset }), own)
  }

  /** Until nothing is due any more. */
  async function settle(within = 20_000): Promise<void> {
    const end = performance.now() + within
    for (let quiet = 0; quiet < 3; ) {
      const due = await look(async (store) => store.due(TEAM, await store.now(), 1))
      quiet = due.length === 0 ? quiet + 1 : 0
      assert.ok(performance.now() < end, `still due: ${JSON.stringify(due)}`)
      await wait(30)
    }
  }

  /** Everything that is kept, opened; and that nothing in it points to what is not there. */
  const inspect = () =>
    look(async (store, connection) => {
      const idsOf = async (kind: string) => {
        const prefix = keys.document(TEAM, kind as 'case', 'x').slice(0, -1)
        return (await connection.keys('tov:t:*'))
          .filter((key) => key.startsWith(prefix))
          .map((key) => decodeURIComponent(key.slice(prefix.length)))
      }
      const all = async <K extends 'case' | 'post' | 'session' | 'user' | 'team'>(kind: K) =>
        (await store.load(TEAM, kind, await idsOf(kind))).map((found) => {
          assert.ok(found)
          assert.equal(found.value.v, 1)
          return found.value
        })
      const [cases, posts] = await Promise.all([all('case'), all('post'), all('session'), all('user'), all('team')])
      const codes = new Set(cases.map(({ code }) => code))
      const known = new Set(posts.map(({ id }) => id))
      for (const post of posts) for (const { code } of post.refs) assert.ok(codes.has(code), `post ${post.id}`)
      for (const found of cases) for (const id of found.posts) assert.ok(known.has(id), `case ${found.code}`)
      const audit = await connection.xrange(keys.audit(TEAM), '-', '+')
      const done = audit.map(([, fields]) => Object.fromEntries(pairs(fields)))
      const due = await store.due(TEAM, Number.MAX_SAFE_INTEGER, 1000)
      assert.deepEqual(await store.buried(TEAM), [], 'something was set aside')
      return { cases: cases as Case[], posts, due, done: done as { action: string; code: string }[] }
    })

  async function close(): Promise<void> {
    await kill()
    own?.disconnect()
    await connector.close()
    await redis.stop()
  }

  await start().catch(async (error) => {
    await close()
    throw error
  })
  const join = { type: 'conversationUpdate', membersAdded: [connector.bot], locale: 'en-GB' }
  await connector.deliver(connector.activity(CAST.karen, { channel: TEAM }, join))
  return {
    redis,
    connector,
    typed,
    clicked,
    send,
    insist,
    start,
    kill,
    moveTo,
    sweep,
    settle,
    inspect,
    /** The messages in the channel that show all of this. */
    inChannel: (...pieces: string[]) =>
      posted().filter(({ to, card }) => to === 'channel' && pieces.every((piece) => wordsOn(card).includes(piece))),
    close,
  }
}

const pairs = (flat: string[]): [string, string][] =>
  Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] as string, flat[2 * i + 1] as string])
