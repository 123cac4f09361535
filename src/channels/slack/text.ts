import type { PlainTextElement } from '@slack/types'
import { LIMITS } from './limits.ts'

export const CUT = '…'

/** At most `max` UTF-16 units, with "…" where something is missing; no letter or emoji of two units is torn apart. */
export function shorten(text: string, max: number): string {
  const sound = text.toWellFormed()
  if (sound.length <= max) return sound
  const kept = sound.slice(0, max - CUT.length)
  // Half a pair is no character.
  return `${kept.isWellFormed() ? kept : kept.slice(0, -1)}${CUT}`
}

/** Slack refuses a text of nothing, and shows one of blanks as nothing. */
export const isBlank = (text: string): boolean => text.trim() === ''

/** A text that stays as it is: neither marks nor emoji codes nor mentions are read in it. */
export const plain = (text: string, max: number): PlainTextElement => ({
  type: 'plain_text',
  text: shorten(isBlank(text) ? CUT : text, max),
  emoji: false,
})

/** The `text` of a message is the only one in which Slack looks for mentions and links. */
export const escapeText = (text: string, max: number = LIMITS.notification): string =>
  // Shortened first: half an escape would be shown.
  shorten(text, max).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
