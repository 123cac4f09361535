import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { DeliveryError } from '../../../src/app/ports.ts'
import { type FakeSlack, GENERAL, slackCast, slackWorkspace, TRIVSEL } from '../../helpers/fake-slack.ts'
import { allAtOnce, type Bot, button, card, form, nothingIsUnhandled, startBot, until } from './setup.ts'

const { karen, birte, bo } = slackCast
const { id: TEAM, botUserId: BOT } = slackWorkspace()
const IN_CHANNEL = { channel: GENERAL }
const ADDRESS = `slack:${TEAM}/${GENERAL}`

describe('the bot in Slack', () => {
  nothingIsUnhandled()
  let bot: Bot
  let slack: FakeSlack
  beforeEach(async () => {
    bot = await startBot()
    slack = bot.slack
  })
  afterEach(async () => {
    await bot.close()
    assert.deepEqual(slack.faults, [])
  })
  const texts = () => slack.messages.map(({ text }) => text)
  const whispers = () => slack.ephemerals.map(({ text }) => text)

  describe('hears', () => {
    it('what somebody writes to it alone', async () => {
      const { status } = await slack.tester(karen).says('  opkald forbered ')
      assert.equal(status, 200)
      assert.deepEqual(bot.heard, [
        {
          event: `slack/event/${slack.sent[0]?.event_id}`,
          tenant: TEAM,
          user: { id: karen.id, name: 'Karen Holm', locale: 'da-DK' },
          address: `slack:${TEAM}/${slack.direct(karen.id)}`,
          place: 'direct',
          what: { kind: 'message', text: 'opkald forbered' },
        },
      ])
    })

    it('what somebody says to it in a channel, without its own name, and which team that is', async () => {
      await slack.tester(karen).says('hjælp', IN_CHANNEL)
      const [{ team, address, place, what } = assert.fail()] = bot.heard
      assert.deepEqual([team, address, place, what], [ADDRESS, ADDRESS, 'channel', { kind: 'message', text: 'hjælp' }])
    })

    it('a text as it was typed, with the names of colleagues', async () => {
      await slack.tester(karen).says('', 'direct', { text: `a &amp; b &lt;c&gt; <@${bo.id}> <mailto:a@b.dk|a@b.dk>` })
      assert.deepEqual(bot.heard[0]?.what, { kind: 'message', text: 'a & b <c> Bo Lund a@b.dk' })
    })

    it('a mention of somebody whom Slack does not know', async () => {
      slack.misbehaveIn('users.info', { error: 'user_not_found' }, { error: 'user_not_found' })
      await slack.tester(karen).says('', 'direct', { text: 'ask <@U0GONE0001>' })
      assert.deepEqual(bot.heard[0]?.what, { kind: 'message', text: 'ask' })
    })

    it('a text that mentions a whole school, and asks Slack for some of the names only', async () => {
      const text = Array.from({ length: 300 }, (_, number) => `<@U${number}>`).join('')
      await slack.tester(karen).says('', 'direct', { text: `${text.repeat(3)} <@${bo.id}> hej` })
      assert.deepEqual(bot.heard[0]?.what, { kind: 'message', text: 'hej' })
      assert.equal(bot.asked('users.info'), 21)
      slack.faults.splice(0)
    })

    it('a command as something said alone with it, where it is given there', async () => {
      await slack.tester(karen).commands('sager')
      const [{ team, address, place, what } = assert.fail()] = bot.heard
      assert.deepEqual([team, place, what], [undefined, 'direct', { kind: 'message', text: 'sager' }])
      assert.equal(address, `slack:${TEAM}/${slack.direct(karen.id)}`)
    })

    it('a command in a channel as something that others could read along', async () => {
      await slack.tester(karen).commands('sager', IN_CHANNEL)
      const [{ team, place } = assert.fail()] = bot.heard
      assert.deepEqual([team, place], [ADDRESS, 'channel'])
    })

    it('a command between two colleagues as one that a colleague could read along, in no team', async () => {
      await slack.tester(karen).commands('sager', 'direct', { channel_id: 'D0BETWEEN1', channel_name: 'directmessage' })
      const [{ team, place } = assert.fail()] = bot.heard
      assert.deepEqual([team, place], [undefined, 'channel'])
    })

    it('a click on what it answered between two colleagues there, too', async () => {
      bot.state.reply = { card: button('command', { command: 'cases' }) }
      const between = { channel_id: 'D0BETWEEN1', channel_name: 'directmessage' }
      await slack.tester(karen).commands('help', 'direct', between)
      bot.state.reply = { card: card('I have written to you') }
      const [shown = assert.fail()] = slack.ephemerals
      const container = { type: 'message', message_ts: shown.id, channel_id: 'D0BETWEEN1', is_ephemeral: true }
      await slack.tester(karen).clicks(shown, '0:bare:command', {}, { container })
      const { team, place, address } = bot.heard[1] ?? assert.fail()
      assert.deepEqual([team, place, address], [undefined, 'channel', `slack:${TEAM}/D0BETWEEN1`])
      assert.deepEqual([shown.updates, texts(), bot.asked('chat.update')], [1, [], 0])
    })

    it('a click in its own chat with somebody without asking Slack whose that is', async () => {
      bot.state.reply = { card: button('next') }
      await slack.tester(karen).says('go')
      const [message = assert.fail()] = slack.messages
      await slack.tester(karen).clicks(message, '0:bare:next')
      assert.deepEqual([bot.heard[1]?.place, bot.asked('conversations.open')], ['direct', 0])
    })

    it('a command in a channel without asking Slack for the chat', async () => {
      await slack.tester(karen).commands('sager', IN_CHANNEL)
      assert.equal(bot.asked('conversations.open'), 0)
    })

    it('a click with the fields of its card', async () => {
      bot.state.reply = { card: form('A date', { code: 'F-7K3Q' }) }
      await slack.tester(karen).says('go')
      const [message = assert.fail()] = slack.messages
      await slack.tester(karen).clicks(message, '0:with:save', { by: 'tomorrow' })
      const { user, place, what } = bot.heard[1] ?? assert.fail()
      assert.deepEqual([user.id, place], [karen.id, 'direct'])
      assert.deepEqual(what, { kind: 'action', verb: 'save', data: { code: 'F-7K3Q', by: 'tomorrow' } })
    })

    it('its own coming and going, and that of others, in the team it concerns', async () => {
      await slack.joins(TRIVSEL, bo.id)
      await slack.leaves(TRIVSEL, birte.id)
      await slack.leaves(TRIVSEL, BOT)
      await slack.joins(TRIVSEL, BOT, karen.id)
      await slack.event('channel_rename', { channel: { id: GENERAL, name: 'nyt', created: 1 } })
      await slack.event('channel_archive', { channel: GENERAL, user: karen.id })
      assert.deepEqual(
        bot.heard.map(({ team, what, user }) => [team, what.kind, user.id]),
        [
          [`slack:${TEAM}/${TRIVSEL}`, 'rosterChanged', bo.id],
          [`slack:${TEAM}/${TRIVSEL}`, 'rosterChanged', birte.id],
          [`slack:${TEAM}/${TRIVSEL}`, 'removed', BOT],
          [`slack:${TEAM}/${TRIVSEL}`, 'installed', karen.id],
          [ADDRESS, 'rosterChanged', BOT],
          [ADDRESS, 'removed', karen.id],
        ],
      )
    })

    it('neither itself nor another bot', async () => {
      bot.state.reply = { text: 'Hello' }
      await slack.tester(karen).says('hi')
      const [message = assert.fail()] = slack.messages
      assert.equal((await slack.echoes(message)).status, 200)
      await slack.tester(karen).says('hi', 'direct', { bot_id: 'B0ANOTHER1', user: 'U0ANOTHER1' })
      await slack.tester(karen).says('hi', 'direct', { subtype: 'message_changed' })
      assert.equal(bot.heard.length, 1)
      assert.deepEqual(texts(), ['Hello'])
    })
  })

  describe('takes once', () => {
    it('what is sent again afterwards, and at the same time', async () => {
      bot.state.reply = async () => {
        await wait(100)
        return { text: 'Hello' }
      }
      const first = slack.tester(karen).says('hi')
      const [, again, later] = [await wait(20), await slack.again(), await slack.again(2, 'http_error')]
      assert.deepEqual([(await first).status, again.status, later.status], [200, 200, 200])
      assert.equal(bot.heard.length, 1)
      assert.deepEqual(texts(), ['Hello'])
    })

    it('a command, a click and a form', async () => {
      bot.state.reply = { card: form('A date') }
      await slack.tester(karen).commands('go', IN_CHANNEL)
      await slack.again()
      assert.equal(bot.heard.length, 1)
      await slack.tester(karen).says('go')
      const [message = assert.fail()] = slack.messages
      await slack.tester(karen).clicks(message, '0:with:save', { by: 'x' })
      await slack.again()
      assert.equal(bot.heard.length, 3)
    })

    it('but hears two clicks on one button as two, which the core tells apart', async () => {
      bot.state.reply = { card: form('A date') }
      await slack.tester(karen).says('go')
      const [message = assert.fail()] = slack.messages
      await Promise.all([1, 2].map(() => slack.tester(karen).clicks(message, '0:with:save', { by: 'x' })))
      const [, one, other] = bot.heard
      assert.ok(one && other && one.event !== other.event)
    })

    it('but tries again what had failed', async () => {
      bot.state.reply = async () => {
        throw new Error('down')
      }
      await slack.tester(karen).says('hi')
      bot.state.reply = { text: 'Hello' }
      await slack.again()
      assert.deepEqual(texts(), ['failed in da-DK', 'Hello'])
    })
  })

  describe('when a turn fails', () => {
    beforeEach(() => {
      bot.state.reply = async () => {
        throw Object.assign(new Error('Mia was not there'), { code: 'some-code' })
      }
    })

    it('says so in fixed words in the person’s language, and keeps the error to itself', async () => {
      assert.equal((await slack.tester(karen).says('Mia again')).status, 200)
      await slack.tester(karen).says('Mia again', IN_CHANNEL)
      await slack.tester(karen).commands('Mia again', IN_CHANNEL)
      assert.deepEqual(texts(), ['failed in da-DK'])
      assert.deepEqual(whispers(), ['failed in da-DK', 'failed in da-DK'])
      assert.deepEqual(bot.codes(), ['some-code', 'some-code', 'some-code'])
      assert.doesNotMatch(JSON.stringify(bot.logged), /Mia/)
    })

    it('says nothing in a channel where nobody has asked anything, and has Slack tell it again', async () => {
      assert.equal((await slack.leaves(GENERAL, bo.id))?.status, 503)
      assert.deepEqual([texts(), whispers()], [[], []])
      bot.state.reply = {}
      assert.equal((await slack.again()).status, 200)
      assert.equal(bot.heard.length, 2)
    })

    it('says so too where it is a failure to deliver that comes out of the core', async () => {
      bot.state.reply = () => Promise.reject(new DeliveryError('not-in-channel', { permanent: true }))
      await slack.tester(karen).says('hi')
      assert.deepEqual(texts(), ['failed in da-DK'])
      bot.state.reply = { text: 'Hello' }
      await slack.again()
      assert.deepEqual(texts(), ['failed in da-DK', 'Hello'])
    })
  })

  it('hears nothing from a workspace that is not its own, and says so once for each', async () => {
    await slack.tester(karen).says('hi')
    const before = bot.logged.length
    const foreign = readFileSync('test/fixtures/slack/message-im.json', 'utf8').replace('mine sager', 'Hemmelig Hansen')
    for (let times = 0; times < 2; times++) {
      const headers = { ...slack.signed(foreign), 'content-type': 'application/json' }
      assert.equal((await slack.deliver(foreign, headers)).status, 200)
    }
    await slack.tester(karen).commands('Hemmelig Hansen', IN_CHANNEL, { team_id: 'T0FOREIGN1' })
    assert.equal(bot.heard.length, 1)
    const lines = bot.logged.slice(before)
    assert.deepEqual(
      lines.map(({ code }) => code),
      Array(3).fill('slack-foreign-workspace'),
    )
    assert.doesNotMatch(JSON.stringify(lines), /Hemmelig/)
    assert.deepEqual([texts(), whispers()], [[], []])
  })

  it('asks Slack about somebody once, and again when told that something has changed', async () => {
    for (let times = 0; times < 3; times++) await slack.tester(karen).says('hi')
    assert.equal(bot.asked('users.info'), 1)
    await slack.event('user_change', { user: { id: karen.id, profile: { real_name: 'Karen Holm' } } })
    await slack.tester(karen).says('hi')
    assert.equal(bot.asked('users.info'), 2)
    assert.equal(bot.asked('auth.test'), 1)
  })

  it('answers with a card what it is asked with one', async () => {
    bot.state.reply = { card: card('one') }
    await slack.tester(karen).commands('go')
    assert.equal(slack.messages[0]?.channel, slack.direct(karen.id))
  })
})

