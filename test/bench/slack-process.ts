/** Slack's Web API on this machine, in a process of its own: it answers what a click needs, and counts the cards drawn anew. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What it was asked to do since the beginning. */
export interface SlackSample {
  updates: number
  faults: string[]
}

const sample: SlackSample = { updates: 0, faults: [] }

const BOT = { team_id: 'T0BENCH', user_id: 'U0BOT', bot_id: 'B0BOT', url: 'https://bench.slack.com/' }

const ANSWERS: Record<string, (given: string) => object> = {
  'auth.test': () => BOT,
  'users.info': (given) => {
    const id = new URLSearchParams(given).get('user')
    return { user: { id, team_id: BOT.team_id, real_name: 'Colleague', tz: 'Europe/Copenhagen' } }
  },
  'chat.update': (given) => {
    const [, ts] = /"ts":"([^"]+)"/.exec(given) ?? []
    // Read no further: it shares its core with the load.
    if (!ts || !given.includes('"blocks":[{') || !given.endsWith('}')) throw new Error('no card')
    sample.updates++
    return { ts }
  },
}

const server = createServer((req, res) => {
  const chunks: Buffer[] = []
  req.on('data', (chunk: Buffer) => chunks.push(chunk))
  req.on('end', () => {
    const method = req.url?.split('/').at(-1) ?? ''
    let answer: object
    try {
      const act = ANSWERS[method]
      if (!act) throw new Error('nobody here knows this method')
      answer = { ok: true, ...act(Buffer.concat(chunks).toString()) }
    } catch (error) {
      sample.faults.push(`${method}: ${error}`)
      answer = { ok: false, error: 'bench' }
    }
    const text = JSON.stringify(answer)
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    res.end(text)
  })
})

await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
process.on('message', () => process.send?.(sample))
process.on('disconnect', () => process.exit())
process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`)
