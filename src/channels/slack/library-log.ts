import type { WebClientOptions } from '@slack/web-api'
import type { Log } from '../../app/log.ts'

/** The log of Slack's own packages. Their lines quote what was sent: behind a colon there may be anything. */
export const libraryLog = (log: Pick<Log, 'warn' | 'error'>): NonNullable<WebClientOptions['logger']> => ({
  debug() {},
  info() {},
  warn: (...words: unknown[]) => log.warn({ code: 'slack-library' }, beforeColon(words)),
  error: (...words: unknown[]) => log.error({ code: 'slack-library' }, beforeColon(words)),
  setLevel() {},
  setName() {},
  getLevel: () => 'warn' as never,
})

const beforeColon = ([first]: unknown[]): string => String(first).split(':', 1)[0]?.slice(0, 200) ?? ''
