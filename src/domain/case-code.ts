/** Letters and digits that cannot be taken for one another, read aloud or written by hand. */
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ'
const MARKS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 4

/**
 * A new case code, such as `F-7K3Q`. `random(n)` gives a whole number below n. There are some 17 million codes in each
 * team; knowing one opens nothing, since the gate asks who is asking.
 */
export function newCaseCode(random: (n: number) => number): string {
  const pick = (marks: string) => marks[random(marks.length)] ?? ''
  return `${pick(LETTERS)}-${Array.from({ length: LENGTH }, () => pick(MARKS)).join('')}`
}

const CODE = new RegExp(`^([${LETTERS}])[- ]?([${MARKS}]{${LENGTH}})$`)

/** Reads a code as people write it: in any case, with or without the dash. */
export function parseCaseCode(text: string): string | undefined {
  const found = CODE.exec(text.trim().toUpperCase())
  return found ? `${found[1]}-${found[2]}` : undefined
}
