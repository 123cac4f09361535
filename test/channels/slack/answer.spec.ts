import assert from 'node:assert/strict'
import { buttonsOnBlocks, wordsOnBlocks } from '../../helpers/blocks.ts'
import { type FakeSlack, GENERAL, type SlackMessage, slackCast } from '../../helpers/fake-slack.ts'
import { type Bot, button, card, form, startBot } from './setup.ts'

const { karen, bo } = slackCast
const IN_CHANNEL = { channel: GENERAL }

describe('an answer of the bot in Slack', () => {
  let bot: Bot
  let slack: FakeSlack
  beforeEach(async () => {
    bot = await startBot({ timeout: 500 })
    slack = bot.slack
  })
  afterEach(async () => {
    await bot.close()
    assert.deepEqual(slack.faults, [])
  })

  const texts = () => slack.messages.map(({ text }) => text)
  const shownTo = (who: string) => slack.ephemerals.filter(({ user }) => user === who).map(({ text }) => text)
  const words = ({ blocks }: { blocks: object[] }) => wordsOnBlocks(blocks as Parameters<typeof wordsOnBlocks>[0])
  const modal = () => slack.views[0] ?? assert.fail('no modal is open')

  /** A card with one button, posted as a delivery would. */
  async function posted(
    verb = 'postpone',
    data: Record<string, string> = { post: 'p1' },
    channel = GENERAL,
  ): Promise<SlackMessage> {
    await bot.channel.messenger.post(`slack:T0SKOLEN01/${channel}`, button(verb, data), 'Agreements')
    return slack.messages.at(-1) ?? assert.fail()
  }
  const press = (message: SlackMessage) =>
    slack.tester(karen).clicks(message, ({ action_id }) => String(action_id).startsWith('0:'))
  describe('to something said', () => {
    it('stands below it, where they are alone', async () => {
      bot.state.reply = { card: card('one'), text: 'A <word>', summary: 'A card' }
      await slack.tester(karen).says('hi')
      const [message = assert.fail()] = slack.messages
      assert.equal(message.channel, slack.direct(karen.id))
      assert.equal(message.text, 'A &lt;word&gt;')
      assert.equal(words(message), 'A <word>\none')
      const { unfurl_links, unfurl_media } =
        slack.requests.find(({ method }) => method === 'chat.postMessage')?.args ?? {}
      assert.deepEqual([unfurl_links, unfurl_media], [false, false])
    })

    it('is nothing, where there is nothing to say', async () => {
      await slack.tester(karen).says('hi')
      await slack.tester(karen).commands('hi', IN_CHANNEL)
      assert.deepEqual([texts(), shownTo(karen.id)], [[], []])
    })

    it('is seen by the one who asked, in a channel, in the thread it was asked in', async () => {
      bot.state.reply = { text: 'Just for you' }
      await slack.tester(karen).says('hi', IN_CHANNEL)
      const [{ event } = assert.fail()] = slack.sent
      const thread = (event as { ts: string }).ts
      await slack.tester(karen).says('hi', { ...IN_CHANNEL, thread })
      assert.deepEqual(texts(), [])
      assert.deepEqual(shownTo(karen.id), ['Just for you', 'Just for you'])
      const threads = slack.requests.flatMap(({ method, args }) =>
        method === 'chat.postEphemeral' ? [args.thread_ts] : [],
      )
      assert.deepEqual(threads, [undefined, thread])
    })

    it('is seen by the one who gave a command, also where the bot is not', async () => {
      bot.state.reply = { text: 'Just for you' }
      await slack.leaves(GENERAL, 'U0BOT00001')
      await slack.tester(karen).commands('hi', IN_CHANNEL)
      await slack.tester(karen).commands('hi', IN_CHANNEL, { channel_id: 'D0BETWEEN1' })
      assert.deepEqual(texts(), [])
      assert.deepEqual(shownTo(karen.id), ['Just for you', 'Just for you'])
      assert.equal(bot.asked('chat.postEphemeral'), 0)
    })

    it('greets a team where it comes in, for all to see', async () => {
      bot.state.reply = { card: card('Hello everybody'), summary: 'Hello' }
      await slack.leaves(GENERAL, 'U0BOT00001')
      await slack.joins(GENERAL, 'U0BOT00001', karen.id)
      assert.deepEqual(
        slack.messages.map(({ channel, text }) => [channel, text]),
        [[GENERAL, 'Hello']],
      )
    })

    it('is said to nobody where it has been removed', async () => {
      bot.state.reply = { text: 'Goodbye' }
      await slack.leaves(GENERAL, 'U0BOT00001')
      assert.deepEqual([texts(), bot.asked('chat.postMessage')], [[], 0])
    })
  })

  describe('to a click, where they are alone,', () => {
    beforeEach(async () => {
      bot.state.reply = { card: button('next') }
      await slack.tester(karen).says('hi')
    })
    const first = () => slack.messages[0] ?? assert.fail()

    it('takes the place of the card', async () => {
      bot.state.reply = { card: card('next'), text: 'Saved' }
      await press(first())
      assert.deepEqual([slack.messages.length, first().updates, words(first())], [1, 1, 'Saved\nnext'])
    })

    it('is a word beside the card, where there is no other', async () => {
      bot.state.reply = { text: 'Expired' }
      await press(first())
      assert.deepEqual([first().updates, shownTo(karen.id)], [0, ['Expired']])
    })

    it('takes the place of a posted card too: no delivery draws that where nothing has changed', async () => {
      const message = await posted('close', { post: 'p1' }, slack.direct(karen.id))
      bot.state.reply = { card: button('sure', { post: 'p1' }) }
      await press(message)
      assert.equal(words(message), 'Agreements\nsure')
      bot.state.reply = { card: button('close', { post: 'p1' }), text: 'Still open' }
      await press(message)
      assert.equal(words(message), 'Agreements\nclose')
      assert.deepEqual(shownTo(karen.id), ['Still open'], 'beside the card, which a delivery may draw')
    })

    it('stands on a form in a posted card, which is not drawn before it is sent', async () => {
      const message = await posted('postponed', { post: 'p1' }, slack.direct(karen.id))
      bot.state.reply = { card: form('A date', { post: 'p1' }), text: 'That is in the past' }
      await press(message)
      assert.deepEqual([words(message), shownTo(karen.id)], ['That is in the past\nA date\nNew date\nSave', []])
    })

    it('takes the place of what only that person sees', async () => {
      bot.state.reply = { card: button('pick') }
      // Then the command is answered where nobody else would read it, whoever's chat that is.
      slack.misbehaveIn('conversations.open', { error: 'fatal_error' })
      await slack.tester(karen).commands('help')
      const [shown = assert.fail()] = slack.ephemerals
      bot.state.reply = { card: card('next'), text: 'Saved' }
      await slack.tester(karen).clicks(shown, '0:bare:pick')
      assert.deepEqual([bot.heard.at(-1)?.place, words(shown), shown.updates], ['direct', 'Saved\nnext', 1])
      assert.deepEqual([texts().length, bot.asked('chat.update')], [1, 0])
    })

    it('comes below, where the card cannot be replaced any more', async () => {
      bot.state.reply = { card: card('next') }
      slack.misbehaveIn('chat.update', { error: 'message_not_found' })
      await press(first())
      assert.equal(bot.asked('chat.update'), 1)
      assert.equal(slack.messages.length, 2)
      assert.equal(words(slack.messages[1] ?? assert.fail()), 'next')
    })
  })

  describe('to a click in a channel', () => {
    it('is a word to the one who clicked; the card is drawn for all by a delivery', async () => {
      const message = await posted('done')
      bot.state.reply = { card: card('as it was drawn for this turn'), text: 'Thanks' }
      await press(message)
      assert.deepEqual([message.updates, shownTo(karen.id), texts().length], [0, ['Thanks'], 1])
    })

    it('replaces a card that belongs to no case, for all', async () => {
      const message = await posted('setup', {})
      bot.state.reply = { card: card('Every school day at eight'), text: 'Saved' }
      await press(message)
      assert.equal(words(message), 'Every school day at eight')
      assert.deepEqual(shownTo(karen.id), ['Saved'])
    })

    it('is a form for the one who clicked, which is called like the button and remembers where it belongs', async () => {
      const message = await posted()
      bot.state.reply = { card: form('A date', { code: 'F-7K3Q', post: 'p1' }), text: 'Choose' }
      await press(message)
      assert.deepEqual([modal().user, message.updates, words(modal())], [karen.id, 0, 'Choose\nA date\nNew date'])
      assert.equal((modal().view.title as { text: string }).text, 'postpone')
      bot.state.reply = { text: 'Moved' }
      await slack.tester(karen).submits(modal(), { by: '2026-12-01' })
      const { what, place, team, user } = bot.heard.at(-1) ?? assert.fail()
      const data = { code: 'F-7K3Q', post: 'p1', by: '2026-12-01' }
      assert.deepEqual(what, { kind: 'action', verb: 'save', data })
      assert.deepEqual([place, team, user.id], ['channel', `slack:T0SKOLEN01/${GENERAL}`, karen.id])
      assert.deepEqual([slack.views, shownTo(karen.id)], [[], ['Moved']])
    })

    it('is heard once for a form that is sent twice, and the form stays as the first answer left it', async () => {
      const message = await posted()
      bot.state.reply = { card: form('A date') }
      await press(message)
      bot.state.reply = { card: form('A date'), text: 'That is in the past' }
      await slack.tester(karen).submits(modal(), { by: '2020-01-01' })
      assert.match(words(modal()), /^That is in the past/)
      assert.equal((modal().view.title as { text: string }).text, 'postpone', 'still')
      const again = await slack.again()
      assert.equal((again.body as { response_action?: string }).response_action, 'update')
      assert.equal(bot.heard.length, 2)
    })

    it('leaves a form as it was filled in when nothing was done, says why, and takes it when it is sent again', async () => {
      const message = await posted()
      bot.state.reply = { card: form('A date') }
      await press(message)
      bot.state.reply = { text: 'Wait 7 seconds', undone: true }
      await slack.tester(karen).submits(modal(), { by: '2026-12-01' })
      assert.deepEqual([Object.values(modal().errors), shownTo(karen.id)], [['Wait 7 seconds'], []])
      bot.state.reply = { text: 'Moved' }
      await slack.tester(karen).submits(modal())
      const { what } = bot.heard.at(-1) ?? assert.fail()
      assert.deepEqual(what.kind === 'action' && what.data.by, '2026-12-01', 'still there')
      assert.deepEqual([slack.views, shownTo(karen.id)], [[], ['Moved']])
    })

    it('leaves a form as it was filled in when the turn fails', async () => {
      const message = await posted()
      bot.state.reply = { card: form('A date') }
      await press(message)
      bot.state.reply = () => Promise.reject(new Error('down'))
      await slack.tester(karen).submits(modal(), { by: '2026-12-01' })
      assert.deepEqual([Object.values(modal().errors), shownTo(karen.id)], [['failed in da-DK'], []])
    })

    it('takes the place of what only that person sees', async () => {
      bot.state.reply = { card: button('pick') }
      await slack.tester(karen).says('help', IN_CHANNEL)
      const [shown = assert.fail()] = slack.ephemerals
      bot.state.reply = { text: 'I have written to you' }
      await slack.tester(karen).clicks(shown, '0:bare:pick')
      assert.deepEqual([shown.text, shown.updates, slack.ephemerals.length], ['I have written to you', 1, 1])
      assert.deepEqual(texts(), [])
    })

    it('takes away what only that person sees, where there is nothing to say', async () => {
      bot.state.reply = { card: button('pick') }
      await slack.tester(karen).says('help', IN_CHANNEL)
      bot.state.reply = {}
      const [shown = assert.fail()] = slack.ephemerals
      await slack.tester(karen).clicks(shown, '0:bare:pick')
      assert.equal(shown.deleted, true)
    })
  })

  describe('that Slack does not take', () => {
    beforeEach(() => {
      bot.state.reply = { text: 'Hello' }
    })

    it('is tried up to three times', async () => {
      slack.misbehaveIn('chat.postMessage', { status: 502 }, { error: 'fatal_error' })
      await slack.tester(karen).says('hi')
      assert.deepEqual([texts(), bot.asked('chat.postMessage')], [['Hello'], 3])
    })

    it('is tried again after as long as Slack asks for', async () => {
      slack.misbehaveIn('chat.postMessage', { status: 429, retryAfter: '1' })
      const started = performance.now()
      await slack.tester(karen).says('hi')
      assert.ok(performance.now() - started >= 1000)
      assert.deepEqual(texts(), ['Hello'])
    })

    it('is tried no more after three, and the work is not done again', async () => {
      slack.misbehaveIn('chat.postMessage', ...Array(3).fill('reset'))
      assert.equal((await slack.tester(karen).says('hi')).status, 200)
      await slack.again()
      assert.deepEqual([texts(), bot.asked('chat.postMessage'), bot.heard.length], [[], 3, 1])
      assert.deepEqual(bot.codes(), ['unreachable'])
    })

    it('is tried no more where it is refused for good, or would take too long', async () => {
      slack.misbehaveIn('chat.postMessage', { error: 'is_archived' }, { status: 429, retryAfter: '60' })
      await slack.tester(karen).says('hi')
      await slack.tester(karen).says('hi')
      assert.equal(bot.asked('chat.postMessage'), 2)
      assert.deepEqual(bot.codes(), ['is-archived', 'throttled'])
    })

    it('is tried again at the address that came with a command', async () => {
      slack.misbehaveIn('response_url', { status: 500 }, 'reset')
      await slack.tester(karen).commands('hi', IN_CHANNEL)
      assert.deepEqual(shownTo(karen.id), ['Hello'])
      slack.misbehaveIn('response_url', { error: 'used_url' })
      await slack.tester(bo).commands('hi', IN_CHANNEL)
      assert.deepEqual([shownTo(bo.id), bot.codes()], [[], ['response-refused']])
      assert.equal(bot.asked('response_url'), 4)
    })
  })

  it('that cannot be drawn becomes the word that something failed', async () => {
    bot.state.reply = { card: button('x'.repeat(300)) }
    await slack.tester(karen).says('hi')
    assert.deepEqual(texts(), ['failed in da-DK'])
    assert.deepEqual(bot.codes(), ['Error'])
  })

  it('shows its buttons with ids and nothing else', async () => {
    const { blocks } = await posted('done', { code: 'F-7K3Q', agreement: 'a1' })
    const [{ data } = assert.fail()] = buttonsOnBlocks(blocks as Parameters<typeof buttonsOnBlocks>[0])
    assert.deepEqual(data, { code: 'F-7K3Q', agreement: 'a1' })
  })
})
