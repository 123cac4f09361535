/** Redis, when it does not answer or does not take anything: everybody is told so in time, and nothing is half done. */
import { statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { type Account, openAccount } from './account.ts'
import { begin, schoolDay } from './day.ts'
import { type Amount, random } from './scenario.ts'
import type { World } from './world.ts'

/** An honest answer comes within this, in milliseconds. */
const ANSWER = 5000

/** Days of work, in each of which Redis is made useless for some time, and is then as it was. */
async function uselessFor(
  world: World,
  { rounds, seconds = 60 }: Amount,
  takeAway: () => Promise<void>,
  giveBack: () => Promise<void>,
) {
  const account = openAccount(world)
  await begin(world, account)
  for (let round = 0; round < rounds; round++)
    await schoolDay(world, account, async () => {
      await wait(random() * 300)
      await takeAway()
      account.tally.tried++
      await wait(seconds * 1000)
      await giveBack()
    })
  account.answersWithin(ANSWER)
  return account.close()
}

/** Nobody is there, or somebody who does not answer: every other time. */
export async function unreachable(world: World, amount: Amount) {
  let times = 0
  const hangs = () => times % 2 === 1
  return uselessFor(
    world,
    amount,
    async () => {
      times++
      if (hangs()) world.redis.freeze()
      else await world.redis.kill()
    },
    async () => {
      if (hangs()) world.redis.thaw()
      else await world.redis.restart()
    },
  )
}

/** There is no memory left: Redis answers, but takes no more. */
export async function memoryFull(world: World, amount: Amount) {
  const set = async (limit: string) => {
    const redis = new Redis(world.redis.socket)
    await redis.config('SET', 'maxmemory', limit)
    redis.disconnect()
  }
  return uselessFor(
    world,
    amount,
    () => set('1'),
    () => set('0'),
  )
}

/** How much room the file has left when it begins, in bytes: the disk is full in the middle of something. */
const ROOM = 20_000

/**
 * There is no room on the disk left: with `appendfsync always` Redis ends in the middle of the write that does not fit, and
 * again each time it is started, until there is room.
 */
export async function diskFull(world: World, { rounds }: Amount) {
  const account = openAccount(world)
  await begin(world, account)
  for (let round = 0; round < rounds; round++) {
    await world.redis.kill()
    await world.redis.restart((await fileSize(world)) + ROOM)
    await schoolDay(world, account, async () => {
      await isOver(world, account)
      await world.redis.restart()
    })
  }
  account.answersWithin(ANSWER)
  return account.close()
}

/** The file that Redis writes at the moment. */
async function fileSize({ redis }: World): Promise<number> {
  const directory = join(dirname(redis.socket), 'appendonlydir')
  const sizes = (await readdir(directory)).map((name) => statSync(join(directory, name)).size)
  return Math.max(...sizes)
}

/** Waits until Redis has ended by itself. */
async function isOver({ redis }: World, account: Account): Promise<void> {
  const end = performance.now() + 30_000
  while (redis.lives() && performance.now() < end) await wait(10)
  if (redis.lives()) account.count('wrong', 'the disk was not full')
  await redis.kill()
  account.tally.tried++
}