describe('the bot in Slack is heard within three seconds', () => {
  nothingIsUnhandled()
  type Play = (bot: Bot, slack: FakeSlack) => Promise<void>
  const onStage = (play: Play, prepare?: (slack: FakeSlack) => void) => async () => {
    const bot = await startBot({
      prepare: async (slack) => {
        prepare?.(slack)
        return {}
      },
    })
    try {
      await play(bot, bot.slack)
    } finally {
      await bot.close()
    }
    // Among them: that it answered too late.
    assert.deepEqual(bot.slack.faults, [])
  }
  const texts = ({ messages }: FakeSlack) => messages.map(({ text }) => text)

  allAtOnce({
    'although the core takes its time, and answers then': onStage(async (bot, slack) => {
      bot.state.reply = async () => {
        await wait(2600)
        return { text: 'Hello' }
      }
      const started = performance.now()
      assert.equal((await slack.tester(karen).says('hi')).status, 200)
      assert.ok(performance.now() - started > 1500, 'it waits, so that what a crash cuts off is sent again')
      assert.deepEqual(texts(slack), [])
      await until(() => slack.messages.length > 0)
      assert.deepEqual(texts(slack), ['Hello'])
    }),

    'and takes what is sent again meanwhile no second time': onStage(async (bot, slack) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      bot.state.reply = async () => {
        await promise
        return { text: 'Hello' }
      }
      await slack.tester(karen).says('hi')
      await slack.again()
      resolve()
      await until(() => slack.messages.length > 0)
      await slack.again(2)
      assert.deepEqual([bot.heard.length, texts(slack)], [1, ['Hello']])
    }),

    'although Slack does not tell who somebody is': onStage(async (bot, slack) => {
      bot.state.reply = { text: 'Hello' }
      slack.misbehaveIn('users.info', 'hang', 'hang')
      assert.equal((await slack.tester(karen).says(`<@${bo.id}>`)).status, 200)
      assert.deepEqual(texts(slack), ['Hello'])
      assert.deepEqual(bot.heard[0]?.user, { id: karen.id, name: '' })
    }),

    'although Slack does not tell which chat is a person’s own': onStage(async (bot, slack) => {
      bot.state.reply = { text: 'Hello' }
      slack.misbehaveIn('conversations.open', 'hang')
      assert.equal((await slack.tester(karen).commands('sager')).status, 200)
      // Perhaps others read along there: then nothing private is said.
      assert.equal(bot.heard[0]?.place, 'channel')
      assert.deepEqual(
        slack.ephemerals.map(({ text }) => text),
        ['Hello'],
      )
    }),

    'although Slack does not even tell which workspace the token is for; then it is to be sent again': onStage(
      async (bot, slack) => {
        assert.equal((await slack.tester(karen).says('hi')).status, 503)
        assert.deepEqual(bot.heard, [])
      },
      (slack) => slack.misbehaveIn('auth.test', 'hang'),
    ),

    'and is sent again what came while Slack could not tell whose the token is': onStage(
      async (bot, slack) => {
        bot.state.reply = { text: 'Hello' }
        await until(() => bot.codes().length > 0)
        assert.equal((await slack.tester(karen).says('hi')).status, 503)
        assert.equal((await slack.again()).status, 200)
        assert.deepEqual([bot.codes(), texts(slack)], [['unavailable', 'unavailable'], ['Hello']])
      },
      (slack) => slack.misbehaveIn('auth.test', { status: 503 }, { status: 503 }),
    ),
  })
})
