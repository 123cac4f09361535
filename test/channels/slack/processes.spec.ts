import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { KnownBlock } from '@slack/types'
import { keys } from '../../../src/store/keys.ts'
import { connect, disconnect } from '../../../src/store/redis.ts'
import { buttonsOnBlocks, fieldsOnBlocks, wordsOnBlocks } from '../../helpers/blocks.ts'
import { createFakeSlack, type FakeSlack, GENERAL, slackCast, slackWorkspace } from '../../helpers/fake-slack.ts'
import { freePort } from '../../helpers/ports.ts'
import { startRedis, type TestRedis } from '../../helpers/redis.ts'
import { until } from './setup.ts'

const ENTRY = new URL('./service-process.ts', import.meta.url).pathname
const { karen, bo, stranger } = slackCast
const { id: WORKSPACE, botUserId: BOT } = slackWorkspace()
const TEAM = `slack:${WORKSPACE}/${GENERAL}`
const WHAT = 'Bo meets you at the gate'

/** Another process may be slow to come to its turn, in milliseconds. */
const SOON = 15_000

/** A day so many days from now. */
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

describe('two processes on one Redis, behind one Slack,', function () {
  this.timeout(60_000)
  const processes: ChildProcess[] = []
  const urls: string[] = []
  const secret = `test:${randomBytes(32).toString('base64')}`
  let redis: TestRedis
  let slack: FakeSlack

  async function start(): Promise<void> {
    const port = await freePort()
    const child = fork(ENTRY, [redis.socket, String(port), secret, slack.apiUrl, slack.signingSecret], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    processes.push(child)
    urls.push(`http://127.0.0.1:${port}/slack/events`)
    const [said] = await Promise.race([once(child, 'message'), once(child, 'exit')])
    assert.equal(said, 'started')
  }
  async function kill(which: number): Promise<void> {
    const child = processes[which] ?? assert.fail()
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  /** Slack sends to this one from now on. */
  const talkTo = (which: number) => slack.talkTo(urls[which] ?? '')

  before(async () => {
    redis = await startRedis()
    const tz = 'Europe/London'
    const workspace = slackWorkspace()
    slack = await createFakeSlack({
      workspaces: [{ ...workspace, users: workspace.users.map((user) => ({ ...user, tz })) }],
    })
    await Promise.all([start(), start()])
    talkTo(0)
    await slack.leaves(GENERAL, BOT)
    await slack.joins(GENERAL, BOT, karen.id)
  })
  after(async () => {
    await Promise.all(
      processes.map(async (child, index) => child.exitCode === null && child.signalCode === null && kill(index)),
    )
    await slack.close()
    await redis.stop()
  })

  const blocksOf = ({ blocks }: { blocks: object[] }) => blocks as KnownBlock[]
  const last = (who: { id: string }) =>
    slack.messages.findLast(({ channel }) => channel === slack.direct(who.id)) ?? assert.fail('nothing was said')
  const words = (who: { id: string }) => wordsOnBlocks(blocksOf(last(who)))
  /** Presses a button of the newest card. */
  function press(who: { id: string }, title: string, fills: Record<string, string> = {}) {
    const message = last(who)
    const button = buttonsOnBlocks(blocksOf(message)).find((one) => one.title === title)
    const known = fieldsOnBlocks(blocksOf(message)).flatMap(({ id }) => (fills[id] ? [[id, fills[id]]] : []))
    return slack
      .tester(who)
      .clicks(message, button?.actionId ?? assert.fail(`no "${title}"`), Object.fromEntries(known))
  }
  async function times(action: string): Promise<number> {
    const connection = await connect(redis.config)
    const entries = await connection.xrange(keys.audit(TEAM), '-', '+')
    await disconnect(connection)
    return entries.filter(([, fields]) => fields.includes(action)).length
  }
  const posted = () =>
    slack.messages.filter(({ channel, blocks }) => channel === GENERAL && JSON.stringify(blocks).includes(WHAT))

  async function upToPreview(alias: string): Promise<void> {
    await slack.tester(karen).says('agreement')
    if (/Which case/.test(words(karen))) await press(karen, 'Next', { code: 'new' })
    await slack.tester(karen).says(alias)
    await press(karen, 'Next', { view: 'declined' })
    const terms = { what: WHAT, who: 'school', staff: bo.id, by: day(3), followUpOn: day(8), followUpHow: 'call' }
    await press(karen, 'Next', terms)
    await press(karen, 'Show me what the channel sees')
  }

  it('do once what both are told at the same time, and what the second is told later', async () => {
    await upToPreview('MK')
    const first = press(karen, 'Yes, post it')
    talkTo(1)
    const second = slack.again()
    assert.deepEqual([(await first).status, (await second).status], [200, 200])
    assert.equal((await slack.again(2)).status, 200)
    await until(() => posted().length > 0, SOON)
    await wait(300)
    assert.equal(await times('agreements-logged'), 1)
    assert.equal(posted().length, 1)
    assert.deepEqual(slack.faults, [])
  })

  it('take a typed answer once, and not for the next step too', async () => {
    talkTo(0)
    await slack.tester(bo).says('call prep')
    await press(bo, 'Next', { code: 'new' })
    await slack.tester(bo).says('CD')
    await press(bo, 'Next', { whom: 'mother' })
    await press(bo, 'Next', { seen: 'Away four Mondays', since: day(-20) })
    await slack.tester(bo).says('Helps others in art')
    talkTo(1)
    await slack.again()
    assert.match(words(bo), /What do you want to understand\?/)
    await slack.tester(bo).says('stop')
  })

  it('have done by the other what one was told that died before it was stored', async () => {
    talkTo(0)
    await slack.tester(bo).says('call prep')
    await until(() => slack.messages.some(({ channel }) => channel === slack.direct(bo.id)), SOON)
    const before = slack.messages.length
    // In the middle: it asks who was mentioned, whom it does not know.
    slack.misbehaveIn('users.info', 'hang')
    const lost = assert.rejects(slack.tester(bo).says('', 'direct', { text: `<@${stranger.id}>` }))
    const asked = slack.requests.length
    await until(() => slack.requests.length > asked, SOON)
    await kill(0)
    await lost
    assert.equal(slack.messages.length, before)
    talkTo(1)
    assert.equal((await slack.again()).status, 200)
    await until(() => slack.messages.length > before, SOON)
    await slack.again(2)
    assert.equal(slack.messages.length, before + 1)
    assert.deepEqual(slack.faults, [])
  })

  it('answer by the other what one was told that died after it was stored, and do it no second time', async () => {
    await start()
    talkTo(2)
    await upToPreview('AB')
    slack.misbehaveIn('chat.update', 'hang')
    const updates = () => slack.requests.filter(({ method }) => method === 'chat.update').length
    const before = updates()
    const lost = assert.rejects(press(karen, 'Yes, post it'))
    await until(() => updates() > before, SOON)
    await kill(2)
    await lost
    assert.equal(await times('agreements-logged'), 2)
    talkTo(1)
    assert.equal((await slack.again()).status, 200)
    await until(() => slack.ephemerals.some(({ user }) => user === karen.id), SOON)
    assert.equal(await times('agreements-logged'), 2)
    assert.ok(posted().length <= 2)
    assert.deepEqual(slack.faults, [])
  })
})
