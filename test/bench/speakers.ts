/** What people say to a server, one request after another, and what they expect to hear. */
import { createHmac, createSecretKey } from 'node:crypto'
import type { Microsoft } from './microsoft-process.ts'
import { BOT, type Person, REGISTRATION, slackPersonOf, slackTeamId, WORKSPACE } from './school.ts'

export interface Said {
  path: string
  headers: Record<string, string>
  body: string
}

/** Whoever is at the other end of one connection. */
export interface Speaker {
  next(): Said
  /** What is wrong with the answer, or nothing. */
  heard(status: number, text: string): string | undefined
}

export type Manner =
  /** A message; the answer comes through the connector. */
  | 'message'
  /** A click on a small card of an echo bot. */
  | 'click'
  /** A dialog of Tovholder: begun from a button, then gone through step by step up to the call sheet, again and again. */
  | 'dialog'
  /** Tovholder's list of one's own open cases, and what is due today. */
  | 'cases'
  | 'today'
  /** A slash command in Slack. */
  | 'slash'
  /** A button of Tovholder in Slack that begins a dialog: its first card takes the clicked one's place. */
  | 'button'
  /** The same click, but nobody expects more of it than that it is acknowledged. */
  | 'ack'

export interface Audience {
  microsoft: Microsoft
  slackSecret: string
  authenticated: boolean
}

/** One speaker for each connection; together they speak for all these people, each in turn. */
export function speakersFor(manner: Manner, people: Person[], count: number, audience: Audience): Speaker[] {
  const make = SPEAKERS[manner]
  return Array.from({ length: count }, (_, first) => {
    const own = people.filter((_person, index) => index % count === first)
    let turn = 0
    return make(() => own[turn++ % own.length] as Person, audience)
  })
}

type Make = (somebody: () => Person, audience: Audience) => Speaker

const saying =
  (text: string): Make =>
  (somebody, audience) => ({
    next: () => activity(somebody(), audience, { type: 'message', text, textFormat: 'plain' }),
    heard: (status) => (status === 200 || status === 201 ? undefined : `status ${status}`),
  })

const understood = (status: number): string | undefined => (status === 200 ? undefined : `status ${status}`)

const pressing: Make = (somebody, audience) => {
  const sign = signer(audience)
  const clicks = new Map<Person, (trigger: string) => string>()
  return {
    next: () => {
      const person = somebody()
      const click = clicks.get(person) ?? buttonClick(person)
      clicks.set(person, click)
      return sign(click(`${++events}.1.abc`))
    },
    heard: understood,
  }
}

const SPEAKERS: Record<Manner, Make> = {
  message: saying('call prep'),
  cases: saying('cases'),
  today: saying('today'),

  click: (somebody, audience) => ({
    next: () => click(somebody(), audience, 'step', { session: 'one', step: 'first' }),
    heard: (status, text) => (status === 200 && text.includes('AdaptiveCard') ? undefined : `status ${status}`),
  }),

  dialog: (somebody, audience) => {
    let person = somebody()
    let at: { session: string; step: string } | undefined
    return {
      next() {
        const team = `19:team-${person.team}@thread.tacv2`
        if (!at) return click(person, audience, 'command', { team, command: 'call-prep', force: 'yes' })
        const given = { ...ANSWERS[at.step], ...(at.step === 'who-calls' && { caller: person.id }) }
        return click(person, audience, 'step', { team, action: 'next', ...at, ...given })
      },
      heard(status, text) {
        const session = /"session":"([^"]+)"/.exec(text)?.[1]
        const step = /"step":"([^"]+)"/.exec(text)?.[1]
        const fault = status !== 200 || !session || !step || step === at?.step
        // The sheet is kept open during the call: here a colleague's dialog begins.
        if (fault || step === 'sheet') person = somebody()
        at = fault || step === 'sheet' ? undefined : { session, step }
        return fault ? `status ${status}, step ${step}: ${text.slice(0, 300)}` : undefined
      },
    }
  },

  slash: (somebody, audience) => {
    const sign = signer(audience)
    return {
      next: () => {
        const { id } = somebody()
        return sign(`token=t&team_id=T1&channel_id=C1&user_id=${id}&command=%2Fcall&text=prep&trigger_id=${++events}.1`)
      },
      heard: understood,
    }
  },

  button: pressing,
  ack: pressing,
}

