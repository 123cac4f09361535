import assert from 'node:assert/strict'
import { DeliveryError } from '../../../src/app/ports.ts'
import {
  type FakeSlack,
  GENERAL,
  type SlackPerson,
  slackCast,
  slackWorkspace,
  TRIVSEL,
} from '../../helpers/fake-slack.ts'
import { allAtOnce, type Bot, startBot } from './setup.ts'

const { id: TEAM, botUserId: BOT } = slackWorkspace()
const { karen, birte, bo, gitte } = slackCast

/** Somebody new, in the workspace and in the channel. */
const person = (n: number, more: Partial<SlackPerson> = {}): SlackPerson => ({
  id: `U0NEW${String(n).padStart(5, '0')}`,
  name: `new.${n}`,
  realName: `New ${n}`,
  ...more,
})

const fails = (code: string, permanent: boolean) => (error: unknown) =>
  error instanceof DeliveryError && error.code === code && error.permanent === permanent

describe('the Slack roster', () => {
  let bot: Bot
  let slack: FakeSlack
  beforeEach(async () => {
    bot = await startBot()
    slack = bot.slack
  })
  afterEach(() => bot.close())

  const read = (channel = GENERAL) => {
    const address = `slack:${TEAM}/${channel}`
    return bot.channel.roster.read({ id: address, tenant: TEAM, address })
  }
  const school = () => slack.workspaces[0] ?? assert.fail()
  const place = (channel = GENERAL) => school().channels.find(({ id }) => id === channel) ?? assert.fail()
  /** Lets people come in without a word to the bot. */
  function come(...people: SlackPerson[]): void {
    school().users.push(...people)
    place().members.push(...people.map(({ id }) => id))
  }
  const names = async () => (await read()).members.map(({ name }) => name)
  it('is everybody in the channel, page by page, without the bot', async () => {
    assert.deepEqual(await read(), {
      name: 'udskolingen',
      members: [
        { id: karen.id, name: 'Karen Holm', guest: false },
        { id: birte.id, name: 'Birte Friis', guest: false },
        { id: bo.id, name: 'Bo Lund', guest: false },
        { id: gitte.id, name: 'Gitte Gæst', guest: true },
      ],
      channels: [{ address: `slack:${TEAM}/${GENERAL}`, name: '#udskolingen' }],
      zone: 'Europe/Copenhagen',
    })
    assert.equal(bot.asked('conversations.members'), 3)
    assert.deepEqual(slack.faults, [])
  })

  it('is read in a private channel, too', async () => {
    const { name, members } = await read(TRIVSEL)
    assert.deepEqual([name, members.map(({ id }) => id)], ['trivsel', [karen.id, birte.id]])
  })

  it('leaves out bots, Slack’s own, and those who have left the workspace', async () => {
    come(person(1, { isBot: true }), { ...person(2), id: 'USLACKBOT' }, person(3, { deleted: true }), person(4))
    assert.deepEqual(await names(), ['Karen Holm', 'Birte Friis', 'Bo Lund', 'Gitte Gæst', 'New 4'])
  })

  it('knows a guest, whatever sort of guest it is', async () => {
    come(
      person(1, { isRestricted: true }),
      person(2, { isUltraRestricted: true }),
      person(3, { isStranger: true }),
      person(4, { teamId: 'T0ANOTHER1' }),
      person(5),
    )
    const { members } = await read()
    assert.deepEqual(
      members.filter(({ name }) => name.startsWith('New')).map(({ guest }) => guest),
      [true, true, true, true, false],
    )
  })

  it('is read although Slack tells nothing of one of them', async () => {
    place().members.splice(1, 0, 'U0UNKNOWN1')
    assert.equal((await names()).length, 4)
    slack.faults.splice(0)
    slack.misbehaveIn('users.info', { error: 'user_not_visible' })
    place().members.splice(1, 1, 'U0UNSEEN01')
    assert.equal((await names()).length, 4)
  })

  it('is in the time zone of most of them; guests do not count', async () => {
    come(
      ...[1, 2, 3, 4].map((n) => person(n, { tz: 'America/Nuuk' })),
      ...[5, 6, 7].map((n) => person(n, { tz: 'Asia/Tokyo', isRestricted: true })),
    )
    assert.equal((await read()).zone, 'America/Nuuk')
  })

  it('asks about each of them once an hour at most', async () => {
    await read()
    assert.equal(bot.asked('users.info'), 5)
    await read()
    assert.equal(bot.asked('users.info'), 5)
    await Promise.all([read(), read(TRIVSEL)])
    assert.equal(bot.asked('users.info'), 5)
  })

  it('asks again about somebody of whom Slack has told a change', async () => {
    await read()
    const known = school().users.find(({ id }) => id === bo.id) ?? assert.fail()
    Object.assign(known, { realName: 'Bo Lund Friis', isRestricted: true })
    await slack.event('user_change', { user: { id: bo.id } })
    const { members } = await read()
    assert.deepEqual(members[2], { id: bo.id, name: 'Bo Lund Friis', guest: true })
    assert.equal(bot.asked('users.info'), 6)
  })

  it('follows who comes and goes, and what the channel is called', async () => {
    await read()
    await slack.leaves(GENERAL, bo.id)
    await slack.joins(GENERAL, slackCast.stranger.id)
    place().name = 'trivsel-og-fravær'
    const { members, channels } = await read()
    assert.deepEqual(members.map(({ name }) => name).sort(), [
      'Birte Friis',
      'Gitte Gæst',
      'Karen Holm',
      'Sten Fremmed',
    ])
    assert.equal(channels[0]?.name, '#trivsel-og-fravær')
  })

  it('offers no channel to post in where people from outside read along', async () => {
    place().isExtShared = true
    const { channels, outsiders } = await read()
    assert.deepEqual([channels, outsiders], [[], true])
  })

  it('can be read by nobody who is not in the channel', async () => {
    await slack.leaves(GENERAL, BOT)
    await assert.rejects(read(), fails('not-in-channel', true))
    await slack.leaves(TRIVSEL, BOT)
    await assert.rejects(read(TRIVSEL), fails('channel-not-found', true))
  })
})

