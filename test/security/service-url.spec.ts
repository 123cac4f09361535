import { strict as assert } from 'node:assert'
import { createFakeConnector, type FakeConnector } from '../helpers/fake-connector.ts'
import { createFakeIdentity } from '../helpers/fake-identity.ts'
import { CODE, type School, startSchool } from './school.ts'

describe('a service URL that is not Teams’ own', function () {
  this.timeout(20_000)
  let school: School
  /** Where a forger would like our token and our words to go: it would take them. */
  let trap: FakeConnector
  const quiet = console.error
  before(async () => {
    console.error = () => undefined
    school = await startSchool()
    trap = await createFakeConnector({ team: school.connector.team })
  })
  after(async () => {
    console.error = quiet
    await Promise.all([school.close(), trap.close()])
  })

  const bodies = (serviceUrl: unknown) =>
    [
      { type: 'message', text: 'help' },
      { type: 'installationUpdate', action: 'add' },
      { type: 'conversationUpdate', membersAdded: [school.connector.bot] },
      { type: 'invoke', name: 'adaptiveCard/action', value: { action: { verb: 'open', data: { code: CODE } } } },
    ].map((more) => school.activity('creator', { ...more, serviceUrl }))

  it('makes no request where the token is for another', async () => {
    for (const body of bodies(trap.serviceUrl)) assert.equal((await school.post(body)).status, 401)
    assert.deepEqual(trap.requests, [])
  })

  it('makes no request where nobody signed it', async () => {
    const claim = { serviceurl: trap.serviceUrl }
    for (const bearer of [
      school.identity.forged(),
      school.identity.unsigned(),
      school.identity.token({ ...claim, aud: 'x' }),
    ])
      for (const body of bodies(trap.serviceUrl)) assert.equal((await school.post(body, bearer)).status, 401)
    assert.deepEqual(trap.requests, [])
  })

  it('makes no request to a host that is not known, though the token is good and names it', async () => {
    for (const serviceUrl of [
      trap.serviceUrl.replace('127.0.0.1', 'localhost'),
      trap.serviceUrl.replace('127.0.0.1', '[::1]'),
      trap.serviceUrl.replace('127.0.0.1', '127.0.0.1.nip.example'),
      trap.serviceUrl.replace('//', '//smba.trafficmanager.net@'),
      'https://smba.trafficmanager.net.evil.example/',
    ]) {
      const bearer = school.identity.token({ serviceurl: serviceUrl })
      for (const body of bodies(serviceUrl)) {
        const { status } = await school.post(body, bearer)
        assert.ok(status === 401 || status === 403, `${serviceUrl}: ${status}`)
      }
    }
    assert.deepEqual(trap.requests, [])
  })

  it('is not among what is kept: nothing that is said later goes there', async () => {
    const identity = await createFakeIdentity({ appId: 'x', serviceUrl: trap.serviceUrl })
    for (const body of bodies(trap.serviceUrl)) await school.post(body, identity.token())
    await school.reset('creator')
    await school.clicks('creator', 'done', { code: CODE, agreement: 'a1' })
    await school.settle('19:general@thread.tacv2')
    assert.deepEqual(trap.requests, [])
    await identity.close()
  })
})
