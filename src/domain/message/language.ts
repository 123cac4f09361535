import { LANGUAGES, type Language } from '../team.ts'
import { LEXICONS } from './lexicon.ts'
import { readMessage } from './reading.ts'

/** The language a message is written in: the one more of whose everyday words it has, or else this one. */
export function languageOf(text: string, otherwise: Language): Language {
  const { words } = readMessage(text, LEXICONS[otherwise])
  const counted = LANGUAGES.map((language) => ({
    language,
    count: words.filter(({ lower }) => LEXICONS[language].common.has(lower)).length,
  })).sort((a, b) => b.count - a.count)
  const [most, next] = counted
  return most && most.count > (next?.count ?? 0) ? most.language : otherwise
}
