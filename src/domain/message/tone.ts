/** How it sounds: an upset writer, raised voices (guidance §1.1, the writing tips). */
import { isUnkind } from './cold.ts'
import { type Finding, found } from './finding.ts'
import type { Lexicon } from './lexicon.ts'
import type { Hit } from './phrases.ts'
import { type Message, quoteOf, type Sentence, type Word } from './reading.ts'

/** So many signs that only add to it say it as well. */
const ENOUGH_SIGNS = 4

/** Somebody is upset: the writer, or the parent whose mail was pasted. */
export function angry(message: Message, lexicon: Lexicon): Finding[] {
  const { sentences } = message
  const signs = sentences.flatMap((sentence) => lexicon.irritated.all(sentence))
  const raisedIn = sentences.find((sentence) => raised(sentence, lexicon) || /[?!]\s?\?|\?\s?!/.test(sentence.text))
  const count = signs.length + (raisedIn ? 1 : 0)
  const upset = lexicon.angry.first(sentences) ?? feltBy(sentences, lexicon)
  if (!isByParent(sentences, lexicon)) {
    const hit = upset ?? (count >= ENOUGH_SIGNS ? signs[0] : undefined)
    return hit ? [found('angry', 'own', hit)] : []
  }
  // Nobody asks for help with a friendly mail from a parent: one reproach is enough.
  const { notDone, must, fault } = lexicon.blame
  const sign = signs[0] ?? (raisedIn && hitAt(raisedIn, raisedIn.words[0]))
  const reproach = [fault, notDone, must, lexicon.criticism].map((list) => list.first(sentences)).find((found) => found)
  const unkind = isUnkind(message, lexicon) && sentences[0] ? hitAt(sentences[0]) : undefined
  const hit = upset ?? sign ?? reproach ?? unkind
  return hit ? [found('angry', 'theirs', hit)] : []
}

const LONGEST_SIGNATURE = 4

/** It speaks of "my son", or is signed by somebody's mother. */
function isByParent(sentences: readonly Sentence[], { parent, relative }: Lexicon): boolean {
  const last = sentences.at(-1)
  return parent.has(sentences) || (last !== undefined && last.words.length <= LONGEST_SIGNATURE && relative.has([last]))
}

/** A strong feeling of the writer's own. */
function feltBy(sentences: readonly Sentence[], { feeling, ourselves, praise }: Lexicon): Hit | undefined {
  const own = sentences.filter((sentence) => ourselves.has([sentence]) && !praise.has([sentence]))
  return feeling.first(own)
}

/** Capitals and rows of exclamation marks; not out of joy. */
export function shouting({ sentences }: Message, lexicon: Lexicon): Finding[] {
  for (const sentence of sentences) {
    const word = raised(sentence, lexicon)
    if (!word) continue
    // Words that blame are no better in a low voice.
    const { notDone, must, fault } = lexicon.blame
    const blames = [notDone, must, fault, lexicon.sanction].some((list) => list.has([sentence]))
    const calm = blames ? 'none' : calmed(quoteOf(sentence, word))
    return [found('shouting', 'shouting', hitAt(sentence, word), { calm })]
  }
  return []
}

const hitAt = (sentence: Sentence, word = sentence.words[0] as Word): Hit => ({ sentence, word, from: 0, to: 0 })

/** The first word of a sentence that is shouted. */
function raised(sentence: Sentence, lexicon: Lexicon): Word | undefined {
  const { words, text } = sentence
  if (isJoy(sentence, lexicon)) return undefined
  const capitals = words.filter((word) => isShouted(word, lexicon))
  const short = words.length === 1 && (capitals[0]?.text.length ?? 0) < 6
  if (capitals[0] && !short) return capitals[0]
  return /!\s?!/.test(text) ? words.at(-1) : undefined
}

const LONG_ENOUGH = 4

function isShouted({ text, lower }: Word, { shouted, acronyms }: Lexicon): boolean {
  if (!/^\p{Lu}+$/u.test(text) || acronyms.has(lower)) return false
  return shouted.has(lower) ? text.length > 1 : text.length >= LONG_ENOUGH
}

const isJoy = (sentence: Sentence, lexicon: Lexicon): boolean =>
  !lexicon.criticism.has([sentence]) && (lexicon.kind.has([sentence]) || lexicon.praise.has([sentence]))

/** The same in an ordinary voice. */
function calmed(text: string): string {
  const lowered = text.replaceAll(/\p{Lu}{2,}/gu, (word) => word.toLowerCase()).replaceAll(/\s?!+(\s?!)*/g, '.')
  return lowered.charAt(0).toUpperCase() + lowered.slice(1)
}
