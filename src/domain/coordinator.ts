import type { Instant } from './time.ts'

export interface CoordinatorEvent {
  user: string
  what: 'asked' | 'accepted' | 'declined' | 'released' | 'withdrawn'
  at: Instant
  by: string
}

/** Who holds the rope, who has been asked to, and how it came about. */
export interface Coordination {
  coordinator?: { user: string; since: Instant }
  asked?: { user: string; by: string; at: Instant }
  history: CoordinatorEvent[]
}
