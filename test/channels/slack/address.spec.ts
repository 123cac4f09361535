import assert from 'node:assert/strict'
import fc from 'fast-check'
import { DeliveryError } from '../../../src/app/ports.ts'
import { readAddress, writeAddress } from '../../../src/channels/slack/address.ts'
import { keys } from '../../../src/store/keys.ts'

const id = fc.stringMatching(/^[A-Z0-9]{1,20}$/)
const addresses = fc.record({ workspace: id, channel: id }, { noNullPrototype: true })

const refused = (address: string) =>
  assert.throws(
    () => readAddress(address),
    (error) => error instanceof DeliveryError && error.code === 'bad-address' && error.permanent,
    address,
  )

describe('a Slack address', () => {
  it('is read as it was written', () => {
    fc.assert(fc.property(addresses, (address) => assert.deepEqual(readAddress(writeAddress(address)), address)))
  })

  it('is another for another conversation or another workspace, also as a key', () => {
    const keyOf = (address: { workspace: string; channel: string }) => keys.due(writeAddress(address))
    fc.assert(
      fc.property(addresses, addresses, (one, other) => {
        const same = one.workspace === other.workspace && one.channel === other.channel
        assert.equal(keyOf(one) === keyOf(other), same)
      }),
    )
  })

  it('begins with the name of the channel it belongs to', () => {
    assert.equal(writeAddress({ workspace: 'T0SKOLEN01', channel: 'C0GENERAL1' }), 'slack:T0SKOLEN01/C0GENERAL1')
  })

  it('is refused for good when it is none of ours', () => {
    for (const odd of [
      '',
      'slack:',
      'slack:T1',
      'slack:T1/',
      'slack:/C1',
      'slack:T1/C1/x',
      'teams:T1/C1',
      'slack:t1/c1',
    ])
      refused(odd)
    for (const odd of ['slack:T1/C1\n', ' slack:T1/C1', 'slack:T1/..', 'slack:T1/C1?x']) refused(odd)
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => refused(`slack:${text}`)))
  })
})
