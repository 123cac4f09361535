import assert from 'node:assert/strict'
import { DeliveryError } from '../../../src/app/ports.ts'
import { readAddress, writeAddress } from '../../../src/channels/teams/address.ts'
import type { Team } from '../../../src/domain/team.ts'
import { BO } from '../../helpers/fake-connector.ts'
import { type Bot, card, startBot } from './setup.ts'

describe('the Teams messenger', () => {
  let bot: Bot
  let token = 'the-connector-token'
  let refreshes: boolean[] = []
  beforeEach(async () => {
    token = 'the-connector-token'
    refreshes = []
    bot = await startBot({
      timeout: 200,
      token: async (refresh) => {
        refreshes.push(refresh)
        return token
      },
    })
  })
  afterEach(() => bot.close())

  const channel = (conversation = '19:absence@thread.tacv2') => {
    const { serviceUrl, tenant } = bot.connector
    return writeAddress({ serviceUrl, conversation, tenant, bot: bot.connector.bot.id, kind: 'channel' })
  }
  const team = (channels = [{ address: channel(), name: 'Absence' }]) => ({ channels }) as Team
  const failure = async (promise: Promise<unknown>): Promise<DeliveryError> => {
    const error = await promise.then(
      () => assert.fail('it was delivered'),
      (error) => error,
    )
    assert.ok(error instanceof DeliveryError, String(error))
    return error
  }

  it('posts a card to a channel as a new thread, and updates it by the id it got', async () => {
    const { messenger } = bot.teams
    const id = await messenger.post(channel(), card('one'), 'a summary')
    await messenger.update(channel(), id, card('two'), 'another')
    const [message, ...more] = bot.connector.messages
    assert.deepEqual(more, [])
    assert.equal(message?.conversation, `19:absence@thread.tacv2;messageid=${id}`)
    assert.equal(message?.updates, 1)
    assert.equal(message?.activity.summary, 'another')
    assert.deepEqual(message?.activity.attachments, [
      { contentType: 'application/vnd.microsoft.card.adaptive', content: card('two') },
    ])
    assert.deepEqual(bot.connector.faults, [])
  })

  it('posts below a thread when given its address', async () => {
    const { messenger } = bot.teams
    const root = await messenger.post(channel(), card('one'), 's')
    const thread = channel(`19:absence@thread.tacv2;messageid=${root}`)
    const id = await messenger.post(thread, card('two'), 's')
    await messenger.update(thread, id, card('three'), 's')
    const conversations = bot.connector.messages.map(({ conversation }) => conversation)
    assert.deepEqual(conversations, Array(2).fill(`19:absence@thread.tacv2;messageid=${root}`))
    assert.deepEqual(
      bot.connector.messages.map(({ updates }) => updates),
      [0, 1],
    )
  })

  it('writes to one person alone, by the id the roster gives', async () => {
    const { messenger } = bot.teams
    const address = await messenger.direct(team(), BO.aadObjectId)
    const id = await messenger.post(address, card('for Bo'), 's')
    await messenger.update(address, id, card('for Bo again'), 's')
    assert.equal(readAddress(address).kind, 'chat')
    assert.deepEqual(
      bot.connector.messages.map(({ conversation }) => conversation),
      ['a:chat-person-2'],
    )
    assert.deepEqual(bot.connector.faults, [])
  })

  it('cannot write to somebody before the team has told where it is', async () => {
    assert.equal((await failure(bot.teams.messenger.direct(team([]), BO.aadObjectId))).code, 'team-without-channel')
  })

  it('keeps its connection open from one message to the next', async () => {
    for (let i = 0; i < 5; i++) await bot.teams.messenger.post(channel(), card('x'), 's')
    const sockets = new Set(bot.connector.requests.map(({ socket }) => socket))
    assert.ok(sockets.size < 3, `${sockets.size} connections for 5 messages`)
  })

  const failures = [
    [{ status: 400 }, { code: 'bad-request', permanent: true }],
    [{ status: 403 }, { code: 'bot-removed', permanent: true }],
    [{ status: 404 }, { code: 'conversation-not-found', permanent: true }],
    [
      { status: 404, code: 'ActivityNotFoundInConversation' },
      { code: 'message-not-found', permanent: true },
    ],
    [{ status: 413 }, { code: 'too-large', permanent: true }],
    [
      { status: 400, code: 'MessageSizeTooBig' },
      { code: 'too-large', permanent: true },
    ],
    [{ status: 307 }, { code: 'refused', permanent: true }],
    [{ status: 401 }, { code: 'unauthorized', permanent: false }],
    [{ status: 412 }, { code: 'throttled', permanent: false }],
    [{ status: 429 }, { code: 'throttled', permanent: false }],
    [
      { status: 429, retryAfter: '7' },
      { code: 'throttled', permanent: false, retryAfter: 7000 },
    ],
    [{ status: 500 }, { code: 'unavailable', permanent: false }],
    [{ status: 502 }, { code: 'unavailable', permanent: false }],
    [
      { status: 503, retryAfter: '2' },
      { code: 'unavailable', permanent: false, retryAfter: 2000 },
    ],
    [{ status: 504 }, { code: 'unavailable', permanent: false }],
    ['reset', { code: 'unreachable', permanent: false }],
    ['hang', { code: 'timeout', permanent: false }],
  ] as const
  for (const [how, { retryAfter, ...expected }] of failures.map(
    ([how, said]) => [how, { retryAfter: undefined, ...said }] as const,
  ))
    it(`tries once and says ${expected.code} on ${JSON.stringify(how)}`, async () => {
      bot.connector.misbehave(how)
      const error = await failure(bot.teams.messenger.post(channel(), card('x'), 's'))
      assert.deepEqual({ code: error.code, permanent: error.permanent }, expected)
      assert.equal(error.retryAfter, retryAfter)
      assert.equal(bot.connector.requests.length, 1)
    })

  it('understands a date in Retry-After', async () => {
    bot.connector.misbehave({ status: 429, retryAfter: new Date(Date.now() + 60_000).toUTCString() })
    const { retryAfter = 0 } = await failure(bot.teams.messenger.post(channel(), card('x'), 's'))
    assert.ok(retryAfter > 55_000 && retryAfter <= 60_000, String(retryAfter))
  })

  it('asks for a new token after one was refused', async () => {
    token = 'old'
    assert.equal((await failure(bot.teams.messenger.post(channel(), card('x'), 's'))).code, 'unauthorized')
    token = 'the-connector-token'
    await bot.teams.messenger.post(channel(), card('x'), 's')
    await bot.teams.messenger.post(channel(), card('x'), 's')
    assert.deepEqual(refreshes, [false, true, false])
  })

  it('says so when it cannot get a token, and tries again later', async () => {
    const other = await startBot({ token: () => Promise.reject(new Error('login down')) })
    try {
      const error = await failure(other.teams.messenger.post(channel(), card('x'), 's'))
      assert.deepEqual([error.code, error.permanent], ['no-connector-token', false])
    } finally {
      await other.close()
    }
  })

  it('gives its token to nobody but Teams', async () => {
    const evil = writeAddress({ ...readAddress(channel()), serviceUrl: 'https://evil.example/' })
    const error = await failure(bot.teams.messenger.post(evil, card('x'), 's'))
    assert.deepEqual([error.code, error.permanent, refreshes], ['unknown-service-host', true, []])
  })
})
