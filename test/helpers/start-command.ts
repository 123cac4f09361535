/** How `npm start` and `npm run serve` run the service, so that what is measured is what people run. */
import { readFileSync } from 'node:fs'

export function startCommand(): { flags: string[]; env: Record<string, string> } {
  const { config, scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  const words: string[] = scripts.serve.split(' ')
  const settings = words.slice(0, words.indexOf('node')).map((setting) => setting.split('=') as [string, string])
  return { env: Object.fromEntries(settings), flags: config.node.split(' ') }
}
