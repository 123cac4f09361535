/** A server on this machine that answers as it is told to, for what calls out. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** Told of one request when its body is there. Beside restify a response's methods give nothing back to go on with. */
export type Answering = (req: IncomingMessage, res: ServerResponse, body: string) => void

export interface AnsweringServer {
  url: string
  /** Connections that have been made to it. */
  connections(): number
  /** Ends it with all its connections, whatever they wait for. */
  close(): void
}

export async function answeringServer(answer: Answering): Promise<AnsweringServer> {
  const sockets: Socket[] = []
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => answer(req, res, Buffer.concat(chunks).toString()))
  })
  server.on('connection', (socket: Socket) => sockets.push(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => sockets.length,
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
