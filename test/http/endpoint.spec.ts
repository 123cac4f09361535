import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { endpoint } from '../../src/http/endpoint.ts'

const KILOBYTE = 'x'.repeat(1024)
/** Pieces of a body, each as large as said. */
const pieces = (count: number, text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`.repeat(count)

describe('an endpoint that reads its requests whole', () => {
  let server: Server
  let sockets: Socket[]
  beforeEach(async () => {
    sockets = []
    server = createServer(endpoint({ answer: (_, body) => ({ status: 200, body: { bytes: body.length } }) }))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterEach(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })

  /** Begins a request and sends these pieces of its body, but not its end. */
  async function begin(body: string): Promise<Socket> {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    sockets.push(socket)
    await once(socket, 'connect')
    await new Promise((resolve) =>
      socket.write(`POST / HTTP/1.1\r\nhost: here\r\ntransfer-encoding: chunked\r\n\r\n${body}`, resolve),
    )
    return socket
  }
  async function end(socket: Socket): Promise<string> {
    socket.write('0\r\n\r\n')
    const [answer] = await once(socket, 'data')
    return String(answer)
  }

  it('reads a body that comes in pieces of one byte', async () => {
    const body = Array.from({ length: 300 }, (_, index) => pieces(1, String(index % 10))).join('')
    assert.match(await end(await begin(body)), /200 OK.*\{"bytes":300\}/s)
  })

  it('keeps no more of such a body than there is in it', async () => {
    const requests = 4
    const before = process.memoryUsage().heapUsed
    const begun = await Promise.all(Array.from({ length: requests }, () => begin(pieces(30_000, 'x'))))
    // The last of them is answered when all before it has been read.
    assert.match(await end(begun.at(-1) as Socket), /"bytes":30000/)
    const grown = process.memoryUsage().heapUsed - before
    assert.ok(grown < requests * 2_500_000, `${Math.round(grown / 1e6)} MB for ${requests} times 30 KB`)
  })

  it('holds only so much of bodies that do not end, and serves the others when those are gone', async () => {
    for (let begun = 0; begun < 135; begun++) await begin(pieces(250, KILOBYTE))
    const late = await begin(pieces(250, KILOBYTE))
    assert.match(await end(late), /503 Service Unavailable.*"too-many"/s)
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.match(await end(await begin(pieces(250, KILOBYTE))), /"bytes":256000/)
  })
})
