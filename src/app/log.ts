/** Structured log lines: codes and ids, never a name, a note or an error's own text. */
export interface Log {
  info(fields: Record<string, string | number>, message: string): void
  warn(fields: Record<string, string | number>, message: string): void
  error(fields: Record<string, string | number>, message: string): void
}
