import { codeOf, type Log } from '../../app/log.ts'
import type { Incoming, Messenger, Reply, Roster, Vault } from '../../app/ports.ts'
import type { Endpoint } from '../../http/endpoint.ts'
import { createApi } from './api.ts'
import { createInstalls, type Distribution, type Installs } from './install.ts'
import { createListener } from './listener.ts'
import { createMessenger } from './messenger.ts'
import { createPeople } from './people.ts'
import { createRequests } from './requests.ts'
import { createRoster } from './roster.ts'
import { createSocket } from './socket.ts'
import { createTake } from './take.ts'
import { createWebApi } from './web-api.ts'
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
type SlackWords = 'failed' | 'oneMoment' | 'pressAgain' | 'installed' | 'notInstalled'

export interface Slack {
  /** Answers what Slack sends to `/slack/events`; absent where we call Slack. */
  requests: Endpoint['answer'] | undefined
  /** The pages of an installation; absent where there is one workspace only. */
  installs: Installs | undefined
  messenger: Messenger
  roster: Roster
  /** What an operator should look at, as codes; none of it keeps the service from working. */
  warnings(): string[]
  start(): Promise<void>
  close(): Promise<void>
}

/** The Slack channel. Throws when the configuration is not whole. */
export function createSlack({ config, turn, say, vault, log, timeout = 5000 }: SlackOptions): Slack {
  const { access, reach, command, apiUrl } = config
  const there = { timeout, ...(apiUrl && { url: apiUrl }) }
  const web = createWebApi(there)
  const workspaces =
    'token' in access ? oneWorkspace(access.token, web) : installedWorkspaces(vault, web, access.allowed)
  const api = createApi({ ...there, web, find: workspaces.find, log })
  const people = createPeople(api)
  const listen = createListener({ api, people, turn, say, log, command })
  const take = createTake({ find: api.workspace, workspaces, people, listen, log })

  // Slack's own packages call Slack themselves: once, as the rest of us does.
  const clientOptions = {
    timeout,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    ...(apiUrl && { slackApiUrl: apiUrl }),
  }
  const socket = 'appToken' in reach ? createSocket({ ...reach, take, clientOptions, log }) : undefined
  const inBoth = (words: SlackWords) => [say('da', words), say('en', words)]

  return {
    requests: 'signingSecret' in reach ? createRequests({ ...reach, take, log }) : undefined,
    installs:
      'token' in access ? undefined : createInstalls({ ...access, workspaces, web, clientOptions, log, say: inBoth }),
    messenger: createMessenger(api, people),
    roster: createRoster(api, people),
    warnings: () => [
      ...(api.refused().length > 0 ? ['slack-token-refused'] : []),
      ...(socket?.connected() === false ? ['slack-not-connected'] : []),
    ],
    start: async () => {
      // Asked before somebody waits for it; a token that is no good is on /ready from the beginning.
      if ('token' in access)
        api.workspace('').catch((error) => log.warn({ code: codeOf(error) }, 'Slack did not tell whose the token is'))
      socket?.start()
    },
    close: async () => {
      await socket?.stop()
    },
  }
}
