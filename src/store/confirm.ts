/** What people are told has to outlive the server that knew it: nothing is answered before a replica has it too. */
import type { ChainableCommander } from 'ioredis'
import { StoreError } from '../app/ports.ts'
import type { Connection } from './redis.ts'

/** What replicas are given, in milliseconds. Whatever else is sent on the connection waits as long. */
const WITHIN = 500

/** Sends commands about one key, and resolves to their answers. */
export type Confirm = (
  key: string,
  add: (commands: ChainableCommander) => ChainableCommander,
) => Promise<readonly unknown[]>

/**
 * Makes the function that sends commands to the master of a key and waits until so many replicas have all that this master
 * had done by then, whoever had asked for it: so what is read is confirmed as well as what is written. With 0 nothing waits.
 * It rejects with `store-unavailable` where fewer replicas have it in time; it may have happened all the same.
 */
export function createConfirm(redis: Connection, replicas: number): Confirm {
  async function send(add: Parameters<Confirm>[1]): Promise<unknown[]> {
    const commands = add(redis.pipeline())
    // With the commands, on their connection: after a failover another server would answer for what it never had.
    if (replicas > 0) commands.wait(replicas, WITHIN)
    const answers = ((await commands.exec()) ?? []).map(([error, answer]) => {
      if (error) throw error
      return answer
    })
    if (replicas === 0) return answers
    const having = Number(answers.pop())
    if (having >= replicas) return answers
    const remedy = `${having} of ${replicas} replicas had it after ${WITHIN} ms: are they running, and do they keep up?`
    throw new StoreError('store-unavailable', { cause: new Error(remedy) })
  }

  return async (key, add) => {
    try {
      return await send(add)
    } catch (error) {
      // Nothing was done. Where the key is now, a Cluster's client learns from a command that is sent by itself.
      if (!(error instanceof Error && error.message.startsWith('MOVED'))) throw error
      await redis.exists(key)
      return await send(add)
    }
  }
}
