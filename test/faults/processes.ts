/** Processes of the service that share one Redis, behind something that spreads requests over those that live. */
import { strict as assert } from 'node:assert'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '../helpers/ports.ts'
import type { Order } from './service-process.ts'

const CACHE = new URL('../../node_modules/.cache/faults', import.meta.url).pathname
const ENTRY = new URL('./service-process.ts', import.meta.url).pathname

export interface ServiceProcess {
  url: string
  /** Starts it, again where it has ended; with a clock that is wrong by so many milliseconds. */
  start(wrong?: number): Promise<void>
  /** Ends it without a chance to put anything away. */
  kill(): Promise<void>
  /** Asks it to end, and tells how many milliseconds that took. */
  terminate(): Promise<number>
  lives(): boolean
  /** Has all teams looked at; not done where it ends meanwhile. */
  sweep(): Promise<void>
  /** Called each time it is about to post something. */
  onPosting: (() => void) | undefined
}

export async function createProcess(redisUrl: string, secret: string, order: () => Order): Promise<ServiceProcess> {
  const port = await freePort()
  let child: ChildProcess | undefined
  let ready = false
  const runs = (known: ChildProcess | undefined): known is ChildProcess =>
    known !== undefined && known.exitCode === null && known.signalCode === null

  async function ended(signal: NodeJS.Signals): Promise<void> {
    if (!runs(child)) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }

  const self: ServiceProcess = {
    url: `http://127.0.0.1:${port}/api/messages`,
    onPosting: undefined,
    async start(wrong = 0) {
      const { offset, poison } = order()
      const started = fork(ENTRY, [redisUrl, String(port), secret, String(offset), String(wrong), poison], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        // They are started often.
        env: { ...process.env, NODE_COMPILE_CACHE: CACHE },
      })
      child = started
      started.on('exit', () => {
        if (child === started) ready = false
      })
      started.on('message', (said) => said === 'posting' && self.onPosting?.())
      await says(started, ['started'])
      assert.ok(runs(started), 'the service did not start')
      ready = true
    },
    kill: () => ended('SIGKILL'),
    async terminate() {
      const asked = performance.now()
      await ended('SIGTERM')
      return performance.now() - asked
    },
    lives: () => ready,
    async sweep() {
      if (!runs(child) || !child.connected) return
      const done = says(child, ['swept', 'failed'])
      child.send(order(), () => {})
      await done
    },
  }
  return self
}

/** Resolves when a process has said one of these, or has ended. */
const says = (child: ChildProcess, words: string[]): Promise<void> =>
  new Promise((resolve) => {
    const over = () => {
      child.off('message', hear).off('exit', over)
      resolve()
    }
    const hear = (said: unknown) => words.includes(String(said)) && over()
    child.on('message', hear).on('exit', over)
  })
