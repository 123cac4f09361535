import assert from 'node:assert/strict'
import { StoreError } from '../../src/app/ports.ts'
import { readRedisUrl } from '../../src/store/redis-url.ts'

describe('the address of Redis', () => {
  it('is one server unless it says otherwise', () => {
    for (const url of ['redis://localhost:6379', 'rediss://user:secret@redis.example/0', '/run/redis.sock'])
      assert.deepEqual(readRedisUrl(url), { kind: 'url', url })
  })

  it('is Sentinels and the name they know the master by', () => {
    assert.deepEqual(readRedisUrl('redis+sentinel://one:5000,two,[::1]:5001/mymaster'), {
      kind: 'sentinel',
      sentinels: [
        { host: 'one', port: 5000 },
        { host: 'two', port: 26_379 },
        { host: '::1', port: 5001 },
      ],
      name: 'mymaster',
    })
  })

  it('is a Cluster, of which some servers are named', () => {
    assert.deepEqual(readRedisUrl('rediss+cluster://tov:se%40me@one:7000,two/'), {
      kind: 'cluster',
      nodes: [
        { host: 'one', port: 7000 },
        { host: 'two', port: 6379 },
      ],
      username: 'tov',
      password: 'se@me',
      tls: true,
    })
  })

  it('may have a password for Redis and another for the Sentinels', () => {
    assert.deepEqual(readRedisUrl('redis+sentinel://:open@one/main?sentinel-password=sesame'), {
      kind: 'sentinel',
      sentinels: [{ host: 'one', port: 26_379 }],
      name: 'main',
      password: 'open',
      sentinelPassword: 'sesame',
    })
  })

  for (const [what, url] of Object.entries({
    'Sentinels without a name': 'redis+sentinel://:sesame@one:5000',
    'a Cluster with a name': 'redis+cluster://:sesame@one:7000/name',
    'no host': 'redis+cluster://:sesame@',
    'a port that is none': 'redis+cluster://:sesame@one:70000',
    'hosts that are parted otherwise': 'redis+cluster://:sesame@one:1;two:2',
    'something else than the two': 'redis+magic://:sesame@one',
    'a percent sign on its own': 'redis+cluster://:sesame%@one',
  }))
    it(`is refused with a remedy, and without its password, where it has ${what}`, () => {
      assert.throws(
        () => readRedisUrl(url),
        (error) =>
          error instanceof StoreError &&
          error.code === 'redis-url-invalid' &&
          !String(error.cause).includes('sesame') &&
          String(error.cause).length > 30,
      )
    })
})
