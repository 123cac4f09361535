import { strict as assert } from 'node:assert'
import { COMMANDS } from '../../../src/app/commands.ts'
import { VERBS } from '../../../src/app/verbs.ts'
import { CODE, type Role, startSchool, TEAM } from '../school.ts'
import type { Target } from './fuzz.ts'

/** The service behind `POST /api/messages`, with every kind of activity that Teams sends. */
export async function teamsTarget(): Promise<Target> {
  const school = await startSchool()
  const { activity, identity, connector, token } = school
  const inChannel = {
    conversation: { id: `${TEAM};messageid=1`, conversationType: 'channel', isGroup: true, tenantId: connector.tenant },
    channelData: { tenant: { id: connector.tenant }, team: { id: TEAM }, channel: { id: TEAM } },
  }
  const mention = { type: 'mention', text: '<at>Tovholder</at>', mentioned: connector.bot }
  const invoke = (name: string, value: object, more: object = {}) => ({ type: 'invoke', name, value, ...more })
  const click = (verb: string, data: object) =>
    invoke('adaptiveCard/action', {
      action: { type: 'Action.Execute', verb, data: { team: TEAM, ...data } },
      trigger: 'manual',
    })
  const from = (role: Role, more: object) => activity(role, { deliveryMode: 'expectReplies', ...more })
  const session = await school.halfWay()
  const picked = { contentType: 'html', content: '<div>Bo <b>meets</b> you<br>at the gate &amp; waits</div>' }
  const roster = (eventType: string, more: object = {}) => ({
    type: 'conversationUpdate',
    conversation: inChannel.conversation,
    channelData: { ...inChannel.channelData, eventType },
    ...more,
  })

  const seeds = [
    ...['help', `case ${CODE}`, 'call prep', 'Mikkel has been away for a week', 'Dear Mum, we miss Bo.'].map((text) =>
      from('creator', { type: 'message', text }),
    ),
    ...COMMANDS.map((command) => from('creator', click('command', { command, code: CODE }))),
    ...Object.keys(VERBS).map((verb) =>
      from(
        'coordinator',
        click(verb, { code: CODE, agreement: 'a1', meeting: 'm1', by: '2027-01-13', helped: 'yes', part: '1' }),
      ),
    ),
    ...['step', 'back', 'cancel'].map((verb) =>
      from('creator', click(verb, { session, step: 'seen', action: 'next', seen: 'absent', since: '2026-11-02' })),
    ),
    from('member', { type: 'message', text: '<at>Tovholder</at> help', entities: [mention], ...inChannel }),
    from('member', { ...click('done', { code: CODE, agreement: 'a1' }), ...inChannel, replyToId: '1' }),
    from(
      'creator',
      invoke('task/fetch', { data: { msteams: { type: 'task/fetch' }, team: TEAM } }, { replyToId: '1' }),
    ),
    from(
      'creator',
      invoke('task/submit', { data: { verb: 'step', session, step: 'seen', action: 'next', message: '1' } }),
    ),
    from(
      'creator',
      invoke('composeExtension/fetchTask', { commandId: 'log-agreement', messagePayload: { body: picked } }),
    ),
    from(
      'creator',
      invoke('composeExtension/submitAction', { commandId: 'log-agreement', data: { verb: 'drafted', what: 'x' } }),
    ),
    from('creator', { type: 'message', value: { verb: 'open', code: CODE, team: TEAM } }),
    from('creator', { type: 'conversationUpdate', membersAdded: [connector.bot] }),
    from('creator', roster('teamMemberAdded', { membersAdded: [{ id: '29:new' }] })),
    from('creator', roster('teamMemberRemoved', { membersRemoved: [{ id: '29:gone' }] })),
    from('creator', roster('channelRenamed')),
    from('creator', { type: 'installationUpdate', action: 'add' }),
    from('creator', { type: 'installationUpdate', action: 'remove' }),
    from('creator', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }], replyToId: '1' }),
    from('guest', { type: 'message', text: 'cases' }),
    from('elsewhere', click('open', { code: CODE })),
    from('otherTenant', { type: 'message', text: 'cases' }),
  ]

  let events = 0
  return {
    seeds,
    meant: ['conversation-not-found', 'bad-request', 'not-found', 'refused'],
    admit: (body) => ({
      ...body,
      id: `fuzz-${++events}`,
      channelId: 'msteams',
      serviceUrl: connector.serviceUrl,
      channelData: { ...('channelData' in body ? (body.channelData as object) : {}), tenant: { id: connector.tenant } },
    }),
    send(random, body, signed) {
      const bad = [undefined, identity.forged(), identity.unsigned(), identity.token({ aud: 'another' }), 'x', ''][
        random(6)
      ]
      const bearer = signed ? token : bad
      const headers = {
        'content-type': 'application/json',
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      }
      return { url: `${school.url}/api/messages`, headers, body }
    },
    failed: () => failuresIn(school.logged()),
    async works() {
      await school.reset('creator')
      const { status, text } = await school.says('creator', `case ${CODE}`)
      assert.equal(status, 200)
      assert.match(text, /Zagreedzwart/)
      assert.equal((await fetch(`${school.url}/health`)).status, 200)
    },
    close: school.close,
  }
}

/** How often a turn failed, by its code. */
export function failuresIn(log: string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const line of log.split('\n')) {
    if (!line.includes('A turn failed') && !line.includes('was not taken')) continue
    const { code } = JSON.parse(line)
    counts[code] = (counts[code] ?? 0) + 1
  }
  return counts
}
