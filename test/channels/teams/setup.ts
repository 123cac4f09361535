import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Card, Incoming, Reply } from '../../../src/app/ports.ts'
import { createTeams, type TeamsOptions } from '../../../src/channels/teams/index.ts'
import { messagesEndpoint } from '../../../src/messages-endpoint.ts'
import { createFakeConnector } from '../../helpers/fake-connector.ts'
import { createFakeIdentity } from '../../helpers/fake-identity.ts'

export const APP_ID = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'
const CONNECTOR_TOKEN = 'the-connector-token'
export const FAILURE = 'Nothing was saved. Try again.'

export const card = (text: string): Card => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text }],
})

/** The card of a step, with so many fields. */
export const stepCard = (step: string, fields: number): Card => ({
  type: 'AdaptiveCard',
  version: '1.5',
  lang: 'en',
  fallbackText: 'What did you agree?',
  body: [
    {
      type: 'Container',
      items: Array.from({ length: fields }, (_, n) => ({ type: 'Input.Text', id: `f${n}`, label: `Field ${n}` })),
    },
  ],
  actions: [
    { type: 'Action.Execute', title: 'Next', verb: 'step', data: { team: 't1', session: 's1', step, action: 'next' } },
    {
      type: 'Action.Execute',
      title: 'Stop',
      verb: 'cancel',
      associatedInputs: 'none',
      data: { team: 't1', session: 's1', step },
    },
  ],
})

/** A bot with a registration behind a real server, its Teams, and what the core was told. */
export async function startBot(options: Partial<TeamsOptions> = {}) {
  const connector = await createFakeConnector({ connectorToken: CONNECTOR_TOKEN })
  const identity = await createFakeIdentity({ appId: APP_ID, serviceUrl: connector.serviceUrl })
  const heard: Incoming[] = []
  const logged: Record<string, unknown>[] = []
  const state: { reply: Reply | (() => Promise<Reply>) } = { reply: {} }
  const log = (fields: unknown) => void logged.push(fields as Record<string, unknown>)
  const teams = createTeams({
    config: {
      anonymous: false,
      appId: APP_ID,
      appPassword: 'secret',
      appType: 'SingleTenant',
      appTenantId: connector.tenant,
      allowedTenants: [connector.tenant],
      extraServiceHosts: ['127.0.0.1'],
      openIdMetadata: identity.metadata,
    },
    turn: async (incoming) => {
      heard.push(incoming)
      return typeof state.reply === 'function' ? await state.reply() : state.reply
    },
    say: (_locale, words) => (words === 'failed' ? FAILURE : words),
    log: { warn: log, error: log },
    token: async () => CONNECTOR_TOKEN,
    ...options,
  })
  const server = createServer(messagesEndpoint({ answer: teams.answer, tokenNeeded: false }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  connector.talkTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`)
  return {
    connector,
    identity,
    teams,
    heard,
    logged,
    state,
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await Promise.all([teams.close(), connector.close(), identity.close()])
    },
  }
}

export type Bot = Awaited<ReturnType<typeof startBot>>
