import { strict as assert } from 'node:assert'
import { slackFetch } from '../../../src/channels/slack/fetch.ts'
import { type AnsweringServer, answeringServer } from '../../helpers/answering.ts'

describe('how Slack’s client reaches Slack', () => {
  let server: AnsweringServer
  before(async () => {
    server = await answeringServer(({ url, headers }, res, got) => {
      const limited = url === '/limited'
      const status = url === '/elsewhere' ? 302 : limited ? 429 : 200
      res.writeHead(status, {
        ...(status === 302 && { location: '/' }),
        'content-type': 'application/json',
        'retry-after': '3',
      })
      res.end(JSON.stringify({ ok: !limited, got, by: headers.authorization }))
    })
  })
  after(() => server.close())

  const fetch = slackFetch(5000)
  const post = (path: string) =>
    fetch(server.url + path, { method: 'POST', headers: { authorization: 'Bearer x' }, body: 'text=æ' })

  it('brings what is said and takes what is answered, as text, JSON and bytes', async () => {
    const answer = await post('/')
    const expected = { ok: true, got: 'text=æ', by: 'Bearer x' }
    assert.deepEqual([answer.ok, answer.status, answer.url], [true, 200, `${server.url}/`])
    assert.equal(answer.headers.get('content-type'), 'application/json')
    assert.deepEqual(await answer.json(), expected)
    assert.deepEqual(JSON.parse(await answer.text()), expected)
    assert.deepEqual(JSON.parse(Buffer.from(await answer.arrayBuffer()).toString()), expected)
  })

  it('tells how long to wait, and keeps no connection with what nobody reads', async () => {
    const before = server.connections()
    for (let time = 0; time < 20; time++) {
      const { status, headers } = await post('/limited')
      assert.deepEqual([status, headers.get('retry-after')], [429, '3'])
    }
    const made = server.connections() - before
    assert.ok(made <= 1, `${made}`)
  })

  it('follows nobody elsewhere', async () => {
    assert.equal((await post('/elsewhere')).status, 302)
  })

  it('says so where nobody answers', async () => {
    await assert.rejects(fetch('http://127.0.0.1:1/', { body: '' }), { code: 'ECONNREFUSED' })
  })

  it('sends no files', async () => {
    await assert.rejects(fetch(server.url, { body: new FormData() }), /only texts/i)
  })
})
