import assert from 'node:assert/strict'
import { type Authenticate, withTokens } from '../../../src/channels/teams/authentication.ts'
import { createTeams } from '../../../src/channels/teams/index.ts'
import { ANNA } from '../../helpers/fake-connector.ts'
import { APP_ID, type Bot, startBot } from './setup.ts'

const HOUR = 3600
const seconds = () => Math.floor(Date.now() / 1000)

describe('authentication of requests from Teams', () => {
  let bot: Bot
  const quiet = console.error

  before(() => {
    // The SDK prints the key of every token it refuses.
    console.error = () => undefined
  })
  after(() => {
    console.error = quiet
  })
  beforeEach(async () => {
    bot = await startBot()
  })
  afterEach(() => bot.close())

  const message = (more: object = {}) =>
    bot.connector.activity(ANNA, 'direct', { type: 'message', text: 'hi', ...more })
  const deliver = (token: string | undefined, more?: object) => bot.connector.deliver(message(more), token)
  const code = () => bot.logged.at(-1)?.code

  it('accepts a good token', async () => {
    assert.equal((await deliver(bot.identity.token())).status, 200)
    assert.equal(bot.heard.length, 1)
  })

  const refusals: Record<string, () => string | undefined> = {
    'no token': () => undefined,
    'no token at all behind the word': () => ' ',
    'something that is no token': () => 'abc',
    'an expired token': () => bot.identity.token({ exp: seconds() - HOUR, nbf: seconds() - 2 * HOUR }),
    'a token that is not valid yet': () => bot.identity.token({ nbf: seconds() + HOUR, exp: seconds() + 2 * HOUR }),
    'a token without an expiry': () => bot.identity.token({ exp: undefined }),
    'a token for another bot': () => bot.identity.token({ aud: 'another-app' }),
    'a token from another issuer': () => bot.identity.token({ iss: 'https://login.example' }),
    "the Emulator's kind of token": () =>
      bot.identity.token({
        iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
        ver: '1.0',
        appid: APP_ID,
      }),
    'a token of a foreign tenant': () => bot.identity.token({ tid: 'foreign' }),
    'a token with an unknown key': () => bot.identity.token({}, { kid: 'unknown' }),
    'a token signed with another key': () => bot.identity.forged(),
    'an unsigned token': () => bot.identity.unsigned(),
    'a token for another service URL': () =>
      bot.identity.token({ serviceurl: 'https://smba.trafficmanager.net/emea/' }),
    'a token without a service URL': () => bot.identity.token({ serviceurl: undefined }),
  }
  for (const [name, token] of Object.entries(refusals))
    it(`refuses ${name} without saying why`, async () => {
      assert.deepEqual(await deliver(token()), { status: 401, body: { error: 'unauthorized' } })
      assert.deepEqual(bot.heard, [])
    })

  it('refuses a body without a service URL, or with another than the token', async () => {
    const token = bot.identity.token()
    await deliver(token)
    for (const serviceUrl of [undefined, '', 'https://smba.trafficmanager.net/emea/'])
      assert.equal((await deliver(token, { serviceUrl })).status, 401)
    assert.equal(bot.heard.length, 1)
  })

  it('refuses a host that is not known, even with a good token for it', async () => {
    const serviceUrl = 'https://evil.example/'
    const answer = await deliver(bot.identity.token({ serviceurl: serviceUrl }), { serviceUrl })
    assert.deepEqual(answer, { status: 403, body: { error: 'forbidden' } })
    assert.equal(code(), 'unknown-service-host')
  })

  it('refuses a foreign tenant, an unnamed one, and one that is named twice and differently', async () => {
    const { tenant } = bot.connector
    const conversation = { id: 'a:1', conversationType: 'personal' }
    const foreign = { tenant: { id: 'foreign' } }
    for (const odd of [
      { channelData: foreign, conversation: { ...conversation, tenantId: 'foreign' } },
      { channelData: foreign, conversation: { ...conversation, tenantId: tenant } },
      { channelData: { tenant: { id: tenant } }, conversation: { ...conversation, tenantId: 'foreign' } },
      { channelData: {}, conversation },
    ]) {
      assert.equal((await deliver(bot.identity.token(), odd)).status, 403)
      assert.equal(code(), 'foreign-tenant')
    }
    assert.deepEqual(bot.heard, [])
  })

  it('refuses another channel of the Bot Framework', async () => {
    assert.equal((await deliver(bot.identity.token(), { channelId: 'directline' })).status, 401)
  })

  it('refuses a body that is no activity', async () => {
    for (const odd of [
      [],
      { ...message(), type: undefined },
      { ...message(), conversation: { tenantId: bot.connector.tenant } },
    ])
      assert.equal((await bot.connector.deliver(odd, bot.identity.token())).status, 400)
  })

  it('goes on with the keys it has when the key server is down, days later', async () => {
    await deliver(bot.identity.token())
    bot.identity.goDown()
    const { now } = Date
    Date.now = () => now() + 48 * HOUR * 1000
    try {
      const fresh = bot.identity.token({ jti: 'another' })
      assert.equal((await deliver(fresh)).status, 200)
    } finally {
      Date.now = now
    }
  })

  it('refuses everybody while it has no keys, and recovers by itself', async () => {
    const fresh = await startBot()
    const token = fresh.identity.token()
    const said = () => fresh.connector.tester(ANNA, token).says('hi')
    try {
      fresh.identity.goDown()
      assert.equal((await said()).status, 401)
      fresh.identity.goDown(false)
      assert.equal((await said()).status, 200)
    } finally {
      await fresh.close()
    }
  })

  it('needs a whole registration and a tenant', () => {
    const rest = { turn: async () => ({}), say: () => '', log: { warn() {}, error() {} } }
    const registration = { appId: APP_ID, appPassword: 'x', appType: 'SingleTenant', appTenantId: 't' } as const
    const config = { ...registration, anonymous: false, allowedTenants: ['t'] } as const
    assert.throws(() => createTeams({ ...rest, config: { ...config, allowedTenants: [] } }), /tenant/)
    assert.throws(() => createTeams({ ...rest, config: { ...config, appPassword: '' } }), /MicrosoftAppPassword/)
    assert.throws(() => createTeams({ ...rest, config: { ...config, appType: 'UserAssignedMSI' } }), /must not be set/)
    assert.throws(() => createTeams({ ...rest, config: { ...config, appId: '' } }), /MicrosoftAppId/)
  })
})

