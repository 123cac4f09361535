/** LIX above which a text is hard for a pupil; Björnsson (1968) puts children's books below 30. */
export const LONGEST_PUPIL_LIX = 30

/** LIX: words a sentence plus the share of words with more than six letters, in per cent. Nothing has nought. */
export function lix(text: string): number {
  const words = text.match(/\p{L}+/gu) ?? []
  if (words.length === 0) return 0
  const sentences = Math.max(1, (text.match(/[.!?:]+(?=\s|$)/g) ?? []).length)
  const long = words.filter((word) => word.length > 6).length
  return Math.round(words.length / sentences + (long * 100) / words.length)
}
