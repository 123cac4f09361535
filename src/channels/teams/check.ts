import type { CredentialCheck } from '../../app/ports.ts'
import type { ConnectorToken } from './connector.ts'
import { connectorToken, credentialsOf } from './credentials.ts'
import type { TeamsChannelConfig } from './index.ts'

/** Asks Entra for the token that posts need. Never rejects; nothing is posted. */
export async function checkTeams(config: TeamsChannelConfig, token?: ConnectorToken): Promise<CredentialCheck> {
  if (config.anonymous) return { refused: false, what: 'no registration, so nothing to try' }
  try {
    const ask = token ?? connectorToken(config.appId, credentialsOf(config))
    await ask(false)
    return { refused: false, what: 'Entra gives a token for the app' }
  } catch (error) {
    // Entra's own codes say what it did not like; without one it was not reached.
    const code = /AADSTS\d+/.exec(error instanceof Error ? error.message : '')?.[0]
    if (!code)
      return {
        refused: false,
        what: 'Entra could not be asked',
        remedy: 'let this machine reach login.microsoftonline.com, or check the app’s type and tenant',
      }
    return {
      refused: true,
      what: `Entra gives no token (${code})`,
      remedy: 'check MicrosoftAppId, MicrosoftAppPassword (has it expired?) and MicrosoftAppTenantId',
    }
  }
}
