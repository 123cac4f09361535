import { type MochaOptions, type Runner, reporters } from 'mocha'

/** Mocha's own report, and under it one line that is easy to find for a program: `N passed, N failed`. */
class Report extends reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options)
    runner.once('end', () => console.log(`${this.stats.passes} passed, ${this.stats.failures} failed`))
  }
}

// Mocha takes a reporter as the module itself.
export { Report as 'module.exports' }
