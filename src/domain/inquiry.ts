/** A home that turned to the school and waits to hear back. */
import type { Case } from './case.ts'
import type { Contact } from './contact.ts'

/**
 * The oldest inquiry that has no answer; `undefined` where no home waits. Whatever school and home have said to each other
 * since then is an answer: a talk, an agreement – the promise to get back is one – or a meeting.
 */
export function waitingInquiry({ contacts, agreements, meetings = [], status }: Case): Contact | undefined {
  if (status === 'closed') return undefined
  const answers = [
    ...contacts.filter(({ reached, answered }) => reached && answered !== false).map(({ at }) => at),
    ...agreements.map(({ loggedAt }) => loggedAt),
    ...meetings.flatMap(({ planned, held }) => [planned?.at ?? 0, held?.at ?? 0]),
  ]
  const last = Math.max(0, ...answers)
  return contacts.find(({ at, answered }) => answered === false && at > last)
}

/** The home has had its answer, in whatever way. */
export const answerInquiry = (found: Case): Case => ({
  ...found,
  contacts: found.contacts.map((one) => (one.answered === false ? { ...one, answered: true } : one)),
})
