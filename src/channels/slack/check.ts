import { type CredentialCheck, DeliveryError, type Vault } from '../../app/ports.ts'
import type { SlackChannelConfig } from './index.ts'
import { createWebApi } from './web-api.ts'
import { installedWorkspaces } from './workspaces.ts'

const TIMEOUT = 5000

/** Asks Slack whether it takes each token there is. Never rejects; nothing is posted. */
export async function checkSlack(config: SlackChannelConfig, vault: Vault): Promise<CredentialCheck[]> {
  const { access, reach, apiUrl } = config
  const web = createWebApi({ timeout: TIMEOUT, ...(apiUrl && { url: apiUrl }) })
  const bot = (token: string, name: string) => asked(name, () => web(token, 'auth.test', {}))
  const bots =
    'token' in access
      ? [await bot(access.token, 'SLACK_BOT_TOKEN')]
      : await Promise.all(access.allowed.map((id) => installed(id)))
  // Whether a signing secret is right shows only when Slack calls.
  if (!('appToken' in reach)) return bots
  const socket = () => web(reach.appToken, 'apps.connections.open', {})
  return [...bots, await asked('SLACK_APP_TOKEN', socket)]

  async function installed(id: string): Promise<CredentialCheck> {
    const workspace = await installedWorkspaces(vault, web, [id])
      .find(id)
      .catch(() => undefined)
    if (workspace) return bot(workspace.token, `the token of ${id}`)
    return { refused: false, what: `${id} has not installed the app`, remedy: 'open /slack/install there' }
  }
}

async function asked(name: string, ask: () => Promise<unknown>): Promise<CredentialCheck> {
  try {
    await ask()
    return { refused: false, what: `${name} is taken` }
  } catch (error) {
    if (!isRefusal(error))
      return { refused: false, what: `${name}: Slack could not be asked`, remedy: 'let this machine reach slack.com' }
    const remedy = 'install the app in Slack again, and set the token that it gives'
    return { refused: true, what: `${name} is not taken (${error.cause})`, remedy }
  }
}

/** Slack itself has said no; whatever else is refused, somebody on the way did. */
const isRefusal = (error: unknown): error is DeliveryError =>
  error instanceof DeliveryError &&
  typeof error.cause === 'string' &&
  (error.permanent || error.code === 'slack-token-refused')
