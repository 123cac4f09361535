import assert from 'node:assert/strict'
import { Redis } from 'ioredis'
import {
  type FakeSlack,
  GENERAL,
  type SlackMessage,
  slackCast,
  slackWorkspace,
  TRIVSEL,
} from '../../helpers/fake-slack.ts'
import { press } from '../../helpers/play.ts'
import { type SlackStage, slackStage } from '../../helpers/slack-stage.ts'

const { karen, birte, bo, gitte, stranger } = slackCast
const IN_CHANNEL = { channel: GENERAL }
const TEAM = `slack:${slackWorkspace().id}/${GENERAL}`
/** What nobody but Karen may see: the pupil's initials, what was noted, what the pupil says. */
const NOTE = 'Farfaren hentede hende kravlende'
const PRIVATE = /QXZ|kravlende|Farfaren|natbordet/
const WHAT = 'Bo står ved porten'

/** A case with notes, the pupil's own words and an agreement that the channel sees. */
async function withCase(stage: SlackStage): Promise<string> {
  await stage.until('2026-11-24T14:10')
  await stage.says(karen.id, 'opkald forbered', 'direct')
  await stage.says(karen.id, 'QXZ', 'direct')
  await press(stage, karen.id, 'Videre', { fills: { direction: 'incoming' } })
  await press(stage, karen.id, 'Gem og gå videre', { fills: { home: NOTE } })
  await press(stage, karen.id, 'Videre', { fills: { view: 'asked', words: 'Der er mørkt under natbordet' } })
  const terms = {
    what: WHAT,
    who: 'school',
    staff: 'bo',
    by: '2026-11-27',
    followUpOn: '2026-12-01',
    followUpHow: 'call',
  }
  await press(stage, karen.id, 'Videre', { fills: terms })
  await press(stage, karen.id, 'Vis mig, hvad kanalen ser')
  await press(stage, karen.id, 'Ja, slå det op')
  await stage.settle()
  const { mine } = await stage.service.store.read({ team: TEAM, user: karen.id, mine: true })
  return mine[0]?.value.code ?? assert.fail('there is no case')
}

const isGeneral = ({ id }: { id: string }) => id === GENERAL
const ownChat = ({ slack }: SlackStage, { channel }: SlackMessage) => channel === slack.direct(karen.id)
const everything = (shown: { text: string; blocks: object[] }[]) =>
  JSON.stringify(shown.map(({ text, blocks }) => [text, blocks]))
/** The ids of the buttons that mean something. */
const buttons = ({ blocks }: SlackMessage): string[] =>
  blocks
    .flatMap(({ elements }) => (elements ?? []) as { action_id?: string; value?: string }[])
    .flatMap(({ action_id, value }) => (action_id && value !== undefined ? [action_id] : []))

const card = ({ slack }: SlackStage) =>
  slack.messages.find(
    ({ channel, blocks }) => channel === GENERAL && everything([{ text: '', blocks }]).includes(WHAT),
  ) ?? assert.fail('nothing was posted')

