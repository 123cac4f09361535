/** From the command to the first answer, as a newcomer starts it: with a Redis of its own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { freePort } from '../../helpers/ports.ts'
import { type Finding, milliseconds } from '../findings.ts'
import { spread } from '../rounds.ts'
import { startCommand } from '../start-command.ts'

const ROUNDS = 5
const LONGEST = 30_000

export async function startUp(): Promise<Finding[]> {
  const took: number[] = []
  // The first one fills the caches that every later one uses.
  for (let round = 0; round <= ROUNDS; round++) {
    const one = await startOnce()
    if (round > 0) took.push(one)
  }
  const { median, min, max } = spread(took)
  return [
    {
      what: 'start to ready, embedded Redis included',
      target: '≤ 2 s',
      measured: `${milliseconds(median)} (${Math.round(min)}–${Math.round(max)})`,
      met: median <= 2000,
    },
  ]
}

async function startOnce(): Promise<number> {
  const data = await mkdtemp(join(tmpdir(), 'tov-start-'))
  const port = await freePort()
  const { flags, env } = startCommand()
  const started = performance.now()
  const service = spawn(process.execPath, [...flags, 'src/main.ts'], {
    cwd: new URL('../../..', import.meta.url),
    env: {
      ...env,
      PATH: process.env.PATH,
      PORT: String(port),
      PLAYGROUND_PORT: String(await freePort()),
      TOVHOLDER_DATA: data,
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  try {
    while (!(await isReady(port))) {
      if (performance.now() - started > LONGEST) throw new Error('not ready within half a minute')
      await setTimeout(5)
    }
    return performance.now() - started
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
