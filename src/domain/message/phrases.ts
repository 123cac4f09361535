/** Lists of words and turns of phrase to look for, written so that anybody can read them; each word is looked at once per phrase. */
import type { Sentence, Word } from './reading.ts'

/**
 * Phrases between `|`. A phrase is words; `a/b` is either, `mobb*` a beginning, `*er` an ending, `_` any one word, `…` up to three words
 * of any kind, `~` up to three of the language's emphatic words. `unless` are turns that make it harmless.
 */
export interface PhraseList {
  hits: string
  unless?: string
}

export interface Hit {
  sentence: Sentence
  /** The first word that was found, and how many. */
  word: Word
  from: number
  to: number
}

export interface Finder {
  /** Every place in a sentence. */
  all(sentence: Sentence): Hit[]
  /** The first place in these sentences. */
  first(sentences: readonly Sentence[]): Hit | undefined
  has(sentences: readonly Sentence[]): boolean
  /** Whether anything that is looked for begins with this word, in small letters: without one there is nothing to find. */
  begins(word: string): boolean
}

type Piece =
  | { words: ReadonlySet<string>; stems: string[]; endings: string[]; any: boolean }
  | { upTo: number; of?: ReadonlySet<string> }

const MOST_BETWEEN = 3

/** Compiles a list once, when it is first looked through: a service starts long before it reads its first message. */
export function finder({ hits, unless = '' }: PhraseList, emphatic: ReadonlySet<string>): Finder {
  let compiled: { look: Look; excuse: Look } | undefined
  const lists = () => (compiled ??= { look: lookFor(hits, emphatic), excuse: lookFor(unless, emphatic) })
  // Several rules ask the same list about the same sentence. That there is nothing is found out as fast as remembered.
  const known = new WeakMap<Sentence, Hit[]>()
  const all = (sentence: Sentence): Hit[] => known.get(sentence) ?? search(sentence)
  const search = (sentence: Sentence): Hit[] => {
    const { look, excuse } = lists()
    const found = look.for(sentence)
    if (found.length === 0) return []
    const excused = new Set(excuse.for(sentence).flatMap(({ from, to }) => range(from, to)))
    const hits = found.filter(({ from, to }) => !range(from, to).some((at) => excused.has(at)))
    known.set(sentence, hits)
    return hits
  }
  const first = (sentences: readonly Sentence[]) => {
    for (const sentence of sentences) {
      const [hit] = all(sentence)
      if (hit) return hit
    }
    return undefined
  }
  return {
    all,
    first,
    has: (sentences) => first(sentences) !== undefined,
    begins: (word) => lists().look.begins(word),
  }
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index)

type Phrase = readonly Piece[]

interface Look {
  for(sentence: Sentence): Hit[]
  begins(word: string): boolean
}

function lookFor(list: string, emphatic: ReadonlySet<string>): Look {
  const byWord = new Map<string, Phrase[]>()
  const byEnding: { ending: string; phrase: Phrase }[] = []
  const byLetter = new Map<string, { stem: string; phrase: Phrase }[]>()
  for (const text of list.split(/[|\n]/)) {
    const [first, ...rest] = text.trim().split(/\s+/).filter(Boolean)
    if (first === undefined) continue
    const phrase = [first, ...rest].map((piece) => readPiece(piece, emphatic))
    for (const option of first.split('/'))
      if (option.startsWith('*')) byEnding.push({ ending: option.slice(1), phrase })
      else if (option.endsWith('*')) push(byLetter, option.charAt(0), { stem: option.slice(0, -1), phrase })
      else push(byWord, option, phrase)
  }
  const begins = (word: string) =>
    byWord.has(word) ||
    (byLetter.get(word.charAt(0))?.some(({ stem }) => word.startsWith(stem)) ?? false) ||
    byEnding.some(({ ending }) => word.endsWith(ending))
  // Most words begin no phrase at all: nothing is made for those.
  const look = (sentence: Sentence): Hit[] => {
    const { words } = sentence
    const hits: Hit[] = []
    for (const [from, word] of words.entries()) {
      let to = -1
      // The longest is taken: an excuse has to cover what it excuses.
      const begin = (phrase: Phrase) => {
        to = Math.max(to, matchEnd(words, from, phrase, 0))
      }
      byWord.get(word.lower)?.forEach(begin)
      for (const { stem, phrase } of byLetter.get(word.lower.charAt(0)) ?? [])
        if (word.lower.startsWith(stem)) begin(phrase)
      for (const { ending, phrase } of byEnding) if (word.lower.endsWith(ending)) begin(phrase)
      if (to > from) hits.push({ sentence, word, from, to })
    }
    return hits
  }
  return { for: look, begins }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key)
  if (known) known.push(value)
  else map.set(key, [value])
}

function readPiece(text: string, emphatic: ReadonlySet<string>): Piece {
  if (text === '…') return { upTo: MOST_BETWEEN }
  if (text === '~') return { upTo: MOST_BETWEEN, of: emphatic }
  const options = text.split('/')
  return {
    any: text === '_',
    words: new Set(options.filter((option) => !option.includes('*'))),
    stems: options.filter((option) => option.endsWith('*')).map((option) => option.slice(0, -1)),
    endings: options.filter((option) => option.startsWith('*')).map((option) => option.slice(1)),
  }
}

const isLike = (word: string, { stems, endings }: { stems: string[]; endings: string[] }): boolean =>
  stems.some((stem) => word.startsWith(stem)) || endings.some((ending) => word.endsWith(ending))

/** Where a phrase that begins here ends, or -1. */
function matchEnd(words: readonly Word[], at: number, phrase: Phrase, index: number): number {
  const piece = phrase[index]
  if (!piece) return at
  const word = words[at]?.lower
  if ('upTo' in piece) {
    for (let skipped = 0; skipped <= piece.upTo; skipped++) {
      const end = matchEnd(words, at + skipped, phrase, index + 1)
      if (end >= 0) return end
      const passed = words[at + skipped]
      if (!passed || (piece.of && !piece.of.has(passed.lower))) return -1
    }
    return -1
  }
  if (word === undefined) return -1
  const fits = piece.any || piece.words.has(word) || isLike(word, piece)
  return fits ? matchEnd(words, at + 1, phrase, index + 1) : -1
}
