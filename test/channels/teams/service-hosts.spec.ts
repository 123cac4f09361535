import assert from 'node:assert/strict'
import { isLoopback, serviceHosts } from '../../../src/channels/teams/service-hosts.ts'

describe('the service hosts', () => {
  const allowed = serviceHosts([])

  for (const url of [
    'https://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net/teams',
    'https://europe.botframework.com/',
    'https://smba.infra.gcc.teams.microsoft.com/teams',
    'https://smba.infra.gov.teams.microsoft.us/teams',
    'https://SMBA.trafficmanager.net/',
  ])
    it(`take ${url}`, () => assert.equal(allowed(url), true))

  for (const url of [
    'http://smba.trafficmanager.net/emea/',
    'https://other.trafficmanager.net/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://evil.example/smba.trafficmanager.net',
    'https://notbotframework.com/',
    'https://user@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net@evil.example/',
    'http://127.0.0.1:6379/',
    'https://169.254.169.254/',
    'file:///etc/passwd',
    'smba.trafficmanager.net',
    '',
  ])
    it(`refuse ${url || 'an empty URL'}`, () => assert.equal(allowed(url), false))

  it('take what an operator adds, and plain http on this machine only', () => {
    const own = serviceHosts(['127.0.0.1', 'teams.local.example', '.below.example'])
    assert.equal(own('http://127.0.0.1:1234/'), true)
    assert.equal(own('https://teams.local.example/'), true)
    assert.equal(own('http://teams.local.example/'), false)
    assert.equal(own('https://a.below.example/'), true)
    assert.equal(own('http://localhost/'), false)
  })

  it('know this machine', () => {
    assert.deepEqual(
      ['http://localhost:1/', 'http://127.0.0.1/', 'http://[::1]/', 'http://10.0.0.1/', 'no'].map(isLoopback),
      [true, true, true, false, false],
    )
  })
})
