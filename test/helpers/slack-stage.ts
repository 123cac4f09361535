/** The whole service behind its real HTTP endpoint, on a real Redis, with a fake Slack around it. */
import { strict as assert } from 'node:assert'
import type { KnownBlock } from '@slack/types'
import type { Card, Reply } from '../../src/app/ports.ts'
import type { SlackChannelConfig } from '../../src/channels/slack/index.ts'
import type { Service } from '../../src/service.ts'
import { buttonsOnBlocks, fieldsOnBlocks, wordsOnBlocks } from './blocks.ts'
import {
  createFakeSlack,
  type FakeSlack,
  GENERAL,
  type Json,
  type SlackEphemeral,
  type SlackMessage,
  type SlackView,
  slackCast,
  slackWorkspace,
} from './fake-slack.ts'
import type { Posted, Stage } from './play.ts'
import type { TestRedis } from './redis.ts'
import { stagedService } from './staged-service.ts'

export interface SlackStage extends Stage {
  slack: FakeSlack
  service: Service
  redis: TestRedis
  url: string
  team: string
  logged: () => string
  close(): Promise<void>
}

const BOT = slackWorkspace().botUserId
const WORKSPACE = slackWorkspace().id
const TEAM = `slack:${WORKSPACE}/${GENERAL}`

export async function slackStage(
  language: 'da' | 'en',
  options: { redis?: TestRedis; config?: Partial<SlackChannelConfig> } = {},
): Promise<SlackStage> {
  const slack = await createFakeSlack({
    workspaces: [workspaceIn(language === 'da' ? 'Europe/Copenhagen' : 'Europe/Berlin')],
  })
  const running = await stagedService(
    {
      slack: {
        command: '/tovholder',
        access: { token: slackWorkspace().token },
        reach: { signingSecret: slack.signingSecret },
        apiUrl: slack.apiUrl,
        ...options.config,
      },
    },
    options.redis,
  )
  const { service, redis, url, logged } = running
  slack.talkTo(`${url}/slack/events`)
  await slack.joins(GENERAL, BOT, slackCast.karen.id)

  /** The form somebody has open, over the message it was opened from. */
  const forms = new Map<string, { message: string; view: string }>()
  const formOn = (message: string): Record<string, Card> =>
    Object.fromEntries(
      [...forms].flatMap(([who, form]) => {
        const view = slack.views.find(({ id }) => id === form.view)
        return view && form.message === message ? [[who, formAsCard(view)]] : []
      }),
    )

  const posted = (): Posted[] =>
    slack.messages.map(({ id, channel, blocks, text }) => ({
      id,
      to: Object.values(slackCast).find((someone) => slack.direct(someone.id) === channel)?.id ?? 'channel',
      card: asCard(blocks),
      text,
      replaced: formOn(id),
    }))

  /** What somebody sees that was not there before. */
  async function newsFor(who: string, act: () => Promise<{ status: number }>): Promise<Reply> {
    const [messages, ephemerals, views] = [slack.messages.length, slack.ephemerals.length, slack.views.length]
    const { status } = await act()
    assert.equal(status, 200)
    const view = slack.views[views]
    if (view) return { card: formAsCard(view) }
    const told = slack.ephemerals.slice(ephemerals).find(({ user }) => user === who)
    const said = slack.messages.slice(messages).find(({ channel }) => channel === slack.direct(who))
    return replyFrom(told ?? said)
  }

  return {
    people: Object.fromEntries(Object.entries(slackCast).map(([name, { id }]) => [name, id])),
    slack,
    service,
    redis,
    url,
    team: TEAM,
    channel: '#udskolingen',
    logged,
    posted,
    says: (who, text, place) =>
      newsFor(who, () => slack.tester(who).says(text, place === 'direct' ? 'direct' : { channel: GENERAL })),
    presses: async (who, { id }, verb, data): Promise<Reply> => {
      const message = slack.messages.find((known) => known.id === id)
      assert.ok(message)
      const form = forms.get(who)
      const view = form?.message === id && slack.views.find((open) => open.id === form.view)
      if (view) {
        const reply = await newsFor(
          who,
          async () => (await answerForm(slack, who, view, verb, data)) ?? { status: 200 },
        )
        return slack.views.includes(view) ? { ...reply, card: formAsCard(view) } : reply
      }
      const before = message.updates
      const reply = await newsFor(who, () => press(slack, who, message, verb, data))
      // A posted card is drawn anew by a delivery, for everybody.
      await running.settle(TEAM)
      const opened = slack.views.findLast(({ user }) => user === who)
      if (opened) forms.set(who, { message: id, view: opened.id })
      return message.updates > before ? { ...reply, card: asCard(message.blocks) } : reply
    },
    settle: () => running.settle(TEAM),
    until: (local) => running.until(local, TEAM),
    async close() {
      await running.close()
      await slack.close()
    },
  }
}

