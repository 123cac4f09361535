import type { IncomingHttpHeaders } from 'node:http'
import { Agent, type Dispatcher, errors } from 'undici'

/** One request. */
export interface Asked {
  method: 'GET' | 'POST' | 'PUT'
  url: string
  headers: Record<string, string>
  body?: string
  /** Milliseconds for all of it, from the connection to the answer's last byte. */
  timeout: number
}

/** Its answer, read whole: what is left unread keeps its connection. */
export interface Answered {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** Asks once, over connections that are kept open; redirects are not followed. Rejects with `TimeoutError` where it takes too long. */
export interface Exchange {
  ask(asked: Asked): Promise<Answered>
  close(): Promise<void>
}

export class TimeoutError extends Error {
  override name = 'TimeoutError'
}

/** What Teams and Slack answer is a few KB. */
const LARGEST_ANSWER = 4 * 1024 * 1024

/**
 * Connections to one origin. Sixteen deliveries and the turns of a busy moment are well below it; whatever asks for more waits
 * for one that is free, within its own time, instead of taking all the sockets that the process may have.
 */
const MOST_CONNECTIONS = 128

/**
 * Makes the exchange on undici's `dispatch`: its `request` makes a stream of every answer and wants a signal as a timer, for
 * 80 µs a request instead of 55.
 */
export function createExchange(): Exchange {
  const agent = new Agent({
    connections: MOST_CONNECTIONS,
    keepAliveTimeout: 20_000,
    maxResponseSize: LARGEST_ANSWER,
    allowH2: false,
  })

  function ask({ url, timeout, ...sent }: Asked): Promise<Answered> {
    const { promise, resolve, reject } = Promise.withResolvers<Answered>()
    const { origin, pathname, search } = new URL(url)
    const chunks: Buffer[] = []
    let head: Pick<Answered, 'status' | 'headers'> = { status: 0, headers: {} }
    let controller: Dispatcher.DispatchController | undefined
    let late: TimeoutError | undefined
    const timer = setTimeout(() => {
      late = new TimeoutError(`no answer within ${timeout} ms`)
      controller?.abort(late)
      // While it waits for a connection nothing else would end it.
      reject(late)
    }, timeout)

    agent.dispatch(
      { origin, path: pathname + search, ...sent },
      {
        onRequestStart(given) {
          controller = given
          if (late) given.abort(late)
        },
        onResponseStart(_, status, headers) {
          head = { status, headers }
        },
        onResponseData(_, chunk) {
          chunks.push(chunk)
        },
        onResponseEnd() {
          clearTimeout(timer)
          resolve({ ...head, text: Buffer.concat(chunks).toString() })
        },
        onResponseError(_, error) {
          clearTimeout(timer)
          reject(
            error instanceof errors.ConnectTimeoutError ? new TimeoutError('no connection', { cause: error }) : error,
          )
        },
      },
    )
    return promise
  }

  return { ask, close: () => agent.close() }
}
