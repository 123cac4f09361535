/** `npm run fuzz`: 100,000 requests that nobody would send, to the whole service. `npm run fuzz -- 5000 7` tries 5000 with the seed 7. */
import { fuzz } from './fuzz.ts'
import { teamsTarget } from './teams.ts'

const [count = '100000', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2)
/** However slow the machine is, it ends. */
const SECONDS = 1800

// The SDK prints the key of every token it refuses.
console.error = () => undefined
const target = await teamsTarget()
const figures = await fuzz(target, { count: Number(count), seconds: SECONDS, seed: Number(seed), log: console.log })
await target.close()
console.log(JSON.stringify(figures, undefined, 2))
