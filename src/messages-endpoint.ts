/** `POST /api/messages`, where Teams sends everything: one JSON object in, one out, and nothing in between. */
import type { IncomingHttpHeaders } from 'node:http'
import { endpoint, type Said } from './http/endpoint.ts'

export interface MessagesEndpoint {
  /** Decides from the header `authorization` and the body; never rejects. */
  answer: (authorization: string | undefined, body: unknown) => Promise<Said>
  /** Whether a request without a token can be turned away before its body is read. */
  tokenNeeded: boolean
}

/** Objects and lists within one another: Teams sends a dozen; what goes through thousands by calling itself breaks. */
const MOST_DEPTH = 64

export const messagesEndpoint = ({ answer, tokenNeeded }: MessagesEndpoint) =>
  endpoint({
    refusal: (headers) => faultOf(headers, tokenNeeded),
    answer: ({ authorization }, raw) => {
      const body = parsed(raw)
      if (body === undefined) return saying(400, 'bad-request')
      return isDeeper(body, MOST_DEPTH) ? saying(400, 'too-deep') : answer(authorization, body)
    },
  })

const saying = (status: number, error: string): Said => ({ status, body: { error } })

function faultOf(headers: IncomingHttpHeaders, tokenNeeded: boolean): Said | undefined {
  if (tokenNeeded && !headers.authorization) return saying(401, 'unauthorized')
  if (headers['content-encoding']) return saying(415, 'compressed-body')
  return /^application\/json\b/.test(headers['content-type'] ?? '') ? undefined : saying(415, 'json-only')
}

function parsed(raw: Buffer): object | undefined {
  try {
    const body: unknown = JSON.parse(raw.toString())
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