describe('what is private, in Slack,', function () {
  this.timeout(30_000)
  let stage: SlackStage
  let slack: FakeSlack
  let code: string
  before(async () => {
    stage = await slackStage('da')
    slack = stage.slack
    code = await withCase(stage)
    await slack.tester(karen).says(`sag ${code}`)
    const own = slack.messages.filter((message) => ownChat(stage, message))
    assert.match(everything(own), PRIVATE, 'Karen sees it herself')
  })
  after(() => stage.close())
  afterEach(async () => {
    await stage.settle()
    const others = slack.messages.filter((message) => !ownChat(stage, message))
    assert.doesNotMatch(everything(others), PRIVATE)
    assert.doesNotMatch(everything(slack.ephemerals), PRIVATE)
    assert.doesNotMatch(stage.logged(), PRIVATE)
    assert.deepEqual(slack.faults, [])
  })

  /** Everything that can be asked for. */
  const questions = () => [
    `sag ${code}`,
    'sager',
    'i dag',
    'fortsæt',
    'opkald forbered',
    `opkald forbered ${code}`,
    'aftale',
    'tovholder',
    'hjælp',
    'opsætning',
    'sprog',
    'QXZ',
    NOTE,
  ]

  it('is said in no channel, whatever the bot is asked there', async () => {
    for (const question of questions()) await slack.tester(karen).says(question, IN_CHANNEL)
    await slack.tester(karen).says('stop')
  })

  it('is said in no channel, whatever command is given there', async () => {
    for (const question of questions()) await slack.tester(karen).commands(question, IN_CHANNEL)
    await slack.tester(karen).says('stop')
  })

  it('is said to no colleague, where a command is given between two', async () => {
    const between = { channel_id: 'D0BETWEEN1', channel_name: 'directmessage' }
    for (const question of questions()) await slack.tester(karen).commands(question, 'direct', between)
    await slack.tester(karen).says('stop')
  })

  it('is said in no channel where the bot is not, or that is no staff team', async () => {
    for (const question of questions()) await slack.tester(karen).commands(question, { channel: TRIVSEL })
    await slack.tester(karen).says('stop')
  })

  it('is shown to nobody who is not on the case, wherever they ask', async () => {
    for (const who of [birte, gitte]) {
      for (const question of [`sag ${code}`, 'sager', 'i dag']) {
        await slack.tester(who).says(question)
        await slack.tester(who).says(question, IN_CHANNEL)
        await slack.tester(who).commands(question)
        await slack.tester(who).commands(question, IN_CHANNEL)
      }
    }
    for (const question of [`sag ${code}`, 'sager']) await slack.tester(stranger).says(question)
  })

  it('is shown in no channel by a click, whichever button it is', async () => {
    for (const id of buttons(card(stage))) {
      await slack.tester(karen).clicks(card(stage), id)
      for (const view of [...slack.views]) await slack.tester(karen).closes(view)
    }
  })

  it('is shown in no channel by a click that the bot’s buttons cannot make', async () => {
    // A dialog at a step that is nothing to fill in: such a card takes the place of the clicked one.
    await stage.says(karen.id, `aftale ${code}`, 'direct')
    await press(stage, karen.id, 'Videre', { fills: { view: 'asked', words: 'Der er mørkt under natbordet' } })
    const terms = { what: 'Bo er der igen', who: 'school', staff: 'bo', by: '2026-11-27', followUpOn: '2026-12-01' }
    await press(stage, karen.id, 'Videre', { fills: { ...terms, followUpHow: 'call' } })
    const { session } = await stage.service.store.read({ team: TEAM, user: karen.id })
    const { id } = session?.value ?? assert.fail('no dialog is open')
    const [real = ''] = buttons(card(stage))
    const forged = (verb: string, data: object) => {
      const action = { type: 'button', action_id: `0:bare:${verb}`, value: JSON.stringify(data), block_id: 'b' }
      return slack.tester(karen).clicks(card(stage), real, {}, { actions: [action] })
    }
    for (const step of ['so-far', 'agreement', 'no-such-step'])
      for (const verb of ['step', 'back', 'refresh', 'open', 'accept', 'decline', 'language'])
        await forged(verb, { session: id, step, action: 'no-such-action', code, agreement: 'a1', language: 'da' })
    for (const command of ['case', 'cases', 'today', 'resume', 'call-prep', 'agreement-log', 'language'])
      await forged('command', { command, code, language: 'da' })
    const shown = everything(slack.messages.filter(({ channel }) => channel === GENERAL))
    assert.doesNotMatch(shown, /Trin \d|Bo er der igen|F-[A-Z0-9]{4} er|Sag F-/)
    await slack.tester(karen).says('stop')
  })

  it('is kept nowhere that Redis could be read', async () => {
    const redis = new Redis(stage.redis.socket)
    for (const key of await redis.keys('*')) {
      const dump = await redis.dumpBuffer(key)
      assert.doesNotMatch(`${key} ${dump?.toString('latin1')}`, PRIVATE)
    }
    redis.disconnect()
  })
})

