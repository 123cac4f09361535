import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { GENERAL, slackCast } from '../../helpers/fake-slack.ts'
import { allAtOnce, type Bot, button, card, form, nothingIsUnhandled, startBot, until } from './setup.ts'
import { APP_TOKEN, createSocketMode, type SocketMode } from './socket-mode.ts'

const { karen, bo } = slackCast
const IN_CHANNEL = { channel: GENERAL }

type Play = (bot: Bot, socket: SocketMode) => Promise<void>

/** Plays with a bot that is connected, or that has begun to try. */
const onStage =
  (play: Play, { trouble, appToken = APP_TOKEN }: { trouble?: 'reset' | 'silent'; appToken?: string } = {}) =>
  async () => {
    let socket: SocketMode | undefined
    const bot = await startBot({
      prepare: async (slack) => {
        socket = await createSocketMode(slack)
        socket.troubledBy(trouble)
        return { apiUrl: socket.apiUrl, reach: { appToken } }
      },
    })
    assert.ok(socket)
    try {
      if (!trouble && appToken === APP_TOKEN) await until(() => bot.channel.warnings().length === 0)
      await play(bot, socket)
      assert.doesNotMatch(JSON.stringify(bot.logged), /xapp|xoxb|ticket/)
      assert.deepEqual(bot.slack.faults, [])
    } finally {
      const started = performance.now()
      await bot.close()
      assert.ok(performance.now() - started < 3000, 'it takes its leave in time')
      await socket.close()
    }
  }

const texts = ({ slack }: Bot) => slack.messages.map(({ text }) => text)
const isConnected = (bot: Bot) => bot.channel.warnings().length === 0
const connected = (bot: Bot) => until(() => isConnected(bot), 6000)

