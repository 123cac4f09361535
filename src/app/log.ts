/** Structured log lines: codes and ids, never a name, a note or an error's own text. */
export interface Log {
  info(fields: Record<string, string | number>, message: string): void
  warn(fields: Record<string, string | number>, message: string): void
  error(fields: Record<string, string | number>, message: string): void
}

/** What went wrong, without the text of the error: that may quote what somebody wrote. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