/** The workspace before the bot was invited into the team's channel. The clock is the same in both; Danes are known by their zone. */
function workspaceIn(tz: string) {
  const workspace = slackWorkspace()
  return {
    ...workspace,
    users: workspace.users.map((user) => ({ ...user, tz })),
    channels: workspace.channels.map((channel) => ({
      ...channel,
      members: channel.members.filter((id) => id !== BOT),
    })),
  }
}

const press = (slack: FakeSlack, who: string, message: SlackMessage, verb: string, data: Json) =>
  slack
    .tester(who)
    .clicks(message, ({ action_id, value }) => isButton(action_id, value, verb, data), filledIn(message.blocks, data))

function isButton(actionId: unknown, value: unknown, verb: string, data: Json): boolean {
  if (!String(actionId).endsWith(`:${verb}`)) return false
  const own = JSON.parse(String(value)) as Json
  return Object.entries(own).every(([key, given]) => data[key] === given)
}

async function answerForm(slack: FakeSlack, who: string, view: SlackView, verb: string, data: Json) {
  const { verb: submits } = JSON.parse(String(view.view.private_metadata)) as { verb: string }
  const person = slack.tester(who)
  return verb === submits ? person.submits(view, filledIn(view.blocks, data)) : person.closes(view)
}

const filledIn = (blocks: object[], data: Json): Record<string, string | string[] | null> =>
  Object.fromEntries(
    fieldsOnBlocks(blocks as KnownBlock[]).map(({ id, type }) => {
      const value = String(data[id] ?? '')
      return [id, type === 'checkboxes' ? value.split(',').filter((one) => one !== '') : value || null]
    }),
  )

const replyFrom = (message: SlackMessage | SlackEphemeral | undefined): Reply =>
  message ? { ...(message.blocks.length > 0 && { card: asCard(message.blocks) }), text: message.text } : {}

/** What blocks show, in the form in which the plays read cards. */
function asCard(given: object[]): Card {
  const blocks = given as KnownBlock[]
  const anybody = Object.values(slackCast).map(({ id }) => id)
  return {
    type: 'AdaptiveCard',
    body: [
      ...wordsOnBlocks(blocks)
        .split('\n')
        .map((text) => ({ type: 'TextRun', text })),
      ...fieldsOnBlocks(blocks).map(({ id, value, choices, type }) => ({
        type: 'Input.Any',
        id,
        value,
        choices: (type === 'users_select' ? anybody : choices).map((choice) => ({ value: choice })),
      })),
      ...buttonsOnBlocks(blocks).map(({ title, verb, data, takesInputs }) => executing(title, verb, data, takesInputs)),
    ],
  }
}

const executing = (title: string, verb: string, data: object, takesInputs: boolean) => ({
  type: 'Action.Execute',
  title,
  verb,
  data,
  associatedInputs: takesInputs ? 'auto' : 'none',
})

/** A form with its two buttons, which Slack draws itself. */
function formAsCard({ view, blocks }: SlackView): Card {
  const card = asCard(blocks)
  const { verb, data } = JSON.parse(String(view.private_metadata || '{"verb":"","data":{}}')) as {
    verb: string
    data: object
  }
  const title = (part: unknown) => String((part as Json | undefined)?.text ?? '')
  return {
    ...card,
    body: [
      ...(card.body as object[]),
      executing(title(view.submit), verb, data, true),
      executing(title(view.close), 'close', {}, false),
    ],
  }
}
