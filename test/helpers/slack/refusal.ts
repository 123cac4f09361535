/** Thrown inside the fake when somebody sends what Slack would not take. */
export class Refusal extends Error {
  /** Slack's own code for it. */
  readonly error: string
  constructor(error: string, message: string) {
    super(message)
    this.error = error
  }
}

/** Arguments or a view that do not have the right form. */
export const badArguments = (message: string) => new Refusal('invalid_arguments', message)
