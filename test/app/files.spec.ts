import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createFiles, type FetchFile } from '../../src/app/files.ts'
import { type FileMakers, type FileOrder, StoreError, type Ticket } from '../../src/app/ports.ts'
import { linkFor, readTicket } from '../../src/store/links.ts'
import { connect, disconnect } from '../../src/store/redis.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { nodes, wordsOn } from '../helpers/cards.ts'
import { type CoreStage, content, coreStage, PEOPLE } from '../helpers/core-stage.ts'
import { clickOn } from '../helpers/play.ts'
import { sharedRedis } from '../helpers/redis.ts'

const PLAN = { day: '2026-12-02', time: '14:30', length: '45', place: 'school' }

/** Plans a meeting as Karen does. */
async function planned(stage: CoreStage): Promise<void> {
  await stage.until('2026-11-24T14:10')
  await stage.says(PEOPLE.karen, 'meeting', 'direct')
  await stage.says(PEOPLE.karen, 'MK', 'direct')
  await press(stage, 'Next', PLAN)
  await stage.says(PEOPLE.karen, 'mum', 'direct')
  await press(stage, 'Make the invitation', { pupil: 'whole' })
}

async function press(stage: CoreStage, title: string, fills: Record<string, string> = {}) {
  const click = clickOn(stage, PEOPLE.karen, title, { fills })
  assert.ok(click, `no card shows "${title}"`)
  return stage.presses(PEOPLE.karen, click.message, click.verb, click.data)
}