/** What Slack sends for a click of this person; only the trigger is another each time, and the rest is written once. */
function buttonClick(person: Person): (trigger: string) => string {
  const { id, chat, team } = slackPersonOf(person)
  const value = JSON.stringify({ team: slackTeamId(team), command: 'call-prep', force: 'yes' })
  const payload = {
    type: 'block_actions',
    team: { id: WORKSPACE, domain: 'bench' },
    user: { id, team_id: WORKSPACE },
    api_app_id: 'A0BENCH',
    container: { type: 'message', message_ts: '1700000000.000100', channel_id: chat, is_ephemeral: false },
    trigger_id: 'TRIGGER',
    channel: { id: chat, name: 'directmessage' },
    response_url: 'https://hooks.slack.com/actions/bench',
    state: { values: {} },
    actions: [
      {
        type: 'button',
        action_id: '0:bare:command',
        block_id: 'b',
        value,
        text: { type: 'plain_text', text: 'Forbered et opkald hjem' },
        action_ts: '1700000000.1',
      },
    ],
  }
  const [before, after] = `payload=${encodeURIComponent(JSON.stringify(payload))}`.split('TRIGGER')
  return (trigger) => `${before}${trigger}${after}`
}

/** Forms as Slack sends them. */
function signer({ slackSecret }: Audience): (body: string) => Said {
  const key = createSecretKey(slackSecret, 'utf8')
  return (body) => {
    const at = String(Math.floor(Date.now() / 1000))
    const signature = createHmac('sha256', key).update(`v0:${at}:${body}`).digest('hex')
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${signature}`,
    }
    return { path: '/slack/events', headers, body }
  }
}

/** What a teacher answers at each step of preparing a call. */
const ANSWERS: Record<string, Record<string, string>> = {
  'which-case': { code: 'new' },
  'new-pupil': { alias: 'MK' },
  'who-calls': { direction: 'outgoing', whom: 'mor' },
  seen: { seen: 'Væk fire mandage i træk og stille i frikvartererne' },
  good: { good: 'Hjalp en ny elev til rette i billedkunst' },
  understand: { understand: 'Hvordan morgenerne er før skole' },
}

let events = Date.now()

const click = (person: Person, audience: Audience, verb: string, data: object): Said =>
  activity(person, audience, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: '1700000000000',
    value: { action: { type: 'Action.Execute', title: 'Videre', verb, data }, trigger: 'manual' },
  })

/** An activity as Teams sends it from a direct chat. */
function activity(person: Person, { microsoft, authenticated }: Audience, what: object): Said {
  const { tenant } = REGISTRATION
  const event = ++events
  const at = new Date().toISOString()
  const token = microsoft.tokens[event % microsoft.tokens.length]
  const body = JSON.stringify({
    ...what,
    id: `f:${event}`,
    timestamp: at,
    localTimestamp: at,
    localTimezone: 'Europe/Copenhagen',
    channelId: 'msteams',
    serviceUrl: microsoft.serviceUrl,
    locale: 'da-DK',
    from: { id: person.teamsId, name: person.name, aadObjectId: person.id },
    recipient: BOT,
    conversation: { id: person.chat, conversationType: 'personal', tenantId: tenant },
    entities: [{ type: 'clientInfo', locale: 'da-DK', country: 'DK', platform: 'Web', timezone: 'Europe/Copenhagen' }],
    channelData: { tenant: { id: tenant } },
  })
  const headers = { 'content-type': 'application/json', ...(authenticated && { authorization: `Bearer ${token}` }) }
  return { path: '/api/messages', headers, body }
}
