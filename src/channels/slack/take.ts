import type { Log } from '../../app/log.ts'
import { DeliveryError } from '../../app/ports.ts'
import { within } from '../../app/within.ts'
import type { Answer } from './answer.ts'
import { type Json, part, text, workspaceIn } from './incoming.ts'
import type { Listen } from './listener.ts'
import type { People } from './people.ts'
import type { FindWorkspace, Workspace, Workspaces } from './workspaces.ts'

export interface TakeOptions {
  find: FindWorkspace
  workspaces: Pick<Workspaces, 'ended'>
  people: Pick<People, 'forget'>
  listen: Listen
  log: Pick<Log, 'warn' | 'info'>
}

/** Takes what is known to be from Slack, and resolves to what it is answered with. Rejects where Slack is to send it again. */
export type Take = (body: Json) => Promise<Answer>

/** Of the three seconds that Slack waits, so many milliseconds for the workspace's token; the listener takes two more. */
const FIND_WITHIN = 800

/** Hands what comes on to the listener, where it is of a workspace that we serve. */
export function createTake({ find, workspaces, people, listen, log }: TakeOptions): Take {
  return async (body) => {
    const id = workspaceIn(body)
    if (await isNoted(body, id)) return undefined
    const workspace = await workspaceOf(id)
    if (workspace) return listen(body, { workspace: id, botUser: workspace.botUser })
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
  async function isNoted(body: Json, workspace: string): Promise<boolean> {
    const event = part(body, 'event')
    switch (event.type) {
      case 'user_change':
        people.forget(workspace, text(part(event, 'user'), 'id'))
        return true
      case 'app_uninstalled':
      // Perhaps not ours, but that of somebody who installed the app: it is looked at.
      case 'tokens_revoked': {
        const left = text(body, 'team_id') || workspace
        if (await workspaces.ended(left)) log.info({ workspace: left }, 'the app was taken out of a workspace')
        return true
      }
      default:
        return false
    }
  }
}