describe('whoever follows a link', () => {
  const ring = parseKeyRing(`test:${randomBytes(32).toString('base64')}`)
  const lines: string[] = []
  const note = (fields: object, message: string) => void lines.push(JSON.stringify({ ...fields, message }))
  const log = { info: note, warn: note, error: note }
  let stage: CoreStage
  let redis: Awaited<ReturnType<typeof connect>>
  let order: Extract<FileOrder, { meeting: string }>
  let made: string[]
  let make: FileMakers

  before(async () => {
    stage = await coreStage('en')
    redis = await connect((await sharedRedis()).config)
    await planned(stage)
    const { mine } = await stage.store.read({ team: stage.team, user: PEOPLE.karen, mine: true })
    const found = mine[0]?.value
    assert.ok(found)
    order = { kind: 'invitation', code: found.code, meeting: found.meetings?.[0]?.id ?? '' }
  })
  beforeEach(() => {
    made = []
    const maker = (kind: string) => async () => {
      made.push(kind)
      return Buffer.from(kind)
    }
    make = { invitation: maker('invitation'), minutes: maker('minutes'), deck: maker('deck') }
    lines.length = 0
  })
  after(async () => {
    await disconnect(redis)
    await stage.close()
  })

  const files = (over: Partial<Parameters<typeof createFiles>[0]> = {}): FetchFile =>
    createFiles({
      kit: { content },
      store: stage.store,
      readTicket: (token) => readTicket(ring, token),
      make,
      log,
      ...over,
    })
  const ticket = async (over: Partial<Ticket> = {}): Promise<string> => {
    const until = (await stage.store.now()) + 60_000
    const given: Ticket = {
      id: randomBytes(8).toString('hex'),
      team: stage.team,
      user: PEOPLE.karen,
      until,
      order,
      ...over,
    }
    return linkFor(ring, '', given).slice('/files/'.length)
  }
  const kindOf = async (token: string, fetch = files()) => (await fetch(token)).kind

  it('gets the file, and the audit log knows who, which case and what', async () => {
    const found = await files()(await ticket())
    assert.ok(found.kind === 'file')
    assert.deepEqual([found.name, String(found.body)], [`meeting-${order.code}.ics`, 'invitation'])
    const [key = ''] = await redis.keys(`*${stage.team}*audit`)
    const [last] = await redis.xrevrange(key, '+', '-', 'COUNT', 1)
    assert.deepEqual(last?.[1].slice(2), ['actor', PEOPLE.karen, 'action', 'file-invitation', 'code', order.code])
  })

  it('gets nothing unless the gate lets them read the case', async () => {
    for (const user of [PEOPLE.birte, PEOPLE.bo, PEOPLE.gitte, PEOPLE.stranger, 'nobody'])
      assert.equal(await kindOf(await ticket({ user })), 'unknown', user)
    assert.deepEqual(made, [])
  })

  it('gets the slides of a parents’ meeting as a member of the team, and only so', async () => {
    const slides: FileOrder = { kind: 'deck', stage: 'udskoling', school: { away: 'a', contact: 'c' } }
    const found = await files()(await ticket({ user: PEOPLE.bo, order: slides }))
    assert.ok(found.kind === 'file')
    assert.equal(found.name, 'parents-meeting-udskoling.pptx')
    for (const user of [PEOPLE.gitte, PEOPLE.stranger])
      assert.equal(await kindOf(await ticket({ user, order: slides })), 'unknown', user)
  })

  it('gets nothing that is not there', async () => {
    for (const wrong of [
      { order: { ...order, code: order.code === 'F-2222' ? 'F-3333' : 'F-2222' } },
      { order: { ...order, meeting: 'another' } },
      // It has not been held.
      { order: { ...order, kind: 'minutes' as const } },
      { team: 'another-team' },
    ])
      assert.equal(await kindOf(await ticket(wrong)), 'unknown', JSON.stringify(wrong))
    assert.deepEqual(made, [])
  })

  it('gets nothing from a link of another key', async () => {
    const foreign = parseKeyRing(`test:${randomBytes(32).toString('base64')}`)
    const until = (await stage.store.now()) + 60_000
    const token = linkFor(foreign, '', { id: 'x', team: stage.team, user: PEOPLE.karen, until, order }).slice(7)
    assert.equal(await kindOf(token), 'unknown')
  })

  it('gets nothing once the link has ended, to the very moment', async () => {
    const now = await stage.store.now()
    const store = {
      ...stage.store,
      read: async (request: object) => ({ ...(await stage.store.read(request as never)), now }),
    }
    const at = async (until: number) => kindOf(await ticket({ until }), files({ store }))
    assert.deepEqual([await at(now), await at(now - 1), await at(now + 1)], ['over', 'over', 'file'])
  })

  it('may try again when the file could not be made', async () => {
    const broken: FileMakers = {
      ...make,
      invitation: async () => {
        throw new Error('MK: hemmelig')
      },
    }
    const token = await ticket()
    assert.equal(await kindOf(token, files({ make: broken })), 'unavailable')
    assert.match(lines.join(), /"code":"Error","kind":"file","file":"invitation"/)
    assert.doesNotMatch(lines.join(), /MK|hemmelig/)
    assert.equal(await kindOf(token), 'file')
  })

  it('may try again when Redis does not answer', async () => {
    const token = await ticket()
    const read = async () => {
      throw new StoreError('store-unavailable')
    }
    assert.equal(await kindOf(token, files({ store: { ...stage.store, read } })), 'unavailable')
    assert.equal(await kindOf(token), 'file')
    assert.equal(await kindOf(token), 'over')
  })

  for (const [what, happens] of [
    ['Redis is lost when the file is there', false],
    ['Redis does not say that it has noted the download', true],
  ] as const)
    it(`may try again when ${what}`, async () => {
      const token = await ticket()
      const commit: typeof stage.store.commit = async (change) => {
        if (happens) await stage.store.commit(change)
        throw new StoreError('store-unavailable')
      }
      assert.equal(await kindOf(token, files({ store: { ...stage.store, commit } })), 'unavailable')
      assert.equal(await kindOf(token), 'file')
      assert.equal(await kindOf(token), 'over')
    })

  it('has nothing made with a link that is used up', async () => {
    const token = await ticket()
    const kinds = [await kindOf(token), await kindOf(token), await kindOf(token)]
    assert.deepEqual([kinds, made], [['file', 'over', 'over'], ['invitation']])
  })

  it('gets one file, however often at once', async () => {
    const token = await ticket()
    const kinds = await Promise.all(Array.from({ length: 5 }, () => kindOf(token)))
    assert.deepEqual(kinds.sort(), ['file', 'over', 'over', 'over', 'over'])
  })
})

describe('without a public address', () => {
  it('no file is offered, and it is said why', async () => {
    const stage = await coreStage('en', { files: false })
    try {
      await planned(stage)
      const { card } = stage.posted().findLast(({ to }) => to === PEOPLE.karen) ?? {}
      assert.match(wordsOn(card), /The meeting is set[\s\S]*I cannot make files here yet\..*TOVHOLDER_URL/)
      assert.equal(nodes(card).filter(({ type }) => type === 'Action.OpenUrl').length, 0)
      const shown = await press(stage, 'Open the case')
      assert.doesNotMatch(wordsOn(shown.card), /Add to the calendar/)
    } finally {
      await stage.close()
    }
  })
})
