import type { FetchFunction } from '@slack/web-api'
import { createExchange } from '../../http/exchange.ts'

const { ask } = createExchange()

/**
 * What Slack's client needs of `fetch`; one call may take so many milliseconds. The streams and objects that `fetch` makes
 * besides cost a click more than its whole turn in the core, and the client's own timers live for as long as they may run.
 */
export const slackFetch =
  (timeout: number): FetchFunction =>
  async (url, { headers, body } = {}) => {
    if (typeof body !== 'string') throw new TypeError('Only texts are sent to Slack: we upload no files')
    const {
      status,
      headers: told,
      text,
    } = await ask({ method: 'POST', url: String(url), headers: { ...headers }, body, timeout })
    return {
      ok: status >= 200 && status < 300,
      status,
      statusText: String(status),
      url: String(url),
      headers: new Headers(told as Record<string, string>),
      text: async () => text,
      json: async () => JSON.parse(text),
      arrayBuffer: async () => new TextEncoder().encode(text).buffer,
    }
  }
