/** The load, in a process of its own: a number of people who each wait for an answer before they speak again. */
import { createExchange } from '../../src/http/exchange.ts'
import { peopleOf } from './school.ts'
import { type Audience, type Manner, type Speaker, speakersFor } from './speakers.ts'

export interface Job extends Audience {
  /** Of one server, or of several that share the load. */
  urls: string[]
  manner: Manner
  connections: number
  /** Teams whose people speak. */
  teams: number
  /** It ends after so many milliseconds or turns, whichever comes first. */
  milliseconds: number
  turns?: number
}

export interface Measured {
  turns: number
  milliseconds: number
  /** Milliseconds. */
  p50: number
  p99: number
  /** The first of what was wrong, and how many there were. */
  faults: { count: number; first?: string }
}

/** Milliseconds until an answer is given up: nobody is this slow. */
const LONGEST = 60_000

async function measure({ urls, manner, connections, teams, milliseconds, turns, ...audience }: Job): Promise<Measured> {
  const speakers = speakersFor(manner, peopleOf(teams), connections, audience)
  const latencies: number[] = []
  const faults: Measured['faults'] = { count: 0 }
  const started = performance.now()
  const end = started + milliseconds
  const most = turns ?? Number.POSITIVE_INFINITY
  let begun = 0

  async function converse(speaker: Speaker, index: number): Promise<void> {
    const exchange = createExchange()
    const url = urls[index % urls.length] as string
    while (performance.now() < end && begun < most) {
      begun++
      const { path, ...request } = speaker.next()
      const sent = performance.now()
      const { status, text } = await exchange.ask({ method: 'POST', url: url + path, ...request, timeout: LONGEST })
      const fault = speaker.heard(status, text)
      latencies.push(performance.now() - sent)
      if (fault) faults.first ??= fault
      if (fault) faults.count++
    }
    await exchange.close()
  }

  await Promise.all(speakers.map(converse))
  const took = performance.now() - started
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return { turns: latencies.length, milliseconds: took, p50: at(0.5), p99: at(0.99), faults }
}

process.on('message', (job: Job) => {
  measure(job).then(
    (measured) => process.send?.(measured),
    (error) =>
      process.send?.({ turns: 0, milliseconds: 1, p50: 0, p99: 0, faults: { count: 1, first: String(error) } }),
  )
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
