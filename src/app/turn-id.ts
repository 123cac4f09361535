/** One id for all log lines of one event or delivery, so that what belongs together can be found together. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'

const current = new AsyncLocalStorage<string>()

/** Does something under an id of its own, or under the one it is already being done under. */
export const inTurn = <T>(act: () => T): T =>
  current.getStore() === undefined ? current.run(randomUUID().slice(0, 8), act) : act()

/** What a log line says of it; nothing outside of a turn. */
export const turnFields = (): { turn?: string } => {
  const turn = current.getStore()
  return turn === undefined ? {} : { turn }
}
