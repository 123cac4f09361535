import { LANGUAGES, type Language, type Understood } from '../team.ts'
import { LEXICONS } from './lexicon.ts'
import { wordsIn } from './reading.ts'

/**
 * The language a message is written in: the one more of whose everyday words it has, or else this one; the first, where
 * this one is not understood.
 */
export function languageOf(text: string, spoken: Language): Understood {
  const otherwise = LANGUAGES.find((language) => language === spoken) ?? LANGUAGES[0]
  const words = wordsIn(text, LEXICONS[otherwise])
  const counted = LANGUAGES.map((language) => ({
    language,
    count: words.filter(({ lower }) => LEXICONS[language].common.has(lower)).length,
  })).sort((a, b) => b.count - a.count)
  const [most, next] = counted
  return most && most.count > (next?.count ?? 0) ? most.language : otherwise
}
