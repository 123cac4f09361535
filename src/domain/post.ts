import type { Day, Instant } from './time.ts'

/** What a card shows of a case: an agreement, a home's inquiry by its contact, or the case itself. */
export interface Ref {
  code: string
  agreement?: string
  inquiry?: string
}

/** A card the bot has posted, remembered so that it can be updated in place and, once its case is deleted, redacted. */
export interface Post {
  v: 1
  id: string
  /** Which card it is, and with `refs` all that is needed to draw it again from the cases as they are now. */
  card:
    | { kind: 'agreements' }
    | { kind: 'coordinator' }
    | { kind: 'digest'; day: Day }
    | { kind: 'question'; user: string }
    | { kind: 'overdue'; user: string }
    | { kind: 'outcome'; user: string }
    | { kind: 'review'; user: string }
  refs: Ref[]
  /** Where it stands: the conversation, and the message in it once sent. */
  address: string
  message?: string
  sentAt?: Instant
}

/** Whether what was said at this moment answers the card; one that is not sent yet nobody has answered. */
export const isAnswerTo = ({ sentAt = Number.POSITIVE_INFINITY }: Post, at: Instant): boolean => at >= sentAt
