/** Every fault there is a promise about, and how often it is brought about. */
import { jumps, summerTime, wrongClock } from './clocks.ts'
import { askToEnd, killBot, killRedis, killWorker, loseMaster, loseMasterBeforeItsReplicasKnow, work } from './kills.ts'
import { flushQueue, poison } from './queue-trouble.ts'
import { diskFull, memoryFull, unreachable } from './redis-trouble.ts'
import { everythingTwice, threeAtOnce } from './repeats.ts'
import type { Amount, Scenario } from './scenario.ts'
import { fails, forgets, hangs, resets, throttles } from './teams-trouble.ts'
import type { WorldOptions } from './world.ts'

/** Three processes and one Redis. The short form has all scenarios of one world in it, one after another. */
const USUAL: WorldOptions = {}
/** Others of the same, so that they do not wait for each other. */
const TROUBLED: WorldOptions = {}
const CONFUSED: WorldOptions = {}
/** With a calendar of its own, since it goes far ahead. */
const IN_AUTUMN: WorldOptions = { today: '2027-10-25' }
const SENTINELS: WorldOptions = { redis: 'sentinels' }
const CLUSTER: WorldOptions = { redis: 'cluster' }

const scenario = (
  fault: string,
  run: Scenario['run'],
  short: Amount | undefined,
  full: Amount,
  { duplicates } = { duplicates: 0 },
): Scenario => ({ fault, run, short, full, world: USUAL, duplicates })

const inWorld = (world: WorldOptions, scenarios: Scenario[]): Scenario[] => scenarios.map((one) => ({ ...one, world }))

const ONCE = { duplicates: 1 }
/** One for each school: what is on its way to several at that moment cannot be noted. */
const EACH = { duplicates: 2 }
/** The card of an agreement and the digest, in each school. */
const ALL_OF_A_DAY = { duplicates: 4 }

export const SCENARIOS: Scenario[] = [
  scenario('nothing: three processes on one Redis', work, { rounds: 1 }, { rounds: 10 }),
  scenario('kill -9 of a bot', killBot, { rounds: 1 }, { rounds: 20 }, ONCE),
  scenario('kill -9 of a worker in mid-delivery', killWorker, { rounds: 1 }, { rounds: 20 }, ONCE),
  scenario('kill -9 of Redis', killRedis, { rounds: 2 }, { rounds: 20 }, ONCE),
  scenario('SIGTERM under load', askToEnd, { rounds: 1 }, { rounds: 10 }),
  ...inWorld(CONFUSED, [
    scenario('every activity twice at once, and again later', everythingTwice, { rounds: 1 }, { rounds: 5 }),
    scenario('Done, Postpone, Hand over at once on one row', threeAtOnce, { rounds: 20 }, { rounds: 200 }),
    scenario("the queue's keys are flushed", flushQueue, { rounds: 1 }, { rounds: 10 }, ALL_OF_A_DAY),
  ]),
  // In the short form its first ends, in company, are taken as having happened.
  scenario('a row that ends whoever posts it', poison, { rounds: 1, deaths: 0 }, { rounds: 2 }),
  ...inWorld(TROUBLED, [
    scenario('Teams throttles: 429 with and without Retry-After', throttles, { rounds: 1 }, { rounds: 5 }),
    scenario('Teams fails: 500, 503', fails, { rounds: 1 }, { rounds: 5 }),
    scenario('Teams breaks the connection', resets, { rounds: 1 }, { rounds: 5 }),
    scenario('Teams posts, but does not say so', forgets, { rounds: 1 }, { rounds: 5 }, EACH),
    scenario('Teams hangs for 30 s', hangs, { rounds: 1, seconds: 2 }, { rounds: 3, seconds: 30 }),
    scenario(
      'Redis away for 60 s: gone, frozen',
      unreachable,
      { rounds: 2, seconds: 3 },
      { rounds: 2, seconds: 60 },
      ONCE,
    ),
    scenario('Redis has no memory left', memoryFull, { rounds: 1, seconds: 2 }, { rounds: 3, seconds: 20 }, EACH),
    scenario('Redis has no disk left', diskFull, { rounds: 1 }, { rounds: 5 }, ONCE),
  ]),
  ...inWorld(CONFUSED, [
    scenario('a clock that is 2 h off', wrongClock, { rounds: 1 }, { rounds: 4 }),
    scenario('the clock jumps an hour, either way', jumps, { rounds: 1 }, { rounds: 5 }),
  ]),
  ...inWorld(IN_AUTUMN, [
    scenario('the clocks are changed, autumn and spring', summerTime, { rounds: 2 }, { rounds: 2 }),
  ]),
  ...inWorld(SENTINELS, [
    scenario('Sentinels: the master is lost', loseMaster, { rounds: 1 }, { rounds: 5 }, ONCE),
    scenario(
      'Sentinels: the master is lost before its replicas know',
      loseMasterBeforeItsReplicasKnow,
      undefined,
      { rounds: 3 },
      ONCE,
    ),
  ]),
  ...inWorld(CLUSTER, [
    scenario('Cluster: a master is lost', loseMaster, undefined, { rounds: 5 }, ONCE),
    scenario(
      'Cluster: a master is lost before its replica knows',
      loseMasterBeforeItsReplicasKnow,
      undefined,
      { rounds: 3 },
      ONCE,
    ),
  ]),
]
