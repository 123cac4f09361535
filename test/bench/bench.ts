/**
 * `npm run bench`: Tovholder beside other ways to answer a turn, in one run on one machine. With `--quick` only the three
 * ratios that matter most, in less than a minute.
 */
import { installPeers } from './peers.ts'
import { type Contender, nameOf, type Plan, type Results, ratio, runRounds } from './rounds.ts'
import { createWorld } from './world.ts'

const CARD_STEP: Contender = { server: 'tovholder', manner: 'dialog', authenticated: true }
const MESSAGE: Contender = { server: 'tovholder', manner: 'message', authenticated: true }
const ECHOBOT: Contender = { server: 'echobot', manner: 'message', authenticated: true }
const AGENTS_SDK: Contender = { server: 'agents-sdk', manner: 'message', authenticated: true }

const QUICK: Plan = { rounds: 5, milliseconds: 1_500, warmUp: 2_500, connections: 32, teams: 50 }

const rates = (results: Results, contender: Contender): number[] => results.get(nameOf(contender))?.rate ?? []

async function quick(): Promise<void> {
  const world = await createWorld()
  try {
    await world.seed({ teams: QUICK.teams, cases: 10, agreements: 2 })
    const results = await runRounds(world, [CARD_STEP, ECHOBOT, MESSAGE, AGENTS_SDK], QUICK)
    const say = (name: string, a: Contender, b: Contender) =>
      console.log(`${name} ${ratio(rates(results, a), rates(results, b)).median.toFixed(1)}`)
    if (process.argv.includes('--detail')) console.log(results)
    say('card-step/echobot', CARD_STEP, ECHOBOT)
    say('message/echobot', MESSAGE, ECHOBOT)
    say('card-step/agents-sdk', CARD_STEP, AGENTS_SDK)
  } finally {
    await world.close()
  }
}

installPeers()
await quick()
