import { ContentError } from './app/content.ts'
import { StoreError } from './app/ports.ts'
import { ConfigError } from './config.ts'

/** What the reader can mend, in a sentence; nothing for what is ours, which should show where it happened. */
export function plainWords(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error instanceof ConfigError || error instanceof ContentError || 'remedy' in error) return error.message
  return error instanceof StoreError && error.cause instanceof Error ? error.cause.message : undefined
}
