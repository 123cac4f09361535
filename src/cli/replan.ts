import { replanCase } from '../app/replan.ts'
import { keys } from '../store/keys.ts'
import { everythingSealed } from '../store/sealed.ts'
import { withStore } from './installation.ts'
import { readArguments, type Tool } from './tool.ts'

/**
 * For cases from before the service made due what it does today, and after an index was lost: what each case makes due is
 * derived from the case alone. It may run beside the service, and again.
 */
export const replanning: Tool = {
  what: 'derives anew what every case makes due, reviews and deletions too, and lists every open case',
  run: (args, context) => {
    readArguments(args)
    return withStore(context, async ({ store, redis }) => {
      const done = new Set<string>()
      for await (const batch of everythingSealed(redis))
        for (const { place } of batch) {
          const at = keys.caseAt(place)
          if (!at || done.has(place)) continue
          const [[team], [found]] = await Promise.all([
            store.load(at.team, 'team', [at.team]),
            store.load(at.team, 'case', [at.code]),
          ])
          if (!team || !found) continue
          await replanCase(store, team.value, found)
          done.add(place)
        }
      context.print(`What ${done.size} cases make due was derived anew.`)
      return 0
    })
  },
}
