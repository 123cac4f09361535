import { strict as assert } from 'node:assert'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Connection, connect, disconnect } from '../../src/store/redis.ts'
import { content } from '../helpers/core-stage.ts'
import { play, type Stage, type Transcript } from '../helpers/play.ts'
import { startRedis, type TestRedis } from '../helpers/redis.ts'
import { slackStage } from '../helpers/slack-stage.ts'
import { TOKEN } from '../helpers/staged-service.ts'
import { teamsStage } from '../helpers/teams-stage.ts'

/** A word of its own for each free text; none can come about by chance. */
const MARKS = {
  alias: 'QXZJ',
  otherAlias: 'JZXQ',
  whom: 'Zwhomzwart',
  seen: 'Zseenzwart',
  good: 'Zgoodzwart',
  understand: 'Zunderstandzwart',
  learning: 'Zlearningzwart',
  friends: 'Zfriendszwart',
  home: 'Zhomezwart',
  child: 'Zchildzwart',
  words: 'Zwordszwart',
  what: 'Zwhatzwart',
  draft: 'Zdraftzwart',
  unknown: 'Zunknownzwart',
  long: 'Zlongzwart',
  forged: 'Zforgedzwart',
  broken: 'Zbrokenzwart',
  lessons: 'Zlessonszwart',
  tried: 'Ztriedzwart',
  canDecide: 'Zdecidezwart',
  settled: 'Zsettledzwart',
  where: 'Zwherezwart',
  people: 'Zpeoplezwart',
  how: 'Zhowzwart',
  pupil: 'Zpupilzwart',
  school: 'Zschoolzwart',
  shared: 'Zsharedzwart',
  worked: 'Zworkedzwart',
  away: 'Zawayzwart',
  together: 'Ztogetherzwart',
  support: 'Zsupportzwart',
  contact: 'Zcontactzwart',
  contacts: 'Zcontactszwart',
  checked: 'Zcheckedzwart',
}
/** Numbers and times of day are read as such, so that nothing else is kept of them. */
const READ = ['row', 'month', 'quarter', 'time']
/** Names are not for Redis or a log either. */
const NAMES = ['Karen Holm', 'Birte Friis', 'Bo Lund']

/** All free texts there are to write, by the flows themselves: a field that is added must be planted too. */
const FIELDS = Object.values(content.flows).flatMap(({ steps }) =>
  steps.flatMap(({ fields }) =>
    Object.entries(fields).flatMap(([id, { kind }]) => (kind === 'text' && !READ.includes(id) ? [id] : [])),
  ),
)

const turn = (given: Partial<Transcript['turns'][number]>): Transcript['turns'][number] => ({
  ...{
    who: 'karen',
    in: 'direct',
    fills: {},
    old: false,
    sees: [],
    lacks: [],
    channel: [],
    channelLacks: [],
    told: {},
  },
  ...given,
})
const conversation = (name: string, turns: Partial<Transcript['turns'][number]>[]): Transcript => ({
  name,
  dialog: '',
  language: 'en',
  at: '2026-11-24T14:10',
  turns: turns.map(turn),
})

