/**
 * `npm run bench`: Tovholder beside other ways to answer a turn, in one run on one machine, and how it grows; the figures
 * go into docs/performance.md. With `--quick` only the three ratios that matter most, in less than a minute.
 */
import { bundle, bundleService } from '../../scripts/bundle.mjs'
import { type Finding, milliseconds, times } from './findings.ts'
import { installPeers } from './peers.ts'
import { writeReport } from './report.ts'
import { type Contender, type Figures, nameOf, type Plan, type Results, ratio, runRounds, spread } from './rounds.ts'
import { reminders, sweep } from './scale/due.ts'
import { growth } from './scale/growth.ts'
import { memory } from './scale/memory.ts'
import { processes } from './scale/processes.ts'
import { startUp } from './scale/start-up.ts'
import { createWorld } from './world.ts'

const one = (server: Contender['server'], manner: Contender['manner']): Contender => ({
  server,
  manner,
  authenticated: true,
})
const CARD_STEP = one('tovholder', 'dialog')
const MESSAGE = one('tovholder', 'message')
const ECHOBOT = one('echobot', 'message')
const ECHOBOT_CLICK = one('echobot', 'click')
const AGENTS_SDK = one('agents-sdk', 'message')
const FLOOR_CLICK = one('floor', 'click')
const BOLT = one('bolt', 'slash')
const BOLT_CLICK = one('bolt', 'ack')
const SLACK_BUTTON = one('tovholder', 'button')
const FLOOR_BUTTON = one('floor', 'button')

const CONTENDERS: Contender[] = [
  CARD_STEP,
  ECHOBOT,
  MESSAGE,
  AGENTS_SDK,
  FLOOR_CLICK,
  ECHOBOT_CLICK,
  one('agents-sdk', 'click'),
  one('teams-sdk', 'message'),
  one('teams-sdk', 'click'),
  one('floor', 'message'),
  SLACK_BUTTON,
  BOLT,
  BOLT_CLICK,
  FLOOR_BUTTON,
  one('floor', 'slash'),
]

const QUICK: Plan = { rounds: 5, milliseconds: 1000, warmUp: 6000, leadIn: 0, connections: 32, teams: 50 }
/**
 * A service runs for weeks, and V8 is done with compiling it after some 15,000 turns: until then it is half as fast. While
 * the others have their turn it throws a part of that away, so that each first gets going again.
 */
const FULL: Plan = { ...QUICK, milliseconds: 2500, warmUp: 20_000, leadIn: 1000 }
const FOR_THE_RECORD: Plan = { ...QUICK, rounds: 3, milliseconds: 1500 }
const ALONE: Plan = { ...QUICK, rounds: 7, milliseconds: 2000, warmUp: 20_000, connections: 1 }

async function race(contenders: Contender[], plan: Plan): Promise<Results> {
  const world = await createWorld()
  try {
    await world.seed({ teams: plan.teams, cases: 10, agreements: 2 })
    return await runRounds(world, contenders, plan)
  } finally {
    await world.close()
  }
}

const of = (results: Results, contender: Contender): Figures => {
  const figures = results.get(nameOf(contender))
  if (!figures) throw new Error(`${nameOf(contender)} took no part`)
  return figures
}

async function quick(): Promise<void> {
  const results = await race([CARD_STEP, ECHOBOT, MESSAGE, AGENTS_SDK], QUICK)
  for (const [name, figures] of results)
    console.log(
      `${name}: ${Math.round(spread(figures.rate).median)} turns/s, ${spread(figures.cpu).median.toFixed(2)} ms CPU`,
    )
  const say = (name: string, a: Contender, b: Contender) =>
    console.log(`${name} ${ratio(of(results, a).rate, of(results, b).rate).median.toFixed(1)}`)
  say('card-step/echobot', CARD_STEP, ECHOBOT)
  say('message/echobot', MESSAGE, ECHOBOT)
  say('card-step/agents-sdk', CARD_STEP, AGENTS_SDK)
}

