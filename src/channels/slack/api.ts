import type { Log } from '../../app/log.ts'
import { DeliveryError } from '../../app/ports.ts'
import { type Answer, type Asked, type Method, respondAt, SLACK, type WebApi } from './web-api.ts'
import type { FindWorkspace } from './workspaces.ts'

/**
 * Slack's Web API with the token of a workspace; every call is one attempt and throws `DeliveryError`. `left`: the milliseconds
 * it may take where there are fewer than usual.
 */
export interface SlackApi {
  /** Whose token is ours in a workspace; `undefined` where we serve none. */
  workspace: FindWorkspace
  call<M extends Method>(workspace: string, method: M, asked: Asked<M>, left?: number): Promise<Answer<M>>
  /** Answers what Slack gave a URL for: a slash command, or a click on a message that only one person sees. */
  respond(url: string, body: object, left?: number): Promise<void>
  /** The workspaces whose token Slack does not take any more. */
  refused(): string[]
}

export interface ApiOptions {
  web: WebApi
  find: FindWorkspace
  log: Pick<Log, 'error'>
  /** Milliseconds one answer may take. */
  timeout: number
  /** Where the Web API is, where that is not slack.com. */
  url?: string
}

/** Whether this is where Slack takes answers, given where its Web API is: there, or on a host `hooks` beside it. */
export function isResponseUrl(url: string, api: string = SLACK): boolean {
  const { protocol, host, origin } = new URL(api)
  const given = URL.parse(url)?.origin
  return given === `${protocol}//hooks.${host}` || (api !== SLACK && given === origin)
}

export function createApi({ web, find, log, timeout, url }: ApiOptions): SlackApi {
  const refused = new Set<string>()

  async function call<M extends Method>(id: string, method: M, asked: Asked<M>, left?: number): Promise<Answer<M>> {
    const found = await workspace(id)
    if (!found) throw new DeliveryError('slack-not-installed', { permanent: false })
    const answer = await watched(id, () => web(found.token, method, asked, left))
    // At the start it is asked for before it is known which one it is.
    for (const mended of [id, '']) refused.delete(mended)
    return answer
  }

  const workspace: FindWorkspace = (id) => watched(id, () => find(id))

  async function watched<T>(id: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act()
    } catch (error) {
      if (error instanceof DeliveryError && error.code === 'slack-token-refused' && !refused.has(id)) {
        refused.add(id)
        log.error({ workspace: id, code: error.code }, 'Slack takes this token no more; install the app again')
      }
      throw error
    }
  }

  async function respond(to: string, body: object, left = timeout): Promise<void> {
    if (!isResponseUrl(to, url)) throw new DeliveryError('foreign-response-url', { permanent: true })
    await respondAt(to, body, Math.min(left, timeout))
  }

  return { workspace, call, respond, refused: () => [...refused] }
}
