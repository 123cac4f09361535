/** The Lua scripts as typed functions: one round trip each. */
import { readFileSync } from 'node:fs'
import type { Connection } from './redis.ts'

type Argument = string | Buffer
/** Runs a script; text in its answer comes as buffers. */
export type Script = (keys: string[], args: Argument[]) => Promise<unknown>

export interface Scripts {
  read: Script
  commit: Script
  bury: Script
  open: Script
  reseal: Script
}

const sourceOf = (name: keyof Scripts): string => readFileSync(new URL(`./${name}.lua`, import.meta.url), 'utf8')

export function defineScripts(redis: Connection): Scripts {
  const define = (name: keyof Scripts): Script => {
    const command = `tov_${name}`
    redis.defineCommand(command, { lua: sourceOf(name) })
    const run = (redis as unknown as Record<string, (...args: (number | Argument)[]) => Promise<unknown>>)[
      `${command}Buffer`
    ]
    if (!run) throw new Error(`the Redis client made no command ${command}`)
    return (keys, args) => run.call(redis, keys.length, ...keys, ...args)
  }
  return {
    read: define('read'),
    commit: define('commit'),
    bury: define('bury'),
    open: define('open'),
    reseal: define('reseal'),
  }
}
