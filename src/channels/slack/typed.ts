/** What people type, without Slack's own signs: https://docs.slack.dev/messaging/formatting-message-text */

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/** What stands between angle brackets: a person, a channel, a word to all, or a link. */
const REFERENCE = /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g

/** The people mentioned in a text whose name stands nowhere in it, each once. */
export const mentionedIn = (text: string): string[] => {
  const mentions = [...text.matchAll(REFERENCE)]
  return [...new Set(mentions.flatMap(([, sign, id, label]) => (sign === '@' && id && !label ? [id] : [])))]
}

/** A text as it was typed: names for mentions, addresses for links, signs for their codes. */
export const asTyped = (text: string, names: ReadonlyMap<string, string> = new Map()): string =>
  text
    .replaceAll(REFERENCE, (_, sign: string, target: string, label: string | undefined) => {
      if (sign === '@') return label || names.get(target) || ''
      if (sign === '#') return `#${label || target}`
      return label || target.replace(/^(?:mailto|tel):/, '')
    })
    .replaceAll(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity)
    .replaceAll('\u00a0', ' ')
    .trim()
