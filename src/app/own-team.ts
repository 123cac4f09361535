/** Which team a direct chat is about, where somebody is in several: asked once, and kept until another one is chosen. */
import { LRUCache } from 'lru-cache'
import { DEFAULT_LANGUAGE, languageIn, type Team } from '../domain/team.ts'
import { parseCommand } from './commands.ts'
import type { Content } from './content.ts'
import { text } from './decision.ts'
import type { Incoming, Reply, Store } from './ports.ts'
import { type Scene, say, sceneOf } from './scene.ts'
import { button, commandButton, notice } from './view/parts.ts'

export interface OwnTeam {
  /** The person's team; `undefined` where there is none, or several and none was chosen. */
  find(incoming: Incoming): Promise<Team['id'] | undefined>
  /** The question which team, where there are several. */
  ask(incoming: Incoming): Promise<Reply | undefined>
  /** Answers whoever asks for the question, or answers it; `undefined` for everything else. */
  answer(incoming: Incoming): Promise<Reply | undefined>
}

const CHOOSE = 'choose-team'

/** That somebody has one team only is remembered this long, in milliseconds; the gate asks the roster every time anyway. */
const MEMORY = 60_000
const MOST_REMEMBERED = 10_000

export function createOwnTeam(store: Store, content: Content): OwnTeam {
  const remembered = new LRUCache<string, Team['id']>({ max: MOST_REMEMBERED, ttl: MEMORY })

  async function teamsOf({ tenant, user }: Incoming): Promise<Team[]> {
    const { teams } = await store.teamsOf(tenant, user.id)
    const locale = languageIn(user.locale, content.languages) ?? DEFAULT_LANGUAGE
    const loaded = await Promise.all(teams.map((id) => store.load(id, 'team', [id])))
    return loaded.flatMap(([found]) => found?.value ?? []).sort((a, b) => a.name.localeCompare(b.name, locale))
  }

  async function sceneIn(team: Team, { user }: Incoming): Promise<Scene> {
    const [kept] = await store.load(team.id, 'user', [user.id])
    const language = kept?.value.language ?? languageIn(user.locale, content.languages) ?? team.language
    return sceneOf(content, team, language, await store.now())
  }

  async function ask(incoming: Incoming): Promise<Reply | undefined> {
    const teams = await teamsOf(incoming)
    const [first] = teams
    if (!first || teams.length < 2) return undefined
    const scene = await sceneIn(first, incoming)
    const title = say(scene, 'whichTeam.title')
    const actions = teams.map(({ id, name }) => button(name, CHOOSE, { team: id }))
    return { card: notice(scene, { title, texts: [say(scene, 'whichTeam.text')], actions }), summary: title }
  }

  async function choose(incoming: Incoming, wanted: string | undefined): Promise<Reply | undefined> {
    const chosen = (await teamsOf(incoming)).find(({ id }) => id === wanted)
    // Not a team of this person's: asked anew, whatever a card says.
    if (!chosen) return ask(incoming)
    await store.chooseTeam(incoming.tenant, incoming.user.id, chosen.id)
    const scene = await sceneIn(chosen, incoming)
    const title = say(scene, 'whichTeam.chosen', { name: chosen.name })
    const actions = [
      commandButton(scene, say(scene, 'welcome.direct.start'), 'call-prep', '', { style: 'positive' }),
      commandButton(scene, say(scene, 'welcome.direct.more'), 'help'),
    ]
    return { card: notice(scene, { title, texts: [say(scene, 'whichTeam.change')], actions }), summary: title }
  }

  return {
    async find({ tenant, user }) {
      const who = `${tenant} ${user.id}`
      const known = remembered.get(who)
      if (known) return known
      const { teams, chosen } = await store.teamsOf(tenant, user.id)
      const [only, ...more] = teams
      if (more.length > 0) return chosen
      if (!only) return undefined
      remembered.set(who, only)
      return only
    },
    ask,
    async answer(incoming) {
      const { what, place } = incoming
      if (what.kind === 'action' && what.verb === CHOOSE) return choose(incoming, text(what.data.team))
      if (place !== 'direct') return undefined
      const parsed = what.kind === 'message' ? parseCommand(what.text, content.commands) : undefined
      return parsed?.kind === 'command' && parsed.command === 'team' ? ask(incoming) : undefined
    },
  }
}