describe('what is none of the bot’s, in Slack,', function () {
  this.timeout(30_000)
  let stage: SlackStage
  let slack: FakeSlack
  before(async () => {
    stage = await slackStage('da')
    slack = stage.slack
    await withCase(stage)
  })
  after(() => stage.close())
  afterEach(() => assert.deepEqual(slack.faults, []))

  const EXPIRED = /Det kort er for gammelt/
  const lastTold = () => slack.ephemerals.at(-1)?.text ?? ''

  it('is answered kindly, where it is a button', async () => {
    const chat = slack.messages.findLast((message) => ownChat(stage, message)) ?? assert.fail()
    for (const on of [card(stage), chat])
      for (const action of [
        { action_id: 'next', value: '{}' },
        { action_id: '0:bare:done', value: 'no JSON' },
        { action_id: '0:bare:done', value: '{"code":{"$ne":1}}' },
        { action_id: '0:bare:constructor', value: '{}' },
        { action_id: '0:bare:__proto__', value: '{"__proto__":"x"}' },
        { action_id: '0:with:step', value: '{"session":"nobodys","step":"1"}' },
        { action_id: '0:bare:command', value: '{"command":"drop-everything"}' },
      ]) {
        const before = slack.ephemerals.length
        const real = JSON.stringify(on.blocks).match(/"action_id":"(\d+:[^"]+)"/)?.[1] ?? ''
        const more = { actions: [{ type: 'button', block_id: 'b', ...action }] }
        assert.equal((await slack.tester(karen).clicks(on, real, {}, more)).status, 200)
        assert.equal(slack.ephemerals.length, before + 1, JSON.stringify(action))
        assert.match(lastTold(), EXPIRED)
      }
  })

  it('changes nothing, where it is a form', async () => {
    await press(stage, karen.id, 'Udskyd', { place: 'channel' })
    const [view = assert.fail()] = slack.views
    const before = slack.requests.length
    for (const private_metadata of [
      '',
      'x',
      '{"case":"F-7K3Q"}',
      '{"verb":"postponed"}',
      '{"verb":7,"data":[],"metadata":{}}',
    ]) {
      const more = {
        view: { ...view.view, id: view.id, hash: `h${private_metadata}`, private_metadata, state: { values: {} } },
      }
      if (!slack.views.includes(view)) slack.views.push(view)
      assert.equal((await slack.tester(karen).submits(view, {}, more)).status, 200)
    }
    assert.equal(slack.requests.length, before)
  })

  it('is not seen by a form that names a case of another team', async () => {
    const told = slack.ephemerals.length
    const metadata = {
      verb: 'postponed',
      data: { code: 'F-7K3Q', agreement: 'a1', by: '2026-12-24' },
      metadata: 'C0ANOTHER1',
    }
    await press(stage, karen.id, 'Udskyd', { place: 'channel' })
    const view = slack.views.at(-1) ?? assert.fail()
    const more = {
      view: { ...view.view, id: view.id, hash: 'h', private_metadata: JSON.stringify(metadata), state: { values: {} } },
    }
    await slack.tester(karen).submits(view, {}, more)
    assert.ok(slack.ephemerals.length >= told)
    assert.match(slack.faults.splice(0).join(), /^(chat\.postEphemeral: channel_not_found.*)?$/)
  })
})

describe('somebody who has left', function () {
  this.timeout(30_000)
  let stage: SlackStage
  let slack: FakeSlack
  let code: string
  beforeEach(async () => {
    stage = await slackStage('da')
    slack = stage.slack
    code = await withCase(stage)
  })
  afterEach(() => stage.close())
  const toldTo = (who: { id: string }) => slack.messages.filter(({ channel }) => channel === slack.direct(who.id))

  it('the channel sees and does nothing more', async () => {
    await slack.leaves(GENERAL, karen.id)
    const before = toldTo(karen).length
    for (const question of [`sag ${code}`, 'sager', 'i dag', 'aftale']) await slack.tester(karen).says(question)
    const answers = toldTo(karen).slice(before)
    assert.equal(answers.length, 4)
    assert.doesNotMatch(everything(answers), new RegExp(`QXZ|natbordet|${WHAT}`))
    // What stands in the chat from before is of no use.
    for (const old of toldTo(karen).slice(0, before))
      for (const id of buttons(old)) await slack.tester(karen).clicks(old, id)
    assert.doesNotMatch(everything(slack.ephemerals.filter(({ user }) => user === karen.id)), /QXZ|natbordet/)
    const { mine } = await stage.service.store.read({ team: TEAM, user: karen.id, mine: true })
    assert.equal(mine[0]?.value.status, 'open')
  })

  it('sees nothing either where the bot had left before them', async () => {
    await slack.leaves(GENERAL, slackWorkspace().botUserId)
    await slack.leaves(GENERAL, karen.id)
    const before = toldTo(karen).length
    await slack.tester(karen).says(`sag ${code}`)
    const answers = everything(toldTo(karen).slice(before))
    assert.match(answers, /Jeg kan ikke se, hvem der er på teamet/)
    assert.doesNotMatch(answers, PRIVATE)
  })

  it('is written to no more about a case', async () => {
    await slack.leaves(GENERAL, karen.id)
    const before = toldTo(karen).length
    const posted = slack.messages.filter(({ channel }) => channel === GENERAL).length
    for (const day of [27, 28, 29, 30]) await stage.until(`2026-11-${day}T12:00`)
    for (const day of ['01', '02', '03', '04', '07', '08', '09']) await stage.until(`2026-12-${day}T12:00`)
    assert.deepEqual(toldTo(karen).slice(before), [])
    // The channel hears of what is due all the same.
    assert.match(
      everything(slack.messages.filter(({ channel }) => channel === GENERAL).slice(posted)),
      new RegExp(WHAT),
    )
  })

  it('cannot use the card in the channel from a window that was open', async () => {
    const message = card(stage)
    const members = slack.workspaces[0]?.channels.find(({ id }) => id === GENERAL)?.members ?? []
    await slack.leaves(GENERAL, bo.id)
    // As if Slack let him all the same.
    members.push(bo.id)
    await slack.tester(bo).clicks(message, ({ action_id }) => String(action_id).endsWith(':done'))
    members.splice(members.indexOf(bo.id), 1)
    const { mine } = await stage.service.store.read({ team: TEAM, user: karen.id, mine: true })
    assert.equal(mine[0]?.value.agreements[0]?.status, 'open')
  })
})

