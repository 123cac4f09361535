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
    logger: boltLogger(log),
  })
