import assert from 'node:assert/strict'
import { keys } from '../../../src/store/keys.ts'
import { connect, disconnect } from '../../../src/store/redis.ts'
import { wordsOn } from '../../helpers/cards.ts'
import { GENERAL, type Misbehaviour, slackCast, slackWorkspace } from '../../helpers/fake-slack.ts'
import { clickOn, press, shown, TERMS } from '../../helpers/play.ts'
import { type SlackStage, slackStage } from '../../helpers/slack-stage.ts'
import { allAtOnce, nothingIsUnhandled, until } from './setup.ts'

const { karen, birte, bo, stranger } = slackCast
const IN_CHANNEL = { channel: GENERAL }
const TEAM = `slack:${slackWorkspace().id}/${GENERAL}`

/** As far as the form for an agreement. */
async function upToTerms(stage: SlackStage): Promise<void> {
  await stage.until('2026-11-24T14:10')
  await stage.says(karen.id, 'agreement', 'direct')
  await stage.says(karen.id, 'MK', 'direct')
  await press(stage, karen.id, 'Next', { fills: { view: 'declined' } })
}

/** As far as the preview: the next click saves the agreement and posts it. */
async function upToPreview(stage: SlackStage): Promise<void> {
  await upToTerms(stage)
  await press(stage, karen.id, 'Next', { fills: TERMS })
  await press(stage, karen.id, 'Show me what the channel sees')
}

const post = (stage: SlackStage) => press(stage, karen.id, 'Yes, post it')
const inChannel = ({ slack }: SlackStage) =>
  slack.messages.filter(({ channel, blocks }) => channel === GENERAL && JSON.stringify(blocks).includes(TERMS.what))

/** What was done, by the audit. */
async function done(stage: SlackStage): Promise<string[]> {
  const redis = await connect(stage.redis.config)
  const entries = await redis.xrange(keys.audit(TEAM), '-', '+')
  await disconnect(redis)
  return entries.map(([, fields]) => fields[fields.indexOf('action') + 1] ?? '')
}
const times = async (stage: SlackStage, action: string) => (await done(stage)).filter((one) => one === action).length

/** The one case there is. */
async function onlyCase(stage: SlackStage) {
  const { mine } = await stage.service.store.read({ team: TEAM, user: karen.id, mine: true })
  const [found = assert.fail()] = mine
  return found.value
}

/** Plays on a stage of its own. */
const onStage =
  (play: (stage: SlackStage) => Promise<void>, language: 'da' | 'en' = 'en') =>
  async () => {
    const stage = await slackStage(language)
    try {
      await play(stage)
    } finally {
      stage.redis.thaw()
      await stage.close()
    }
    assert.deepEqual(stage.slack.faults, [])
  }

