import type { Fault } from './fault.ts'

/** A class such as 7.b; "8 a.m." is a time. */
const CLASS = /(?<![\p{L}\d.,:])(?:[0-9]|10)\s?\.?\s?[a-f](?![\p{L}\d]|\.m(?!\p{L}))/iu
const CONTACT = /[^\s@]{1,64}@[^\s@]{1,255}\.[a-z]{2,}|(?<!\d)(?:\+45 ?)?\d{2} ?\d{2} ?\d{2} ?\d{2}(?!\d)/iu

/** What must not stand in a text that the channel will show: who the pupil is, or how to reach a family. */
export function channelRisks(what: string, { alias }: { alias: string }): Fault[] {
  const words = what.match(/\p{L}+/gu) ?? []
  const faults: Fault[] = []
  // Initials are written in capitals; "du" or "og" in small letters is a word. Danish adds a bare s: "MKs mor".
  const initials = alias.toUpperCase()
  if (alias && words.some((word) => word === initials || word === `${initials}s`))
    faults.push({ field: 'what', code: 'alias' })
  if (CLASS.test(what)) faults.push({ field: 'what', code: 'class' })
  if (CONTACT.test(what)) faults.push({ field: 'what', code: 'contact-details' })
  return faults
}