/** From a call to agreements and a coordinator, with a text in every field, and somebody else half-way. */
const WORK = conversation('work', [
  { says: 'call prep' },
  { says: MARKS.alias },
  { fills: { direction: 'outgoing', caller: 'karen', whom: MARKS.whom }, presses: 'Next' },
  { fills: { seen: MARKS.seen, since: '2026-11-02' }, presses: 'Next' },
  { says: MARKS.good },
  { says: MARKS.understand, sees: [MARKS.seen, MARKS.good, MARKS.understand] },
  {
    fills: { learning: MARKS.learning, friends: MARKS.friends, home: MARKS.home, child: MARKS.child },
    presses: 'Save and go on',
  },
  { fills: { view: 'asked', words: MARKS.words }, presses: 'Next' },
  {
    fills: {
      what: MARKS.what,
      who: 'school',
      staff: 'bo',
      by: '2026-11-27',
      followUpOn: '2026-12-01',
      followUpHow: 'call',
    },
    presses: 'Next',
  },
  { presses: 'Show me what the channel sees' },
  { presses: 'Yes, post it', channel: [MARKS.what] },
  { says: 'coordinator' },
  { fills: { code: 'the first' }, presses: 'Next' },
  { fills: { pick: 'somebody-else' }, presses: 'Next' },
  { fills: { colleague: 'birte' }, presses: 'Next' },
  { presses: 'Yes, do that' },
  { who: 'birte', presses: 'Yes, I will' },
  { who: 'bo', says: 'call prep' },
  { who: 'bo', fills: { code: 'new' }, presses: 'Next' },
  { who: 'bo', says: MARKS.otherAlias },
  { who: 'bo', fills: { whom: MARKS.draft }, presses: 'Next', sees: ['What have you seen'] },
])
/** Whatever else one can do: each of the other dialogs, the settings and a draft. */
const MORE = conversation('more', [
  { says: 'concern' },
  { fills: { code: 'new' }, presses: 'Next' },
  { says: MARKS.otherAlias },
  { fills: { seen: MARKS.seen, lessons: MARKS.lessons }, presses: 'Next' },
  { presses: 'Next' },
  { fills: { tried: MARKS.tried }, presses: 'Save the concern', sees: ['Good that you say so'] },
  { says: 'pupil talk' },
  { fills: { code: 'the first' }, presses: 'Next' },
  { fills: { canDecide: MARKS.canDecide, settled: MARKS.settled }, presses: 'Show me the questions' },
  {
    fills: { view: 'asked', words: MARKS.words },
    presses: "Save the pupil's words",
    sees: ["The pupil's words are saved"],
  },
  { says: 'meeting' },
  { fills: { code: 'the first' }, presses: 'Next' },
  {
    fills: { day: '2026-12-02', time: '14:30', length: '45', place: 'school', where: MARKS.where },
    presses: 'Next',
  },
  { says: MARKS.people },
  { fills: { pupil: 'before', how: MARKS.how }, presses: 'Make the invitation', sees: [MARKS.people, MARKS.where] },
  { says: 'agenda' },
  { fills: { code: 'the first' }, presses: 'Next' },
  { presses: 'Next' },
  { says: MARKS.pupil },
  { says: MARKS.home },
  { says: MARKS.school },
  { says: MARKS.shared },
  { says: MARKS.worked, sees: [MARKS.pupil] },
  { says: 'stop' },
  { says: "parents' meeting" },
  { fills: { stage: 'mellemtrin' }, presses: 'Next' },
  { fills: { away: MARKS.away, together: MARKS.together, support: MARKS.support }, presses: 'Next' },
  { says: MARKS.contact, sees: ['Your slides are ready'] },
  { says: 'call incoming' },
  { fills: { way: 'message', whom: MARKS.whom, learning: MARKS.learning, child: MARKS.child }, presses: 'Next' },
  { fills: { code: 'the first' }, presses: 'Next' },
  {
    fills: { answered: 'no', what: MARKS.what, staff: 'karen', by: '2026-11-27', followUpHow: 'call' },
    presses: 'Next',
    sees: [MARKS.what],
  },
  { says: 'stop' },
  { says: 'message check' },
  { says: `${MARKS.checked}, you never answer!`, sees: [MARKS.checked] },
  { says: 'settings' },
  { presses: 'Use that' },
  { presses: 'More settings' },
  { presses: 'Change contacts' },
  { fills: { contacts: MARKS.contacts }, presses: 'Save', sees: [MARKS.contacts] },
])
/** What nobody foresees, and what is refused. */
const ODD = conversation('odd', [
  { who: 'birte', says: `tell me about ${MARKS.unknown}` },
  { who: 'birte', says: `casse ${MARKS.unknown}` },
  { says: 'agreement' },
  { fills: { code: 'new' }, presses: 'Next' },
  { says: `${MARKS.long} is no initials` },
  { says: MARKS.long.repeat(500) },
  { says: 'stop' },
  { in: 'channel', says: `help ${MARKS.unknown}` },
])
/** Reminders until they stop, the question that follows, and a case that is looked at, exported and deleted. */
const LATER = conversation('later', [
  ...['2026-11-27', '2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04'].map((day) => ({
    waits: `${day}T08:00`,
  })),
  { who: 'birte', says: 'cases', sees: [MARKS.alias] },
  { who: 'birte', presses: 'Open', sees: [MARKS.friends, MARKS.words] },
  { who: 'birte', says: 'privacy export' },
  { who: 'birte', presses: 'Export', sees: [MARKS.seen, MARKS.what] },
])
const END = conversation('end', [
  { who: 'birte', presses: 'Delete' },
  { who: 'birte', presses: 'Yes, delete it for good', lacks: [MARKS.alias] },
])