describe('a channel in Slack that people of another school have come into', function () {
  this.timeout(30_000)
  it('is shown nothing more, also on the cards that stand there', async () => {
    const stage = await slackStage('da')
    const { slack } = stage
    try {
      await withCase(stage)
      const message = card(stage)
      const [channel = assert.fail()] = slack.workspaces.flatMap(({ channels }) => channels.filter(isGeneral))
      channel.isExtShared = true
      await slack.event('channel_rename', { channel: { id: GENERAL, name: 'nyt', created: 1 } })
      await slack.tester(karen).clicks(message, ({ action_id }) => String(action_id).endsWith(':done'))
      await stage.settle()
      assert.match(everything([message]), /er taget væk/)
      assert.doesNotMatch(everything([message]), new RegExp(WHAT))
      assert.deepEqual(slack.faults, [])
    } finally {
      await stage.close()
    }
  })
})

describe('the log of the service in Slack', function () {
  this.timeout(30_000)
  it('names nobody and quotes nothing, whatever happens', async () => {
    const stage = await slackStage('da')
    const { slack } = stage
    for (const user of slack.workspaces[0]?.users ?? []) {
      user.realName = `Markernavn ${user.realName}`
      user.name = `markernavn.${user.name}`
      await slack.event('user_change', { user: { id: user.id } })
    }
    try {
      await slack.joins(GENERAL, stranger.id)
      const code = await withCase(stage)
      await slack.tester(karen).says(`Markertekst <@${bo.id}> markernavn@skole.example`)
      await slack.tester(karen).commands('Markertekst', IN_CHANNEL)
      for (const trouble of [
        { error: 'invalid_blocks' },
        { error: 'msg_too_long' },
        { status: 500 },
        'reset',
      ] as const) {
        slack.misbehaveIn('chat.postMessage', trouble, trouble, trouble)
        await slack.tester(karen).says(`sag ${code}`)
      }
      slack.misbehaveIn('chat.postMessage', { error: 'is_archived' })
      await slack.tester(karen).says('sager', IN_CHANNEL)
      await stage.settle()
      slack.misbehaveIn('users.info', { error: 'Markertekst' })
      await slack.event('user_change', { user: { id: karen.id } })
      await slack.tester(karen).says('Markertekst')
      // A parser's own words quote what it read.
      for (const body of ['{"Markertekst": ', 'Markertekst', '{"a":"Markertekst" "'])
        await slack.deliver(body, { ...slack.signed(body), 'content-type': 'application/json' })
      await slack.deliver('{"text":"Markertekst"}', { 'content-type': 'application/json' })
      await slack.deliver('Markertekst'.repeat(30_000), { 'content-type': 'application/json' })
      stage.redis.freeze()
      await slack.tester(karen).says('Markertekst')
      stage.redis.thaw()
      await slack.leaves(GENERAL, stranger.id)
      assert.match(stage.logged(), /"level":40/, 'there is something in it')
      assert.doesNotMatch(stage.logged(), /[Mm]arker|QXZ|kravlende|natbordet|xoxb|porten/)
    } finally {
      await stage.close()
    }
  })
})
