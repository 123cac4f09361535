import { Expression } from 'adaptive-expressions'
import { remembered } from '../domain/remembered.ts'
import { compile } from './evaluation.ts'

/** A compiled condition or computed value. Users' text is only ever data in its scope, never part of the expression. */
export interface Formula {
  text: string
  /** The names it reads, for the lint. */
  reads: string[]
  evaluate(scope: object): unknown
}

/** Dialogs ask the same few things again and again, and a parse takes half a millisecond. */
const parse = remembered((text: string) => Expression.parse(text))

/**
 * Compiles an adaptive expression once, at start. Throws a plain `Error` with the parser's reason when it does not parse
 * or names an unknown function.
 */
export function compileFormula(text: string): Formula {
  const expression = parse(text)
  const evaluate = compile(expression)
  return {
    text,
    reads: expression.references().map((reference) => reference.split(/[.[]/)[0] ?? reference),
    evaluate: (scope) => {
      try {
        return evaluate({ $data: scope })
      } catch {
        // A name that has no value yet is simply empty; every other fault was found when it was compiled.
        return undefined
      }
    },
  }
}
