import { setTimeout } from 'node:timers/promises'
import { SocketModeClient } from '@slack/socket-mode'
import { WebAPIRateLimitedError, type WebClientOptions } from '@slack/web-api'
import { codeOf, type Log } from '../../app/log.ts'
import { libraryLog } from './library-log.ts'
import type { Take } from './take.ts'

export interface Socket {
  start(): void
  /** Takes leave of Slack; resolves when the connection is closed, or soon after. */
  stop(): Promise<void>
  /** Whether Slack can reach us now. */
  connected(): boolean
}

/** Slack ends a connection every few hours and takes the next at once. One that ends sooner had something wrong. Milliseconds. */
const LASTING = 10_000
/** Between attempts, in milliseconds: the first pause, which doubles, and the longest. */
const PAUSE = 1000
const LONGEST_PAUSE = 30_000
/** How long the leave-taking may last, in milliseconds. */
const LEAVE_WITHIN = 1000

/**
 * Takes Slack's requests over a connection that we open ourselves, for schools behind a firewall. Each is answered when it
 * is done, so that what a crash cuts off is sent again.
 */
export function createSocket(options: {
  appToken: string
  take: Take
  clientOptions: WebClientOptions
  log: Pick<Log, 'warn' | 'error'>
}): Socket {
  const { appToken, take, clientOptions, log } = options
  // Where Slack cannot be reached, the client's own way of connecting again ends the process.
  const client = new SocketModeClient({
    appToken,
    logger: libraryLog(log),
    clientOptions,
    autoReconnectEnabled: false,
  })
  const leaving = new AbortController()
  let connected = false
  let ended = () => {}
  client.on('connected', () => {
    connected = true
  })
  client.on('disconnected', () => {
    connected = false
    ended()
  })

  async function stayConnected(): Promise<void> {
    for (let failures = 0; !leaving.signal.aborted; ) {
      const since = performance.now()
      const pause = await connect()
      failures = performance.now() - since > LASTING ? 0 : failures + 1
      const next = failures === 0 ? 0 : Math.min(PAUSE * 2 ** (failures - 1), LONGEST_PAUSE)
      await setTimeout(Math.max(next, pause), undefined, { signal: leaving.signal }).catch(() => undefined)
    }
  }

  /** Resolves when the connection has ended, or could not be had, to the milliseconds that Slack asks us to wait. */
  async function connect(): Promise<number> {
    const end = new Promise<void>((resolve) => {
      ended = resolve
    })
    try {
      await client.start()
      if (leaving.signal.aborted) await client.disconnect()
      await end
      return 0
    } catch (error) {
      log.warn({ code: codeOf(error) }, 'Slack: the connection could not be opened')
      return error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : 0
    }
  }

  client.on('slack_event', async ({ ack, body }) => {
    try {
      await ack(await take(body))
    } catch (error) {
      // Not answered, Slack sends it again.
      log.warn({ code: codeOf(error) }, 'A request from Slack was not taken')
    }
  })
  return {
    start() {
      // Slack may be away: /ready says so, and nothing else waits for it.
      stayConnected().catch((error) => log.error({ code: codeOf(error) }, 'Slack: there is no connection any more'))
    },
    async stop() {
      leaving.abort()
      // Slack may not take leave of us.
      await Promise.race([client.disconnect(), setTimeout(LEAVE_WITHIN)])
    },
    connected: () => connected,
  }
}
