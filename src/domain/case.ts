import type { Agreement } from './agreement.ts'
import type { Contact } from './contact.ts'
import type { Coordination } from './coordinator.ts'
import type { Instant } from './time.ts'

/** Whether the pupil has been heard, and in which words. "Not yet" is allowed; leaving it open is not. */
export interface PupilView {
  state: 'asked' | 'notYet' | 'declined'
  words?: string
  at: Instant
  by: string
}

/** One pupil's absence, as the staff around the pupil work with it. The school's own journal stays the record. */
export interface Case {
  /** Schema version of this document. */
  v: 1
  /** The public name, such as `F-7K3Q`. */
  code: string
  /** The pupil's initials. Private: never in a channel, a log or an error. */
  alias: string
  creator: string
  openedAt: Instant
  contacts: Contact[]
  pupilView?: PupilView
  agreements: Agreement[]
  coordination: Coordination
  status: 'open' | 'closed'
  closed?: { by: string; at: Instant }
  /** The coordinator's answer to "did it help?", newest last. */
  outcomes: { helped: 'yes' | 'partly' | 'no'; at: Instant; by: string }[]
  /** Ids of the posted cards that show this case, so that all of them can be updated. */
  posts: string[]
}
