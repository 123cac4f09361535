/** What the bot answers outside the Web API: to a response URL, or at once in the answer to a command. */
import { checkMessage } from '../slack-rules.ts'
import { type Kind, typed } from './arguments.ts'
import { badArguments } from './refusal.ts'
import type { Json } from './types.ts'
import type { ResponseUrl, World } from './world.ts'

const ARGS: Record<string, Kind> = {
  text: 'string',
  blocks: 'json',
  response_type: 'string',
  replace_original: 'boolean',
  delete_original: 'boolean',
  thread_ts: 'string',
  mrkdwn: 'boolean',
  unfurl_links: 'boolean',
  unfurl_media: 'boolean',
}

export type Responses = ReturnType<typeof createResponses>

export function createResponses(world: World) {
  /** A response that came through a URL; each counts, of five. */
  function toUrl(path: string, baseUrl: string, body: Json): void {
    const url = world.responseUrl(path)
    respond(url, body, `${baseUrl}${path}`)
    url.left--
  }

  function respond(to: Omit<ResponseUrl, 'until' | 'left'>, body: Json, responseUrl?: string): void {
    const { text = '', blocks, response_type = 'ephemeral', replace_original, delete_original } = typed(body, ARGS)
    if (response_type !== 'ephemeral' && response_type !== 'in_channel')
      throw badArguments(`response_type ${String(response_type)}`)
    if (replace_original === true || delete_original === true) {
      if (!to.original || to.original.deleted) throw badArguments('there is no original message')
      if (delete_original === true) {
        to.original.deleted = true
        return
      }
      checkMessage({ text, blocks })
      world.replace(to.original, blocks)
      to.original.text = String(text)
      return
    }
    checkMessage({ text, blocks })
    const where = { team: to.team, channel: to.channel, text: String(text) }
    if (response_type === 'in_channel') world.post({ ...where, ...(to.thread && { thread: to.thread }) }, blocks)
    else world.show({ ...where, user: to.user, ...(responseUrl && { responseUrl }) }, blocks)
  }

  return { toUrl, respond }
}
