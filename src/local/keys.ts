import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** The keys of the local mode, made at the first start and readable by their owner only. */
export function localKeys(file: string): string {
  if (!existsSync(file)) writeFileSync(file, `local:${randomBytes(32).toString('base64')}`, { mode: 0o600, flag: 'wx' })
  return readFileSync(file, 'utf8').trim()
}
