/** Starts Tovholder: in production with a registration, otherwise locally with a Playground. */
import { join } from 'node:path'
import { pino } from 'pino'
import { loadContent } from './app/content.ts'
import { turnFields } from './app/turn-id.ts'
import { channelsOf } from './channel-settings.ts'
import { isProduction, readConfig } from './config.ts'
import { startLocal } from './local/local.ts'
import { plainWords } from './plain-words.ts'
import { startService } from './service.ts'
import { readRedisUrl } from './store/redis-url.ts'
import { parseKeyRing } from './store/seal.ts'

const ROOT = join(import.meta.dirname, '..')

const PERSONAL = ['name', 'alias', 'text', 'err', 'error', 'authorization'].flatMap((key) => [key, `*.${key}`])

async function main(): Promise<void> {
  const config = readConfig(process.env)
  // Log lines hold codes and ids (app/log.ts); should one ever hold more, it does not get out.
  const level = config.LOG_LEVEL ?? (isProduction(config) ? 'info' : 'warn')
  const log = pino({ level, redact: { paths: PERSONAL, remove: true }, mixin: turnFields })
  const content = loadContent(ROOT)
  const running = isProduction(config)
    ? await startService({
        content,
        log,
        redis: readRedisUrl(config.REDIS_URL as string),
        replicas: config.REDIS_WAIT_REPLICAS,
        ring: parseKeyRing(config.TOVHOLDER_KEYS as string),
        ...(config.TOVHOLDER_URL && { address: config.TOVHOLDER_URL }),
        port: config.PORT,
        host: '0.0.0.0',
        ...(config.TOVHOLDER_METRICS_TOKEN && { metricsToken: config.TOVHOLDER_METRICS_TOKEN }),
        ...channelsOf(config),
      })
    : await startLocal({ config, content, log, print: (text) => process.stdout.write(`${text}\n`) })
  if (isProduction(config)) log.info({ port: config.PORT }, 'Tovholder answers')

  let stopping = false
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    await running.close()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

main().catch((error: unknown) => {
  process.stderr.write(`${plainWords(error) ?? (error instanceof Error ? error.stack : String(error))}\n`)
  process.exit(1)
})
