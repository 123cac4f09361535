import type { IncomingMessage, ServerResponse } from 'node:http'
import { HTTPReceiver, type HTTPReceiverOptions } from '@slack/bolt'
import type { Log } from '../../app/log.ts'
import { boltLogger } from './bolt.ts'

export const EVENTS_PATH = '/slack/events'

/** Slack sends far less than this; a larger body is refused unread. */
const MOST_BYTES = 256 * 1024

/** Takes Slack's requests over HTTP: Bolt checks signature and age over the raw body, and answers when we are done. */
export const createHttpReceiver = (
  options: Pick<HTTPReceiverOptions, 'signingSecret'> & Partial<HTTPReceiverOptions>,
  log: Pick<Log, 'warn' | 'error'>,
): HTTPReceiver =>
  new HTTPReceiver({
    ...options,
    endpoints: EVENTS_PATH,
    processBeforeResponse: true,
    bodyLimit: MOST_BYTES,
    // Bolt has told `app.error` already. Without an answer of ours, Slack sends an event again.
    processEventErrorHandler: async ({ response }) => {
      turnAway(response, 503)
      return true
    },
    logger: boltLogger(log),
  })

/** Hands requests to the receiver. What is not for it is turned away here. */
export const requestHandler =
  ({ requestListener }: HTTPReceiver) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    try {
      if (isOfLater(request)) turnAway(response, 401)
      else requestListener(request, response)
    } catch {
      // Bolt throws at an address that is none of its own, as that of an installation where there is none.
      turnAway(response, 404)
    }
  }

/** Bolt refuses what is old. What claims to be of later would stay good for as much longer. Seconds. */
const MOST_AHEAD = 300

const isOfLater = ({ headers }: IncomingMessage): boolean =>
  Number(headers['x-slack-request-timestamp']) > Date.now() / 1000 + MOST_AHEAD

function turnAway(response: ServerResponse, status: number): void {
  response.writeHead(status)
  response.end()
}
