/** One of our programs, started as somebody at a prompt would, and stopped with Ctrl-C. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface Program {
  /** Resolves to how it ended: its exit code, or the signal. */
  stop(): Promise<[code: number | null, signal: NodeJS.Signals | null]>
}

/** Starts a program of the project by its path from the root, with this environment alone; resolves when it says something. */
export async function startProgram(path: string, env: Record<string, string>, flags: string[] = []): Promise<Program> {
  const program = spawn(process.execPath, [...flags, join(import.meta.dirname, '../..', path)], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(program.stdout, 'data')
  return {
    async stop() {
      program.kill('SIGINT')
      if (program.exitCode === null && program.signalCode === null) await once(program, 'exit')
      return [program.exitCode, program.signalCode]
    },
  }
}
