import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import type { Reply } from '../src/app/ports.ts'
import { wordsOn } from './helpers/cards.ts'
import type { Misbehaviour } from './helpers/fake-connector.ts'
import { clickOn, press, shown, TERMS } from './helpers/play.ts'
import { CAST, type TeamsStage, teamsStage } from './helpers/teams-stage.ts'

const KAREN = CAST.karen.aadObjectId
const BO = CAST.bo.aadObjectId

/** As far as the preview of an agreement: the next click saves it and posts it. */
async function upToPreview(stage: TeamsStage): Promise<void> {
  await stage.until('2026-11-24T14:10')
  await stage.says(KAREN, 'agreement', 'direct')
  await stage.says(KAREN, 'MK', 'direct')
  await press(stage, KAREN, 'Next', { fills: { view: 'declined' } })
  await press(stage, KAREN, 'Next', { fills: TERMS })
  assert.match(shown(await press(stage, KAREN, 'Show me what the channel sees')), /nothing more/)
}

const inChannel = ({ connector }: TeamsStage) =>
  connector.messages.filter(({ activity }) => JSON.stringify(activity).includes(TERMS.what))

describe('a turn of the whole service', () => {
  let stage: TeamsStage
  beforeEach(async () => {
    stage = await teamsStage('en')
  })
  afterEach(() => stage.close())

  /** The commands Redis got meanwhile, each with its first key; what a script does inside is no round trip. */
  async function commandsDuring(act: () => Promise<unknown>): Promise<string[]> {
    const redis = new Redis(stage.redis.socket)
    const monitor = await redis.monitor()
    const seen: string[] = []
    const caughtUp = Promise.withResolvers<void>()
    monitor.on('monitor', (_time: string, [name = '', ...args]: string[], source: string) => {
      if (args[0] === 'caught-up') caughtUp.resolve()
      else if (source !== 'lua') seen.push(/^evalsha?$/i.test(name) ? `script ${args[2]}` : `${name} ${args[0]}`)
    })
    try {
      await act()
      await redis.echo('caught-up')
      await caughtUp.promise
      return seen
    } finally {
      monitor.disconnect()
      redis.disconnect()
    }
  }
  const ofTheQueue = (command: string) => /\btov:q:|^info\b/i.test(command)

  it('costs two round trips: for a typed answer, a new dialog and a click', async () => {
    // The first message looks up which team somebody is in, which is then remembered.
    await stage.says(KAREN, 'help', 'direct')
    const turns: [string, () => Promise<unknown>][] = [
      ['a command', () => stage.says(KAREN, 'agreement', 'direct')],
      ['a typed answer', () => stage.says(KAREN, 'MK', 'direct')],
      ['a click', () => press(stage, KAREN, 'Next', { fills: { view: 'declined' } })],
    ]
    for (const [name, act] of turns) {
      const commands = (await commandsDuring(act)).filter((command) => !ofTheQueue(command))
      assert.equal(commands.length, 2, `${name}: ${commands}`)
    }
  })

  it('costs two round trips for a click in a channel, and then wakes the queue', async () => {
    await upToPreview(stage)
    await press(stage, KAREN, 'Yes, post it')
    await stage.settle()
    const commands = await commandsDuring(() => press(stage, BO, 'Done', { place: 'channel' }))
    // What follows is the delivery's work: it redraws the card for everybody.
    const waking = commands.findIndex((command) => command.startsWith('script tov:q:') && command.includes('{queue}'))
    const turn = commands.slice(0, waking).filter((command) => !ofTheQueue(command))
    assert.equal(turn.length, 2, turn.join(', '))
  })

  it('costs one where nothing changes', async () => {
    await stage.says(KAREN, 'help', 'direct')
    const commands = await commandsDuring(() => stage.says(KAREN, 'cases', 'direct'))
    assert.equal(commands.filter((command) => !ofTheQueue(command)).length, 1)
  })
})

