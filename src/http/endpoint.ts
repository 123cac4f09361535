/** A request that is read whole and answered in one piece, for what is asked thousands of times a second. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { HEADERS } from './headers.ts'

/** What is said to a request; without a body, nothing but its status. */
export interface Said {
  status: number
  body?: object | undefined
}

export interface Endpoint {
  /** What is said to a request whose body is not worth reading. */
  refusal?: (headers: IncomingHttpHeaders) => Said | undefined
  /** Decides from the headers and the body as it came; never rejects. */
  answer: (headers: IncomingHttpHeaders, body: Buffer) => Said | Promise<Said>
}

/** Teams and Slack send far less than this; a larger body is refused, and unread where it says how large it is. */
const MOST_BYTES = 256 * 1024
/** Who is cut off while speaking does not hear why; whoever goes on beyond this is. */
const MOST_HEARD = 4 * 1024 * 1024
const TOO_LARGE: Said = { status: 413, body: { error: 'too-large' } }

/** Of all bodies that have begun to come: whoever begins many and ends none must not fill the memory. */
const MOST_HELD = 32 * 1024 * 1024
const TOO_MANY: Said = { status: 503, body: { error: 'too-many' } }
let held = 0

/** Each piece of a body takes some 150 bytes more than there are in it, and may be one byte: so many are made one. */
const MOST_PIECES = 64

/** Node copies a flat list as it is, and looks at every header of any other form. */
const ALWAYS = Object.entries(HEADERS).flat()
const WITH_BODY = [...ALWAYS, 'content-type', 'application/json']

/** Takes one request; the answer is written when it is known. */
export function endpoint({ refusal, answer }: Endpoint) {
  return (req: IncomingMessage, res: ServerResponse): void => {
    const { headers } = req
    const refused = refusal?.(headers) ?? (Number(headers['content-length'] ?? 0) > MOST_BYTES ? TOO_LARGE : undefined)
    if (refused) {
      refuse(res, refused)
      return
    }
    let pieces: Buffer[] = []
    let size = 0
    let kept = 0
    req.on('data', (piece: Buffer) => {
      size += piece.length
      if (size > MOST_HEARD) req.destroy()
      // Of what is refused in the end nothing more is kept.
      if (size > MOST_BYTES || held + piece.length > MOST_HELD) return
      kept += piece.length
      held += piece.length
      if (pieces.push(piece) === MOST_PIECES) pieces = [Buffer.concat(pieces)]
    })
    // Who goes away in the middle of a sentence is not answered.
    req.on('error', () => {})
    req.on('close', () => {
      held -= kept
    })
    req.on('end', async () => {
      if (size > MOST_BYTES) write(res, TOO_LARGE)
      else if (kept < size) write(res, TOO_MANY)
      else write(res, await answer(headers, Buffer.concat(pieces)))
    })
  }
}

function write(res: ServerResponse, { status, body }: Said, ...more: string[]): void {
  const text = body ? JSON.stringify(body) : ''
  const always = body ? WITH_BODY : ALWAYS
  res.writeHead(status, [...always, 'content-length', String(Buffer.byteLength(text)), ...more])
  // As one text it leaves together with the headers, in one write.
  res.end(text)
}

/** The unread body would otherwise be taken for the next request on this connection. */
const refuse = (res: ServerResponse, said: Said): void => write(res, said, 'connection', 'close')
