/** Slack's Web API on this machine, in a process of its own: it answers what a click needs, and counts the cards drawn anew. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What it was asked to do since the beginning. */
export interface SlackSample {
  updates: number
  faults: string[]
}

const sample: SlackSample = { updates: 0, faults: [] }

const ANSWERS: Record<string, (given: Record<string, unknown>) => object> = {
  'auth.test': () => ({ team_id: 'T0BENCH', user_id: 'U0BOT', bot_id: 'B0BOT', url: 'https://bench.slack.com/' }),
  'users.info': (given) => ({
    user: { id: given.user, team_id: 'T0BENCH', real_name: 'Colleague', tz: 'Europe/Copenhagen' },
  }),
  'chat.update': (given) => {
    if (!given.blocks) throw new Error('a card without blocks')
    sample.updates++
    return { ts: given.ts, channel: given.channel }
  },
}

const argumentsIn = (text: string): Record<string, unknown> =>
  text.startsWith('{') ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text))

const server = createServer((req, res) => {
  const chunks: Buffer[] = []
  req.on('data', (chunk: Buffer) => chunks.push(chunk))
  req.on('end', () => {
    const method = req.url?.split('/').at(-1) ?? ''
    let answer: object
    try {
      const act = ANSWERS[method]
      if (!act) throw new Error('nobody here knows this method')
      answer = { ok: true, ...act(argumentsIn(Buffer.concat(chunks).toString())) }
    } catch (error) {
      sample.faults.push(`${method}: ${error}`)
      answer = { ok: false, error: 'bench' }
    }
    res.setHeader('content-type', 'application/json')
    res.end(JSON.stringify(answer))
  })
})

await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
process.on('message', () => process.send?.(sample))
process.on('disconnect', () => process.exit())
process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`)
