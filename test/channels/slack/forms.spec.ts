import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import type { Reply } from '../../../src/app/ports.ts'
import { wordsOnBlocks } from '../../helpers/blocks.ts'
import { GENERAL, type SlackMessage, slackCast } from '../../helpers/fake-slack.ts'
import { allAtOnce, button, form, nothingIsUnhandled, startBot, until } from './setup.ts'

const { karen } = slackCast
/** Slack lets a form be opened for three seconds; ours holds its place after half of them. */
const SLOW = 1800
/** What is sent is answered after two seconds at the latest. */
const SENT_SLOW = 2300
const LATE = { card: form('A date', { code: 'F-7K3Q' }) }

const words = ({ blocks }: { blocks: object[] }) => wordsOnBlocks(blocks as Parameters<typeof wordsOnBlocks>[0])
const later = (milliseconds: number, reply: Reply | Error) => async () => {
  await wait(milliseconds)
  if (reply instanceof Error) throw reply
  return reply
}

async function startScene() {
  const bot = await startBot()
  const { slack } = bot
  await bot.channel.messenger.post(`slack:T0SKOLEN01/${GENERAL}`, button('postpone', { post: 'p1' }), 'Agreements')
  const message: SlackMessage = slack.messages[0] ?? assert.fail()
  return {
    bot,
    slack,
    karen: slack.tester(karen),
    /** Clicks; resolves to Slack's being answered. */
    click: () => slack.tester(karen).clicks(message, '0:bare:postpone'),
    /** The form that is open. */
    opened: () => slack.views[0] ?? assert.fail('no form is open'),
    /** What only Karen sees. */
    shown: () => slack.ephemerals[0] ?? assert.fail('nothing is shown'),
    isOpen: () => slack.views.length > 0,
    isFilled: () => slack.views.some(({ updates }) => updates > 0),
    isShown: () => slack.ephemerals.length > 0,
  }
}

type Scene = Awaited<ReturnType<typeof startScene>>

/** Plays on a stage of its own; `refused` is what Slack refuses meanwhile. */
const onStage =
  (play: (scene: Scene) => Promise<void>, ...refused: RegExp[]) =>
  async () => {
    const scene = await startScene()
    const { faults } = scene.slack
    try {
      await play(scene)
      assert.equal(faults.length, refused.length, faults.join('\n'))
      for (const [index, fault] of faults.entries()) assert.match(fault, refused[index] ?? /^$/)
    } finally {
      await scene.bot.close()
    }
  }

