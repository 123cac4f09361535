import { ConfigurationServiceClientCredentialFactory } from 'botbuilder'
import type { ConnectorToken } from './connector.ts'
import { CLOUD, withTimeout } from './tokens.ts'

/** The bot's registration in Entra. New registrations are single-tenant or a managed identity; nothing else is taken. */
export interface Registration {
  appId: string
  /** For `SingleTenant` only. */
  appPassword?: string
  appType: 'SingleTenant' | 'UserAssignedMSI'
  appTenantId: string
}

/** Throws when the registration is not whole. */
export const credentialsOf = ({ appId, appPassword, appType, appTenantId }: Registration) =>
  new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppId: appId,
    MicrosoftAppType: appType,
    MicrosoftAppTenantId: appTenantId,
    ...(appPassword && { MicrosoftAppPassword: appPassword }),
  })

/** The SDK keeps a token until five minutes before it expires. */
interface TokenSource {
  getToken(forceRefresh: boolean): Promise<string>
}

const LOGIN_TIMEOUT = 10_000

/** The token the connector asks of us, fetched once however many want it at the same moment. */
export function connectorToken(appId: string, factory: ConfigurationServiceClientCredentialFactory): ConnectorToken {
  let source: Promise<TokenSource> | undefined
  let pending: Promise<string> | undefined
  const fetchToken = async (refresh: boolean) => {
    source ??= factory
      .createCredentials(appId, CLOUD.ToChannelFromBotOAuthScope, CLOUD.ToChannelFromBotLoginUrl, true)
      // The SDK's type tells of signing whole requests only; all its credentials give the token as well.
      .then((credentials) => credentials as unknown as TokenSource)
    return (await source).getToken(refresh)
  }
  return (refresh) => {
    pending ??= withTimeout(fetchToken(refresh), LOGIN_TIMEOUT).finally(() => {
      pending = undefined
    })
    return pending
  }
}
