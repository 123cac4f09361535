/** The ways of saying something within a turn. Each is tried a little while, and throws `DeliveryError`. */
import { insist } from '../../app/insist.ts'
import type { Reply } from '../../app/ports.ts'
import type { SlackApi } from './api.ts'
import type { Happening } from './incoming.ts'
import { messageOf } from './message.ts'
import type { Answer, Asked, Method } from './web-api.ts'

export interface Messages {
  call<M extends Method>(happening: Happening, method: M, asked: Asked<M>): Promise<Answer<M>>
  /** Below the others, for everybody in the conversation. */
  post(happening: Happening, reply: Reply): Promise<undefined>
  /** In place of a message that everybody sees. */
  replace(happening: Happening, message: string, reply: Reply): Promise<undefined>
  /** For one person only, gone when Slack is opened anew. */
  alone(happening: Happening, reply: Reply, thread?: string): Promise<undefined>
  /** To the URL that came with a command, or with a click on what one person sees; nothing to say takes that away. */
  respond(url: string, reply: Reply, how: { replace: boolean }): Promise<undefined>
}

/** Milliseconds that one reply may take in all. */
const BUDGET = 8000

export function createMessages(api: SlackApi): Messages {
  const call: Messages['call'] = ({ workspace }, method, asked) =>
    insist(BUDGET, (left) => api.call(workspace, method, asked, left))
  return {
    call,
    async post(happening, reply) {
      const { channel } = happening
      const quiet = { unfurl_links: false, unfurl_media: false }
      await call(happening, 'chat.postMessage', { channel, ...messageOf(reply), ...quiet })
    },
    async replace(happening, ts, reply) {
      const { channel } = happening
      await call(happening, 'chat.update', { channel, ts, ...messageOf(reply) })
    },
    async alone(happening, reply, thread) {
      const { channel, user } = happening
      const place = { channel, user, ...(thread && { thread_ts: thread }) }
      await call(happening, 'chat.postEphemeral', { ...place, ...messageOf(reply) })
    },
    async respond(url, reply, { replace }) {
      const nothing = !reply.card && !reply.text
      const body = nothing ? { delete_original: true } : { replace_original: replace, ...messageOf(reply) }
      await insist(BUDGET, (left) => api.respond(url, body, left))
    },
  }
}
