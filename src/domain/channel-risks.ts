import type { Fault } from './fault.ts'

/** A class such as 7.b or 7. klasse b; "8 a.m." is a time, and in "7. klasse d. 12. marts" or "f.eks." the letter is none of a class. */
const CLASS =
  /(?<![\p{L}\d.,:])(?:[0-9]|10)\s?\.?\s?(?:[a-f](?![\p{L}\d]|\.m(?!\p{L}))|(?:klasse|kl\.?)\s?[a-f](?![\p{L}\d]|\.\p{L}|\.\s?\d))/iu
/** A mail address, or a telephone number: between its pairs of digits are blanks or the same sign each time, unlike in a date or in two times. */
const CONTACT =
  /[^\s@]{1,64}@[^\s@]{1,255}\.[a-z]{2,}|(?<!\d)(?:\+45\p{Zs}?)?\d{2}(?:\p{Zs}?\d{2}\p{Zs}?\d{2}\p{Zs}?|(\p{Zs}?[.\p{Pd}/]\p{Zs}?)\d{2}\1\d{2}\1)\d{2}(?!\d)/iu
/**
 * Single capitals in a row: M.K, M-K, M K, and with blanks between them M. K. – there the last one has its full stop too, as
 * a sentence may end on a letter and the next one begin with another: "gruppe A. I dag".
 */
const SPELT = /(?<!\p{L})\p{Lu}(?:(?:[.\p{Pd}\p{Zs}]|\.\p{Zs}(?=\p{Lu}\.))\p{Lu})+(?=['\u2019]?s?(?!\p{L}))/gu

/** What must not stand in a text that the channel will show: who the pupil is, or how to reach a family. */
export function channelRisks(what: string, { alias }: { alias: string }): Fault[] {
  const faults: Fault[] = []
  if (alias && namesPupil(what, alias.toUpperCase())) faults.push({ field: 'what', code: 'alias' })
  if (CLASS.test(what)) faults.push({ field: 'what', code: 'class' })
  if (CONTACT.test(what)) faults.push({ field: 'what', code: 'contact-details' })
  return faults
}

/** Initials are written in capitals; "du" or "og" in small letters is a word. Danish adds a bare s: "MKs mor". */
function namesPupil(what: string, initials: string): boolean {
  const words = what.match(/\p{L}+/gu) ?? []
  const spelt = what.match(SPELT)?.map((letters) => letters.replaceAll(/\P{L}/gu, '')) ?? []
  return (
    words.some((word) => word === initials || word === `${initials}s`) ||
    spelt.some((letters) => letters.includes(initials))
  )
}
