/** Processes that end without a chance to put anything away, and others that are asked to end. */
import { setTimeout as wait } from 'node:timers/promises'
import { openAccount } from './account.ts'
import { begin, type Manner, schoolDay } from './day.ts'
import type { ServiceProcess } from './processes.ts'
import { type Amount, random } from './scenario.ts'
import type { World } from './world.ts'

/** A day of work takes about this long here, in milliseconds. */
const DAY = 600
/** The time within which another worker takes over, and within which an end that was asked for comes. */
const SOON = 10_000
/** An honest answer comes within this, in milliseconds. */
const ANSWER = 5000

const anyOf = (processes: ServiceProcess[]): ServiceProcess =>
  processes[Math.floor(random() * processes.length)] as ServiceProcess

/** One of the processes, at any moment of the day. */
export async function killBot(world: World, { rounds }: Amount) {
  const account = openAccount(world)
  await begin(world, account)
  for (let round = 0; round < rounds; round++)
    await schoolDay(world, account, async () => {
      await wait(random() * DAY)
      const victim = anyOf(world.processes)
      await victim.kill()
      account.tally.tried++
      await victim.start()
    })
  return account.close()
}

/** The process that is about to post the reminders of a school, has posted them, or is noting that it has. */
export async function killWorker(world: World, { rounds }: Amount) {
  const account = openAccount(world)
  await begin(world, account)
  for (let round = 0; round < rounds; round++) {
    await schoolDay(world, account, async () => {
      const victim = await nextToPost(world.processes)
      await wait(random() * 30)
      await victim.kill()
      account.tally.tried++
      const died = performance.now()
      // The others do what it was at, before it comes back.
      await world.settle()
      const took = performance.now() - died
      if (took > SOON) account.count('wrong', `taken over after ${Math.round(took)} ms`)
      await victim.start()
    })
  }
  return account.close()
}

const nextToPost = (processes: ServiceProcess[]): Promise<ServiceProcess> =>
  new Promise((resolve) => {
    for (const process of processes)
      process.onPosting = () => {
        for (const other of processes) other.onPosting = undefined
        resolve(process)
      }
  })

/** A process that is asked to end while people work: what it has taken, it finishes. */
export async function askToEnd(world: World, { rounds }: Amount) {
  const account = openAccount(world)
  await begin(world, account)
  const manner: Manner = (school, act) =>
    school.insist(act, (how) => how === 'broken' && account.count('wrong', 'a turn was begun and not finished'))
  for (let round = 0; round < rounds; round++)
    await schoolDay(
      world,
      account,
      async () => {
        await wait(random() * DAY)
        const victim = anyOf(world.processes)
        const took = await victim.terminate()
        account.tally.tried++
        if (took > SOON) account.count('wrong', `ended after ${Math.round(took)} ms`)
        await victim.start()
      },
      manner,
    )
  return account.close()
}

/** Redis, synced at every write. */
export async function killRedis(world: World, { rounds }: Amount) {
  const account = openAccount(world)
  await begin(world, account)
  for (let round = 0; round < rounds; round++)
    await schoolDay(world, account, async () => {
      await wait(random() * DAY)
      await world.redis.kill()
      account.tally.tried++
      await wait(random() * 300)
      await world.redis.restart()
    })
  return account.close()
}

/** The master of a Cluster or of Sentinels; another server takes its place, and the lost one comes back as its replica. */
export const loseMaster = losing(async () => {})

/** The same with replicas that hang all morning, and so have nothing of what their master did last. */
export const loseMasterBeforeItsReplicasKnow = losing(({ group }) => group.freezeReplicas())

function losing(beforehand: (world: World) => Promise<void>) {
  return async (world: World, { rounds }: Amount) => {
    const account = openAccount(world)
    await begin(world, account)
    for (let round = 0; round < rounds; round++) {
      await beforehand(world)
      await schoolDay(world, account, async () => {
        await wait(random() * DAY)
        await world.group.loseMaster()
        world.group.thawReplicas()
        account.tally.tried++
        await world.group.mend()
      })
    }
    account.answersWithin(ANSWER)
    return account.close()
  }
}

/** Nothing breaks: several processes on one Redis, and that is all. */
export async function work(world: World, { rounds }: Amount) {
  const account = openAccount(world)
  await begin(world, account)
  for (let round = 0; round < rounds; round++) {
    await schoolDay(world, account)
    account.tally.tried++
  }
  return account.close()
}
