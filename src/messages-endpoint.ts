/** `POST /api/messages`, where Teams sends everything: one JSON object in, one out, and nothing in between. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { HEADERS } from './headers.ts'

export interface MessagesEndpoint {
  /** Decides from the header `authorization` and the body; never rejects. */
  answer: (authorization: string | undefined, body: unknown) => Promise<{ status: number; body?: object }>
  /** Whether a request without a token can be turned away before its body is read. */
  tokenNeeded: boolean
}

/** Teams sends far less than this; a larger body is refused unread. */
const MOST_BYTES = 256 * 1024

/** Objects and lists within one another: Teams sends a dozen; what goes through thousands by calling itself breaks. */
const MOST_DEPTH = 64

/** Node copies a flat list as it is, and looks at every header of any other form. */
const ALWAYS = Object.entries({ ...HEADERS, 'content-type': 'application/json' }).flat()

/** Takes one request; the answer is written when it is known. */
export function messagesEndpoint({ answer, tokenNeeded }: MessagesEndpoint) {
  return (req: IncomingMessage, res: ServerResponse): void => {
    const { authorization } = req.headers
    const refusal = faultOf(req.headers, tokenNeeded)
    if (refusal) {
      refuse(res, ...refusal)
      return
    }
    const chunks: Buffer[] = []
    let size = 0
    req.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= MOST_BYTES) chunks.push(chunk)
      else if (!res.headersSent) refuse(res, 413, 'too-large')
    })
    // Who goes away in the middle of a sentence is not answered.
    req.on('error', () => {})
    req.on('end', async () => {
      if (res.headersSent) return
      const body = parsed(chunks)
      if (body === undefined) return write(res, 400, { error: 'bad-request' })
      if (isDeeper(body, MOST_DEPTH)) return write(res, 400, { error: 'too-deep' })
      const { status, body: told } = await answer(authorization, body)
      write(res, status, told)
    })
  }
}

/** What is wrong with a request whose body has not come yet. */
function faultOf(headers: IncomingHttpHeaders, tokenNeeded: boolean): [status: number, code: string] | undefined {
  if (tokenNeeded && !headers.authorization) return [401, 'unauthorized']
  if (headers['content-encoding']) return [415, 'compressed-body']
  if (!/^application\/json\b/.test(headers['content-type'] ?? '')) return [415, 'json-only']
  if (Number(headers['content-length'] ?? 0) > MOST_BYTES) return [413, 'too-large']
  return undefined
}

function parsed(chunks: Buffer[]): object | undefined {
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
    return typeof body === 'object' && body !== null ? body : undefined
  } catch {
    return undefined
  }
}

function isDeeper(node: object, than: number): boolean {
  if (than === 0) return true
  for (const inner of Object.values(node))
    if (typeof inner === 'object' && inner !== null && isDeeper(inner, than - 1)) return true
  return false
}

function write(res: ServerResponse, status: number, body: object | undefined, ...more: string[]): void {
  const text = body ? JSON.stringify(body) : ''
  res.writeHead(status, [...ALWAYS, 'content-length', String(Buffer.byteLength(text)), ...more])
  // As one text it leaves together with the headers, in one write.
  res.end(text)
}

/** The unread body would otherwise be taken for the next request on this connection. */
const refuse = (res: ServerResponse, status: number, error: string): void =>
  write(res, status, { error }, 'connection', 'close')
