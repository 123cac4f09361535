import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createExchange, TimeoutError } from '../../src/http/exchange.ts'
import { type Answering, type AnsweringServer, answeringServer } from '../helpers/answering.ts'

const MEGABYTE = 'x'.repeat(1024 * 1024)

function send(res: ServerResponse, status: number, headers: Record<string, string> = {}, body = ''): void {
  res.writeHead(status, headers)
  res.end(body)
}

const ANSWERS: Record<string, Answering> = {
  '/echo?a=b': ({ method, headers }, res, body) =>
    send(res, 201, { 'retry-after': '3' }, JSON.stringify({ method, body, by: headers.authorization })),
  '/elsewhere': (_, res) => send(res, 302, { location: '/echo?a=b' }),
  '/nothing': (_, res) => send(res, 204),
  '/slow': (_, res) => void setTimeout(() => send(res, 204), 50),
  '/silent': () => {},
  '/endless': (_, res) => void res.write('a'),
  '/huge': (_, res) => {
    for (let piece = 0; piece < 5; piece++) res.write(MEGABYTE)
    res.end()
  },
  '/broken': (req) => void req.socket.destroy(),
}

describe('an exchange over HTTP', () => {
  const exchange = createExchange()
  let server: AnsweringServer
  before(async () => {
    server = await answeringServer((req, res, body) => ANSWERS[req.url ?? '']?.(req, res, body))
  })
  after(async () => {
    // The exchange ends when all it was asked is over, and some of these never would be.
    server.close()
    await exchange.close()
  })

  const ask = (path: string, { timeout = 5000, body }: { timeout?: number; body?: string } = {}) =>
    exchange.ask({
      method: body === undefined ? 'GET' : 'POST',
      url: server.url + path,
      headers: { authorization: 'Bearer x' },
      timeout,
      ...(body !== undefined && { body }),
    })

  it('brings what is said, and takes the whole answer', async () => {
    const { status, headers, text } = await ask('/echo?a=b', { body: 'æ – 🌱' })
    assert.deepEqual([status, headers['retry-after']], [201, '3'])
    assert.deepEqual(JSON.parse(text), { method: 'POST', body: 'æ – 🌱', by: 'Bearer x' })
    assert.deepEqual(await ask('/nothing').then(({ status, text }) => [status, text]), [204, ''])
  })

  it('keeps its connection', async () => {
    const before = server.connections()
    for (let time = 0; time < 20; time++) await ask('/echo?a=b')
    const made = server.connections() - before
    assert.ok(made <= 1, `${made}`)
  })

  it('asks nobody over more connections than it has a use for, and waits for one that is free', async () => {
    const before = server.connections()
    const answers = await Promise.all(Array.from({ length: 300 }, () => ask('/slow')))
    assert.ok(answers.every(({ status }) => status === 204))
    const made = server.connections() - before
    assert.ok(made <= 128, `${made}`)
  })

  it('follows nobody elsewhere', async () => assert.equal((await ask('/elsewhere')).status, 302))

  for (const path of ['/silent', '/endless'])
    it(`waits no longer than it is given: ${path}`, async () => {
      const before = performance.now()
      await assert.rejects(ask(path, { timeout: 60 }), TimeoutError)
      assert.ok(performance.now() - before < 2000)
    })

  it('waits no longer for a connection either', async () => {
    // It never speaks TLS, so that the connection is not made.
    const held: Socket[] = []
    const mute = createServer((socket) => void held.push(socket))
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    const { port } = mute.address() as AddressInfo
    const asked = { method: 'GET', url: `https://127.0.0.1:${port}/`, headers: {}, timeout: 60 } as const
    await assert.rejects(exchange.ask(asked), TimeoutError)
    for (const socket of held) socket.destroy()
    mute.close()
  })

  it('takes no answer without end, and tells of a broken connection', async () => {
    await assert.rejects(ask('/huge'), { code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' })
    await assert.rejects(ask('/broken'))
    await assert.rejects(exchange.ask({ method: 'GET', url: 'http://127.0.0.1:1/', headers: {}, timeout: 5000 }), {
      code: 'ECONNREFUSED',
    })
  })

  it('leaves no timer behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
    const before = timers()
    for (let time = 0; time < 10; time++) await ask('/echo?a=b')
    assert.ok(timers() <= before + 1)
  })
})