describe('the service in Slack, while its Redis hangs,', function () {
  nothingIsUnhandled()
  this.timeout(30_000)
  const TRY_AGAIN = { en: /try again in a moment/, da: /prøv igen om et øjeblik/ }
  const texts = ({ slack }: SlackStage) => [...slack.messages, ...slack.ephemerals].map(({ text }) => text).join('\n')

  /** Does something, and expects to be told within five seconds, in that language, to try again. */
  async function isTold(stage: SlackStage, language: 'da' | 'en', act: () => Promise<{ status: number }>) {
    const before = texts(stage)
    const started = performance.now()
    assert.equal((await act()).status, 200)
    await until(() => TRY_AGAIN[language].test(texts(stage).slice(before.length)), 5000 - (performance.now() - started))
  }

  allAtOnce({
    'says so to whoever writes to it, and then takes what was typed': onStage(async (stage) => {
      await stage.says(karen.id, 'agreement', 'direct')
      stage.redis.freeze()
      await isTold(stage, 'en', () => stage.slack.tester(karen).says('MK'))
      stage.redis.thaw()
      assert.match(shown(await stage.says(karen.id, 'MK', 'direct')), /own view|pupil/i)
    }),

    'says so in Danish, too, to whoever mentions it or gives a command, and to nobody else': onStage(async (stage) => {
      await stage.says(karen.id, 'hjælp', 'direct')
      stage.redis.freeze()
      const posted = stage.slack.messages.length
      await isTold(stage, 'da', () => stage.slack.tester(karen).says('sager', IN_CHANNEL))
      const told = stage.slack.ephemerals.length
      await stage.slack.tester(karen).commands('sager', IN_CHANNEL)
      await until(() => stage.slack.ephemerals.length > told)
      assert.match(stage.slack.ephemerals.at(-1)?.text ?? '', TRY_AGAIN.da)
      assert.equal(stage.slack.messages.length, posted)
    }, 'da'),

    'says so in a form that holds its place, to whoever clicks in the channel': onStage(async (stage) => {
      await upToPreview(stage)
      await post(stage)
      await stage.settle()
      const [message = assert.fail()] = inChannel(stage)
      stage.redis.freeze()
      const click = stage.slack.tester(bo).clicks(message, ({ action_id }) => String(action_id).endsWith(':done'))
      await until(() => stage.slack.views.length > 0)
      assert.equal((await click).status, 200)
      const [view = assert.fail()] = stage.slack.views
      await until(() => view.updates > 0)
      assert.match(JSON.stringify(view.blocks), TRY_AGAIN.en)
      stage.redis.thaw()
      assert.equal(await times(stage, 'agreement-done'), 0)
      await stage.slack.tester(bo).closes(view)
      assert.match(shown(await press(stage, bo.id, 'Done', { place: 'channel' })), /Well done/)
      assert.equal(await times(stage, 'agreement-done'), 1)
    }),
  })
})

describe('the service in Slack, while Slack is in trouble,', function () {
  this.timeout(40_000)
  const troubles: Record<string, { how: Misbehaviour[]; posts: number; least?: number }> = {
    'asks for a pause': { how: [{ status: 429, retryAfter: '2' }], posts: 1, least: 2000 },
    'asks for a pause without saying how long': { how: [{ status: 429 }], posts: 1 },
    'asks for a pause in words': { how: [{ error: 'ratelimited' }], posts: 1 },
    'has failures of its own': { how: [{ status: 500 }, { error: 'fatal_error' }], posts: 1 },
    'breaks the connection': { how: ['reset'], posts: 1 },
    hangs: { how: ['hang'], posts: 1 },
    // Nobody can know that it had been posted; rather twice than never.
    'posts but does not say so': { how: ['resetAfterwards'], posts: 2 },
    'takes the token no more for a while': { how: Array(2).fill({ error: 'token_revoked' }), posts: 1 },
  }

  allAtOnce(
    Object.fromEntries(
      Object.entries(troubles).map(([name, { how, posts, least = 0 }]) => [
        `posts an agreement ${posts === 1 ? 'exactly once' : 'at most twice'} when Slack ${name}`,
        onStage(async (stage) => {
          await upToPreview(stage)
          // The answer to the click replaces the card; what is posted is the delivery's.
          stage.slack.misbehaveIn('chat.postMessage', ...how)
          const started = performance.now()
          assert.match(shown(await post(stage)), /The agreements are saved/)
          await stage.settle()
          assert.equal(inChannel(stage).length, posts)
          assert.ok(performance.now() - started >= least)
          assert.deepEqual(await stage.service.store.buried(TEAM), [])
        }),
      ]),
    ),
  )

  allAtOnce({
    'delivers in order, however long the first one takes': onStage(async (stage) => {
      await upToPreview(stage)
      await post(stage)
      await stage.settle()
      stage.slack.misbehaveIn('chat.postMessage', { status: 429, retryAfter: '2' })
      const before = stage.slack.messages.length
      await stage.slack.tester(karen).says('today', IN_CHANNEL)
      await stage.slack.tester(karen).says('cases', IN_CHANNEL)
      await stage.settle()
      const [first, second] = stage.slack.messages.slice(before).map(({ blocks }) => JSON.stringify(blocks))
      assert.match(first ?? '', /Today/)
      assert.match(second ?? '', /Your open cases/)
    }),

    'sets aside what is refused for good, once, and goes on with the rest': onStage(async (stage) => {
      await upToPreview(stage)
      stage.slack.misbehaveIn('chat.postMessage', { error: 'is_archived' })
      await post(stage)
      await stage.settle()
      const buried = await stage.service.store.buried(TEAM)
      assert.deepEqual(
        buried.map(({ reason }) => reason),
        ['is-archived'],
      )
      assert.equal(inChannel(stage).length, 0)
      await stage.says(karen.id, 'cases', 'channel')
      await stage.settle()
      assert.match(wordsOn(stage.posted().at(-1)?.card), /MK/)
    }),

    'does not draw again, for ever, a card that somebody has deleted': onStage(async (stage) => {
      await upToPreview(stage)
      await post(stage)
      await stage.settle()
      const [message = assert.fail()] = inChannel(stage)
      message.deleted = true
      const asked = () => stage.slack.requests.filter(({ method }) => method === 'chat.update').length
      await stage.says(karen.id, 'cases', 'direct')
      await press(stage, karen.id, 'Open')
      const before = asked()
      await press(stage, karen.id, 'Done')
      await stage.settle()
      assert.ok(asked() > before)
      assert.deepEqual(await stage.service.store.buried(TEAM), [])
      assert.match(stage.logged(), /"reason":"message-not-found"/)
      stage.slack.faults.splice(0)
    }),
  })
})

