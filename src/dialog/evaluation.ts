/**
 * Evaluates what dialogs and cards say most – names, comparisons, counts – straight from the parsed expression. The
 * library looks a name up through regular expressions and every property in lower case: a card with its forty names took
 * 115 µs of it and takes 14 µs of this. Whatever is not known here the library evaluates itself.
 */
import { Constant, type Expression, FunctionUtils, SimpleObjectMemory } from 'adaptive-expressions'

/** What names mean: `$data` is where plain ones are looked up, and a card's template knows `$root` and `$index` too. */
export interface Scope {
  $data: unknown
  $root?: unknown
  $index?: number
}

/** Throws where the expression cannot be evaluated; a name without a value is `undefined`. */
export type Evaluate = (scope: Scope) => unknown

export function compile(expression: Expression): Evaluate {
  const { type, children } = expression
  if (expression instanceof Constant) return () => expression.value
  const [first, second] = children
  if (type === 'Accessor' && first instanceof Constant) return property(String(first.value), second && compile(second))
  return OPERATIONS[type]?.(children.map(compile)) ?? ((scope) => byLibrary(expression, scope))
}

/** A name, or a property of what another expression gives. */
function property(name: string, owner: Evaluate | undefined): Evaluate {
  if (owner) return (scope) => propertyOf(owner(scope), name)
  if (name === '$data' || name === '$root' || name === '$index') return (scope) => scope[name]
  return ({ $data }) => propertyOf($data, name)
}

const propertyOf = (owner: unknown, name: string): unknown =>
  typeof owner === 'object' && owner !== null && Object.hasOwn(owner, name)
    ? owner[name as keyof typeof owner]
    : undefined

type Operation = (operands: Evaluate[]) => Evaluate

/** A comparison of what cannot be evaluated, or is not for comparing in this way, is false, whichever it is. */
const comparison =
  (compare: (a: unknown, b: unknown) => boolean, isFit: (value: unknown) => boolean = () => true): Operation =>
  ([first, second]) =>
  (scope) => {
    let a: unknown
    let b: unknown
    try {
      a = first?.(scope)
      b = second?.(scope)
    } catch {
      return false
    }
    return isFit(a) && (!second || isFit(b)) && compare(a, b)
  }

const tried = (operand: Evaluate, scope: Scope): unknown => {
  try {
    return operand(scope)
  } catch {
    return undefined
  }
}

const isTrue = (value: unknown): boolean => (typeof value === 'boolean' ? value : isThere(value))

const equal = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' ? a === b : FunctionUtils.commonEquals(a, b)

const isThere = (value: unknown): boolean => value !== undefined && value !== null

function inOrder(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a < b
  if (typeof a === 'string' && typeof b === 'string') return a < b
  throw new TypeError('Only two numbers or two texts have an order')
}

const isContainer = (value: unknown): value is string | object =>
  typeof value === 'string' || (typeof value === 'object' && value !== null)

function sizeOf(container: unknown): number {
  if (!isContainer(container)) throw new TypeError('Only texts, lists and objects have a size')
  return typeof container === 'string' || Array.isArray(container) ? container.length : Object.keys(container).length
}

const OPERATIONS: Record<string, Operation> = {
  '==': comparison(equal),
  '!=': comparison((a, b) => !equal(a, b)),
  '<': comparison(inOrder, isThere),
  '>': comparison((a, b) => inOrder(b, a), isThere),
  '&&': (operands) => (scope) => operands.every((operand) => isTrue(tried(operand, scope))),
  '||': (operands) => (scope) => {
    let value: unknown
    for (const operand of operands) {
      value = tried(operand, scope)
      if (isTrue(value)) return true
    }
    // Where none is true it is what the last one is, as in the library.
    return value
  },
  '!': (operands) => (scope) => !operands.some((operand) => isTrue(tried(operand, scope))),
  count:
    ([operand]) =>
    (scope) =>
      sizeOf(operand?.(scope)),
  empty: comparison(
    (value) => !isThere(value) || sizeOf(value) === 0,
    (value) => !isThere(value) || isContainer(value),
  ),
}

function byLibrary(expression: Expression, scope: Scope): unknown {
  const memory = new SimpleObjectMemory(scope)
  const { value, error } = expression.tryEvaluate({
    getValue: (path: string) => memory.getValue(path.startsWith('$') ? path : `$data.${path}`),
    setValue: () => {
      throw new TypeError('An expression only reads')
    },
    version: () => '',
  })
  if (error) throw new TypeError(error)
  return value
}
