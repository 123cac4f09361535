import type { FetchFunction } from '@slack/web-api'
import { Agent, Headers, request } from 'undici'

/** Slack's answers are a few KB. */
const LARGEST_ANSWER = 4 * 1024 * 1024

const dispatcher = new Agent({ keepAliveTimeout: 20_000, maxResponseSize: LARGEST_ANSWER, allowH2: false })

/**
 * What Slack's client needs of `fetch`, over connections that are kept open; redirects are not followed. The streams and
 * objects that `fetch` makes besides cost a click more than its whole turn in the core.
 */
export const slackFetch: FetchFunction = async (url, { method = 'POST', headers, body, signal } = {}) => {
  if (typeof body !== 'string') throw new TypeError('Only texts are sent to Slack: we upload no files')
  const answer = await request(url, {
    dispatcher,
    method: method as 'POST',
    headers: { ...headers },
    body,
    ...(signal && { signal }),
  })
  const { statusCode: status } = answer
  // Read at once, whoever wants it: an answer that is left unread keeps its connection.
  const told = await answer.body.text()
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText: String(status),
    url: String(url),
    headers: new Headers(answer.headers as Record<string, string>),
    text: async () => told,
    json: async () => JSON.parse(told),
    arrayBuffer: async () => new TextEncoder().encode(told).buffer,
  }
}
