/** Installing the app in one more workspace, at `/slack/install`. Slack's state parameter is checked by Slack's own package. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type CallbackOptions, InstallProvider } from '@slack/oauth'
import type { WebClientOptions } from '@slack/web-api'
import { codeOf, type Log } from '../../app/log.ts'
import { libraryLog } from './library-log.ts'
import type { WebApi } from './web-api.ts'
import type { Workspaces } from './workspaces.ts'

/** What the bot may do in a workspace; the manifest asks for the same. */
export const SCOPES = [
  'app_mentions:read',
  'channels:read',
  'chat:write',
  'commands',
  'groups:read',
  'im:history',
  'im:write',
  'users:read',
]

export interface Distribution {
  clientId: string
  clientSecret: string
  /** Signs the state that comes back from Slack. */
  stateSecret: string
  /** The workspaces that may install the app. */
  allowed: readonly string[]
}

export interface InstallOptions extends Distribution {
  workspaces: Workspaces
  web: WebApi
  clientOptions: WebClientOptions
  /** Whole sentences for the page at the end, in both languages. */
  say: (words: 'installed' | 'notInstalled') => string[]
  log: Log
}

type Page = (request: IncomingMessage, response: ServerResponse) => void

/** The two pages of an installation. */
export interface Installs {
  /** Sends somebody to Slack. */
  begin: Page
  /** Takes them back from there. */
  finish: Page
}

export function createInstalls(options: InstallOptions): Installs {
  const { clientId, clientSecret, stateSecret, allowed, workspaces, web, clientOptions, say, log } = options

  async function handBack(token: string): Promise<void> {
    try {
      await web(token, 'auth.revoke', {})
    } catch (error) {
      log.warn({ code: codeOf(error) }, 'a token that was not wanted could not be handed back')
    }
  }

  const provider = new InstallProvider({
    clientId,
    clientSecret,
    stateSecret,
    directInstall: true,
    clientOptions,
    logger: libraryLog(log),
    installationStore: {
      storeInstallation: async ({ team, bot }) => {
        if (!team || !bot) throw new Error('not an installation in one workspace')
        await workspaces.add({ id: team.id, token: bot.token, botUser: bot.userId })
        log.info({ workspace: team.id }, 'the app was installed in a workspace')
      },
      fetchInstallation: async () => {
        throw new Error('whose token it is, we find ourselves, and watch the time')
      },
    },
  })
  const endings: CallbackOptions = {
    afterInstallation: async ({ team, bot }, _options, _request, response) => {
      if (team && allowed.includes(team.id)) return true
      log.warn({ code: 'slack-foreign-workspace', workspace: team?.id ?? '' }, 'an installation was refused')
      // We keep nothing, and what Slack has given out already is handed back.
      if (bot) await handBack(bot.token)
      page(response, 403, say('notInstalled'))
      return false
    },
    success: (_installation, _options, _request, response) => page(response, 200, say('installed')),
    failure: (error, _options, _request, response) => failed(error, response),
  }

  function failed(error: unknown, response: ServerResponse): void {
    log.warn({ code: codeOf(error) }, 'an installation failed')
    if (!response.headersSent) page(response, 400, say('notInstalled'))
  }

  return {
    begin: (request, response) => {
      provider.handleInstallPath(request, response, {}, { scopes: SCOPES }).catch((error) => failed(error, response))
    },
    finish: (request, response) => {
      provider.handleCallback(request, response, endings).catch((error) => failed(error, response))
    },
  }
}

function page(response: ServerResponse, status: number, sentences: string[]): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
  const paragraphs = sentences.map((sentence) => `<p>${sentence}</p>`).join('')
  response.end(`<!doctype html><html lang="da"><title>Tovholder</title><body>${paragraphs}`)
}
