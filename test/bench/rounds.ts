/** Rounds in turns, A B C A B C …, so that whatever else the machine does falls on all of them alike. */
import type { Manner } from './speakers.ts'
import type { Server, ServerName, World } from './world.ts'

export interface Contender {
  server: ServerName
  manner: Manner
  authenticated: boolean
}

export interface Plan {
  rounds: number
  /** Milliseconds of each round, and of the one before the first that does not count. */
  milliseconds: number
  warmUp: number
  /** Milliseconds before each round that do not count either: while others had their turn, this one had nothing to do. */
  leadIn: number
  connections: number
  /** Teams whose people speak. */
  teams: number
}

/** One figure of each round. */
export interface Figures {
  /** Turns a second. */
  rate: number[]
  /** Milliseconds of the server's CPU for each turn. */
  cpu: number[]
  /** The share of one core that the server used: well below 1, something else was the limit. */
  busy: number[]
  /** Milliseconds. */
  p50: number[]
  p99: number[]
  /** Megabytes. */
  rss: number[]
}

export const nameOf = ({ server, manner, authenticated }: Contender): string =>
  `${server} ${manner}${authenticated ? '' : ' (no authentication)'}`

export type Results = Map<string, Figures>

const WARM_UP_CONNECTIONS = 32

/** Runs them all. Throws at the first wrong answer: a figure of wrong answers is none. */
export async function runRounds(world: World, contenders: Contender[], plan: Plan): Promise<Results> {
  const servers = new Map<string, Server>()
  for (const { server, authenticated } of contenders) {
    const key = `${server} ${authenticated}`
    if (!servers.has(key)) servers.set(key, await world.serve(server, { authenticated }))
  }
  const results: Results = new Map()
  for (let round = 0; round <= plan.rounds; round++)
    for (const contender of contenders) {
      const server = servers.get(`${contender.server} ${contender.authenticated}`) as Server
      const milliseconds = round === 0 ? plan.warmUp : plan.milliseconds
      if (round > 0 && plan.leadIn > 0) await runOne(world, server, contender, { ...plan, milliseconds: plan.leadIn })
      // However few speak later: V8 compiles what is often done, and a service has done it often.
      const connections = round === 0 ? WARM_UP_CONNECTIONS : plan.connections
      const one = await runOne(world, server, contender, { ...plan, milliseconds, connections })
      if (round === 0) results.set(nameOf(contender), { rate: [], cpu: [], busy: [], p50: [], p99: [], rss: [] })
      else
        for (const [figure, value] of Object.entries(one))
          results.get(nameOf(contender))?.[figure as 'rate'].push(value)
    }
  await Promise.all([...servers.values()].map((server) => server.stop()))
  return results
}

/** One round of one of them. */
export async function runOne(
  world: World,
  server: Server,
  { manner, authenticated }: Pick<Contender, 'manner' | 'authenticated'>,
  {
    connections,
    milliseconds,
    teams,
    turns,
  }: Pick<Plan, 'connections' | 'milliseconds' | 'teams'> & { turns?: number },
): Promise<Record<keyof Figures, number>> {
  const before = await server.sample()
  const drawn = (await world.atSlack()).updates
  const job = { urls: [server.url], manner, connections, teams, authenticated, milliseconds, ...(turns && { turns }) }
  const measured = await world.speak(job)
  const after = await server.sample()
  const { count, first } = measured.faults
  const slack = await world.atSlack()
  const lost = [...(await world.atMicrosoft()).faults, ...slack.faults]
  if (count > 0 || lost.length > 0) throw new Error(`${count} wrong answers to "${manner}": ${first ?? lost[0]}`)
  if (manner === 'button' && slack.updates - drawn !== measured.turns)
    throw new Error(`${measured.turns} clicks in Slack, but ${slack.updates - drawn} cards drawn anew`)
  const cpu = (after.cpu - before.cpu) / 1000
  return {
    rate: (measured.turns / measured.milliseconds) * 1000,
    cpu: cpu / measured.turns,
    busy: cpu / measured.milliseconds,
    p50: measured.p50,
    p99: measured.p99,
    rss: after.rss / 1e6,
  }
}

export interface Spread {
  median: number
  min: number
  max: number
}

export function spread(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const median =
    ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2
  return { median, min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0 }
}

/** Round by round, since a round's two halves ran under the same conditions. */
export const ratio = (a: number[], b: number[]): Spread => spread(a.map((value, round) => value / (b[round] ?? 0)))
