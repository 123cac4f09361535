import type { Messenger, Roster } from '../../app/ports.ts'
import { inTurn } from '../../app/turn-id.ts'
import { type HttpAnswer, TeamsAdapter } from './adapter.ts'
import { withoutTokens, withTokens } from './authentication.ts'
import { type BotOptions, TeamsBot } from './bot.ts'
import { type ConnectorToken, createConnector } from './connector.ts'
import { connectorToken, credentialsOf, type Registration } from './credentials.ts'
import { createMessenger } from './messenger.ts'
import { createRoster } from './roster.ts'
import { isLoopback, serviceHosts } from './service-hosts.ts'
import { sdkValidation } from './tokens.ts'

/** Either a registration, or `anonymous` for the local playground: nothing is accepted then but this machine. */
export type TeamsChannelConfig =
  | { anonymous: true }
  | (Registration & {
      anonymous: false
      /** Entra tenant ids; a request from any other is refused. */
      allowedTenants: readonly string[]
      /** Hosts Teams may call from besides Microsoft's own; one that begins with a dot stands for all below it. */
      extraServiceHosts?: readonly string[]
      /** Where the channel's signing keys are published, where that is not Microsoft's public cloud. */
      openIdMetadata?: string
    })

export interface TeamsOptions extends BotOptions {
  config: TeamsChannelConfig
  /** Milliseconds one call to Teams may take; replies within a turn get four fifths of it in all. */
  timeout?: number
  now?: () => number
  /** Instead of the token that Entra would issue. */
  token?: ConnectorToken
}

export interface Teams {
  /** For `POST /api/messages`: what is answered to a body that came with this header `authorization`. Never rejects. */
  answer: (authorization: string | undefined, body: unknown) => Promise<HttpAnswer>
  messenger: Messenger
  roster: Roster
  /** What an operator should look at, as codes. */
  warnings(): string[]
  close(): Promise<void>
}

/** The Teams channel. Throws when the registration is not whole or no tenant is allowed. */
export function createTeams(options: TeamsOptions): Teams {
  const { timeout = 10_000, log } = options
  const { authenticate, serviceAllowed, token } = access(options)
  let refused = false
  const watched: ConnectorToken | undefined =
    token &&
    (async (refresh) => {
      try {
        const given = await token(refresh)
        refused = false
        return given
      } catch (error) {
        refused = true
        throw error
      }
    })
  const connector = createConnector({ token: watched, serviceAllowed, timeout })
  const adapter = new TeamsAdapter({ connector, authenticate, log, budget: timeout * 0.8 })
  // The local Playground says it is a Teams client, but has no dialogs.
  const bot = new TeamsBot({ ...options, dialogs: !options.config.anonymous })
  return {
    answer: (authorization, body) => inTurn(() => adapter.process(authorization, body, (context) => bot.run(context))),
    messenger: createMessenger(connector),
    roster: createRoster(connector),
    warnings: () => (refused ? ['teams-token-refused'] : []),
    close: () => connector.close(),
  }
}

function access({ config, token, now = Date.now }: TeamsOptions) {
  if (config.anonymous) return { authenticate: withoutTokens, serviceAllowed: isLoopback, token }
  const tenants = config.allowedTenants.map((tenant) => tenant.toLowerCase())
  if (tenants.length === 0) throw new Error('No tenant is allowed to use the bot; name at least one')
  const credentials = credentialsOf(config)
  const serviceAllowed = serviceHosts(config.extraServiceHosts ?? [])
  const validate = sdkValidation({ credentials, tenants, openIdMetadata: config.openIdMetadata })
  return {
    authenticate: withTokens({ validate, serviceAllowed, tenants, now }),
    serviceAllowed,
    token: token ?? connectorToken(config.appId, credentials),
  }
}