async function full(): Promise<void> {
  say('turns at 32 connections')
  const results = await race(CONTENDERS, FULL)
  say('the same without authentication')
  const open = await race(
    CONTENDERS.map((contender) => ({ ...contender, authenticated: false })),
    FOR_THE_RECORD,
  )
  say('one connection')
  const alone = await race([CARD_STEP, ECHOBOT_CLICK, FLOOR_CLICK], ALONE)

  const findings = [...ratios(results), ...latencies(results, alone)]
  for (const [name, measure] of Object.entries({ growth, sweep, reminders, processes, startUp, memory })) {
    say(name)
    findings.push(...(await measure()))
  }
  writeReport({ results, open, alone, findings })
}

const say = (what: string): void => console.log(`… ${what}`)

type Limit = { least: number } | { most: number }

/** What is aimed at, and whether it is reached; without a limit it is there to compare with. */
const judged = (value: number, limit?: Limit): Pick<Finding, 'target' | 'met'> => {
  if (!limit) return { target: '', met: undefined }
  return 'least' in limit
    ? { target: `≥ ${limit.least} ×`, met: value >= limit.least }
    : { target: `≤ ${limit.most} ×`, met: value <= limit.most }
}

function ratios(results: Results): Finding[] {
  const compare = (what: string, figure: 'rate' | 'cpu', a: Contender, b: Contender, limit?: Limit): Finding => {
    const { median, min, max } = ratio(of(results, a)[figure], of(results, b)[figure])
    return {
      what,
      measured: `${times(median)} (${min.toFixed(2)}–${max.toFixed(2)})`,
      ...judged(median, limit),
    }
  }
  return [
    compare('card step / EchoBot message', 'rate', CARD_STEP, ECHOBOT, { least: 4 }),
    compare('card step / Agents SDK message', 'rate', CARD_STEP, AGENTS_SDK, { least: 2 }),
    compare('card step / floor', 'rate', CARD_STEP, FLOOR_CLICK, { least: 0.2 }),
    compare('`/call prep` / EchoBot message', 'rate', MESSAGE, ECHOBOT, { least: 3 }),
    compare('Slack button → updated card / bare acknowledgement of Bolt', 'rate', SLACK_BUTTON, BOLT, { least: 0.5 }),
    compare("… / Bolt's acknowledgement of the same click", 'rate', SLACK_BUTTON, BOLT_CLICK),
    compare("the floor's button → updated card / bare acknowledgement of Bolt", 'rate', FLOOR_BUTTON, BOLT),
    compare('CPU of a card step / of an EchoBot message', 'cpu', CARD_STEP, ECHOBOT, { most: 0.3 }),
  ]
}

function latencies(results: Results, alone: Results): Finding[] {
  const compare = (what: string, ours: number[], theirs: number[], limit?: Limit): Finding => {
    const { median } = ratio(ours, theirs)
    const [own, other] = [ours, theirs].map((values) => milliseconds(spread(values).median))
    return { what, measured: `${times(median)}: ${own} to ${other}`, ...judged(median, limit) }
  }
  const onOne = (contender: Contender) => of(alone, contender).p99
  return [
    compare(
      'p99 of a card step at 32 connections / EchoBot message',
      of(results, CARD_STEP).p99,
      of(results, ECHOBOT).p99,
      { most: 0.5 },
    ),
    compare('p99 of a card step on one connection / EchoBot click', onOne(CARD_STEP), onOne(ECHOBOT_CLICK), {
      most: 0.25,
    }),
    compare("p99 of the floor's click on one connection / EchoBot click", onOne(FLOOR_CLICK), onOne(ECHOBOT_CLICK)),
  ]
}

installPeers()
// In the form that schools run it in.
await bundleService()
await bundle('test/bench/tovholder-process.ts', 'dist/bench')
await (process.argv.includes('--quick') ? quick() : full())
