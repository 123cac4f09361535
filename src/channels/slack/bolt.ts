import { App, type Logger, type Receiver } from '@slack/bolt'
import { codeOf, type Log } from '../../app/log.ts'
import { DeliveryError } from '../../app/ports.ts'
import { within } from '../../app/within.ts'
import type { Answer } from './answer.ts'
import { type Json, part, text } from './incoming.ts'
import type { Listen } from './listener.ts'
import type { People } from './people.ts'
import type { FindWorkspace, Workspace, Workspaces } from './workspaces.ts'

export interface BoltOptions {
  receiver: Receiver
  /** Whether the receiver lets workspaces install the app. */
  installs: boolean
  find: FindWorkspace
  workspaces: Pick<Workspaces, 'remove'>
  people: People
  listen: Listen
  log: Pick<Log, 'warn' | 'error' | 'info'>
}

/** Of the three seconds that Slack waits, so many milliseconds for the workspace's token; the listener takes two more. */
const FIND_WITHIN = 800

/** Bolt takes in what its receiver has found genuine, and hands it on with the workspace it belongs to. */
export function createBolt({ receiver, installs, find, workspaces, people, listen, log }: BoltOptions): App {
  const app = new App({
    receiver,
    convoStore: false,
    logger: boltLogger(log),
    // Bolt would wait for the token as long as it takes, so it is looked for below. Where Bolt also lets workspaces install
    // the app, it takes no word of ours here, and asks `installationStore`.
    ...(!installs && { authorize: async ({ teamId = '' }) => ({ teamId }) }),
    // Our own words are told apart below, too.
    ignoreSelf: false,
  })
  app.use(async (args) => {
    const answer = await take(args.body as unknown as Json, args.context.teamId ?? '')
    // An event has been acknowledged by Bolt; its receiver holds that back until we are done.
    if ('ack' in args && typeof args.ack === 'function') await (args.ack as (answer?: object) => Promise<void>)(answer)
  })
  app.error(async (error) => {
    log.warn({ code: codeOf(error) }, 'A request from Slack was not taken')
    // Told that it failed, Slack sends an event again.
    throw error
  })
  return app

  async function take(body: Json, id: string): Promise<Answer> {
    if (await isNoted(body)) return undefined
    const workspace = await workspaceOf(id)
    if (workspace) return listen(body, { botUser: workspace.botUser })
    // It is not wanted again.
    log.warn({ code: 'slack-foreign-workspace' }, 'A request from Slack was not taken')
    return undefined
  }

  /** Throws where it takes too long: then Slack is to send it again. */
  async function workspaceOf(id: string): Promise<Workspace | undefined> {
    const found = await within(FIND_WITHIN, find(id), 'late' as const)
    if (found === 'late') throw new DeliveryError('slack-workspace-unknown', { permanent: false })
    return found
  }

  /** Takes what Slack tells about itself, which no coach needs to know. */
  async function isNoted(body: Json): Promise<boolean> {
    const event = part(body, 'event')
    const workspace = text(body, 'team_id')
    if (event.type === 'user_change') people.forget(workspace, text(part(event, 'user'), 'id'))
    const revoked = event.type === 'tokens_revoked' && Array.isArray(part(event, 'tokens').bot)
    if (event.type !== 'app_uninstalled' && !revoked) return event.type === 'user_change'
    await workspaces.remove(workspace)
    log.info({ workspace }, 'the app was taken out of a workspace')
    return true
  }
}

/** Bolt's lines quote what was sent: behind a colon there may be anything. */
export const boltLogger = (log: Pick<Log, 'warn' | 'error'>): Logger => ({
  debug() {},
  info() {},
  warn: (...words: unknown[]) => log.warn({ code: 'slack-request' }, beforeColon(words)),
  error: (...words: unknown[]) => log.error({ code: 'slack-request' }, beforeColon(words)),
  setLevel() {},
  setName() {},
  getLevel: () => 'warn' as never,
})

const beforeColon = ([first]: unknown[]): string => String(first).split(':', 1)[0]?.slice(0, 200) ?? ''
