/** Shows Tovholder as Slack would, on a page of this machine: `npm run slack:try`. */
import { pino } from 'pino'
import { servePage } from './page.ts'
import { startSchool } from './school.ts'

const PORT = 56160

async function main(): Promise<void> {
  const log = pino({ level: process.env.LOG_LEVEL ?? 'warn' })
  const school = await startSchool(log)
  const page = await servePage(school, Number(process.env.SLACK_TRY_PORT ?? PORT)).catch(async (error: unknown) => {
    await school.close()
    throw error
  })
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await page.close()
    await school.close()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.stdout.write(invitation(page.url))
}

const invitation = (url: string): string => `
  Tovholder in a Slack of this machine. Open ${url}

  1. Under »Direct messages« write:                    opkald forbered
  2. Follow the cards. The agreements come into #udskolingen.
  3. See the reminders at once:                        + 3 days
     Be a colleague:                                   You are …

  Ctrl-C stops everything; nothing of it is kept.
`

main().catch((error: unknown) => {
  const isMendable = error instanceof Error && 'remedy' in error
  process.stderr.write(`${isMendable ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
})
