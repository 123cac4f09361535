import assert from 'node:assert/strict'
import { DeliveryError } from '../../../src/app/ports.ts'
import { readAddress, writeAddress } from '../../../src/channels/slack/address.ts'
import type { Team } from '../../../src/domain/team.ts'
import { wordsOnBlocks } from '../../helpers/blocks.ts'
import { GENERAL, slackCast, slackWorkspace, TRIVSEL } from '../../helpers/fake-slack.ts'
import { type Bot, card, startBot } from './setup.ts'

const { id: TEAM } = slackWorkspace()
const address = (channel = GENERAL) => writeAddress({ workspace: TEAM, channel })
const home = { home: address() } as Team

async function failure(promise: Promise<unknown>): Promise<DeliveryError> {
  const error = await promise.then(
    () => assert.fail('it was delivered'),
    (error) => error,
  )
  assert.ok(error instanceof DeliveryError, String(error))
  return error
}

describe('the Slack messenger', () => {
  let bot: Bot
  beforeEach(async () => {
    bot = await startBot({ timeout: 200 })
  })
  afterEach(() => bot.close())
  const post = (to = address(), text = 'x') => bot.channel.messenger.post(to, card(text), 'a summary')
  const shown = () =>
    bot.slack.messages.map(({ channel, blocks }) => [
      channel,
      wordsOnBlocks(blocks as Parameters<typeof wordsOnBlocks>[0]),
    ])

  it('posts a card, and updates it by the id it got', async () => {
    const { messenger } = bot.channel
    const id = await post(address(), 'one')
    await messenger.update(address(), id, card('two'), 'another <summary>')
    const [message = assert.fail(), ...more] = bot.slack.messages
    assert.deepEqual([more, message.id, message.updates], [[], id, 1])
    assert.equal(message.text, 'another &lt;summary&gt;')
    assert.deepEqual(shown(), [[GENERAL, 'two']])
    assert.deepEqual(bot.slack.faults, [])
  })

  it('posts where it belongs, also in a private channel', async () => {
    await post(address(TRIVSEL), 'one')
    await post(address(), 'two')
    assert.deepEqual(shown(), [
      [TRIVSEL, 'one'],
      [GENERAL, 'two'],
    ])
  })

  it('writes to one person alone, and asks once only where that is', async () => {
    const { messenger } = bot.channel
    const to = await messenger.direct(home, slackCast.bo.id)
    assert.equal(readAddress(to).channel, bot.slack.direct(slackCast.bo.id))
    await messenger.update(to, await post(to, 'for Bo'), card('for Bo again'), 's')
    assert.equal(await messenger.direct(home, slackCast.bo.id), to)
    assert.deepEqual(shown(), [[bot.slack.direct(slackCast.bo.id), 'for Bo again']])
    assert.equal(bot.asked('conversations.open'), 1)
  })

  it('cannot write to somebody who has left the workspace, and that is for good', async () => {
    const bo = bot.slack.workspaces[0]?.users.find(({ id }) => id === slackCast.bo.id) ?? assert.fail()
    bo.deleted = true
    const { code, permanent } = await failure(bot.channel.messenger.direct(home, bo.id))
    assert.deepEqual([code, permanent], ['user-disabled', true])
    bo.deleted = false
    await bot.channel.messenger.direct(home, bo.id)
  })

  const failures = [
    // For good: the channel, the message or what was said is not as Slack wants it.
    [{ error: 'channel_not_found' }, { code: 'channel-not-found', permanent: true }],
    [{ error: 'not_in_channel' }, { code: 'not-in-channel', permanent: true }],
    [{ error: 'is_archived' }, { code: 'is-archived', permanent: true }],
    [{ error: 'invalid_blocks' }, { code: 'invalid-blocks', permanent: true }],
    [{ error: 'msg_blocks_too_long' }, { code: 'msg-blocks-too-long', permanent: true }],
    [{ error: 'missing_scope' }, { code: 'missing-scope', permanent: true }],
    [{ status: 404 }, { code: 'refused', permanent: true }],
    // For now.
    [{ error: 'fatal_error' }, { code: 'fatal-error', permanent: false }],
    [{ error: 'internal_error' }, { code: 'internal-error', permanent: false }],
    [{ error: 'service_unavailable' }, { code: 'service-unavailable', permanent: false }],
    [{ error: 'ratelimited' }, { code: 'ratelimited', permanent: false }],
    [{ error: 'rate_limited' }, { code: 'rate-limited', permanent: false }],
    [{ status: 500 }, { code: 'unavailable', permanent: false }],
    [{ status: 503 }, { code: 'unavailable', permanent: false }],
    [
      { status: 429, retryAfter: '7' },
      { code: 'throttled', permanent: false, retryAfter: 7000 },
    ],
    [{ status: 429 }, { code: 'throttled', permanent: false }],
    [
      { status: 429, retryAfter: 'soon' },
      { code: 'throttled', permanent: false },
    ],
    ['reset', { code: 'unreachable', permanent: false }],
    ['hang', { code: 'unreachable', permanent: false }],
    // Until somebody has mended it.
    [{ error: 'token_revoked' }, { code: 'slack-token-refused', permanent: false }],
    [{ error: 'account_inactive' }, { code: 'slack-token-refused', permanent: false }],
    [{ error: 'invalid_auth' }, { code: 'slack-token-refused', permanent: false }],
    // Not Slack, but something on the way: its page is nothing to log.
    [{ error: '<html>Hemmelig Hansen</html>' }, { code: 'unavailable', permanent: false }],
  ] as const
  for (const [how, expected] of failures)
    it(`tries once and says ${expected.code} on ${JSON.stringify(how)}`, async () => {
      bot.slack.misbehaveIn('chat.postMessage', how)
      const { code, permanent, retryAfter } = await failure(post())
      assert.deepEqual({ code, permanent, ...(retryAfter !== undefined && { retryAfter }) }, expected)
      assert.equal(bot.asked('chat.postMessage'), 1)
      assert.doesNotMatch(JSON.stringify(bot.logged), /Hemmelig/)
    })

  it('says so for good where a message to update is gone', async () => {
    const { code, permanent } = await failure(bot.channel.messenger.update(address(), '1.000001', card('x'), 's'))
    assert.deepEqual([code, permanent], ['message-not-found', true])
  })

  it('says so for good where a card is none that Slack could show', async () => {
    const long = { type: 'Action.Execute', title: 'Go', verb: 'x'.repeat(300), data: {} }
    await assert.rejects(bot.channel.messenger.post(address(), card('x', { actions: [long] }), 's'))
    assert.equal(bot.asked('chat.postMessage'), 0)
  })

  it('gives its token to no other workspace', async () => {
    const foreign = writeAddress({ workspace: 'T0FOREIGN1', channel: GENERAL })
    const { code, permanent } = await failure(post(foreign))
    assert.deepEqual([code, permanent, bot.asked('chat.postMessage')], ['slack-not-installed', false, 0])
  })

  it('refuses an address of another channel', async () => {
    assert.equal((await failure(post('teams:abc'))).code, 'bad-address')
  })
})
