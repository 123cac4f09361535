import type { IncomingMessage, ServerResponse } from 'node:http'
import { codeOf, type Log } from '../../app/log.ts'
import type { Incoming, Messenger, Reply, Roster, Vault } from '../../app/ports.ts'
import { clientOptions, createApi } from './api.ts'
import { createBolt } from './bolt.ts'
import { createHttpReceiver, requestHandler } from './http.ts'
import { type Distribution, installing } from './install.ts'
import { createListener } from './listener.ts'
import { createMessenger } from './messenger.ts'
import { createPeople } from './people.ts'
import { createRoster } from './roster.ts'
import { createSocketReceiver } from './socket.ts'
import { installedWorkspaces, oneWorkspace } from './workspaces.ts'

export interface SlackChannelConfig {
  /** The slash command that means us. */
  command: string
  /** One workspace by its bot token, or as many as install the app. */
  access: { token: string } | Distribution
  /** How Slack reaches us: it calls, with signed requests, or we do. */
  reach: { signingSecret: string } | { appToken: string }
  /** Where the Web API is, where that is not slack.com. */
  apiUrl?: string
}

export interface SlackOptions {
  config: SlackChannelConfig
  turn: (incoming: Incoming) => Promise<Reply>
  say: (locale: string | undefined, words: SlackWords) => string
  vault: Vault
  log: Log
  /** Milliseconds one call to Slack may take. */
  timeout?: number
}
type SlackWords = 'failed' | 'oneMoment' | 'installed' | 'notInstalled'

export interface Slack {
  /** For everything below `/slack/`, with the body unread; absent where we call Slack. */
  handler: ((request: IncomingMessage, response: ServerResponse) => void) | undefined
  messenger: Messenger
  roster: Roster
  /** What an operator should look at, as codes; none of it keeps the service from working. */
  warnings(): string[]
  start(): Promise<void>
  close(): Promise<void>
}

/** The Slack channel. Throws when the configuration is not whole. */
export function createSlack({ config, turn, say, vault, log, timeout = 5000 }: SlackOptions): Slack {
  const { access, reach, command } = config
  const options = clientOptions({ timeout, ...(config.apiUrl && { url: config.apiUrl }) })
  const workspaces =
    'token' in access ? oneWorkspace(access.token, options) : installedWorkspaces(vault, access.allowed)
  const api = createApi({ find: workspaces.find, log, timeout, ...(config.apiUrl && { url: config.apiUrl }) })
  const people = createPeople(api)
  const listen = createListener({ api, people, turn, say, log, command })

  const socket = 'appToken' in reach && createSocketReceiver({ ...reach, clientOptions: options, log })
  const installs =
    'token' in access
      ? {}
      : installing({
          ...access,
          workspaces,
          clientOptions: options,
          log,
          say: (words) => [say('da', words), say('en', words)],
        })
  const http = 'signingSecret' in reach && createHttpReceiver({ ...reach, ...installs }, log)
  const receiver = socket || http
  if (!receiver) throw new Error('Slack needs a signing secret, or an app token')
  createBolt({ receiver, installs: !('token' in access), find: api.workspace, workspaces, people, listen, log })

  return {
    handler: http ? requestHandler(http) : undefined,
    messenger: createMessenger(api, people),
    roster: createRoster(api, people),
    warnings: () => [
      ...(api.refused().length > 0 ? ['slack-token-refused'] : []),
      ...(socket && !socket.connected() ? ['slack-not-connected'] : []),
    ],
    start: async () => {
      // Asked before somebody waits for it; a token that is no good is on /ready from the beginning.
      if ('token' in access)
        api.workspace('').catch((error) => log.warn({ code: codeOf(error) }, 'Slack did not tell whose the token is'))
      if (socket) await socket.start()
    },
    close: async () => {
      if (socket) await socket.stop()
    },
  }
}
