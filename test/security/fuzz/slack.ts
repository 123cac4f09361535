import { strict as assert } from 'node:assert'
import { globSync, readFileSync } from 'node:fs'
import { slackCast } from '../../helpers/fake-slack.ts'
import { press } from '../../helpers/play.ts'
import { slackStage } from '../../helpers/slack-stage.ts'
import type { Target } from './fuzz.ts'
import { failuresIn } from './teams.ts'

const { karen } = slackCast
const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'

type Json = Record<string, unknown>

/** The service behind `POST /slack/events`, with what Slack sends in a conversation and what was recorded of it. */
export async function slackTarget(): Promise<Target> {
  const stage = await slackStage('en')
  const { slack, url } = stage
  // Played, so that some of it is about what there is.
  await stage.says(karen.id, 'call prep', 'direct')
  await stage.says(karen.id, 'QXZ', 'direct')
  await press(stage, karen.id, 'Next', { fills: { direction: 'incoming' } })
  await stage.says(karen.id, 'help', 'channel')
  await slack.tester(karen.id).says('cases')
  const workspace = String(slack.sent.find(({ team_id }) => team_id)?.team_id)
  const recorded = globSync('test/fixtures/slack/*.json').map(
    (file) => JSON.parse(readFileSync(file, 'utf8').replaceAll('T0AMOSE001', workspace)) as Json,
  )
  // What ends the installation would leave nothing to try.
  const seeds = [...slack.sent, ...recorded].filter(
    (one) => !/app_uninstalled|tokens_revoked/.test(JSON.stringify(one)),
  )
  let events = 0
  return {
    seeds,
    // What the fake Slack does not know, where no answer may be sent, and what is refused with a 200, not to come again.
    meant: [
      'slack-foreign-workspace',
      'foreign-response-url',
      'channel-not-found',
      'user-not-found',
      'invalid-arguments',
      'not-in-channel',
    ],
    admit: (body) => {
      const given = body as Json
      const event = typeof given.event === 'object' ? { event_id: `Ev${++events}` } : {}
      const team = typeof given.team === 'object' && given.team ? { team: { ...given.team, id: workspace } } : {}
      return { ...given, ...team, ...('team_id' in given && { team_id: workspace }), ...event }
    },
    send(random, body, signed) {
      // Events come as JSON, clicks as JSON in a form, commands as a form.
      const isForm = !/"type":"(event_callback|url_verification)"/.test(body)
      const isCommand = isForm && /"command":/.test(body)
      const form = isCommand ? fieldsOf(body) : { payload: body }
      const sent = isForm ? String(new URLSearchParams(form)) : body
      const bad = [{ secret: 'another' }, { timestamp: 0 }, { timestamp: Number.NaN }][random(3)]
      const signature = signed ? slack.signed(sent) : random(4) === 0 ? {} : slack.signed(sent, bad)
      const headers = { ...signature, 'content-type': isForm ? FORM_TYPE : JSON_TYPE }
      return { url: `${url}/slack/events`, headers, body: sent }
    },
    failed: () => failuresIn(stage.logged()),
    async works() {
      slack.faults.length = 0
      const { card, text } = await stage.says(karen.id, 'help', 'direct')
      assert.ok(card ?? text)
      assert.equal((await fetch(`${url}/health`)).status, 200)
    },
    close: stage.close,
  }
}

/** A command's fields; one that is no text goes as its JSON. */
function fieldsOf(body: string): Record<string, string> {
  try {
    return Object.fromEntries(
      Object.entries(JSON.parse(body)).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    )
  } catch {
    return { text: body }
  }
}
