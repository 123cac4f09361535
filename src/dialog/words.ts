import { IntlMessageFormat } from 'intl-messageformat'

export type Arguments = Record<string, string | number>

/** The words of one dialog, or the shared ones, in one language; every message is compiled once. */
export interface Words {
  /** Fills in a message. Throws when there is no such message: the lint finds those at start. */
  say(path: string, args?: Arguments): string
  /** The message itself, for what is said again and again; throws like `say`. */
  message(path: string): Message
  has(path: string): boolean
  messages: ReadonlyMap<string, Message>
}

/** Words as they are written, by where they stand. */
export type Tree = { [key: string]: string | number | boolean | null | Tree }

/**
 * Compiles a tree of ICU messages. Throws an `Error` that names the path of a message that does not parse.
 *
 * `<` and `>` are plain characters here: words are not markup.
 */
export function compileWords(tree: Tree, locale: string): Words {
  const compiled = new Map<string, Message>()
  const visit = (node: Tree, prefix: string) => {
    for (const [key, value] of Object.entries(node)) {
      const path = prefix ? `${prefix}.${key}` : key
      if (value === null)
        throw new Error(`There are no words at "${path}"; between { and }, a text with a comma must stand in quotes`)
      if (typeof value === 'object') visit(value, path)
      else compiled.set(path, compile(String(value), locale, path))
    }
  }
  visit(tree, '')
  return wordsFrom(compiled)
}

/** A message, compiled. */
export interface Message {
  /** The names of its arguments. */
  names: readonly string[]
  say(args?: Arguments): string
}

/** The first of these that knows the path speaks: a dialog's own words, then the shared ones. */
export const firstOf = (...all: Words[]): Words =>
  wordsFrom(new Map(all.toReversed().flatMap(({ messages }) => [...messages])))

function wordsFrom(messages: ReadonlyMap<string, Message>): Words {
  const message = (path: string): Message => {
    const found = messages.get(path)
    if (!found) throw new Error(`There are no words for "${path}"`)
    return found
  }
  return { say: (path, args) => message(path).say(args), message, has: (path) => messages.has(path), messages }
}

function compile(text: string, locale: string, path: string): Message {
  if (!SIGNS.test(text)) return { names: [], say: always(text) }
  const message = parse(text, locale, path)
  const ast = message.getAst()
  const names = argumentsOf(ast)
  if (names.length === 0) return { names, say: always(String(message.format())) }
  return { names, say: ast.every(isPlain) ? filledIn(ast) : (args) => String(message.format(args)) }
}

/** Whether it is literal text (ICU's type 0), or an argument that stands there as it is (type 1). */
const isPlain = (piece: Ast[number]): piece is Piece => piece.type === 0 || piece.type === 1

/** Most messages only put their arguments in their place, which takes a tenth of the time of ICU's own formatting. */
const filledIn =
  (pieces: Piece[]) =>
  (args: Arguments = {}): string => {
    let said = ''
    for (const { type, value } of pieces) {
      const piece = type === 0 ? value : args[value]
      if (piece === undefined) throw new Error(`A message was given no "${value}"`)
      said += piece
    }
    return said
  }

/** What ICU gives a meaning to: texts without any say what stands there, and are most of what takes time at the start. */
const SIGNS = /[{}']/

/** Most say the same whenever they are said; what they were made from need not be kept. */
const always = (text: string) => () => text

function parse(text: string, locale: string, path: string): IntlMessageFormat {
  try {
    return new IntlMessageFormat(text, locale, undefined, { ignoreTag: true })
  } catch (error) {
    throw new Error(`The words at "${path}" do not parse: ${(error as Error).message}`)
  }
}

type Ast = ReturnType<IntlMessageFormat['getAst']>
type Piece = Ast[number] & { type: 0 | 1; value: string }

function argumentsOf(ast: Ast): string[] {
  const names = ast.flatMap((element) => {
    const inner =
      'options' in element && element.options
        ? Object.values(element.options).flatMap((option) => argumentsOf((option as { value: Ast }).value))
        : []
    // Type 0 is literal text and type 7 the `#` of a plural; all others name an argument.
    return element.type === 0 || element.type === 7 ? inner : [(element as { value: string }).value, ...inner]
  })
  return [...new Set(names)]
}
