import type { App, Receiver } from '@slack/bolt'
import { SocketModeClient } from '@slack/socket-mode'
import type { WebClientOptions } from '@slack/web-api'
import { codeOf, type Log } from '../../app/log.ts'
import { boltLogger } from './bolt.ts'

export interface SocketReceiver extends Receiver {
  /** Whether Slack can reach us now. */
  connected(): boolean
}

/**
 * Takes Slack's requests over a connection that we open ourselves, for schools behind a firewall. Bolt's own receiver
 * answers an event before it is looked at; this one when it is done, so that what a crash cuts off is sent again.
 */
export function createSocketReceiver(options: {
  appToken: string
  clientOptions: WebClientOptions
  log: Pick<Log, 'warn' | 'error'>
}): SocketReceiver {
  const { appToken, log } = options
  const { logger: _, ...clientOptions } = options.clientOptions
  const client = new SocketModeClient({ appToken, logger: boltLogger(log), clientOptions })
  let app: App | undefined
  let connected = false
  client.on('connected', () => {
    connected = true
  })
  client.on('disconnected', () => {
    connected = false
  })
  client.on('slack_event', async ({ ack, body, retry_num, retry_reason }) => {
    let answer: unknown
    const event = {
      body,
      retryNum: retry_num,
      retryReason: retry_reason,
      ack: async (given: unknown) => {
        answer = given
      },
    }
    try {
      await app?.processEvent(event)
      await ack(answer)
    } catch (error) {
      // Not answered, Slack sends it again.
      log.warn({ code: codeOf(error) }, 'A request from Slack was not taken')
    }
  })
  return {
    init: (given) => {
      app = given
    },
    start: async () => {
      // Slack may be away: it goes on trying by itself, and /ready says so.
      client.start().catch((error) => log.error({ code: codeOf(error) }, 'Slack: the connection could not be opened'))
    },
    stop: () => client.disconnect(),
    connected: () => connected,
  }
}
