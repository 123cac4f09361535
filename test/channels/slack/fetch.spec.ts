import { strict as assert } from 'node:assert'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { slackFetch } from '../../../src/channels/slack/fetch.ts'

describe('how Slack’s client reaches Slack', () => {
  let server: Server
  let url: string
  let connections = 0
  before(async () => {
    server = createServer((req, res) => {
      const chunks: Buffer[] = []
      req.on('data', (chunk: Buffer) => chunks.push(chunk))
      req.on('end', () => {
        const limited = req.url === '/limited'
        const status = req.url === '/elsewhere' ? 302 : limited ? 429 : 200
        res.writeHead(status, {
          ...(status === 302 && { location: '/' }),
          'content-type': 'application/json',
          'retry-after': '3',
        })
        res.end(JSON.stringify({ ok: !limited, got: Buffer.concat(chunks).toString(), by: req.headers.authorization }))
      })
    })
    server.on('connection', () => connections++)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => server.close())

  const fetch = slackFetch(5000)
  const post = (path: string) =>
    fetch(url + path, { method: 'POST', headers: { authorization: 'Bearer x' }, body: 'text=æ' })

  it('brings what is said and takes what is answered, as text, JSON and bytes', async () => {
    const answer = await post('/')
    const expected = { ok: true, got: 'text=æ', by: 'Bearer x' }
    assert.deepEqual([answer.ok, answer.status, answer.url], [true, 200, `${url}/`])
    assert.equal(answer.headers.get('content-type'), 'application/json')
    assert.deepEqual(await answer.json(), expected)
    assert.deepEqual(JSON.parse(await answer.text()), expected)
    assert.deepEqual(JSON.parse(Buffer.from(await answer.arrayBuffer()).toString()), expected)
  })

  it('tells how long to wait, and keeps no connection with what nobody reads', async () => {
    connections = 0
    for (let time = 0; time < 20; time++) {
      const { status, headers } = await post('/limited')
      assert.deepEqual([status, headers.get('retry-after')], [429, '3'])
    }
    assert.ok(connections <= 1, `${connections}`)
  })

  it('follows nobody elsewhere', async () => {
    assert.equal((await post('/elsewhere')).status, 302)
  })

  it('says so where nobody answers', async () => {
    await assert.rejects(fetch('http://127.0.0.1:1/', { body: '' }), { code: 'ECONNREFUSED' })
  })

  it('sends no files', async () => {
    await assert.rejects(fetch(url, { body: new FormData() }), /only texts/i)
  })
})
