import { withStore } from './installation.ts'
import { readArguments, type Tool } from './tool.ts'

const FOR_EVER = Number.MAX_SAFE_INTEGER

/** What waits to be said, and what was set aside because it could not be delivered. */
export const due: Tool = {
  what: 'shows what waits to be said in each team, and what could not be delivered; --retry NAME (or all) tries that again',
  run: (args, context) => {
    const { retry: wanted } = readArguments(args, { values: ['retry'] })
    return withStore(context, async ({ store }) => {
      const { print } = context
      if (wanted !== undefined) {
        const teams = await store.teams()
        const named = async (team: string) =>
          wanted === 'all' ? (await store.buried(team)).map(({ name }) => name) : [wanted]
        const done = await Promise.all(
          teams.map(async (team) => Promise.all((await named(team)).map((name) => store.retry(team, name)))),
        )
        const count = done.flat().filter(Boolean).length
        print(
          count > 0
            ? `${count} will be tried again at the next sweep, within a minute.`
            : `Nothing named "${wanted}" was set aside. Give a name as "due" prints it, in quotes.`,
        )
        return count > 0 ? 0 : 1
      }
      for (const team of await store.teams()) {
        print(`Team ${team}`)
        for (const { kind, ids, at } of await store.due(team, FOR_EVER, 1000))
          print(`  ${new Date(at).toISOString()}  ${kind} ${ids.join(' ')}`)
        for (const { name, reason, at } of await store.buried(team))
          print(`  ${new Date(at).toISOString()}  set aside (${reason}): ${name}`)
      }
      return 0
    })
  },
}
