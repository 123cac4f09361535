/** Teams, when it is in trouble of its own: what is posted in a channel is not taken, or nobody knows whether it was. */
import type { Misbehaviour } from '../helpers/fake-connector.ts'
import { openAccount } from './account.ts'
import { begin, schoolDay } from './day.ts'
import type { Amount } from './scenario.ts'
import type { World } from './world.ts'

/** Where cards are posted in a channel. */
const NEW_THREAD = /^\/v3\/conversations$/
/** Clicks are answered without Teams, so that they are as fast as ever; in milliseconds. */
const ANSWER = 5000
/** What Teams takes of one bot in one channel: this many posts within so many milliseconds (its page on rate limits). */
const LIMITS = [
  [7, 1000],
  [8, 2000],
  [60, 30_000],
] as const

/** Each school's next posts are treated like this, every day anew. */
const troubled = (how: (amount: Amount) => Misbehaviour[]) => async (world: World, amount: Amount) => {
  const account = openAccount(world)
  await begin(world, account)
  for (let round = 0; round < amount.rounds; round++) {
    for (const { connector } of world.schools) connector.misbehaveAt(NEW_THREAD, ...how(amount))
    account.tally.tried++
    await schoolDay(world, account)
  }
  account.answersWithin(ANSWER)
  for (const { connector, number } of world.schools)
    for (const [most, within] of LIMITS) {
      const posts = connector.requests.filter(({ path }) => NEW_THREAD.test(path))
      const tooMany = posts.some(({ at }, index) => (posts[index + most]?.at ?? Infinity) - at < within)
      if (tooMany) account.count('wrong', `more than ${most} posts within ${within} ms in school ${number}`)
    }
  return account.close()
}

export const throttles = troubled(() => [{ status: 429, retryAfter: '1' }, { status: 429 }])
export const fails = troubled(() => [{ status: 500 }, { status: 503 }])
export const resets = troubled(() => ['reset'])
export const hangs = troubled(({ seconds = 30 }) => [{ hang: seconds * 1000 }])
/** The message is posted, but the answer is lost: rather twice than never. */
export const forgets = troubled(() => ['resetAfterwards'])
