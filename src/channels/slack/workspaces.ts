import type { Vault } from '../../app/ports.ts'
import { within } from '../../app/within.ts'
import { isTaken, type WebApi } from './web-api.ts'

/** A workspace the app is installed in. */
export interface Workspace {
  id: string
  token: string
  /** The bot's own user there. */
  botUser: string
}

export type FindWorkspace = (id: string) => Promise<Workspace | undefined>

export interface Workspaces {
  /** `undefined` for a workspace that we do not serve. */
  find: FindWorkspace
  /** Remembers an installation. */
  add(workspace: Workspace): Promise<void>
  /**
   * Forgets one, with its token, as the app was taken out; tells whether it was. Word of that may come late, after somebody
   * has put the app back: a token that Slack still takes is kept.
   */
  ended(id: string): Promise<boolean>
}

/** The one workspace of an app that is not distributed: what its token says it is. Asked once, and again only if that failed. */
export function oneWorkspace(token: string, web: WebApi): Workspaces {
  let known: Promise<Workspace> | undefined
  const identify = async (): Promise<Workspace> => {
    const said = await web(token, 'auth.test', {})
    return { id: said.team_id ?? '', token, botUser: said.user_id ?? '' }
  }
  return {
    async find(id) {
      known ??= identify()
      const pending = known
      try {
        const own = await pending
        return own.id === id ? own : undefined
      } catch (error) {
        if (known === pending) known = undefined
        throw error
      }
    },
    add: async () => {},
    ended: async () => false,
  }
}

/** How long a token is remembered before the vault is asked again, in milliseconds. */
const MEMORY = 60_000
/** How long the vault may take where what is remembered would do, in milliseconds. */
const SOON = 500

/** The workspaces that installed the app through `/slack/install`, their tokens sealed in the vault. */
export function installedWorkspaces(
  vault: Vault,
  web: WebApi,
  allowed: readonly string[],
  memory: number = MEMORY,
): Workspaces {
  const remembered = new Map<string, { workspace: Workspace; until: number }>()
  const nameOf = (id: string) => `slack-${id}`

  async function ask(id: string): Promise<Workspace | undefined> {
    const workspace = (await vault.get(nameOf(id))) as Workspace | undefined
    if (workspace) remembered.set(id, { workspace, until: performance.now() + memory })
    else remembered.delete(id)
    return workspace
  }

  return {
    async find(id) {
      if (!allowed.includes(id)) return undefined
      const known = remembered.get(id)
      if (known && known.until > performance.now()) return known.workspace
      const asked = ask(id)
      if (!known) return asked
      // While Redis is away or hangs, who is known is still told so.
      const { workspace } = known
      return within(
        SOON,
        asked.catch(() => workspace),
        workspace,
      )
    },
    async add(workspace) {
      await vault.put(nameOf(workspace.id), workspace)
      remembered.delete(workspace.id)
    },
    async ended(id) {
      // As the vault has it: another process may have put it there.
      const known = await ask(id)
      if (known && (await isTaken(web, known.token))) return false
      await vault.remove(nameOf(id))
      remembered.delete(id)
      return known !== undefined
    },
  }
}