describe('the service in Slack', () => {
  allAtOnce({
    'does once what is clicked twice, and says who has done it': onStage(async (stage) => {
      await upToPreview(stage)
      await post(stage)
      await stage.settle()
      const [message = assert.fail()] = inChannel(stage)
      const click = (who: { id: string }) =>
        stage.slack.tester(who).clicks(message, ({ action_id }) => String(action_id).endsWith(':done'))
      await Promise.all([click(bo), click(bo)])
      await stage.slack.again()
      assert.equal(await times(stage, 'agreement-done'), 1)
      const told = stage.slack.ephemerals.filter(({ user }) => user === bo.id).map(({ text }) => text)
      assert.ok(
        told.some((text) => /Well done/.test(text)) && told.some((text) => /Bo Lund has already/.test(text)),
        told.join(),
      )
      await stage.settle()
      assert.ok(message.updates > 0)
    }),

    'refuses somebody outside the team, whom Slack lets one choose, and loses nothing': onStage(async (stage) => {
      await stage.until('2026-11-24T14:10')
      await stage.says(karen.id, 'call prep', 'direct')
      await stage.says(karen.id, 'MK', 'direct')
      await press(stage, karen.id, 'Next', { fills: { direction: 'incoming' } })
      await press(stage, karen.id, 'Save and go on')
      await stage.says(karen.id, 'stop', 'direct')
      await stage.says(karen.id, 'coordinator', 'direct')
      await press(stage, karen.id, 'Next', { fills: { code: 'the first' } })
      await press(stage, karen.id, 'Next', { fills: { pick: 'somebody-else' } })
      const refused = await press(stage, karen.id, 'Next', { fills: { colleague: 'stranger' } })
      assert.match(shown(refused), /Something is missing[\s\S]*Colleague/)
      assert.match(shown(await press(stage, karen.id, 'Next', { fills: { colleague: 'birte' } })), /Shall I ask Birte/)
      assert.match(shown(await press(stage, karen.id, 'Yes, do that')), /I have asked Birte Friis/)
      await stage.settle()
      assert.equal((await onlyCase(stage)).coordination.asked?.user, birte.id)
      assert.equal(stage.posted().filter(({ to }) => to === stranger.id).length, 0)
    }),

    'speaks a newcomer’s language, and the chosen one from then on': onStage(async (stage) => {
      const someone = stage.slack.workspaces[0]?.users.find(({ id }) => id === birte.id) ?? assert.fail()
      someone.tz = 'Europe/London'
      assert.match(shown(await stage.says(birte.id, 'today', 'direct')), /Nothing is waiting|Today/)
      assert.match(shown(await stage.says(karen.id, 'i dag', 'direct')), /Der er ikke noget/)
      await stage.says(karen.id, 'english', 'direct')
      assert.match(shown(await stage.says(karen.id, 'cases', 'direct')), /open cases/)
      // Whatever Slack says of her now.
      await stage.slack.event('user_change', { user: { id: karen.id, locale: 'en-GB' } })
      assert.match(shown(await stage.says(karen.id, 'cases', 'direct')), /open cases/)
    }, 'da'),

    'lets somebody in who joins the channel, and nobody who has left it': onStage(async (stage) => {
      await upToPreview(stage)
      await post(stage)
      await stage.settle()
      assert.match(shown(await stage.says(stranger.id, 'cases', 'direct')), /do not know your team/)
      await stage.slack.joins(GENERAL, stranger.id)
      assert.doesNotMatch(shown(await stage.says(stranger.id, 'cases', 'direct')), /do not know your team/)
      await stage.slack.leaves(GENERAL, karen.id)
      // What stands in her chat is of no use to her any more.
      for (const [title, words] of [['Cases', /cases/]] as const)
        assert.doesNotMatch(shown(await stage.says(karen.id, title, 'direct')), /MK/, String(words))
      const old = clickOn(stage, karen.id, 'Show me what the channel sees', { old: true })
      if (old) assert.doesNotMatch(shown(await stage.presses(karen.id, old.message, old.verb, old.data)), /MK|Bo meets/)
    }),

    'follows the channel’s name': onStage(async (stage) => {
      const channel = stage.slack.workspaces[0]?.channels.find(({ id }) => id === GENERAL) ?? assert.fail()
      channel.name = 'trivsel-8'
      await stage.slack.event('channel_rename', { channel: { id: GENERAL, name: 'trivsel-8', created: 1 } })
      const [team] = await stage.service.store.load(TEAM, 'team', [TEAM])
      assert.deepEqual(
        [team?.value.name, team?.value.channel?.name, team?.value.channels.map(({ name }) => name)],
        ['trivsel-8', '#trivsel-8', ['#trivsel-8']],
      )
    }),

    'begins a team in the time zone and the language of its people': onStage(async (stage) => {
      const [team] = await stage.service.store.load(TEAM, 'team', [TEAM])
      assert.equal(team?.value.zone, 'Europe/Berlin')
      for (const user of stage.slack.workspaces[0]?.users ?? []) user.tz = 'America/Nuuk'
      await stage.slack.event('user_change', { user: { id: karen.id } })
      const other = 'G0TRIVSEL1'
      await stage.slack.joins(other, stage.slack.workspaces[0]?.botUserId ?? '', karen.id)
      const id = TEAM.replace(GENERAL, other)
      const [begun] = await stage.service.store.load(id, 'team', [id])
      assert.deepEqual([begun?.value.zone, begun?.value.language], ['America/Nuuk', 'da'])
    }),

    'says nothing when it is taken out of the channel, shows nothing until it is asked back, and is there again':
      onStage(async (stage) => {
        const bot = stage.slack.workspaces[0]?.botUserId ?? ''
        const before = stage.slack.messages.length
        await stage.slack.leaves(GENERAL, bot)
        assert.equal(stage.slack.messages.length, before)
        assert.match(shown(await stage.says(karen.id, 'cases', 'direct')), /cannot tell who is on the team/)
        await stage.slack.joins(GENERAL, bot, karen.id)
        assert.match(shown(await stage.says(karen.id, 'cases', 'direct')), /open cases/)
        assert.match(shown(await stage.says(karen.id, 'help', 'channel')), /help/i)
      }),
  })
})
