/** Letters and digits that cannot be taken for one another, read aloud or written by hand. */
const MARKS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 4

/**
 * A new case code, such as `F-7K3Q`. `random(n)` gives a whole number below n. There are some 810,000 codes in each
 * team; knowing one opens nothing, since the gate asks who is asking.
 */
export const newCaseCode = (random: (n: number) => number): string =>
  `F-${Array.from({ length: LENGTH }, () => MARKS[random(MARKS.length)]).join('')}`

const CODE = new RegExp(`^F[- ]?([${MARKS}]{${LENGTH}})$`)

/** Reads a code as people write it: in any case, with or without the dash. */
export function parseCaseCode(text: string): string | undefined {
  const found = CODE.exec(text.trim().toUpperCase())
  return found ? `F-${found[1]}` : undefined
}
