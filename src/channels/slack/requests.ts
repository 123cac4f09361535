/** Slack's requests over HTTP: an event, a command, a click or a form, each signed over the body as it came. */
import type { IncomingHttpHeaders } from 'node:http'
import { parse } from 'node:querystring'
import { codeOf, type Log } from '../../app/log.ts'
import type { Endpoint, Said } from '../../http/endpoint.ts'
import { type Json, text } from './incoming.ts'
import { parsed } from './json.ts'
import { isGenuine, signingKey } from './signature.ts'
import type { Take } from './take.ts'

export interface RequestsOptions {
  signingSecret: string
  take: Take
  log: Pick<Log, 'warn'>
}

const DONE: Said = { status: 200 }

/** Answers them; never rejects. */
export function createRequests({ signingSecret, take, log }: RequestsOptions): Endpoint['answer'] {
  const key = signingKey(signingSecret)

  return async (headers, raw) => {
    const form = isForm(headers) ? parse(raw.toString()) : undefined
    // Slack tries our certificate so, and signs nothing; nothing is done, either.
    if (form?.ssl_check === '1') return DONE
    if (!isGenuine(key, headers, raw, Date.now())) return refused(401, 'slack-signature')
    const body = form ? fieldsOf(form) : objectIn(raw.toString())
    if (!body) return refused(400, 'slack-body')
    if (body.type === 'url_verification') return { status: 200, body: { challenge: text(body, 'challenge') } }
    try {
      return { status: 200, body: await take(body) }
    } catch (error) {
      log.warn({ code: codeOf(error) }, 'A request from Slack was not taken')
      // Told that it failed, Slack sends an event again.
      return { status: 503 }
    }
  }

  function refused(status: number, code: string): Said {
    log.warn({ code }, 'A request that claims to be from Slack was refused')
    return { status }
  }
}

const isForm = (headers: IncomingHttpHeaders): boolean =>
  headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true

/** A command is the form itself; a click and what was filled in are JSON in its one field. */
const fieldsOf = (form: Json): Json | undefined => (typeof form.payload === 'string' ? objectIn(form.payload) : form)

function objectIn(text: string): Json | undefined {
  const value = parsed(text)
  return typeof value === 'object' && value !== null ? (value as Json) : undefined
}
