/** Installing the app in one more workspace, at `/slack/install`. Slack's state parameter is checked by Bolt's own OAuth. */
import type { ServerResponse } from 'node:http'
import type { HTTPReceiverOptions } from '@slack/bolt'
import { WebClient, type WebClientOptions } from '@slack/web-api'
import { codeOf, type Log } from '../../app/log.ts'
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
  clientOptions: WebClientOptions
  /** Whole sentences for the page at the end, in both languages. */
  say: (words: 'installed' | 'notInstalled') => string[]
  log: Pick<Log, 'info' | 'warn'>
}

const NOBODY = { id: '', token: undefined, scopes: undefined }

export function installing(options: InstallOptions): Partial<HTTPReceiverOptions> {
  const { clientId, clientSecret, stateSecret, allowed, workspaces, clientOptions, say, log } = options
  const { logger: _, ...plainOptions } = clientOptions

  async function handBack(token: string): Promise<void> {
    try {
      await new WebClient(token, clientOptions).auth.revoke()
    } catch (error) {
      log.warn({ code: codeOf(error) }, 'a token that was not wanted could not be handed back')
    }
  }

  return {
    clientId,
    clientSecret,
    stateSecret,
    scopes: SCOPES,
    installationStore: {
      storeInstallation: async ({ team, bot }) => {
        if (!team || !bot) throw new Error('not an installation in one workspace')
        await workspaces.add({ id: team.id, token: bot.token, botUser: bot.userId, bot: bot.id })
        log.info({ workspace: team.id }, 'the app was installed in a workspace')
      },
      // Bolt insists on asking; whose token it is, we find ourselves, and watch the time.
      fetchInstallation: async () => ({ team: undefined, enterprise: undefined, user: NOBODY }),
    },
    installerOptions: {
      directInstall: true,
      clientOptions: plainOptions,
      callbackOptions: {
        afterInstallation: async ({ team, bot }, _options, _request, response) => {
          if (team && allowed.includes(team.id)) return true
          log.warn({ code: 'slack-foreign-workspace', workspace: team?.id ?? '' }, 'an installation was refused')
          // We keep nothing, and what Slack has given out already is handed back.
          if (bot) await handBack(bot.token)
          page(response, 403, say('notInstalled'))
          return false
        },
        success: (_installation, _options, _request, response) => page(response, 200, say('installed')),
        failure: (error, _options, _request, response) => {
          log.warn({ code: codeOf(error) }, 'an installation failed')
          page(response, 400, say('notInstalled'))
        },
      },
    },
  }
}

function page(response: ServerResponse, status: number, sentences: string[]): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
  const paragraphs = sentences.map((sentence) => `<p>${sentence}</p>`).join('')
  response.end(`<!doctype html><html lang="da"><title>Tovholder</title><body>${paragraphs}`)
}
