import { App, type Logger, type Receiver } from '@slack/bolt'
import { codeOf, type Log } from '../../app/log.ts'
import { type Json, part, text } from './incoming.ts'
import type { Listen } from './listener.ts'
import type { People } from './people.ts'
import type { Workspaces } from './workspaces.ts'

export interface BoltOptions {
  receiver: Receiver
  workspaces: Workspaces
  people: People
  listen: Listen
  log: Pick<Log, 'warn' | 'error' | 'info'>
}

/** Bolt takes in what its receiver has found genuine, and hands it on with the workspace it belongs to. */
export function createBolt({ receiver, workspaces, people, listen, log }: BoltOptions): App {
  const app = new App({
    receiver,
    convoStore: false,
    logger: boltLogger(log),
    authorize: async ({ teamId }) => {
      const workspace = teamId && (await workspaces.find(teamId))
      if (!workspace) throw new ForeignWorkspace('not a workspace of ours')
      return { teamId, botToken: workspace.token, botId: workspace.bot, botUserId: workspace.botUser }
    },
  })
  app.use(async (args) => {
    const body = args.body as unknown as Json
    const { botUserId = '' } = args.context
    await note(body)
    const answer = await listen(body, { botUser: botUserId })
    // An event has been acknowledged by Bolt; its receiver holds that back until we are done.
    if ('ack' in args && typeof args.ack === 'function') await (args.ack as (answer?: object) => Promise<void>)(answer)
  })
  app.error(async (error) => {
    const cause = error instanceof Error && 'original' in error ? error.original : error
    const foreign = cause instanceof ForeignWorkspace
    log.warn({ code: foreign ? 'slack-foreign-workspace' : codeOf(cause) }, 'A request from Slack was not taken')
    // Told that it failed, Slack sends an event again; a foreign one is not wanted again.
    if (!foreign) throw error
  })
  return app

  /** What Slack tells about itself, and no coach needs to know. */
  async function note(body: Json): Promise<void> {
    const event = part(body, 'event')
    const workspace = text(body, 'team_id')
    if (event.type === 'user_change') people.forget(workspace, text(part(event, 'user'), 'id'))
    const revoked = event.type === 'tokens_revoked' && Array.isArray(part(event, 'tokens').bot)
    if (event.type !== 'app_uninstalled' && !revoked) return
    await workspaces.remove(workspace)
    log.info({ workspace }, 'the app was taken out of a workspace')
  }
}

class ForeignWorkspace extends Error {}

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