describe('a form over a channel, whose answer takes its time,', () => {
  nothingIsUnhandled()
  allAtOnce({
    'holds its place, and is filled': onStage(async ({ bot, slack, karen, click, opened, isOpen, isFilled, shown }) => {
      bot.state.reply = later(SLOW, LATE)
      const answered = click()
      await until(isOpen)
      assert.match(words(opened()), /oneMoment in da-DK/)
      assert.equal((await answered).status, 200)
      await until(isFilled)
      assert.equal(words(opened()), 'A date\nNew date')
      bot.state.reply = { text: 'Moved' }
      await karen.submits(opened(), { by: 'x' })
      assert.deepEqual([slack.views, shown().text], [[], 'Moved'])
    }),

    'is filled with a word, too': onStage(async ({ bot, click, opened, isFilled, isShown }) => {
      bot.state.reply = later(SLOW, { text: 'Thanks' })
      await click()
      await until(isFilled)
      assert.deepEqual([words(opened()), opened().view.submit, isShown()], ['Thanks', undefined, false])
    }),

    'is filled with the word that it failed': onStage(async ({ bot, click, opened, isFilled, isShown }) => {
      bot.state.reply = later(SLOW, new Error('down'))
      await click()
      await until(isFilled)
      assert.deepEqual([words(opened()), isShown()], ['failed in da-DK', false])
    }),

    'is shown to the one who clicked, where it has been closed meanwhile': onStage(
      async ({ bot, karen, click, opened, isOpen, isShown, shown }) => {
        bot.state.reply = later(SLOW, LATE)
        const answered = click()
        await until(isOpen)
        await karen.closes(opened())
        await answered
        await until(isShown)
        assert.equal(words(shown()), 'A date\nNew date\nSave')
      },
      /views\.update: not_found/,
    ),

    'is shown to the one who clicked, where it has changed meanwhile': onStage(
      async ({ bot, click, opened, isOpen, isShown }) => {
        bot.state.reply = later(SLOW, LATE)
        const answered = click()
        await until(isOpen)
        opened().hash = 'another'
        await answered
        await until(isShown)
        assert.equal(opened().updates, 0)
      },
      /views\.update: hash_conflict/,
    ),

    'is shown to the one who clicked, where Slack lets none be opened any more, and can be sent from there': onStage(
      async ({ bot, slack, karen, click, isShown, shown }) => {
        bot.state.reply = later(SLOW, LATE)
        const answered = click()
        await wait(100)
        slack.letPass(3000)
        await answered
        await until(isShown)
        bot.state.reply = { text: 'Moved' }
        await karen.clicks(shown(), ({ action_id }) => String(action_id).endsWith(':save'), { by: 'x' })
        const what = { kind: 'action', verb: 'save', data: { code: 'F-7K3Q', by: 'x' } }
        assert.deepEqual([bot.heard.at(-1)?.what, shown().text], [what, 'Moved'])
      },
      /views\.open: expired_trigger_id/,
      /views\.open: expired_trigger_id/,
    ),

    'is opened all the same, where Slack failed to let one hold its place': onStage(
      async ({ bot, slack, click, opened, isOpen }) => {
        bot.state.reply = later(SLOW + 300, LATE)
        slack.misbehaveIn('views.open', ...Array(3).fill({ status: 503 }))
        await click()
        await until(isOpen)
        assert.equal(words(opened()), 'A date\nNew date')
      },
    ),

    'stays as it was filled in until it is known what became of it, and then closes': onStage(
      async ({ bot, slack, karen, click, opened, isShown, shown }) => {
        bot.state.reply = LATE
        await click()
        bot.state.reply = later(SENT_SLOW, { text: 'Moved' })
        await karen.submits(opened(), { by: '2026-12-01' })
        assert.deepEqual(Object.values(opened().errors), ['pressAgain in da-DK'])
        await until(isShown)
        assert.equal(shown().text, 'Moved')
        await karen.submits(opened())
        assert.deepEqual([slack.views, slack.ephemerals.length, bot.heard.length], [[], 1, 2], 'it was done once')
      },
    ),

    'is taken once more, where it is sent again with something else in it': onStage(
      async ({ bot, karen, click, opened, isShown }) => {
        bot.state.reply = LATE
        await click()
        bot.state.reply = later(SENT_SLOW, { text: 'Moved' })
        await karen.submits(opened(), { by: '2026-12-01' })
        await until(isShown)
        bot.state.reply = { text: 'Moved again' }
        await karen.submits(opened(), { by: '2026-12-02' })
        const { what } = bot.heard.at(-1) ?? assert.fail()
        assert.equal(what.kind === 'action' && what.data.by, '2026-12-02')
      },
    ),

    'stays as it was filled in where something is to be mended, and says so when it is sent again': onStage(
      async ({ bot, karen, click, opened, isShown }) => {
        bot.state.reply = LATE
        await click()
        bot.state.reply = later(SENT_SLOW, { card: form('A date'), text: 'That is in the past' })
        await karen.submits(opened(), { by: '2020-01-01' })
        assert.deepEqual(Object.values(opened().errors), ['pressAgain in da-DK'])
        await karen.submits(opened())
        assert.match(words(opened()), /^That is in the past/)
        assert.deepEqual([bot.heard.length, isShown()], [2, false])
      },
    ),

    'stays as it was filled in where nothing was done, and is taken when it is sent again': onStage(
      async ({ bot, slack, karen, click, opened, isShown, shown }) => {
        bot.state.reply = LATE
        await click()
        bot.state.reply = later(SENT_SLOW, { text: 'Try again', undone: true })
        await karen.submits(opened(), { by: '2026-12-01' })
        await until(isShown)
        assert.equal(shown().text, 'Try again')
        bot.state.reply = { text: 'Moved' }
        await karen.submits(opened())
        const { what } = bot.heard.at(-1) ?? assert.fail()
        assert.equal(what.kind === 'action' && what.data.by, '2026-12-01')
        assert.deepEqual([slack.views, slack.ephemerals.at(-1)?.text], [[], 'Moved'])
      },
    ),

    'is opened once only, where it is quick enough': onStage(async ({ bot, click }) => {
      bot.state.reply = later(1000, LATE)
      await click()
      assert.deepEqual([bot.asked('views.open'), bot.asked('views.update')], [1, 0])
    }),

    'comes in time, although Slack does not tell who clicked': onStage(async ({ bot, slack, click, isFilled }) => {
      slack.misbehaveIn('users.info', 'hang')
      bot.state.reply = later(SLOW, LATE)
      await click()
      await until(isFilled)
    }),
  })
})