describe('an event that Teams delivers twice', () => {
  let stage: TeamsStage
  before(async () => {
    stage = await teamsStage('en')
    await stage.until('2026-11-24T14:10')
  })
  after(() => stage.close())

  /** Sends the very same activity again, as Teams does when our answer was late. */
  async function again(text: string): Promise<string> {
    const { connector } = stage
    const message = { type: 'message', text, locale: 'en-GB' }
    const activity = connector.activity(CAST.karen, 'direct', message)
    await connector.deliver(activity)
    await connector.deliver(activity)
    return wordsOn(stage.posted().at(-1)?.card)
  }

  it('begins one dialog, whose newest card works', async () => {
    assert.match(await again('call prep'), /Which pupil\?/)
    assert.match(shown(await press(stage, KAREN, 'Next', { fills: { alias: 'MK' } })), /Who is talking\?/)
  })

  it('takes a typed answer once, and not for the next step too', async () => {
    await press(stage, KAREN, 'Next', { fills: { whom: 'mother' } })
    await press(stage, KAREN, 'Next', { fills: { seen: 'Away four Mondays', since: '2026-11-02' } })
    assert.match(await again('Helps others in art'), /What do you want to understand\?/)
    assert.match(shown(await stage.says(KAREN, 'What mornings are like', 'direct')), /Your call sheet/)
  })

  it('says of the click that ended a dialog that it is saved, for whoever did not hear it the first time', async () => {
    await stage.says(KAREN, 'stop', 'direct')
    await upToPreview(stage)
    const click = clickOn(stage, KAREN, 'Yes, post it')
    const message = stage.connector.messages.find(({ id }) => id === click?.message.id)
    assert.ok(click && message)
    const more = { id: 'f:the-same', locale: 'en-GB' }
    const press = () => stage.connector.tester(CAST.karen).clicks(message, click.verb, click.data, more)
    assert.match(wordsOn((await press()).body.value), /The agreements are saved/)
    assert.deepEqual((await press()).body.value, 'That is saved already. There is nothing more to do.')
  })
})