describe('a token that was found good', () => {
  const serviceUrl = 'https://smba.trafficmanager.net/emea/'
  const activity = {
    channelId: 'msteams',
    serviceUrl,
    channelData: { tenant: { id: 't' } },
  } as Parameters<Authenticate>[1]
  let validated: string[] = []
  let clock = 0
  let authenticate: Authenticate
  beforeEach(() => {
    validated = []
    clock = 0
    authenticate = withTokens({
      validate: async (authorization) => {
        validated.push(authorization)
        return { expires: 1000, serviceUrl }
      },
      serviceAllowed: () => true,
      tenants: ['t'],
      now: () => clock,
    })
  })

  it('is not validated again until it expires', async () => {
    for (clock of [0, 500, 999, 1000]) assert.deepEqual(await authenticate('Bearer a', activity), { status: 200 })
    assert.equal(validated.length, 2)
  })

  it('is good for its own service URL only', async () => {
    await authenticate('Bearer a', activity)
    const elsewhere = { ...activity, serviceUrl: 'https://smba.trafficmanager.net/amer/' }
    assert.deepEqual(await authenticate('Bearer a', elsewhere), { status: 401, code: 'service-url-differs' })
  })

  it('is forgotten when a thousand others have come since', async () => {
    for (let n = 0; n <= 1000; n++) await authenticate(`Bearer ${n}`, activity)
    await authenticate('Bearer 1000', activity)
    assert.equal(validated.length, 1001)
    await authenticate('Bearer 0', activity)
    assert.equal(validated.length, 1002)
  })
})

describe('the local playground', () => {
  let bot: Bot
  before(async () => {
    bot = await startBot({ config: { anonymous: true } })
  })
  after(() => bot.close())

  it('needs no token on this machine', async () => {
    assert.equal((await bot.connector.tester(ANNA).says('hi')).status, 200)
    assert.equal(bot.heard.length, 1)
  })

  it('is refused from anywhere else', async () => {
    const activity = bot.connector.activity(ANNA, 'direct', { type: 'message', text: 'hi' })
    for (const serviceUrl of ['https://smba.trafficmanager.net/emea/', 'http://10.0.0.1/', undefined])
      assert.equal((await bot.connector.deliver({ ...activity, serviceUrl })).status, 403)
    assert.equal(bot.heard.length, 1)
  })
})