describe('the Slack roster, while Slack is in trouble,', () => {
  const onStage = (play: (slack: FakeSlack, read: () => Promise<string[]>) => Promise<void>) => async () => {
    const bot = await startBot()
    const address = `slack:${TEAM}/${GENERAL}`
    const read = async () =>
      (await bot.channel.roster.read({ id: address, tenant: TEAM, address })).members.map(({ name }) => name)
    await play(bot.slack, read).finally(bot.close)
  }

  allAtOnce({
    'is read after as long as Slack asks for': onStage(async (slack, read) => {
      slack.misbehaveIn('users.info', { status: 429, retryAfter: '1' })
      const started = performance.now()
      assert.equal((await read()).length, 4)
      assert.ok(performance.now() - started >= 1000)
    }),

    'is not asked for again at once, whatever Slack says': onStage(async (slack, read) => {
      slack.misbehaveIn('conversations.info', { status: 429, retryAfter: '0' })
      const started = performance.now()
      assert.equal((await read()).length, 4)
      assert.ok(performance.now() - started >= 500)
    }),

    'is read once that has passed': onStage(async (slack, read) => {
      slack.misbehaveIn('conversations.info', { status: 503 })
      slack.misbehaveIn('conversations.members', { error: 'fatal_error' }, 'reset')
      slack.misbehaveIn('users.info', { status: 500 })
      assert.equal((await read()).length, 4)
    }),

    'waits for no pause of minutes': onStage(async (slack, read) => {
      slack.misbehaveIn('conversations.members', { status: 429, retryAfter: '120' })
      await assert.rejects(read(), fails('throttled', false))
    }),

    'is given up after four tries': onStage(async (slack, read) => {
      slack.misbehaveIn('conversations.members', ...Array(5).fill({ status: 503 }))
      await assert.rejects(read(), fails('unavailable', false))
      assert.equal(slack.requests.filter(({ method }) => method === 'conversations.members').length, 4)
    }),
  })
})
