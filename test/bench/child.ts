/** Processes of the bench, each on the core it belongs on. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'

export interface Child {
  pid: number
  /** Its first message. */
  began: unknown
  /** Asks, and resolves to the next message. */
  ask(message: unknown): Promise<unknown>
  stop(): Promise<void>
}

/** The server has a core to itself, a second one has another where there are enough; everybody else shares the rest. */
export type Core = 'server' | 'second' | 'rest'

export const CORES = availableParallelism()
/** From so many cores on, two servers leave some for everybody else. */
export const ENOUGH = 4

const pins = CORES > 1 && spawnSync('taskset', ['-V']).status === 0
const LISTS: Record<Core, string> = {
  server: '0',
  second: '1',
  rest: `${CORES < ENOUGH ? 1 : 2}-${CORES - 1}`,
}

/** How the processes are kept apart, in words. */
export const pinning = pins ? 'server on one core, everything else on the others' : 'not pinned to cores'

/** Ties a process that runs already to its core. */
export function pin(pid: number, core: Core): void {
  if (pins) spawnSync('taskset', ['-a', '-cp', LISTS[core], String(pid)])
}

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts a Node process and waits for its first message. */
export async function start(
  file: string,
  options: { core: Core; argument?: object; flags?: string[]; env?: Record<string, string> },
): Promise<Child> {
  const path = new URL(file, import.meta.url).pathname
  const command = [process.execPath, ...(options.flags ?? []), path, JSON.stringify(options.argument ?? {})]
  const [program = '', ...args] = pins ? ['taskset', '-c', LISTS[options.core], ...command] : command
  const child = spawn(program, args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...options.env },
  })
  running.add(child)
  const ended = once(child, 'exit').then(([code, signal]) => {
    running.delete(child)
    throw new Error(`${file} ended (${code ?? signal})`)
  })
  ended.catch(() => {})
  const said = async () => (await Promise.race([once(child, 'message'), ended]))[0]
  const began = await said()
  return {
    pid: child.pid as number,
    began,
    ask: (message) => {
      const answer = said()
      child.send(message as object)
      return answer
    },
    async stop() {
      if (!running.has(child)) return
      child.disconnect()
      const late = setTimeout(() => child.kill('SIGKILL'), 3000)
      await ended.catch(() => {})
      clearTimeout(late)
    },
  }
}
