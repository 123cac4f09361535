import assert from 'node:assert/strict'
import { ANNA } from '../../helpers/fake-connector.ts'
import { type Bot, startBot } from './setup.ts'

/** What is no activity although it is signed: each part of another kind than it should be. */
const ODD: Record<string, object> = {
  'a type of nothing': { type: '' },
  'a text that is a list': { text: ['hi'] },
  'a language that is an object': { locale: { toLowerCase: 'x' } },
  'a person with an id that is a number': { from: { id: 7 } },
  'half a character in an id': { from: { id: '29:x', aadObjectId: '\ud800' } },
  'a person that is a text': { from: 'Anna' },
  'ourselves as a text': { recipient: '%E0%A4%A' },
  'a conversation without a name': { conversation: { id: '', conversationType: 'personal' } },
  'a team whose id is a list': { channelData: { team: { id: ['19:x'] } } },
  'members that are no list': { type: 'conversationUpdate', membersAdded: { length: 1 } },
  'a member that is nothing': { type: 'conversationUpdate', membersAdded: [null] },
  'a mention of nothing': { entities: [null] },
  'a mention with an object for a text': { entities: [{ type: 'mention', text: { toString: 1 } }] },
  'an event whose id is an object': { id: { toString: 1 } },
}

describe('what is signed but is no activity', () => {
  let bot: Bot
  before(async () => {
    bot = await startBot()
  })
  after(() => bot.close())
  const deliver = (more: object) =>
    bot.connector.deliver(
      bot.connector.activity(ANNA, 'direct', { type: 'message', text: 'hi', ...more }),
      bot.identity.token(),
    )

  for (const [name, odd] of Object.entries(ODD))
    it(`is refused: ${name}`, async () => {
      const tenant = { tenant: { id: bot.connector.tenant } }
      const more = 'channelData' in odd ? { channelData: { ...tenant, ...(odd.channelData as object) } } : {}
      const answer = await deliver({ ...odd, ...more })
      assert.deepEqual(answer, { status: 400, body: { error: 'bad-request' } })
      assert.deepEqual(bot.heard, [])
    })

  it('is refused where the tenant is no text', async () => {
    for (const id of [7, ['t'], { toString: 1 }, {}])
      assert.equal((await deliver({ channelData: { tenant: { id } } })).status, 403)
  })

  it('is heard where only what nobody reads is odd', async () => {
    for (const more of [{ attachments: 7 }, { from: { ...ANNA, role: [] } }, { locale: null }, { entities: [] }]) {
      assert.equal((await deliver(more)).status, 200)
      assert.equal(bot.heard.splice(0).length, 1)
    }
  })

  it('is a click on nothing where its verb is no text', async () => {
    for (const verb of [7, {}, { toString: 1 }, ['done']]) {
      const value = { action: { type: 'Action.Execute', verb, data: {} } }
      assert.equal((await deliver({ type: 'invoke', name: 'adaptiveCard/action', value })).status, 200)
      assert.deepEqual(bot.heard.splice(0)[0]?.what, { kind: 'action', verb: '', data: {} })
    }
    assert.equal((await deliver({ type: 'invoke', name: 'constructor' })).status, 200)
    assert.deepEqual(bot.heard, [])
  })
})
