/** Export and erasure for operators, where nobody in the team can do it any more, or a case is wanted as a file. */
import { loadContent } from '../app/content.ts'
import type { Store, Versioned } from '../app/ports.ts'
import { sceneOf } from '../app/scene.ts'
import { exportLines } from '../app/view/export.ts'
import { exportRecord } from '../app/view/export-record.ts'
import type { Case } from '../domain/case.ts'
import { parseCaseCode } from '../domain/case-code.ts'
import { erasureOf } from '../domain/retention.ts'
import type { Team } from '../domain/team.ts'
import { withStore } from './installation.ts'
import { readArguments, type Tool, type ToolContext, ToolError } from './tool.ts'

/** Who the audit says it was. */
const OPERATOR = 'operator'

interface Found {
  team: Team
  case: Versioned<Case>
}

export const exporting: Tool = {
  what: 'prints a case for the school’s own file: export F-7K3Q [--json] [--team ID]',
  run: (args, context) => {
    const { json, team: wanted, words } = readArguments(args, { values: ['team'], flags: ['json'], words: 1 })
    const code = codeIn(words)
    return withStore(context, async ({ store }) => {
      const found = await findCase(store, { code, wanted }, context)
      if (!found) return 1
      const { team, case: kept } = found
      const scene = sceneOf(loadContent(context.root), team, team.language, await store.now())
      context.print(
        json ? JSON.stringify(exportRecord(scene, kept.value), null, 2) : exportLines(scene, kept.value).join('\n'),
      )
      await store.commit({
        team: team.id,
        writes: [],
        due: [],
        audit: [{ actor: OPERATOR, action: 'case-exported', code: kept.value.code }],
      })
      return 0
    })
  },
}

export const erasing: Tool = {
  what: 'deletes a case for good and prints a receipt: erase F-7K3Q --yes [--team ID]',
  run: (args, context) => {
    const { yes, team: wanted, words } = readArguments(args, { values: ['team'], flags: ['yes'], words: 1 })
    const code = codeIn(words)
    return withStore(context, async ({ store }) => {
      const { print } = context
      const found = await findCase(store, { code, wanted }, context)
      if (!found) return 1
      const { team, case: kept } = found
      const { contacts, agreements, posts } = kept.value
      const holds = `${contacts.length} talks, ${agreements.length} agreements, ${posts.length} posted cards`
      if (!yes) {
        print(`${code} in ${team.id} holds ${holds}. It cannot be undone: say --yes to delete it.`)
        return 1
      }
      const now = await store.now()
      const outcome = await store.commit({
        team: team.id,
        writes: [{ kind: 'case', id: code, rev: kept.rev, value: undefined }],
        due: erasureOf(kept.value, now, team),
        audit: [{ actor: OPERATOR, action: 'case-erased', code }],
      })
      if (outcome !== 'done') {
        print(`${code} was changed at the same moment and is still there: try again.`)
        return 1
      }
      print(`Receipt: ${code} in ${team.id} was deleted at ${new Date(now).toISOString()}: ${holds}.`)
      print(
        'Its cards are emptied by the running service within a minute. Who did what and when is kept, without content.',
      )
      return 0
    })
  },
}

function codeIn([typed = '']: string[]): string {
  const code = parseCaseCode(typed)
  if (!code) throw new ToolError('Which case? Give its code, such as F-7K3Q.')
  return code
}

/** The case of this code; where several teams have one, `wanted` tells which. */
async function findCase(
  store: Store,
  { code, wanted }: { code: string; wanted: string | undefined },
  { print }: ToolContext,
): Promise<Found | undefined> {
  const teams = (await store.teams()).filter((id) => wanted === undefined || id === wanted)
  const all = await Promise.all(
    teams.map(async (id): Promise<Found[]> => {
      const [[team], [kept]] = await Promise.all([store.load(id, 'team', [id]), store.load(id, 'case', [code])])
      return team && kept ? [{ team: team.value, case: kept }] : []
    }),
  )
  const found = all.flat()
  if (found.length === 0) print(`There is no case ${code}${wanted === undefined ? '' : ` in ${wanted}`}.`)
  if (found.length > 1)
    print(`Several teams have a case ${code}; say which with --team: ${found.map(({ team }) => team.id).join(', ')}`)
  return found.length === 1 ? found[0] : undefined
}
