/** The whole product in a terminal: the same coach on a Redis of its own, for whoever edits the dialogs. */
import { randomBytes, randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { DateTime } from 'luxon'
import { type Content, loadContent } from '../app/content.ts'
import type { Kit } from '../app/decision.ts'
import { createDeliver } from '../app/deliver.ts'
import { createFiles } from '../app/files.ts'
import type { Log } from '../app/log.ts'
import type { Incoming } from '../app/ports.ts'
import { sayInAll, sharedIn } from '../app/scene.ts'
import { createTurn } from '../app/turn.ts'
import { createTerminal, type Message } from '../channels/terminal/index.ts'
import { newCaseCode } from '../domain/case-code.ts'
import { DEFAULT_LANGUAGE, type Language } from '../domain/team.ts'
import { fileMakers } from '../export/index.ts'
import { createDemo } from '../local/demo.ts'
import { createDemoClock } from '../local/demo-clock.ts'
import { startEmbeddedRedis } from '../local/redis.ts'
import { COLLEAGUES, SCHOOL, TEACHER } from '../local/school.ts'
import { close, createServer, listen } from '../server.ts'
import { linkFor, readTicket } from '../store/links.ts'
import { connect, disconnect, type RedisConfig } from '../store/redis.ts'
import { parseKeyRing } from '../store/seal.ts'
import { createStore } from '../store/store.ts'
import { ROOT, readArguments, type Tool, ToolError } from './tool.ts'

export interface ChatOptions {
  content: Content
  redis: RedisConfig
  language: Language
  input: Readable
  output: Writable
  /** Milliseconds ahead of the real time, and how to get further. */
  clock: { offset: () => number; move: (by: string) => boolean }
}

export interface Chat {
  messages: readonly Message[]
  /** Talks until the input ends. */
  talk(): Promise<void>
  /** Says all that is due by now. */
  deliver(): Promise<void>
  now(): Promise<number>
  close(): Promise<void>
}

/** Starts a conversation with an empty store. Whoever types is Karen, a teacher; the rest of the school is there too. */
export async function startChat({ content, language, clock, input, output, ...options }: ChatOptions): Promise<Chat> {
  const redis = await connect(options.redis)
  const ring = parseKeyRing(`chat:${randomBytes(32).toString('base64')}`)
  const store = createStore({ redis, ring, offset: clock.offset })
  // Files are fetched with a browser, from this machine alone.
  const files = createServer({
    files: {
      fetch: (token, how) => fetchFile(token, how),
      words: {
        making: sayInAll(content, 'files.making'),
        over: sayInAll(content, 'files.over'),
        unavailable: sayInAll(content, 'files.unavailable'),
      },
    },
    faults: async () => [],
    warnings: () => [],
  })
  await listen(files, 0, '127.0.0.1')
  const address = `http://127.0.0.1:${(files.server.address() as AddressInfo).port}`
  const kit: Kit = {
    content,
    link: (ticket) => linkFor(ring, address, ticket),
    newId: () => randomBytes(12).toString('base64url'),
    newCode: () => newCaseCode((n) => randomInt(n)),
  }
  // A team of its own: several may share one Redis.
  const id = `${SCHOOL.team.id}-${randomBytes(6).toString('hex')}`
  const terminal = createTerminal({
    input,
    output,
    say: (words, args) => sharedIn(content, language).say(words, args),
    person: { ...TEACHER, locale: language },
    team: {
      id,
      tenant: id,
      name: SCHOOL.team.name,
      channel: SCHOOL.channel.name,
      members: [TEACHER, ...COLLEAGUES].map((one) => ({ ...one, guest: false })),
    },
  })
  const log = (fields: object, message: string) => void output.write(`${message} ${JSON.stringify(fields)}\n`)
  const logger: Log = { info: () => {}, warn: log, error: log }
  const fetchFile = createFiles({
    kit,
    store,
    readTicket: (token) => readTicket(ring, token),
    make: fileMakers,
    log: logger,
  })
  const demo = createDemo({
    content,
    language,
    move: async (by) => {
      if (!clock.move(by)) return undefined
      return DateTime.fromMillis(await store.now(), { zone: SCHOOL.zone }).toFormat('yyyy-MM-dd HH:mm')
    },
  })
  const messenger = demo.messenger(terminal.messenger)
  const take = createTurn({ kit, store, roster: terminal.roster, log: logger, nudge: async () => {} })
  const deliverTeam = createDeliver({ kit, store, messenger, log: logger })
  const deliver = () => deliverTeam(id)
  return {
    messages: terminal.messages,
    talk: () => {
      // The demo takes the language off everybody; a team that is joined speaks the one asked for.
      const turn = (incoming: Incoming) =>
        incoming.what.kind === 'installed' ? take(incoming) : demo.before(incoming, take)
      return terminal.talk(turn, deliver)
    },
    deliver,
    now: () => store.now(),
    close: async () => {
      await close(files, 0)
      await disconnect(redis)
    },
  }
}

export const chatTool: Tool = {
  what: 'talks with Tovholder here in the terminal; nothing is kept: --lang da, or any other language there is',
  run: async (args) => {
    const content = loadContent(ROOT)
    const { lang = DEFAULT_LANGUAGE } = readArguments(args, { values: ['lang'] })
    const language = content.languages.find((known) => known === lang)
    if (!language) throw new ToolError(`--lang is one of: ${content.languages.join(', ')}.`)
    const dir = mkdtempSync(join(tmpdir(), 'tovholder-chat-'))
    const redis = await startEmbeddedRedis({ dir })
    try {
      const chat = await startChat({
        content,
        redis: { kind: 'socket', path: redis.socket },
        language,
        input: process.stdin,
        output: process.stdout,
        clock: createDemoClock(join(dir, 'demo-clock')),
      })
      await chat.talk().finally(chat.close)
      return 0
    } finally {
      await redis.stop()
      rmSync(dir, { recursive: true, force: true })
    }
  },
}
