import { type Activity, ActivityTypes, CardFactory } from 'botbuilder'
import type { Card, Reply } from '../../app/ports.ts'
import { withNote } from '../../app/view/note.ts'

/** A message that shows a card; the summary is for notifications and for clients that show none. */
export const cardMessage = (card: Card, summary: string | undefined): Partial<Activity> => ({
  type: ActivityTypes.Message,
  attachments: [CardFactory.adaptiveCard(card)],
  ...(summary && { summary }),
})

/** Nothing to say makes no message. */
export function replyMessage({ card, text, summary }: Reply): Partial<Activity> | undefined {
  if (!card && !text) return undefined
  return {
    ...(card ? cardMessage(card, summary) : { type: ActivityTypes.Message }),
    // Otherwise Teams reads Markdown in a name or a note.
    ...(text && { text, textFormat: 'plain' }),
  }
}

/**
 * The answer to a click, shown to the person who clicked. Failures of ours are answers too: with any other status Teams
 * shows its own error instead of our words.
 */
export function clickAnswer({ card, text }: Reply): object {
  if (!card) return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text ?? '' }
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: text ? withNote(card, text) : card }
}

export const UNKNOWN_INVOKE = {
  statusCode: 501,
  type: 'application/vnd.microsoft.error',
  value: { code: 'NotSupported', message: 'This bot does not know this action.' },
}
