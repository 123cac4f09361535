/** Socket Mode around a fake Slack: what it sends comes over a connection that the bot has opened. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { FakeSlack, Json } from '../../helpers/fake-slack.ts'

export const APP_TOKEN = 'xapp-test-token'

export type SocketMode = Awaited<ReturnType<typeof createSocketMode>>

export async function createSocketMode(slack: FakeSlack) {
  const asked: number[] = []
  /** The connections that are open, newest last; Slack uses the newest. */
  const links: WebSocket[] = []
  const waiting = new Map<string, (answer: Json | undefined) => void>()
  const state: { trouble: 'reset' | 'invalid_auth' | 'silent' | undefined } = { trouble: undefined }
  let lastNumber = 0

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  const slackOrigin = new URL(slack.apiUrl).origin

  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (link) => {
    links.push(link)
    link.on('close', () => {
      links.splice(links.indexOf(link), 1)
      // Nobody will answer any more: Slack sends it again.
      for (const give of waiting.values()) give(undefined)
    })
    link.on('message', (data) => {
      const { envelope_id, payload } = JSON.parse(String(data)) as { envelope_id: string; payload: Json }
      waiting.get(envelope_id)?.(payload)
    })
    if (state.trouble !== 'silent') link.send(JSON.stringify({ type: 'hello', num_connections: links.length }))
  })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString()
    if (request.url === '/bot') return hand(request, body, response)
    if (request.url === '/api/apps.connections.open') return open(request, response)
    const { authorization = '', 'content-type': type = '' } = request.headers
    const answer = await fetch(`${slackOrigin}${request.url}`, {
      method: 'POST',
      headers: { authorization, 'content-type': type },
      body,
    })
    send(response, answer.status, await answer.text())
  }

  function open({ headers, socket }: IncomingMessage, response: ServerResponse): void {
    asked.push(performance.now())
    if (state.trouble === 'reset') return void socket.destroy()
    const isOurs = headers.authorization === `Bearer ${APP_TOKEN}` && state.trouble !== 'invalid_auth'
    const url = `ws://127.0.0.1:${port}/link?ticket=${++lastNumber}`
    send(response, 200, JSON.stringify(isOurs ? { ok: true, url } : { ok: false, error: 'invalid_auth' }))
  }

  /** What the fake would have sent over HTTP, and what comes back for it. */
  async function hand({ headers }: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
    const link = links.at(-1)
    if (!link) return send(response, 503, '')
    const envelope_id = `envelope-${++lastNumber}`
    const answered = new Promise<Json | undefined>((resolve) => waiting.set(envelope_id, resolve))
    link.send(JSON.stringify({ envelope_id, accepts_response_payload: true, ...enveloped(headers, body) }))
    const answer = await answered
    waiting.delete(envelope_id)
    if (!answer) return send(response, 503, '')
    send(response, 200, Object.keys(answer).length > 0 ? JSON.stringify(answer) : '')
  }

  function enveloped(headers: IncomingMessage['headers'], given: string): Json {
    // Answers to it are to come by the same way.
    const body = given
      .replaceAll(slackOrigin, origin)
      .replaceAll(encodeURIComponent(slackOrigin), encodeURIComponent(origin))
    const retry = headers['x-slack-retry-num']
    const again = retry ? { retry_attempt: Number(retry), retry_reason: headers['x-slack-retry-reason'] } : {}
    if (headers['content-type'] === 'application/json')
      return { type: 'events_api', payload: JSON.parse(body), ...again }
    const fields = Object.fromEntries(new URLSearchParams(body))
    return fields.payload
      ? { type: 'interactive', payload: JSON.parse(fields.payload) }
      : { type: 'slash_commands', payload: fields }
  }

  slack.talkTo(`${origin}/bot`)
  return {
    apiUrl: `${origin}/api/`,
    /** When the bot asked for a connection. */
    asked,
    links,
    /** The connection breaks. */
    drop: () => {
      for (const link of links) link.terminate()
    },
    /** Slack asks the bot to connect anew. */
    refresh: () => links.at(-1)?.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' })),
    /** What Slack does with a bot that asks for a connection. */
    troubledBy: (trouble: typeof state.trouble) => {
      state.trouble = trouble
    },
    async close() {
      for (const link of links) link.terminate()
      sockets.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function send(response: ServerResponse, status: number, body: string): void {
  response.setHeader('content-type', 'application/json')
  response.statusCode = status
  response.end(body)
}
