/** Gentle hints on how an agreement is worded. Explainable rules, no judgement: the teacher decides. */
import { LONGEST_PUPIL_LIX, lix } from './readability.ts'

export interface Hint {
  code: 'hard-to-read' | 'vague' | 'not-measurable' | 'negative' | 'name'
  values?: Record<string, string | number>
}

/** Words that promise something without saying what; in both languages, since agreements are written in either. */
const VAGUE =
  /(?<!\p{L})(prøve(?:r)? at|gøre (?:dit|sit|vores|jeres) bedste|gøre det bedre|opføre (?:dig|sig) ordentligt|være (?:god|sød|opmærksom)|tage sig sammen|efter behov|når det passer|så vidt muligt|try to|do (?:your|his|her|their|our) best|do better|behave|be (?:good|nice)|as needed|when possible|as much as possible)(?!\p{L})/iu
const NEGATIVE = /(?<!\p{L})(ikke|aldrig|lade være|undlade|don't|do not|never|stop|avoid)(?!\p{L})/iu
/** A number, a time, a day or a place: something both can see afterwards. */
const CONCRETE =
  /\d|(?<!\p{L})(hver|inden|efter|før|når|ved|hos|på|kl|mandag|tirsdag|onsdag|torsdag|fredag|every|each|before|after|when|at|by|on|monday|tuesday|wednesday|thursday|friday)(?!\p{L})/iu
/** Short agreements of this many words or more are expected to say when or where. */
const ENOUGH_WORDS = 3

/** What could be said better in an agreement; `names` are the colleagues', who may stand in it. */
export function agreementHints(what: string, names: readonly string[]): Hint[] {
  const hints: Hint[] = []
  const score = lix(what)
  const words = what.match(/\p{L}+/gu) ?? []
  // LIX says little of a few words; a short line is read easily whatever it scores.
  if (score > LONGEST_PUPIL_LIX && words.length > 12) hints.push({ code: 'hard-to-read', values: { lix: score } })
  const vague = VAGUE.exec(what)
  if (vague) hints.push({ code: 'vague', values: { word: vague[0] } })
  else if (words.length >= ENOUGH_WORDS && !CONCRETE.test(what)) hints.push({ code: 'not-measurable' })
  if (NEGATIVE.test(what)) hints.push({ code: 'negative' })
  const name = strangerIn(what, names)
  if (name) hints.push({ code: 'name', values: { word: name } })
  return hints
}

const CALENDAR =
  /^(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|I|LIX)$/

/** The last two are the closing quotation marks of Danish; written out, they would double the memory a bundle takes. */
const SENTENCE_ENDS = /[.!?:"\u00bb\u201c]$/

/** A capitalised word inside a sentence that is no colleague's name: perhaps a child's. */
function strangerIn(what: string, names: readonly string[]): string | undefined {
  const known = new Set(names.flatMap((name) => name.split(/\P{L}+/u)))
  for (const { 0: word, index } of what.matchAll(/\p{Lu}\p{Ll}+/gu)) {
    const before = what.slice(0, index).trimEnd()
    const begins = before === '' || SENTENCE_ENDS.test(before)
    if (!begins && !known.has(word) && !CALENDAR.test(word)) return word
  }
  return undefined
}

/**
 * A Danish personal identity number, however it is written: six digits that are a day and a month, then four. It only looks
 * ahead, so that digits before a number cannot hide it.
 */
const CPR =
  /(?<!\d)(?=(\d{2}(?:[\p{Zs}./]?\d{2}[\p{Zs}./]?|[\p{Pd}\u2212/]\d{2}[\p{Pd}\u2212])\d{2}[\p{Zs}\p{Pd}\u2212./]{0,3}\d{4})(?!\d))/gu
/** The serial numbers for people without one add 40 or 60 to the day. */
const ADDED = [0, 40, 60]

/** The first CPR number in a text, as it is written there. */
export function cprIn(text: string): string | undefined {
  // Most of what people write has no numbers in it, and is not looked through.
  if (!/\d{2}/.test(text)) return undefined
  return [...text.matchAll(CPR)]
    .map(([, found = '']) => found)
    .find((found) => {
      const digits = found.replaceAll(/\D/g, '')
      const [day, month] = [Number(digits.slice(0, 2)), Number(digits.slice(2, 4))]
      return month >= 1 && month <= 12 && ADDED.some((added) => day - added >= 1 && day - added <= 31)
    })
}

export const hasCpr = (text: string): boolean => cprIn(text) !== undefined
