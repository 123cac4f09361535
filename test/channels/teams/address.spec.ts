import assert from 'node:assert/strict'
import fc from 'fast-check'
import { DeliveryError } from '../../../src/app/ports.ts'
import {
  beginsThread,
  conversationOf,
  readAddress,
  rootMessage,
  type TeamsAddress,
  writeAddress,
} from '../../../src/channels/teams/address.ts'

const channel: TeamsAddress = {
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  conversation: '19:abc@thread.tacv2',
  tenant: 'tenant',
  bot: '28:bot',
  kind: 'channel',
}
const thread = { ...channel, conversation: '19:abc@thread.tacv2;messageid=123' }
const chat: TeamsAddress = { ...channel, conversation: 'a:1', kind: 'chat' }

describe('a Teams address', () => {
  it('is read as it was written, whatever the ids look like', () => {
    const kind = fc.constantFrom('chat' as const, 'channel' as const)
    const id = fc.string({ unit: 'grapheme', minLength: 1 })
    const addresses = fc.record(
      { serviceUrl: id, conversation: id, tenant: fc.string(), bot: fc.string(), kind },
      { noNullPrototype: true },
    )
    fc.assert(fc.property(addresses, (address) => assert.deepEqual(readAddress(writeAddress(address)), address)))
  })

  it('is one word, good for a key or a log', () => {
    assert.match(writeAddress(thread), /^teams:[\w-]+$/)
  })

  it('is refused for good when it is none of ours', () => {
    const list = (value: unknown) => `teams:${Buffer.from(JSON.stringify(value)).toString('base64url')}`
    const four = ['u', 'c', 't', 'b']
    for (const odd of [
      '',
      'slack:T1/C1',
      'teams:',
      'teams:!!',
      list(7),
      list(four),
      list([...four, 'pub']),
      list([1, 2, 3, 4, 'chat']),
    ])
      assert.throws(
        () => readAddress(odd),
        (error) => error instanceof DeliveryError && error.code === 'bad-address' && error.permanent,
        odd,
      )
  })

  it('of a channel begins a thread; of a thread or a chat does not', () => {
    assert.deepEqual([channel, thread, chat].map(beginsThread), [true, false, false])
  })

  it('finds a message in the thread it began', () => {
    assert.equal(conversationOf(channel, '123'), thread.conversation)
    assert.equal(conversationOf(thread, '456'), thread.conversation)
    assert.equal(conversationOf(chat, '456'), 'a:1')
  })

  it('knows which message began a thread', () => {
    assert.equal(rootMessage(thread.conversation), '123')
    assert.equal(rootMessage(channel.conversation), undefined)
  })
})