/** A word however it may be written down. */
function traces(word: string): Buffer[] {
  const bytes = Buffer.from(word)
  const shifted = [0, 1, 2].map((shift) =>
    // What stands before and after decides over the first and the last signs.
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
      .slice(shift === 0 ? 0 : shift + 1, -1),
  )
  return [
    bytes,
    Buffer.from(word, 'utf16le'),
    Buffer.from(bytes.toString('hex')),
    ...shifted.map((one) => Buffer.from(one)),
  ]
}

/** The words of a list that can be read in this. */
const readableIn = (bytes: Buffer, words: readonly string[]): string[] =>
  words.filter((word) => traces(word).some((trace) => trace.length > 3 && bytes.includes(trace)))

interface Played extends Stage {
  redis: TestRedis
  url: string
  logged: () => string
}

const CHANNELS: Record<
  string,
  { start: (redis: TestRedis) => Promise<Played & { close(): Promise<void> }>; path: string }
> = {
  Teams: {
    path: '/api/messages',
    start: async (redis) => {
      const stage = await teamsStage('en', { redis })
      return {
        ...stage,
        trouble: () => stage.connector.misbehave({ status: 500, code: MARKS.broken }, { status: 429 }, 'reset'),
      } as Played & { close(): Promise<void> }
    },
  },
  Slack: {
    path: '/slack/events',
    start: async (redis) => await slackStage('en', { redis }),
  },
}

