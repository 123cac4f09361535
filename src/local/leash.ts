import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

/** A program that runs beside us and ends when we do. */
export interface Leashed {
  /** Resolves when it has ended, for whatever reason. */
  ended: Promise<void>
  /** Waits until it answers: `ended` when it did instead, `late` when neither happened in time (milliseconds). */
  ready(answers: () => Promise<boolean>, within: number): Promise<'ready' | 'ended' | 'late'>
  /** Ends it, gently for five seconds. */
  stop(): Promise<void>
}

export interface LeashOptions {
  /** A file for what the program says; written anew at every start. */
  log: string
  cwd?: string
  env?: Record<string, string>
}

const STOP_WITHIN = 5000

// The far end of the pipe is ours: however we end, even by SIGKILL, the system closes it and the waiting `read` returns.
const LEASH = '"$@" & program=$!; { read -r _ <&3; kill "$program"; } 2>/dev/null & wait "$program"'

/** Starts a program that must outlive a Ctrl-C, because the bot still needs it to put its things away, but never us. */
export function leash(command: string[], { log, cwd, env }: LeashOptions): Leashed {
  const output = openSync(log, 'w', 0o600)
  const child = spawn('/bin/sh', ['-c', LEASH, 'sh', ...command], {
    // A group of its own: the terminal sends Ctrl-C to the whole of ours.
    detached: true,
    stdio: ['ignore', output, output, 'pipe'],
    ...(cwd && { cwd }),
    ...(env && { env }),
  })
  closeSync(output)
  const line = child.stdio[3]
  // An end that comes first breaks the pipe, and is told by `ended`.
  line?.on('error', () => {})
  const ended = once(child, 'exit').then(() => {
    line?.destroy()
  })

  return {
    ended,
    async ready(answers, within) {
      const until = Date.now() + within
      const over = ended.then(() => true)
      while (!(await answers())) {
        if (await Promise.race([over, setTimeout(20, false)])) return 'ended'
        if (Date.now() > until) return 'late'
      }
      return 'ready'
    },
    async stop() {
      line?.destroy()
      const late = await Promise.race([ended.then(() => false), setTimeout(STOP_WITHIN, true, { ref: false })])
      // The shell leads a group of the two of them.
      if (late && child.pid) process.kill(-child.pid, 'SIGKILL')
      await ended
    },
  }
}
