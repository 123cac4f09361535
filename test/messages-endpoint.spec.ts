import { strict as assert } from 'node:assert'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { messagesEndpoint } from '../src/messages-endpoint.ts'

const MB = 1024 * 1024

describe('the endpoint for messages', () => {
  let server: Server
  let heard: unknown[]
  let url: string
  before(async () => {
    const answer = async (_authorization: string | undefined, body: unknown) => {
      heard.push(body)
      return { status: 200, body: { said: 'æøå' } }
    }
    server = createServer(messagesEndpoint({ answer, tokenNeeded: false }))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`
  })
  beforeEach(() => {
    heard = []
  })
  after(() => server.close())

  it('hands over what was sent, however it comes in pieces, and answers in JSON', async () => {
    const body = JSON.stringify({ text: 'Sødt, æh ål – 👋' })
    const bytes = Buffer.from(body)
    const pieces = new ReadableStream({
      async start(controller) {
        // One byte at a time cuts every letter that has two.
        for (const byte of bytes) {
          controller.enqueue(Uint8Array.of(byte))
          await new Promise(setImmediate)
        }
        controller.close()
      },
    })
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: pieces, duplex: 'half' }
    const answer = await fetch(url, init as RequestInit)
    assert.deepEqual(heard, [JSON.parse(body)])
    assert.equal(answer.headers.get('content-length'), String(Buffer.byteLength(await answer.clone().text())))
    assert.deepEqual(await answer.json(), { said: 'æøå' })
  })

  it('lets whoever says too much finish, so that they hear why', async () => {
    const pieces = new ReadableStream({
      async start(controller) {
        for (let piece = 0; piece < 8; piece++) {
          controller.enqueue(Buffer.alloc(64 * 1024, 'x'))
          await wait(5)
        }
        controller.close()
      },
    })
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: pieces, duplex: 'half' }
    assert.equal((await fetch(url, init as RequestInit)).status, 413)
    assert.deepEqual(heard, [])
  })

  it('cuts off whoever never ends', async () => {
    const { port } = server.address() as AddressInfo
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    const next = (event: string) => new Promise((resolve) => socket.once(event, resolve))
    const closed = next('close')
    socket.write(
      'POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
    )
    const piece = Buffer.from(`10000\r\n${'x'.repeat(0x10000)}\r\n`)
    let said = 0
    while (!socket.destroyed && said < 64 * MB) {
      said += piece.length
      if (!socket.write(piece)) await Promise.race([next('drain'), closed])
    }
    socket.destroy()
    assert.ok(said < 64 * MB, 'it is still listening')
    assert.deepEqual(heard, [])
  })

  it('is asked nothing by whoever goes away in the middle, and goes on', async () => {
    const { port } = server.address() as AddressInfo
    const socket = connect(port, '127.0.0.1')
    const head = ['POST /api/messages HTTP/1.1', 'host: x', 'content-type: application/json', 'content-length: 100']
    socket.write(`${head.join('\r\n')}\r\n\r\n{"text":`, () => socket.destroy())
    await new Promise((resolve) => socket.once('close', resolve))
    const headers = { 'content-type': 'application/json' }
    assert.equal((await fetch(url, { method: 'POST', headers, body: '{}' })).status, 200)
    assert.deepEqual(heard, [{}])
  })
})
