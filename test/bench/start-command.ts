/** How `npm start` runs the service, so that what is measured is what people run. */
import { readFileSync } from 'node:fs'

export function startCommand(): { flags: string[]; env: Record<string, string> } {
  const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  const words: string[] = scripts.start.split(' ')
  const node = words.indexOf('node')
  const settings = words.slice(0, node).map((setting) => setting.split('=') as [string, string])
  const rest = words.slice(node + 1)
  const flags = rest.slice(
    0,
    rest.findIndex((word) => !word.startsWith('--')),
  )
  return { env: Object.fromEntries(settings), flags }
}
