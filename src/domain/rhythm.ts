/**
 * When school and home talk again: named profiles as data, each with the practice it comes from (guidance §1.3). The counts
 * of days are prompts to ask "does the leader know?" and nothing more: no legal conclusion and no score.
 */
export const PROFILE_NAMES = ['bornholm', 'slagelse', 'tenth'] as const
export type ProfileName = (typeof PROFILE_NAMES)[number]

export interface Profile {
  /** Days from a concern to a talk with the home. */
  contact: number
  /** Days from the agreements to a look at how it goes. */
  check: number
  /** Days from the agreements to a talk about whether they helped. */
  followUp: number
  /** School days away, for whatever reason, at which to ask: in a row, of the last 20, of the last 60. */
  asks: { row: number; month: number; quarter: number }
}

/** A week, a week, four weeks: as Bornholm has it; the sources of the other two say nothing of it. */
const WEEKS = { contact: 7, check: 7, followUp: 28 }

export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  // ungeporten.sendnews.dk
  bornholm: { ...WEEKS, asks: { row: 5, month: 7, quarter: 15 } },
  // antvorskovskole.slagelse.dk
  slagelse: { ...WEEKS, asks: { row: 5, month: 5, quarter: 15 } },
  // More than a tenth of the school days: a line that statistics draw, without science behind it (social.dk);
  // skolernesudviklingscenter.randers.dk
  tenth: { ...WEEKS, asks: { row: 5, month: 3, quarter: 7 } },
}

/** The profile a team has chosen; the first one unless it has. */
export const profileOf = ({ profile = PROFILE_NAMES[0] }: { profile?: ProfileName }): Profile => PROFILES[profile]
