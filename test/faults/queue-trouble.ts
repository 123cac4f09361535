/** The queue, which only wakes: its keys vanish, or one entry ends every process that touches it. */
import { setTimeout as wait } from 'node:timers/promises'
import { due } from '../../src/cli/due.ts'
import { dueName } from '../../src/domain/due.ts'
import { keys } from '../../src/store/keys.ts'
import { type Agreed, codeOf, digestTitle, openAccount } from './account.ts'
import { agree, begin, schoolDay } from './day.ts'
import { type Amount, random } from './scenario.ts'
import type { School } from './school.ts'
import type { World } from './world.ts'

/** In one go: a job that came between looking and deleting would be half gone, which no flush leaves behind. */
const FLUSH = "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key) end"

/** All keys of the queue are gone while people work and reminders are due. */
export async function flushQueue(world: World, { rounds }: Amount) {
  const account = openAccount(world)
  await begin(world, account)
  for (let round = 0; round < rounds; round++)
    await schoolDay(world, account, async () => {
      await wait(random() * 300)
      await world.look((_, redis) => redis.eval(FLUSH, 0, `${keys.queuePrefix()}:*`))
      account.tally.tried++
    })
  return account.close()
}

/** Neighbours of what ends processes wait no longer than this, in milliseconds. */
const SOON = 10_000
/** Another one each time: what was once set aside goes on being reminded of. */
const poisonOf = (round: number): string => ` Number ${round} ends whoever reminds of it.`
/** How often an entry may end a process before it is suspected, as in `deliver.ts`. */
const DEATHS = 3

/**
 * One row of a digest ends every process that posts it. The others of the team are reminded of all the same, the other
 * team notices nothing, `cli due` shows what was set aside and has it tried again.
 */
export async function poison(world: World, { rounds, deaths = DEATHS }: Amount) {
  const account = openAccount(world)
  const [ill, well] = world.schools as [School, School]
  for (let round = 0; round < rounds; round++) {
    account.tally.tried++
    await world.nextDay()
    const rows: Agreed[] = []
    for (const mark of ['', poisonOf(round), '']) rows.push(await agree(world, account, ill, { mark }))
    const other = await agree(world, account, well)
    await world.settle()
    await countDeaths(world, rows, DEATHS - deaths)
    const living = keepAlive(world)
    world.poison(poisonOf(round))
    const began = performance.now()
    const begins = world.nextDay()
    while (well.inChannel(digestTitle(world.now.day), other.what).length === 0 && performance.now() - began < SOON)
      await wait(50)
    if (performance.now() - began >= SOON) account.count('wrong', 'the other team was held up')
    await begins
    await world.settle(180_000)
    world.poison('')
    await living.stop()
    await world.moveTo(world.at())
    await retried(world, account, rows[1] as Agreed)
  }
  return account.close()
}

/** What was set aside is that one and nothing else; an operator sees it and has it tried again. */
async function retried(world: World, account: ReturnType<typeof openAccount>, poisoned: Agreed): Promise<void> {
  const code = codeOf(poisoned) ?? ''
  const { setAside } = await world.inspect(poisoned.school)
  for (const { name } of setAside) if (!name.includes(code)) account.count('wrong', `${name} was set aside too`)
  const said: string[] = []
  const context = { env: world.env, root: '.', print: (text: string) => void said.push(text) }
  await due.run([], context)
  if (!said.some((line) => line.includes('set aside (poison)') && line.includes(code)))
    account.count('wrong', '"cli due" does not show what was set aside')
  await due.run(['--retry', 'all'], context)
  // The card of the day has been; the row is on the next one.
  await world.sweep()
  await world.settle()
  await world.nextDay()
  await world.settle()
  poisoned.by = world.now.day
}

/** The earlier ones of the ends of processes that an entry may bring about. */
const countDeaths = (world: World, rows: Agreed[], times: number) =>
  world.look(async (store) => {
    const { id } = (rows[0] as Agreed).school
    const names = (await store.due(id, Number.MAX_SAFE_INTEGER, 1000))
      .filter(({ ids }) => rows.some((row) => codeOf(row) === ids[0]))
      .map(dueName)
    for (let time = 0; time < times; time++) await store.claim(id, names)
  })

/** Starts again whatever ends, as whatever runs the service does. */
function keepAlive({ processes }: World) {
  let stopped = false
  const watching = (async () => {
    while (!stopped) {
      for (const process of processes) if (!process.lives()) await process.start()
      await wait(50)
    }
  })()
  return {
    stop: async () => {
      stopped = true
      await watching
    },
  }
}
