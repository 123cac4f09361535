import assert from 'node:assert/strict'
import { DeliveryError } from '../../../src/app/ports.ts'
import { readAddress } from '../../../src/channels/teams/address.ts'
import { ANNA, BO, type Tester } from '../../helpers/fake-connector.ts'
import { submitsOn } from '../../helpers/windows.ts'
import { type Bot, card, FAILURE, startBot, stepCard } from './setup.ts'

const ABSENCE = '19:absence@thread.tacv2'

describe('the bot in Teams', () => {
  let bot: Bot
  let anna: Tester
  beforeEach(async () => {
    bot = await startBot({ timeout: 1000 })
    anna = bot.connector.tester(ANNA, bot.identity.token())
  })
  afterEach(async () => {
    await bot.close()
    assert.deepEqual(bot.connector.faults, [])
  })

  const happens = (more: object, place: Parameters<Tester['says']>[1] = { channel: ABSENCE }) =>
    bot.connector.deliver(bot.connector.activity(ANNA, place, more), bot.identity.token())
  const said = () => bot.connector.messages.map(({ activity }) => activity)

  describe('hears', () => {
    it('a message in a direct chat', async () => {
      await anna.says('  call prep ')
      const [incoming] = bot.heard
      assert.ok(incoming)
      const { address, event, ...rest } = incoming
      assert.deepEqual(rest, {
        tenant: bot.connector.tenant,
        user: { id: ANNA.aadObjectId, name: 'Anna Holm', locale: 'da-DK' },
        place: 'direct',
        what: { kind: 'message', text: 'call prep' },
      })
      assert.match(event, /^a:chat-person-1\/f:event-\d+$/)
      assert.equal(readAddress(address).conversation, 'a:chat-person-1')
    })

    it('a message in a channel without its own name, and where the thread is', async () => {
      const thread = `${ABSENCE};messageid=42`
      await anna.says('/call prep', { channel: ABSENCE, thread })
      const [incoming] = bot.heard
      assert.deepEqual(incoming?.what, { kind: 'message', text: '/call prep' })
      assert.equal(incoming?.team, bot.connector.team.id)
      assert.equal(incoming?.place, 'channel')
      const { conversation, kind } = readAddress(incoming?.address ?? '')
      assert.deepEqual([conversation, kind], [thread, 'channel'])
    })

    it('a group chat as a place where others read, without a team', async () => {
      await anna.says('hello', { groupChat: '19:group@thread.v2' })
      const [incoming] = bot.heard
      assert.equal(incoming?.place, 'channel')
      assert.equal(incoming?.team, undefined)
      assert.equal(readAddress(incoming?.address ?? '').kind, 'chat')
    })

    it('other people’s names without their tags', async () => {
      const entities = [{ type: 'mention', text: '<at>Bo Lund</at>', mentioned: { id: BO.id, name: BO.name } }]
      await anna.says('ask <at id="0">Bo Lund</at>&nbsp;please', 'direct', { entities })
      assert.deepEqual(bot.heard[0]?.what, { kind: 'message', text: 'ask Bo Lund please' })
    })

    it('a click with its inputs, from whoever clicked', async () => {
      bot.state.reply = { card: card('one') }
      await anna.says('list', { channel: ABSENCE })
      const [message] = bot.connector.messages
      assert.ok(message)
      await bot.connector.tester(BO, bot.identity.token()).clicks(message, 'done', { agreement: 'a1', note: 'ok' })
      const click = bot.heard[1]
      assert.deepEqual(click?.what, { kind: 'action', verb: 'done', data: { agreement: 'a1', note: 'ok' } })
      assert.equal(click?.user.id, BO.aadObjectId)
      assert.equal(readAddress(click?.address ?? '').conversation, message.conversation)
    })

    it('a click without verb or data, so that it can be answered', async () => {
      for (const value of [{ action: {} }, {}, undefined]) {
        await happens({ type: 'invoke', name: 'adaptiveCard/action', value })
        assert.deepEqual(bot.heard.at(-1)?.what, { kind: 'action', verb: '', data: {} })
      }
    })

    it('Action.Submit of an older client as the same action', async () => {
      await happens({ type: 'message', value: { verb: 'done', agreement: 'a1', msteams: { type: 'x' } } })
      assert.deepEqual(bot.heard[0]?.what, { kind: 'action', verb: 'done', data: { agreement: 'a1' } })
    })

    const changes: [string, object, string | undefined][] = [
      ['its own arrival', { type: 'conversationUpdate', membersAdded: [{ id: '28:bot-app-id' }] }, 'installed'],
      ['its installation', { type: 'installationUpdate', action: 'add' }, 'installed'],
      ['its own removal', { type: 'conversationUpdate', membersRemoved: [{ id: '28:bot-app-id' }] }, 'removed'],
      ['its deinstallation', { type: 'installationUpdate', action: 'remove' }, 'removed'],
      ['a new member', { type: 'conversationUpdate', membersAdded: [{ id: BO.id }] }, 'rosterChanged'],
      ['a leaving member', { type: 'conversationUpdate', membersRemoved: [{ id: BO.id }] }, 'rosterChanged'],
      ['nothing in an upgrade’s removal', { type: 'installationUpdate', action: 'remove-upgrade' }, undefined],
      ['nothing in an empty change', { type: 'conversationUpdate' }, undefined],
      ['nothing in a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }, undefined],
      ['nothing in typing', { type: 'typing' }, undefined],
    ]
    for (const eventType of ['channelCreated', 'channelRenamed', 'channelDeleted', 'channelRestored', 'teamRenamed'])
      changes.push([eventType, { type: 'conversationUpdate', eventType }, 'rosterChanged'])
    changes.push(['teamDeleted', { type: 'conversationUpdate', eventType: 'teamDeleted' }, 'removed'])
    for (const [name, { eventType, ...more }, kind] of changes as [
      string,
      { eventType?: string },
      string | undefined,
    ][])
      it(name, async () => {
        const channelData = { tenant: { id: bot.connector.tenant }, team: { id: bot.connector.team.id }, eventType }
        assert.equal((await happens({ ...more, channelData })).status, 200)
        assert.deepEqual(
          bot.heard.map(({ what }) => what.kind),
          kind ? [kind] : [],
        )
        if (kind) assert.equal(bot.heard[0]?.team, bot.connector.team.id)
      })

    it('the same event again under the same id, and another under another', async () => {
      const click = { type: 'invoke', name: 'adaptiveCard/action', id: undefined, replyToId: '7', timestamp: 'noon' }
      const value = (verb: string) => ({ action: { verb, data: {} } })
      for (const verb of ['done', 'done', 'open']) await happens({ ...click, value: value(verb) })
      const [first, again, other] = bot.heard.map(({ event }) => event)
      assert.equal(first, again)
      assert.notEqual(first, other)
    })
  })

  describe('answers', () => {
    it('a message with a card, its summary and a sentence, below what was said', async () => {
      bot.state.reply = { card: card('one'), text: 'Hello *there*', summary: 'A card' }
      assert.equal((await anna.says('hi', { channel: ABSENCE, thread: `${ABSENCE};messageid=42` })).status, 200)
      const [message] = bot.connector.messages
      assert.equal(message?.conversation, `${ABSENCE};messageid=42`)
      const { text, textFormat, summary, attachments } = message?.activity ?? {}
      assert.deepEqual([text, textFormat, summary], ['Hello *there*', 'plain', 'A card'])
      assert.deepEqual(attachments, [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card('one') }])
    })

    it('nothing with nothing', async () => {
      await anna.says('hi')
      assert.deepEqual(said(), [])
    })

    const click = (reply: typeof bot.state.reply) => {
      bot.state.reply = reply
      return happens({ type: 'invoke', name: 'adaptiveCard/action', value: { action: { verb: 'v', data: {} } } })
    }

    it('a click with the card that takes its place', async () => {
      assert.deepEqual(await click({ card: card('next') }), {
        status: 200,
        body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card('next') },
      })
      assert.deepEqual(said(), [])
    })

    it('a click with a sentence', async () => {
      const type = 'application/vnd.microsoft.activity.message'
      assert.deepEqual(await click({ text: 'Saved' }), { status: 200, body: { statusCode: 200, type, value: 'Saved' } })
      assert.deepEqual(await click({}), { status: 200, body: { statusCode: 200, type, value: '' } })
    })

    it('a click with both: the sentence stands in the card, where nobody else sees it', async () => {
      const { body } = await click({ card: card('next'), text: 'Saved' })
      assert.equal(body.type, 'application/vnd.microsoft.card.adaptive')
      const note = { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'Saved', weight: 'Bolder' }] }
      assert.deepEqual(body.value, { ...card('next'), body: [note, { type: 'TextBlock', text: 'next' }] })
      assert.deepEqual(said(), [])
    })

    it('an invoke it does not know', async () => {
      const { status, body } = await happens({ type: 'invoke', name: 'composeExtension/query', value: {} })
      assert.deepEqual([status, body.statusCode, body.type], [200, 501, 'application/vnd.microsoft.error'])
      assert.deepEqual(bot.heard, [])
    })

    it('in the response itself where that is expected', async () => {
      bot.state.reply = { text: 'Hello' }
      const { body } = await anna.says('hi', 'direct', { deliveryMode: 'expectReplies' })
      assert.ok(Array.isArray(body.activities))
      assert.deepEqual(
        body.activities.map(({ text }) => text),
        ['Hello'],
      )
      assert.deepEqual(said(), [])
    })

    it('a click in the response itself, among the replies, where they are expected there', async () => {
      bot.state.reply = { card: card('next') }
      const { body } = await happens({
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: {},
        deliveryMode: 'expectReplies',
      })
      assert.ok(Array.isArray(body.activities))
      assert.deepEqual(
        body.activities.map(({ type, value }) => [type, value.status, value.body.value]),
        [['invokeResponse', 200, card('next')]],
      )
    })

    it('what only one person in a channel sees so that only they see the answer', async () => {
      bot.state.reply = { text: 'Hello' }
      const thread = `${ABSENCE};messageid=42`
      await anna.says(
        'call prep',
        { channel: ABSENCE, thread },
        { recipient: { ...bot.connector.bot, isTargeted: true } },
      )
      const [message] = bot.connector.messages
      assert.equal(message?.only, ANNA.id)
      assert.deepEqual(message?.activity.entities, [{ type: 'targetedMessageInfo', messageId: 'f:event-1' }])
    })

    it('nobody once it has been removed', async () => {
      bot.state.reply = { text: 'Goodbye' }
      await happens({ type: 'installationUpdate', action: 'remove' })
      assert.deepEqual(said(), [])
    })
  })

  describe('a long form', () => {
    const entities = [{ type: 'clientInfo', platform: 'Web' }]
    const windowOf = (body: Record<string, unknown>) =>
      body.task as { type: string; value: { title: string; card: { content: object } } }
    const press = (name: string, data: object) =>
      happens({ type: 'invoke', name, value: { data }, replyToId: bot.connector.messages[0]?.id }, 'direct')
    const shown = () => ((bot.connector.messages[0]?.activity.attachments ?? []) as { content: object }[])[0]?.content

    it('can be opened in a window where the client has them', async () => {
      bot.state.reply = { card: stepCard('agreement', 5) }
      await anna.says('agreement', 'direct', { entities })
      const [open] = submitsOn(shown())
      assert.deepEqual(open, { title: 'window', data: { msteams: { type: 'task/fetch' }, team: 't1' } })
    })

    it('stands in the card only where the client says nothing of itself, or where the form is short', async () => {
      bot.state.reply = { card: stepCard('agreement', 5) }
      await anna.says('agreement')
      bot.state.reply = { card: stepCard('good', 4) }
      await anna.says('agreement', 'direct', { entities })
      for (const { activity } of bot.connector.messages) assert.deepEqual(submitsOn(activity.attachments), [])
    })

    it('opens on the step somebody is at, with buttons that a window takes', async () => {
      bot.state.reply = { card: stepCard('agreement', 5) }
      await anna.says('agreement', 'direct', { entities })
      const { body } = await press('task/fetch', { msteams: { type: 'task/fetch' }, team: 't1' })
      assert.deepEqual(bot.heard.at(-1)?.what, {
        kind: 'action',
        verb: 'command',
        data: { command: 'resume', team: 't1' },
      })
      const { type, value } = windowOf(body)
      assert.deepEqual([type, value.title], ['continue', 'What did you agree?'])
      const message = bot.connector.messages[0]?.id
      assert.deepEqual(
        submitsOn(value.card.content).map(({ data }) => data),
        [
          { team: 't1', session: 's1', step: 'agreement', action: 'next', message, verb: 'step' },
          { team: 't1', session: 's1', step: 'agreement', message, verb: 'cancel' },
        ],
      )
      assert.doesNotMatch(JSON.stringify(value.card.content), /Action\.Execute/)
    })

    it('goes on in the chat, on the card it was opened from, when it is filled in', async () => {
      bot.state.reply = { card: stepCard('agreement', 5) }
      await anna.says('agreement', 'direct', { entities })
      bot.state.reply = { card: stepCard('so-far', 0), summary: 'So far' }
      const message = bot.connector.messages[0]?.id
      const data = { verb: 'step', team: 't1', session: 's1', step: 'agreement', action: 'next', f0: 'Text', message }
      const { status, body } = await press('task/submit', data)
      assert.deepEqual([status, body], [200, {}])
      const { verb: _, ...rest } = data
      assert.deepEqual(bot.heard.at(-1)?.what, { kind: 'action', verb: 'step', data: rest })
      assert.equal(bot.connector.messages.length, 1)
      assert.deepEqual(shown(), stepCard('so-far', 0))
    })

    it('stays open while something in it is not right', async () => {
      bot.state.reply = { card: stepCard('agreement', 5) }
      await anna.says('agreement', 'direct', { entities })
      bot.state.reply = { card: { ...stepCard('agreement', 5), fallbackText: 'Not yet' } }
      const message = bot.connector.messages[0]?.id
      const { body } = await press('task/submit', { verb: 'step', step: 'agreement', message })
      assert.equal(windowOf(body).value.title, 'Not yet')
      assert.equal(submitsOn(windowOf(body).value.card.content)[0]?.data.message, message)
      assert.equal(bot.connector.messages[0]?.updates, 0)
    })

    it('writes over nothing in a channel, whatever claims to be a window there', async () => {
      bot.state.reply = { card: stepCard('so-far', 0) }
      await anna.says('help', { channel: ABSENCE })
      const { id: message, updates } = bot.connector.messages[0] ?? assert.fail()
      const value = { data: { verb: 'setup', message } }
      const { body } = await happens({ type: 'invoke', name: 'task/submit', value }, { channel: ABSENCE })
      assert.equal(windowOf(body).type, 'continue')
      assert.deepEqual([updates, bot.connector.messages[0]?.updates, bot.connector.messages.length], [0, 0, 1])
    })

    it('goes on below when the card it was opened from is gone', async () => {
      bot.state.reply = { card: stepCard('agreement', 5) }
      await anna.says('agreement', 'direct', { entities })
      bot.connector.misbehave({ status: 404 })
      bot.state.reply = { card: stepCard('so-far', 0) }
      await press('task/submit', { verb: 'step', step: 'agreement', message: bot.connector.messages[0]?.id })
      assert.equal(bot.connector.messages.length, 2)
    })

    it('says in the window when a turn fails', async () => {
      bot.state.reply = () => Promise.reject(new Error('lost'))
      const { body } = await press('task/submit', { verb: 'step' })
      assert.deepEqual(body.task, { type: 'message', value: FAILURE })
    })
  })

  describe('when a turn fails', () => {
    const fail = async () => {
      throw Object.assign(new Error('Mia was not there'), { code: 'store-down' })
    }

    it('says so in fixed words, answers 500 and keeps the error to itself', async () => {
      bot.state.reply = fail
      assert.deepEqual(await anna.says('hi'), { status: 500, body: { error: 'failed' } })
      assert.deepEqual(
        said().map(({ text }) => text),
        [FAILURE],
      )
      assert.equal(bot.logged.at(-1)?.code, 'store-down')
      assert.doesNotMatch(JSON.stringify(bot.logged), /Mia/)
    })

    it('answers a click in fixed words, with the status that lets Teams show them', async () => {
      bot.state.reply = fail
      const { status, body } = await happens({ type: 'invoke', name: 'adaptiveCard/action', value: {} })
      assert.deepEqual([status, body.statusCode, body.value], [200, 200, FAILURE])
      assert.equal(bot.logged.at(-1)?.code, 'store-down')
    })
  })

  describe('when Teams does not take a reply', () => {
    beforeEach(() => {
      bot.state.reply = { text: 'Hello' }
    })

    it('tries up to three times', async () => {
      bot.connector.misbehave({ status: 502 }, 'reset')
      assert.equal((await anna.says('hi')).status, 200)
      assert.deepEqual(
        said().map(({ text }) => text),
        ['Hello'],
      )
      assert.equal(bot.connector.requests.length, 3)
    })

    it('waits as long as it is told to', async () => {
      bot.connector.misbehave({ status: 429, retryAfter: '0.3' })
      const start = performance.now()
      await anna.says('hi')
      assert.ok(performance.now() - start >= 300)
      assert.equal(said().length, 1)
    })

    it('gives up after three, and does not have the work done again', async () => {
      bot.connector.misbehave(...Array(4).fill({ status: 503 }))
      assert.equal((await anna.says('hi')).status, 200)
      assert.equal(bot.connector.requests.length, 3)
      assert.equal(bot.logged.at(-1)?.code, 'unavailable')
    })

    it('gives up at once when it is final or would take too long', async () => {
      bot.connector.misbehave({ status: 403 })
      await anna.says('hi')
      bot.connector.misbehave({ status: 429, retryAfter: '60' })
      await anna.says('hi')
      assert.equal(bot.connector.requests.length, 2)
      assert.deepEqual(
        bot.logged.map(({ code }) => code),
        ['bot-removed', 'throttled'],
      )
    })

    it('is through in time although Teams hangs', async () => {
      bot.connector.misbehave('hang')
      const start = performance.now()
      assert.equal((await anna.says('hi')).status, 200)
      assert.ok(performance.now() - start < 1000)
      assert.equal(bot.logged.at(-1)?.code, 'timeout')
    })
  })

  it('carries a failure to deliver out of the core as any other', async () => {
    bot.state.reply = () => Promise.reject(new DeliveryError('throttled', { permanent: false }))
    assert.equal((await anna.says('hi')).status, 500)
  })
})