describe('the service without its Redis', function () {
  this.timeout(40_000)
  const TRY_AGAIN = { en: /try again in a moment/, da: /prøv igen om et øjeblik/ }
  let stage: TeamsStage
  afterEach(() => stage.close())

  /** Every document that is stored, sealed as it is. */
  async function stored(): Promise<Record<string, unknown>> {
    const redis = new Redis(stage.redis.socket)
    try {
      const names = (await redis.keys('tov:t:*')).sort()
      const contents = names.map(async (name) => {
        const kind = await redis.type(name)
        return [name, kind === 'hash' ? await redis.hgetall(name) : kind]
      })
      return Object.fromEntries(await Promise.all(contents))
    } finally {
      redis.disconnect()
    }
  }

  /** Acts, and expects to be told in time to try again. */
  async function isTold(act: () => Promise<Reply>, language: 'da' | 'en' = 'en'): Promise<void> {
    const started = performance.now()
    const reply = await act()
    assert.ok(performance.now() - started < 5000)
    assert.match(shown(reply), TRY_AGAIN[language])
  }

  /** Until Redis is found again; the service is not restarted. */
  async function comesBack(act: () => Promise<Reply>): Promise<Reply> {
    const end = performance.now() + 5000
    for (;;) {
      const reply = await act()
      if (!TRY_AGAIN.en.test(shown(reply))) return reply
      assert.ok(performance.now() < end, 'not back within five seconds')
      await wait(100)
    }
  }

  it('says to try again while it is away for ten seconds, and then the same click works', async () => {
    stage = await teamsStage('en')
    await upToPreview(stage)
    const before = await stored()
    await stage.redis.kill()
    const away = performance.now()
    const post = () => press(stage, KAREN, 'Yes, post it')
    await isTold(post)
    await isTold(() => stage.says(KAREN, 'cases', 'direct'))
    await isTold(() => stage.says(BO, 'cases', 'direct'))
    await wait(10_000 - (performance.now() - away))
    await isTold(post)
    await stage.redis.restart()
    assert.deepEqual(await stored(), before)
    assert.match(shown(await comesBack(post)), /The agreements are saved/)
    await stage.settle()
    assert.equal(inChannel(stage).length, 1)
    assert.match(shown(await stage.says(KAREN, 'cases', 'direct')), /MK/)
  })

  it('says so in Danish too, and when Redis hangs instead of being gone', async () => {
    stage = await teamsStage('da')
    await stage.says(KAREN, 'aftale', 'direct')
    stage.redis.freeze()
    await isTold(() => stage.says(KAREN, 'MK', 'direct'), 'da')
    await isTold(() => press(stage, KAREN, 'Videre'), 'da')
    stage.redis.thaw()
    assert.doesNotMatch(shown(await stage.says(KAREN, 'sager', 'direct')), TRY_AGAIN.da)
  })

  it('stops within ten seconds although Redis is gone', async () => {
    stage = await teamsStage('en')
    await stage.redis.kill()
    await wait(500)
    const started = performance.now()
    await stage.service.close()
    assert.ok(performance.now() - started < 10_000)
  })

  it('stops within ten seconds although Redis goes in the middle of a delivery', async () => {
    stage = await teamsStage('en')
    await upToPreview(stage)
    stage.connector.misbehaveAt(/activities/, { hang: 1000 })
    const posting = press(stage, KAREN, 'Yes, post it')
    await posting
    await wait(200)
    await stage.redis.kill()
    const started = performance.now()
    await stage.service.close()
    assert.ok(performance.now() - started < 10_000)
  })

  it('stops within ten seconds although Redis hangs, and leaves no connection behind', async () => {
    stage = await teamsStage('en')
    stage.redis.freeze()
    const started = performance.now()
    await stage.service.close()
    assert.ok(performance.now() - started < 10_000)
    stage.redis.thaw()
    await wait(500)
    const redis = new Redis(stage.redis.socket)
    const connections = String(await redis.client('LIST'))
      .trim()
      .split('\n')
    redis.disconnect()
    assert.equal(connections.length, 1, connections.join('\n'))
  })
})

describe('the service while Teams is in trouble', function () {
  this.timeout(40_000)
  const troubles: Record<string, { how: Misbehaviour[]; posts: number }> = {
    'asks for a pause': { how: [{ status: 429, retryAfter: '1' }], posts: 1 },
    'asks for a pause without saying how long': { how: [{ status: 429 }], posts: 1 },
    'has failures of its own': { how: [{ status: 500 }, { status: 503 }], posts: 1 },
    'breaks the connection': { how: ['reset'], posts: 1 },
    hangs: { how: ['hang'], posts: 1 },
    // Nobody can know that it had been posted; rather twice than never.
    'posts but does not say so': { how: ['resetAfterwards'], posts: 2 },
  }
  const stages: TeamsStage[] = []
  const outcomes = new Map<string, Promise<{ posts: number; answered: number }>>()

  async function postThrough(how: Misbehaviour[]) {
    const stage = await teamsStage('en')
    stages.push(stage)
    await upToPreview(stage)
    stage.connector.misbehave(...how)
    const started = performance.now()
    assert.match(shown(await press(stage, KAREN, 'Yes, post it')), /The agreements are saved/)
    const answered = performance.now() - started
    await stage.settle()
    return { posts: inChannel(stage).length, answered }
  }

  // Most of the time is waiting, so they all wait at once.
  before(() => {
    for (const [name, { how }] of Object.entries(troubles)) outcomes.set(name, postThrough(how))
  })
  after(() => Promise.all(stages.map((stage) => stage.close())))

  for (const [name, { posts }] of Object.entries(troubles))
    it(`posts an agreement ${posts === 1 ? 'exactly once' : 'at most twice'} when Teams ${name}`, async () => {
      const outcome = await outcomes.get(name)
      assert.equal(outcome?.posts, posts)
      assert.ok((outcome?.answered ?? Number.POSITIVE_INFINITY) < 2000, 'the click waits for nothing of this')
    })
})
