/** The tools beside the service: `npm run -s cli -- help`. */
import { loadContent } from './app/content.ts'
import { chatTool } from './cli/chat.ts'
import { doctor } from './cli/doctor.ts'
import { due } from './cli/due.ts'
import { packageTool } from './cli/package.ts'
import { previewTool } from './cli/preview.ts'
import { erasing, exporting } from './cli/privacy.ts'
import { replanning } from './cli/replan.ts'
import { rotating } from './cli/rotate-keys.ts'
import { print, ROOT, readArguments, type Tool, ToolError } from './cli/tool.ts'
import { wordingTool } from './cli/wording.ts'
import { settingsTable } from './config.ts'
import { plainWords } from './plain-words.ts'

const context = { env: process.env, root: ROOT, print }

const TOOLS: Record<string, Tool> = {
  lint: {
    what: 'checks dialogs/ and cards/ and says what to mend',
    run: (args) => {
      readArguments(args)
      const { flows, cards } = loadContent(ROOT)
      print(`${Object.keys(flows).length} dialogs and ${Object.keys(cards).length} cards are in order.`)
      return 0
    },
  },

  doctor,
  due,
  export: exporting,
  erase: erasing,
  'rotate-keys': rotating,
  replan: replanning,

  chat: chatTool,

  preview: previewTool,

  package: packageTool,

  wording: wordingTool,

  settings: {
    what: 'prints the table of settings for the README',
    run: (args) => {
      readArguments(args)
      print(settingsTable())
      return 0
    },
  },
}

const [name = 'help', ...args] = process.argv.slice(2)
const tool = TOOLS[name]
if (tool) process.exitCode = await run(tool)
else {
  for (const [each, { what }] of Object.entries(TOOLS)) print(`${each.padEnd(12)} ${what}`)
  process.exitCode = name === 'help' ? 0 : 2
}

/** What the caller can mend is said plainly, beside what a tool prints. */
async function run(tool: Tool): Promise<number> {
  try {
    return await tool.run(args, context)
  } catch (error) {
    const words = error instanceof ToolError ? error.message : plainWords(error)
    if (words === undefined) throw error
    process.stderr.write(`${words}\n`)
    return error instanceof ToolError ? 2 : 1
  }
}
