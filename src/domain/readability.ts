/** LIX above which a text is hard for a pupil; Björnsson (1968) puts children's books below 30. */
export const LONGEST_PUPIL_LIX = 30

/** LIX: words a sentence plus the share of words with more than six letters, in per cent. Nothing has nought. */
export function lix(text: string): number {
  const sentences = (text.match(/[.!?:](?=\s|$)/g) ?? []).length
  return lixOf(text.match(/\p{L}+/gu) ?? [], sentences)
}

/** The same, where the words and the sentences have been told apart already. */
export function lixOf(words: readonly string[], sentences: number): number {
  if (words.length === 0) return 0
  const long = words.filter((word) => word.length > 6).length
  return Math.round(words.length / Math.max(1, sentences) + (long * 100) / words.length)
}
