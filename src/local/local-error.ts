/** Something on this machine that its user can mend. */
export class LocalError extends Error {
  readonly code: string
  readonly remedy: string
  constructor(code: string, fault: string, remedy: string) {
    super(`${fault}: ${remedy}.`)
    this.code = code
    this.remedy = remedy
  }
}
