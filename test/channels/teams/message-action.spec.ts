import { strict as assert } from 'node:assert'
import { wordsOn } from '../../helpers/cards.ts'
import { CAST, type TeamsStage, teamsStage } from '../../helpers/teams-stage.ts'
import { submitsOn } from '../../helpers/windows.ts'

const GENERAL = '19:general@thread.tacv2'
const MESSAGE = {
  id: '1700000000001',
  body: {
    contentType: 'html',
    content:
      '<div><p>Vi &amp; hjemmet:</p>\n<p>du  m&#248;der <at id="0">Bo</at> ved porten&nbsp;kl. 8<br>hver mandag</p></div>',
  },
}
const TEXT = 'Vi & hjemmet:\ndu møder Bo ved porten kl. 8\nhver mandag'

describe('"Log agreement from this message" in Teams', () => {
  let stage: TeamsStage
  beforeEach(async () => {
    stage = await teamsStage('da')
    await stage.until('2026-11-23T10:00')
  })
  afterEach(async () => {
    await stage.close()
    assert.deepEqual(stage.connector.faults, [])
  })

  async function invoke(name: string, value: object, who = CAST.karen) {
    const place = { channel: GENERAL, thread: `${GENERAL};messageid=42` }
    const { connector } = stage
    const { status, body } = await connector.deliver(connector.activity(who, place, { type: 'invoke', name, value }))
    assert.equal(status, 200)
    return body.task as { type: string; value: { title: string; card: { content: object } } }
  }
  const pick = (who = CAST.karen, messagePayload: object = MESSAGE) =>
    invoke('composeExtension/fetchTask', { commandId: 'log-agreement', commandContext: 'message', messagePayload }, who)
  const send = (data: object, who = CAST.karen) =>
    invoke('composeExtension/submitAction', { commandId: 'log-agreement', commandContext: 'message', data }, who)
  const session = async () => {
    const team = stage.connector.team.id
    return (await stage.service.store.read({ team, user: CAST.karen.aadObjectId })).session?.value
  }
  const toKaren = () => stage.posted().findLast(({ to }) => to === CAST.karen.aadObjectId)

  it('opens the form with the text of the message in it, and keeps nothing', async () => {
    const before = stage.posted()
    const { type, value } = await pick()
    assert.deepEqual([type, value.title], ['continue', 'Skriv en aftale ned'])
    const [submit] = submitsOn(value.card.content)
    assert.equal(submit?.data.verb, 'drafted')
    assert.ok(wordsOn(value.card.content).includes(TEXT), wordsOn(value.card.content))
    assert.equal(await session(), undefined)
    assert.deepEqual(stage.posted(), before)
  })

  it('shows what to do instead of a form, where the message speaks of a child in danger', async () => {
    const content = 'Han siger, at far slår ham'
    const { value } = await pick(CAST.karen, { ...MESSAGE, body: { contentType: 'text', content } })
    const shown = wordsOn(value.card.content)
    assert.ok(shown.includes('Underretningspligten er din egen.'), shown)
    assert.ok(!shown.includes(content), shown)
    assert.equal(await session(), undefined)
    const [submit] = submitsOn((await pick()).value.card.content)
    const terms = { who: 'home', by: '2026-11-30', followUpOn: '2026-12-21', followUpHow: 'call' }
    const sent = await send({ ...submit?.data, ...terms, what: content })
    assert.ok(wordsOn(sent.value.card.content).includes('Underretningspligten er din egen.'))
    assert.equal(await session(), undefined)
  })

  it('says in the form what is not right yet', async () => {
    const [submit] = submitsOn((await pick()).value.card.content)
    const form = {
      ...submit?.data,
      what: 'Ring på 12 34 56 78',
      who: 'home',
      by: '2026-11-30',
      followUpOn: '2026-12-21',
      followUpHow: 'call',
    }
    const { value } = await send(form)
    assert.ok(wordsOn(value.card.content).includes('Telefonnummer eller mail må ikke stå i aftalen'))
    assert.ok(wordsOn(value.card.content).includes('Ring på 12 34 56 78'))
    assert.equal(await session(), undefined)
  })

  it('goes on in the direct chat once the form is sent, with the answers in it', async () => {
    const [submit] = submitsOn((await pick()).value.card.content)
    const what = 'Du møder en voksen ved porten kl. 8'
    const form = {
      ...submit?.data,
      what,
      who: 'home',
      by: '2026-11-30',
      followUpOn: '2026-12-21',
      followUpHow: 'visit',
    }
    const { type, value } = await send(form)
    assert.deepEqual([type, value], ['message', 'Det tager vi i vores private chat – jeg har skrevet til dig der.'])
    await stage.settle()
    const first = toKaren()
    assert.ok(first && wordsOn(first.card).includes('Hvilken elev?'))
    const pupil = await stage.says(CAST.karen.aadObjectId, 'MK', 'direct')
    assert.ok(wordsOn(pupil.card).includes('Hvad siger eleven selv?'), wordsOn(pupil.card))
    const kept = await session()
    assert.deepEqual([kept?.vars.what, kept?.vars.followUpHow, kept?.dialog], [what, 'visit', 'agreement-log'])
    assert.ok(!JSON.stringify(stage.posted().filter(({ to }) => to === 'channel')).includes(what))
  })

  it('warns before it takes the place of something half done', async () => {
    await stage.says(CAST.karen.aadObjectId, 'opkald forbered', 'direct')
    await stage.says(CAST.karen.aadObjectId, 'MK', 'direct')
    const { value } = await pick()
    assert.ok(wordsOn(value.card.content).includes('Du har »Forbered opkaldet« åben'))
    assert.equal((await session())?.dialog, 'call-prep')
  })

  it('is refused to a guest, and to somebody the bot knows no team of', async () => {
    assert.deepEqual(await pick(CAST.gitte), {
      type: 'message',
      value: 'Gæster kan ikke se eller ændre noget om eleverne.',
    })
    const { connector } = stage
    const value = { commandId: 'log-agreement', commandContext: 'message', messagePayload: MESSAGE }
    const chat = {
      conversation: { id: '19:a_b@unq.gbl.spaces', conversationType: 'personal', tenantId: connector.tenant },
      channelData: { tenant: { id: connector.tenant } },
    }
    const asked = { type: 'invoke', name: 'composeExtension/fetchTask', value, ...chat }
    const { body } = await connector.deliver(connector.activity(CAST.stranger, { channel: GENERAL }, asked))
    assert.match(JSON.stringify(body), /Jeg kender ikke dit team endnu/)
  })

  it('never takes a chat between colleagues for the chat with the bot', async () => {
    const { connector, service } = stage
    const value = { commandId: 'log-agreement', commandContext: 'message', messagePayload: MESSAGE }
    const chat = {
      conversation: { id: '19:a_b@unq.gbl.spaces', conversationType: 'personal', tenantId: connector.tenant },
      channelData: { tenant: { id: connector.tenant } },
    }
    const asked = { type: 'invoke', name: 'composeExtension/fetchTask', value, ...chat }
    const { body } = await connector.deliver(connector.activity(CAST.karen, { channel: GENERAL }, asked))
    assert.match(JSON.stringify(body), /Skriv en aftale ned/)
    const seen = await service.store.read({ team: connector.team.id, user: CAST.karen.aadObjectId })
    assert.equal(seen.user?.value.address, undefined)
  })
})