describe('the bot on a connection of its own', () => {
  nothingIsUnhandled()
  allAtOnce({
    'listens at no address for Slack': onStage(async ({ channel, url }) => {
      assert.equal(channel.requests, undefined)
      assert.equal((await fetch(`${url}/slack/events`, { method: 'POST' })).status, 404)
    }),

    'hears what is said and done, and answers it': onStage(async (bot) => {
      const { slack } = bot
      bot.state.reply = { card: form('A date', { code: 'F-7K3Q' }), summary: 'A date' }
      await slack.tester(karen).says('hi')
      assert.deepEqual(texts(bot), ['A date'])
      bot.state.reply = { card: card('next'), summary: 'next' }
      await slack.tester(karen).clicks(slack.messages[0] ?? assert.fail(), '0:with:save', { by: 'x' })
      assert.deepEqual(texts(bot), ['next'])
      bot.state.reply = { text: 'Just for you' }
      await slack.tester(karen).commands('sager', IN_CHANNEL)
      await slack.leaves(GENERAL, bo.id)
      assert.equal(slack.ephemerals[0]?.text, 'Just for you')
      assert.deepEqual(
        bot.heard.map(({ what }) => what.kind),
        ['message', 'action', 'message', 'rosterChanged'],
      )
    }),

    'shows in a form what is wrong with what was filled in': onStage(async (bot) => {
      const { slack } = bot
      bot.state.reply = { card: button('postpone', { post: 'p1' }), summary: 'Agreements' }
      await slack.leaves(GENERAL, 'U0BOT00001')
      await slack.joins(GENERAL, 'U0BOT00001', karen.id)
      bot.state.reply = { card: form('A date') }
      await slack.tester(karen).clicks(slack.messages.at(-1) ?? assert.fail(), '0:bare:postpone')
      const [view = assert.fail()] = slack.views
      bot.state.reply = { card: form('A date'), text: 'That is in the past' }
      await slack.tester(karen).submits(view, { by: 'x' })
      assert.deepEqual([view.updates, slack.views.length], [1, 1])
    }),

    'has Slack wait until it is done, but not for long': onStage(async (bot) => {
      for (const [takes, waits] of [
        [300, 300],
        [2500, 2000],
      ] as const) {
        bot.state.reply = async () => {
          await wait(takes)
          return { text: 'Hello' }
        }
        const started = performance.now()
        await bot.slack.tester(karen).says('hi')
        const waited = performance.now() - started
        assert.ok(waited >= waits - 10 && waited < waits + 700, `${waited} ms`)
      }
    }),

    'connects again at once when Slack asks for it after a while, or the connection breaks': onStage(
      async (bot, socket) => {
        bot.state.reply = { text: 'Hello' }
        socket.refresh()
        await until(() => socket.asked.length === 2)
        await connected(bot)
        await bot.slack.tester(karen).says('hi')
        socket.drop()
        await until(() => !isConnected(bot))
        const { status, body } = await fetch(`${bot.url}/ready`).then(async (answer) => ({
          status: answer.status,
          body: (await answer.json()) as { warnings: string[] },
        }))
        assert.deepEqual([status, body.warnings], [200, ['slack-not-connected']])
        await connected(bot)
        await bot.slack.tester(karen).says('hi')
        assert.deepEqual(texts(bot), ['Hello', 'Hello'])
      },
    ),

    'connects as soon as Slack is there, which was away at the start': onStage(
      async (bot, socket) => {
        await until(() => socket.asked.length >= 2, 4000)
        assert.equal(isConnected(bot), false)
        socket.troubledBy(undefined)
        await connected(bot)
        await bot.slack.tester(karen).says('hi')
        assert.equal(bot.heard.length, 1)
        const pauses = socket.asked.slice(1).map((at, index) => at - (socket.asked[index] ?? 0))
        assert.ok(
          pauses.every((pause) => pause > 900),
          `pauses of ${pauses} ms`,
        )
      },
      { trouble: 'reset' },
    ),

    'tries until Slack is there again, which went away in between': onStage(async (bot, socket) => {
      socket.troubledBy('reset')
      socket.drop()
      await until(() => socket.asked.length >= 3, 6000)
      assert.equal(isConnected(bot), false)
      socket.troubledBy(undefined)
      await connected(bot)
      await bot.slack.tester(karen).says('hi')
      assert.equal(bot.heard.length, 1)
    }),

    'does once what it could not answer because the connection broke': onStage(async (bot, socket) => {
      bot.state.reply = async () => {
        socket.drop()
        await wait(200)
        return { text: 'Hello' }
      }
      assert.equal((await bot.slack.tester(karen).says('hi')).status, 503)
      await until(() => bot.slack.messages.length > 0)
      await connected(bot)
      assert.equal((await bot.slack.again()).status, 200)
      assert.deepEqual([bot.heard.length, texts(bot)], [1, ['Hello']])
    }),

    'has sent again what it could not look at': onStage(async (bot, socket) => {
      bot.state.reply = () => Promise.reject(new Error('down'))
      const unanswered = bot.slack.leaves(GENERAL, bo.id)
      await until(() => bot.logged.length >= 2)
      // Slack gives a connection up that does not answer.
      socket.drop()
      assert.equal((await unanswered)?.status, 503)
    }),

    'says so while its token is no good, and takes its leave all the same': onStage(
      async (bot, socket) => {
        await until(() => bot.logged.length > 0)
        assert.deepEqual([bot.channel.warnings(), socket.links], [['slack-not-connected'], []])
      },
      { appToken: 'xapp-of-yesterday' },
    ),

    'does not take a connection for one before Slack has greeted it': onStage(
      async (bot, socket) => {
        await until(() => socket.links.length > 0)
        await wait(50)
        assert.deepEqual(bot.channel.warnings(), ['slack-not-connected'])
      },
      { trouble: 'silent' },
    ),

    'takes no more than one connection, and none after it has taken its leave': onStage(async (bot, socket) => {
      socket.refresh()
      await until(() => socket.asked.length === 2)
      await connected(bot)
      assert.equal(socket.links.length, 1)
      await bot.channel.close()
      await until(() => socket.links.length === 0)
      await wait(2500)
      assert.deepEqual([socket.links.length, socket.asked.length], [0, 2])
    }),
  })
})
