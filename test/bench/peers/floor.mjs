/**
 * The floor: what any server pays that takes a turn over HTTP, knows who sent it, reads and writes one document in
 * Redis and answers. No framework, no rule, no card worth the name.
 */
import { createHash, createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto'
import { Agent, createServer, request } from 'node:http'
import { parse } from 'node:querystring'
import { Redis } from 'ioredis'
import { serving, setup } from '../serving.mjs'
import { cardOf } from './card.mjs'

const { authenticated, port, redis: path, slackApi, slackSecret } = setup
const redis = new Redis({ path })
const agent = new Agent({ keepAlive: true })
const { keys } = await (await fetch('https://login.botframework.com/v1/.well-known/keys')).json()
const login = await fetch('https://login.microsoftonline.com/token', { method: 'POST' })
const { access_token: token } = await login.json()
const key = createPublicKey({ key: keys[0], format: 'jwk' })
const known = new Set()

/** A token is verified once, and from then on known by its hash. */
function isGood(authorization = '') {
  const hash = createHash('sha256').update(authorization).digest('base64')
  if (known.has(hash)) return true
  const [header, claims, signature = ''] = authorization.slice(7).split('.')
  const good = verify('RSA-SHA256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'))
  if (good) known.add(hash)
  return good
}

function isSigned({ headers }, body) {
  const digest = createHmac('sha256', slackSecret).update(`v0:${headers['x-slack-request-timestamp']}:${body}`)
  return timingSafeEqual(Buffer.from(`v0=${digest.digest('hex')}`), Buffer.from(headers['x-slack-signature']))
}

const post = (url, body) =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => answer.resume().on('end', resolve))
    sent.on('error', reject).end(JSON.stringify(body))
  })

const send = ({ serviceUrl, conversation }, reply) =>
  post(`${serviceUrl}v3/conversations/${encodeURIComponent(conversation.id)}/activities`, reply)

/** How often this chat has been in Redis, and now once more. */
async function counted(chat) {
  const place = `floor:${chat}`
  const { count } = JSON.parse((await redis.get(place)) ?? '{"count":0}')
  await redis.set(place, JSON.stringify({ count: count + 1 }))
  return count
}

async function answerSlack(req, text) {
  if (authenticated && !isSigned(req, text)) return 401
  const { payload } = parse(text)
  // A command is only acknowledged, as by the others.
  if (!payload) return
  const { channel, container } = JSON.parse(payload)
  const count = await counted(channel.id)
  const blocks = [{ type: 'section', text: { type: 'plain_text', text: `[${count}]` } }]
  await post(`${slackApi}chat.update`, { channel: channel.id, ts: container.message_ts, text: '', blocks })
}

async function answer(req, text) {
  if (req.url === '/slack/events') return answerSlack(req, text)
  if (authenticated && !isGood(req.headers.authorization)) return 401
  const activity = JSON.parse(text)
  const count = await counted(activity.conversation.id)
  if (activity.type === 'invoke')
    return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: cardOf(count) }
  await send(activity, { type: 'message', text: `[${count}] ${activity.text}` })
}

createServer((req, res) => {
  const chunks = []
  req.on('data', (chunk) => chunks.push(chunk))
  req.on('end', async () => {
    const body = await answer(req, Buffer.concat(chunks).toString())
    res.writeHead(typeof body === 'number' ? body : 200, { 'content-type': 'application/json' })
    res.end(typeof body === 'object' ? JSON.stringify(body) : undefined)
  })
}).listen(port, '127.0.0.1', () => serving())
