import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { DeliveryError, StoreError, type Vault } from '../../../src/app/ports.ts'
import { createWebApi, type WebApi } from '../../../src/channels/slack/web-api.ts'
import { installedWorkspaces, oneWorkspace } from '../../../src/channels/slack/workspaces.ts'
import { createFakeSlack, type FakeSlack, slackWorkspace } from '../../helpers/fake-slack.ts'

const OURS = { id: 'T0SKOLEN01', token: 'xoxb-1', botUser: 'U1' }
const never = () => new Promise<never>(() => {})
const unavailable = () => Promise.reject(new StoreError('store-unavailable'))

describe('the workspaces that installed the app', () => {
  let secrets: Map<string, unknown>
  let asked: number
  let get: Vault['get']
  let revoked: Set<string>
  let away: boolean
  const web: WebApi = async (token) => {
    if (away) throw new DeliveryError('unreachable', { permanent: false })
    if (revoked.has(token)) throw new DeliveryError('slack-token-refused', { permanent: false })
    return {} as never
  }
  beforeEach(() => {
    secrets = new Map([['slack-T0SKOLEN01', OURS]])
    asked = 0
    revoked = new Set()
    away = false
    get = async (name) => secrets.get(name)
  })
  const workspaces = (memory?: number) =>
    installedWorkspaces(
      {
        get: (name) => {
          asked++
          return get(name)
        },
        put: async (name, value) => void secrets.set(name, value),
        remove: async (name) => void secrets.delete(name),
      },
      web,
      [OURS.id, 'T0LATER001'],
      memory,
    )

  it('are found, and remembered', async () => {
    const { find } = workspaces()
    assert.deepEqual([await find(OURS.id), await find(OURS.id), asked], [OURS, OURS, 1])
  })

  it('are looked for again after a while, so that what another process has changed is seen', async () => {
    const { find } = workspaces(50)
    await find(OURS.id)
    secrets.set('slack-T0SKOLEN01', { ...OURS, token: 'xoxb-2' })
    assert.equal((await find(OURS.id))?.token, 'xoxb-1')
    await wait(60)
    assert.equal((await find(OURS.id))?.token, 'xoxb-2')
    secrets.clear()
    await wait(60)
    assert.equal(await find(OURS.id), undefined)
  })

  it('are known by what is remembered while the vault is away or hangs', async () => {
    const { find } = workspaces(0)
    await find(OURS.id)
    get = unavailable
    assert.deepEqual(await find(OURS.id), OURS)
    get = never
    const started = performance.now()
    assert.deepEqual(await find(OURS.id), OURS)
    assert.ok(performance.now() - started < 700)
  })

  it('are not said to be strangers where nobody can know', async () => {
    get = unavailable
    await assert.rejects(workspaces().find(OURS.id), { code: 'store-unavailable' })
  })

  it('are those on the list only, whatever the vault holds', async () => {
    secrets.set('slack-T0FOREIGN1', OURS)
    assert.deepEqual([await workspaces().find('T0FOREIGN1'), asked], [undefined, 0])
  })

  it('are found as soon as they are added, and no more once they are removed', async () => {
    const { find, add, ended } = workspaces()
    assert.equal(await find('T0LATER001'), undefined)
    await add({ ...OURS, id: 'T0LATER001' })
    assert.equal((await find('T0LATER001'))?.token, 'xoxb-1')
    await add({ ...OURS, id: 'T0LATER001', token: 'xoxb-2' })
    assert.equal((await find('T0LATER001'))?.token, 'xoxb-2')
    revoked.add('xoxb-2')
    assert.equal(await ended('T0LATER001'), true)
    assert.equal(await find('T0LATER001'), undefined)
    assert.deepEqual([...secrets.keys()], ['slack-T0SKOLEN01'])
    assert.equal(await ended('T0LATER001'), false)
  })

  it('stay where Slack still takes the token: word of an end may come after a new beginning', async () => {
    const { find, ended } = workspaces()
    await find(OURS.id)
    revoked.add(OURS.token)
    // Put back in another process, of which this one knows nothing yet.
    secrets.set('slack-T0SKOLEN01', { ...OURS, token: 'xoxb-2' })
    assert.equal(await ended(OURS.id), false)
    assert.equal((await find(OURS.id))?.token, 'xoxb-2')
  })

  it('stay where Slack cannot be asked, so that it tells again', async () => {
    const { ended } = workspaces()
    away = true
    await assert.rejects(ended(OURS.id), { code: 'unreachable' })
    assert.ok(secrets.has('slack-T0SKOLEN01'))
  })
})

describe('the workspace of a bot token', () => {
  let slack: FakeSlack
  beforeEach(async () => {
    slack = await createFakeSlack()
  })
  afterEach(() => slack.close())
  const own = () => oneWorkspace(slackWorkspace().token, createWebApi({ url: slack.apiUrl, timeout: 1000 }))
  const asked = () => slack.requests.filter(({ method }) => method === 'auth.test').length

  it('is what Slack says it is, asked once', async () => {
    const { find } = own()
    const { id, token, botUserId: botUser } = slackWorkspace()
    const found = await Promise.all([find(id), find('T0FOREIGN1'), find(id)])
    assert.deepEqual(found, [{ id, token, botUser }, undefined, { id, token, botUser }])
    assert.equal(asked(), 1)
  })

  it('is asked for again where that failed', async () => {
    const { find } = own()
    slack.misbehaveIn('auth.test', { status: 500 })
    await assert.rejects(find(slackWorkspace().id))
    assert.equal((await find(slackWorkspace().id))?.botUser, slackWorkspace().botUserId)
    assert.equal(asked(), 2)
  })
})
