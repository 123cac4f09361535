/**
 * `npm run -s fuzz`: 100,000 requests that nobody would send to the endpoint for Teams, and a tenth of that to the one for
 * Slack. `npm run -s fuzz -- 5000 7` tries 5000 with the seed 7, which makes the same requests again.
 */
import { fuzz } from './fuzz.ts'
import { slackTarget } from './slack.ts'
import { teamsTarget } from './teams.ts'

const [count = '100000', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2)
/** However slow the machine is, it ends. */
const SECONDS = 1800

// The SDK prints the key of every token it refuses.
console.error = () => undefined

let broke = 0
for (const [name, start, share] of [
  ['Teams', teamsTarget, 1],
  ['Slack', slackTarget, 0.1],
] as const) {
  const target = await start()
  const figures = await fuzz(target, {
    count: Math.round(Number(count) * share),
    seconds: SECONDS,
    seed: Number(seed),
    log: console.log,
  })
  await target.close()
  const { tried, statuses, hung, reset, crashed, unsignedTaken, failed, polluted, slowest, took } = figures
  const unmeant = Object.entries(failed).filter(([code]) => !target.meant.includes(code))
  console.log(
    `${name}, seed ${seed}: ${tried} tried in ${Math.round(took / 1000)} s, slowest ${Math.round(slowest)} ms`,
  )
  console.log(
    `  answered ${Object.entries(statuses)
      .map(([status, times]) => `${status}: ${times}`)
      .join(', ')}`,
  )
  console.log(`  hung ${hung}, cut off ${reset}, crashed ${crashed.length}, taken without a signature ${unsignedTaken}`)
  console.log(`  failed as meant or not: ${JSON.stringify(failed)}; not meant: ${JSON.stringify(unmeant)}`)
  for (const stack of crashed) console.log(stack)
  broke += hung + reset + crashed.length + unsignedTaken + unmeant.length + Number(polluted)
}
process.exitCode = broke === 0 ? 0 : 1
