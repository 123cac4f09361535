import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import type { Card, Incoming, Reply, Vault } from '../../../src/app/ports.ts'
import { createSlack, type SlackChannelConfig, type SlackOptions } from '../../../src/channels/slack/index.ts'
import { close, createServer, listen } from '../../../src/server.ts'
import { createFakeSlack, type FakeSlack, type FakeSlackOptions, slackWorkspace } from '../../helpers/fake-slack.ts'
import { freePort } from '../../helpers/ports.ts'

export const card = (text: string, more: object = {}): Card => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text }],
  ...more,
})

/** A card with one field and the button that takes it along. */
export const form = (title: string, data: Record<string, string> = {}): Card => ({
  type: 'AdaptiveCard',
  body: [
    { type: 'TextBlock', text: title, style: 'heading' },
    { type: 'Input.Text', id: 'by', label: 'New date' },
    { type: 'ActionSet', actions: [{ type: 'Action.Execute', title: 'Save', verb: 'save', data }] },
  ],
})

/** A card with one button that takes nothing along. */
export const button = (verb: string, data: Record<string, string> = {}): Card =>
  card('Agreements', {
    actions: [{ type: 'Action.Execute', title: verb, verb, data, associatedInputs: 'none' }],
  })

const noVault: Vault = {
  get: async () => undefined,
  put: async () => {},
  remove: async () => {},
}

type Options = Partial<Omit<SlackOptions, 'config'>> & {
  config?: Partial<SlackChannelConfig>
  workspace?: FakeSlackOptions
  /** Before anything is asked of it; may tell how it is reached. */
  prepare?: (slack: FakeSlack) => Promise<Partial<SlackChannelConfig>> | undefined
}

/** The Slack channel behind a real server, its Slack, and what the core was told. */
export async function startBot({ config, workspace, prepare, ...options }: Options = {}) {
  // With people of its own, whom a test may change.
  const slack = await createFakeSlack({ workspaces: [structuredClone(slackWorkspace())], ...workspace })
  const more = await prepare?.(slack)
  const heard: Incoming[] = []
  const logged: Record<string, unknown>[] = []
  const state: { reply: Reply | ((incoming: Incoming) => Promise<Reply>) } = { reply: {} }
  const log = (fields: object, message: string) => void logged.push({ ...fields, message })
  const channel = createSlack({
    config: {
      command: '/tovholder',
      access: { token: slackWorkspace().token },
      reach: { signingSecret: slack.signingSecret },
      apiUrl: slack.apiUrl,
      ...config,
      ...more,
    },
    turn: async (incoming) => {
      heard.push(incoming)
      return typeof state.reply === 'function' ? await state.reply(incoming) : state.reply
    },
    say: (locale, words) => `${words} in ${locale ?? 'no language'}`,
    vault: noVault,
    log: { info: log, warn: log, error: log },
    ...options,
  })
  const server = createServer({
    slack: channel,
    faults: async () => [],
    warnings: channel.warnings,
  })
  const port = await freePort()
  await listen(server, port, '127.0.0.1')
  await channel.start()
  const url = `http://127.0.0.1:${port}`
  if (channel.requests) slack.talkTo(`${url}/slack/events`)
  return {
    slack,
    channel,
    heard,
    logged,
    state,
    url,
    /** How often Slack was asked for this. */
    asked: (method: string) => slack.requests.filter((request) => request.method === method).length,
    codes: () => logged.map(({ code }) => code),
    async close() {
      await Promise.all([close(server, 100), channel.close()])
      await slack.close()
    },
  }
}

export type Bot = Awaited<ReturnType<typeof startBot>>

/** Waits until it is so; fails after so many milliseconds. */
export async function until(isSo: () => boolean, within = 3000): Promise<void> {
  const end = performance.now() + within
  while (!isSo()) {
    assert.ok(performance.now() < end, `not within ${within} ms: ${isSo}`)
    await wait(10)
  }
}

/** No promise may be left to itself: it would end the service, where mocha says nothing. */
export function nothingIsUnhandled(): void {
  const reasons: unknown[] = []
  const note = (reason: unknown) => void reasons.push(reason)
  before(() => void process.on('unhandledRejection', note))
  after(() => {
    process.off('unhandledRejection', note)
    assert.deepEqual(reasons, [])
  })
}

/** Tests that mostly wait, and all wait at the same time. */
export function allAtOnce(tests: Record<string, () => Promise<void>>): void {
  const outcomes = new Map<string, Promise<void>>()
  before(() => {
    for (const [name, test] of Object.entries(tests)) {
      const outcome = test()
      // It is looked at when its turn comes.
      outcome.catch(() => {})
      outcomes.set(name, outcome)
    }
  })
  for (const name of Object.keys(tests)) it(name, () => outcomes.get(name))
}
