/** The tools beside the service: `npm run -s cli -- help`. */
import { join } from 'node:path'
import { ContentError, loadContent } from './app/content.ts'
import { readConfig, settingsTable } from './config.ts'
import { localKeys } from './local/keys.ts'
import { socketFor } from './local/redis.ts'
import { connect, disconnect } from './store/redis.ts'
import { parseKeyRing } from './store/seal.ts'
import { createStore } from './store/store.ts'

const ROOT = join(import.meta.dirname, '..')
const print = (text: string) => void process.stdout.write(`${text}\n`)

interface Tool {
  what: string
  run: (args: string[]) => Promise<number> | number
}

const TOOLS: Record<string, Tool> = {
  lint: {
    what: 'checks dialogs/ and cards/ and says what to mend',
    run: () => {
      try {
        const { flows, cards } = loadContent(ROOT)
        print(`${Object.keys(flows).length} dialogs and ${Object.keys(cards).length} cards are in order.`)
        return 0
      } catch (error) {
        if (!(error instanceof ContentError)) throw error
        print(error.message)
        return 1
      }
    },
  },

  due: {
    what: 'shows what waits to be said in each team, and what could not be delivered',
    run: async () => {
      const config = readConfig(process.env)
      const dir = join(ROOT, config.TOVHOLDER_DATA)
      const redis = await connect(
        config.REDIS_URL
          ? { kind: 'url', url: config.REDIS_URL }
          : { kind: 'socket', path: socketFor(join(dir, 'redis')) },
      )
      try {
        const store = createStore({ redis, ring: parseKeyRing(config.TOVHOLDER_KEYS ?? localKeys(join(dir, 'keys'))) })
        for (const team of await store.teamsWithDue(Number.MAX_SAFE_INTEGER)) {
          print(`Team ${team}`)
          for (const { kind, ids, at } of await store.due(team, Number.MAX_SAFE_INTEGER, 1000))
            print(`  ${new Date(at).toISOString()}  ${kind} ${ids.join(' ')}`)
          for (const { name, reason, at } of await store.buried(team))
            print(`  ${new Date(at).toISOString()}  set aside (${reason}): ${name}`)
        }
        return 0
      } finally {
        await disconnect(redis)
      }
    },
  },

  settings: {
    what: 'prints the table of settings for the README',
    run: () => {
      print(settingsTable())
      return 0
    },
  },
}

const [name = 'help', ...args] = process.argv.slice(2)
const tool = TOOLS[name]
if (tool) process.exitCode = await tool.run(args)
else {
  for (const [each, { what }] of Object.entries(TOOLS)) print(`${each.padEnd(10)} ${what}`)
  process.exitCode = name === 'help' ? 0 : 2
}
