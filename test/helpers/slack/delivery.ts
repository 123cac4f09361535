/** How Slack sends: signed, over HTTP, and noting when it would not have waited for the answer. */
import { createHmac } from 'node:crypto'
import type { Sender } from './people.ts'
import type { BotAnswer, Delivery, Json } from './types.ts'
import type { World } from './world.ts'

const FORM = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/json'

export function createPost(world: World, signingSecret: string, patience: number) {
  const sent: Json[] = []
  let botUrl = ''
  let last: { body: string; type: string; payload: Json } | undefined

  function signed(body: string, { timestamp, secret = signingSecret, retry }: Delivery = {}): Record<string, string> {
    const at = timestamp ?? Math.floor(Date.now() / 1000)
    const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')
    return {
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      accept: '*/*',
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': `v0=${signature}`,
      ...(retry && { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason }),
    }
  }

  async function deliver(body: string, headers: Record<string, string>): Promise<BotAnswer> {
    const started = Date.now()
    const answer = await fetch(botUrl, { method: 'POST', headers, body })
    const text = await answer.text()
    if (Date.now() - started > patience) world.faults.push(`the bot answered only after ${patience} ms`)
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: objectIn(text), text }
  }

  function post(body: string, type: string, payload: Json, delivery: Delivery): Promise<BotAnswer> {
    sent.push(payload)
    last = { body, type, payload }
    return deliver(body, { ...signed(body, delivery), 'content-type': type })
  }

  const sender: Sender = {
    event: (payload, delivery) => post(JSON.stringify(payload), JSON_TYPE, payload, delivery),
    interaction: (payload, delivery) =>
      post(String(new URLSearchParams({ payload: JSON.stringify(payload) })), FORM, payload, delivery),
    form: (fields, delivery) => post(String(new URLSearchParams(fields)), FORM, fields, delivery),
  }

  async function again(num = 1, reason = 'http_timeout'): Promise<BotAnswer> {
    if (!last) throw new Error('nothing has been sent yet')
    return post(last.body, last.type, last.payload, { retry: { num, reason } })
  }

  const talkTo = (url: string): void => {
    botUrl = url
  }

  return { ...sender, sent, signed, deliver, again, talkTo }
}

function objectIn(text: string): Json {
  try {
    const value = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
  } catch {
    return {}
  }
}
