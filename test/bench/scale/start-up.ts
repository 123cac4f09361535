/** From the command to the first answer, with a Redis of its own: bundled, and from source as a newcomer starts it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { freePort } from '../../helpers/ports.ts'
import { startCommand } from '../../helpers/start-command.ts'
import { type Finding, milliseconds } from '../findings.ts'
import { type Spread, spread } from '../rounds.ts'

const ROUNDS = 5
const LONGEST = 30_000
const MOST = 2000

export async function startUp(): Promise<Finding[]> {
  const took: Record<string, number[]> = { 'dist/main.mjs': [], 'src/main.ts': [] }
  // The first one fills the caches that every later one uses.
  for (let round = 0; round <= ROUNDS; round++)
    for (const [program, times] of Object.entries(took)) {
      const one = await startOnce(program)
      if (round > 0) times.push(one)
    }
  const [bundled, source] = Object.values(took).map(spread) as [Spread, Spread]
  return [
    {
      what: 'start to ready, embedded Redis included',
      target: `≤ ${MOST / 1000} s`,
      measured: `${inWords(bundled)}; from source, as \`npm start\`, ${inWords(source)}`,
      met: bundled.median <= MOST,
    },
  ]
}

const inWords = ({ median, min, max }: Spread): string =>
  `${milliseconds(median)} (${Math.round(min)}–${Math.round(max)})`

async function startOnce(program: string): Promise<number> {
  const data = await mkdtemp(join(tmpdir(), 'tov-start-'))
  const port = await freePort()
  const { flags, env } = startCommand()
  const started = performance.now()
  const service = spawn(process.execPath, [...flags, program], {
    cwd: new URL('../../..', import.meta.url),
    env: {
      ...env,
      PATH: process.env.PATH,
      PORT: String(port),
      PLAYGROUND_PORT: String(await freePort()),
      TOVHOLDER_DATA: data,
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  // It invites people when all of it is up; ended before that, it would leave nothing in the caches.
  const invited = once(service.stdout, 'data')
  try {
    while (!(await isReady(port))) {
      if (performance.now() - started > LONGEST) throw new Error('not ready within half a minute')
      await setTimeout(5)
    }
    const took = performance.now() - started
    await invited
    return took
  } finally {
    service.kill('SIGTERM')
    if (service.exitCode === null) await once(service, 'exit')
    await rm(data, { recursive: true, force: true })
  }
}

const isReady = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/ready`).then(
    ({ ok }) => ok,
    () => false,
  )