for (const [channel, { start, path }] of Object.entries(CHANNELS))
  describe(`what people write in ${channel}`, function () {
    this.timeout(60_000)
    let redis: TestRedis
    let connection: Connection
    let stage: Awaited<ReturnType<typeof start>>
    let printed = ''
    const answers: string[] = []
    const words = [...Object.values(MARKS), ...NAMES]

    before(async () => {
      // Otherwise its files would hold the same, but not as it was written.
      redis = await startRedis({ rdbcompression: 'no' })
      connection = await connect(redis.config)
      stage = await start(redis)
      const streams = [process.stdout, process.stderr]
      const write = streams.map((stream) => stream.write)
      for (const stream of streams)
        stream.write = ((text: string) => {
          printed += text
          return true
        }) as typeof stream.write
      try {
        await play(stage, WORK)
        await play(stage, MORE)
        if ('trouble' in stage) (stage.trouble as () => void)()
        await play(stage, ODD)
        await fail()
        await play(stage, LATER)
      } finally {
        for (const [index, stream] of streams.entries()) stream.write = write[index] as typeof stream.write
      }
    })
    after(async () => {
      await stage.close()
      await disconnect(connection)
      await redis.stop()
    })

    /** Requests that are no good, clicks that are forged, and a Redis that goes away in the middle. */
    async function fail(): Promise<void> {
      const json = { 'content-type': 'application/json' }
      const send = async (body: string, headers: Record<string, string> = json, at = path) => {
        const answer = await fetch(`${stage.url}${at}`, { method: 'POST', body, headers })
        answers.push(`${answer.status} ${await answer.text()}`)
      }
      await send(`{"text": "${MARKS.broken}`)
      await send(JSON.stringify({ type: 'message', text: MARKS.broken, serviceUrl: `http://${MARKS.broken}` }))
      await send(MARKS.broken, { 'content-type': 'text/plain' })
      await send('{}', json, `/${MARKS.broken}?${MARKS.broken}=1`)
      await send(JSON.stringify({ text: MARKS.broken.repeat(30_000) }))
      const karen = stage.people.karen as string
      const own = stage.posted().findLast(({ to }) => to === karen)
      assert.ok(own)
      const data = Object.fromEntries(
        ['team', 'code', 'agreement', 'post', 'session', 'step', 'x'].map((id) => [id, MARKS.forged]),
      )
      for (const verb of ['done', 'open', 'step', 'erase', 'setup', MARKS.forged])
        await stage.presses(karen, own, verb, channel === 'Slack' ? {} : data).catch(() => {})
      await redis.kill()
      await stage.says(karen, `agreement ${MARKS.unknown}`, 'direct').catch(() => {})
      await redis.restart()
      for (let tries = 0; ; tries++) {
        const { text = '' } = await stage.says(karen, 'help', 'direct').catch(() => ({ text: 'try again' }))
        if (!text.includes('try again')) break
        assert.ok(tries < 100)
      }
    }

    function onDisk(): Map<string, Buffer> {
      const folder = dirname(redis.socket)
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      return new Map(files.map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name))]))
    }

    async function inRedis(): Promise<Buffer> {
      const names = await connection.keys('*')
      const parts = await Promise.all(
        names.map(async (name) => [
          Buffer.from(decodeURIComponent(name)),
          (await connection.dumpBuffer(name)) ?? Buffer.alloc(0),
        ]),
      )
      return Buffer.concat(parts.flat())
    }

    it('is planted in every free text there is', () => {
      for (const field of FIELDS) assert.ok(field in MARKS, `"${field}" is written nowhere in this test`)
      const written = JSON.stringify([WORK, MORE, ODD])
      for (const mark of Object.values(MARKS).filter((one) => one !== MARKS.forged && one !== MARKS.broken))
        assert.ok(written.includes(mark), `${mark} is a mark that nobody writes`)
    })

    it('is found by this test where it can be read', async () => {
      await connection.set('readable', `${MARKS.seen} ${Buffer.from(`x${MARKS.good}x`).toString('base64')}`)
      await connection.save()
      assert.deepEqual(readableIn(await inRedis(), words), [MARKS.seen, MARKS.good])
      for (const file of ['dump.rdb', 'appendonly.aof.1.incr.aof'])
        assert.deepEqual(readableIn(onDisk().get(file) ?? Buffer.alloc(0), words), [MARKS.seen, MARKS.good], file)
      await connection.del('readable')
      await connection.bgrewriteaof()
      while (/rewrite_in_progress:1|rewrite_scheduled:1/.test(await connection.info('persistence')));
    })

    it('cannot be read in Redis', async () => {
      const all = await inRedis()
      assert.ok(all.length > 5000)
      assert.deepEqual(readableIn(all, words), [])
    })

    it('cannot be read in any of its files', async () => {
      await connection.save()
      const files = onDisk()
      assert.ok(
        [...files.keys()].some((name) => name.endsWith('.aof')) && files.has('dump.rdb'),
        [...files.keys()].join(),
      )
      for (const [name, bytes] of files) assert.deepEqual(readableIn(bytes, words), [], name)
    })

    it('stands in no log line, and nothing is printed beside the log', () => {
      const logged = stage.logged()
      assert.ok(logged.includes('nothing stored'), 'something was logged')
      assert.deepEqual(readableIn(Buffer.from(logged), words), [])
      assert.deepEqual(readableIn(Buffer.from(printed), words), [])
    })

    it('is in no metric', async () => {
      const answer = await fetch(`${stage.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })
      const text = await answer.text()
      assert.match(text, /tovholder_turns_total\{kind="message",outcome="answered"\} \d\d/)
      assert.deepEqual(readableIn(Buffer.from(text), words), [])
    })

    it('is in no error that is answered', () => {
      assert.equal(answers.length, 5)
      for (const answer of answers) assert.match(answer, /^4\d\d /)
      assert.deepEqual(readableIn(Buffer.from(answers.join('\n')), words), [])
    })

    it('is gone from the posted cards once its case is deleted', async () => {
      await play(stage, { ...END, at: '2026-12-04T09:00' })
      await stage.settle()
      const inChannel = stage.posted().filter(({ to }) => to === 'channel')
      assert.ok(inChannel.length > 3)
      assert.deepEqual(readableIn(Buffer.from(JSON.stringify(inChannel)), [MARKS.what]), [])
    })
  })
