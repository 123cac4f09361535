import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { type Happening, happeningFrom, type Json, workspaceIn } from '../../../src/channels/slack/incoming.ts'

const ours = { workspace: 'T0OURS0001', botUser: 'U0ROPEBOT1', command: '/tovholder' }

const recorded = (name: string): Json => JSON.parse(readFileSync(`test/fixtures/slack/${name}.json`, 'utf8'))
const read = (body: Json): Happening | undefined => happeningFrom(body, ours)
/** A recorded event, with something else in it. */
const event = (name: string, more: object) => {
  const body = recorded(name)
  return { ...body, event: { ...(body.event as object), ...more } }
}
const LISE = { workspace: 'T0OURS0001', user: 'U0LISEKRO1' }

describe('what Slack sends', () => {
  it('is a message, where somebody writes to the bot alone', () => {
    assert.deepEqual(read(recorded('message-im')), {
      ...LISE,
      event: 'event/Ev0AMOSE0001',
      channel: 'D0LISEKRO1',
      what: { kind: 'message', text: 'mine sager' },
      origin: { kind: 'message' },
    })
    assert.equal(read(event('message-im', { subtype: 'file_share' }))?.what.kind, 'message')
  })

  it('is a message, where somebody mentions the bot, in a thread or not', () => {
    const { channel, what, origin } = read(recorded('app-mention')) ?? assert.fail()
    assert.deepEqual([channel, what, origin], ['C0MELLEM01', { kind: 'message', text: '  hjælp' }, { kind: 'mention' }])
    const threaded = read(event('app-mention', { thread_ts: '1.2', text: 'hej <@U0ROPEBOT1|tovholder>, hjælp' }))
    assert.deepEqual(threaded?.origin, { kind: 'mention', thread: '1.2' })
    assert.deepEqual(threaded?.what, { kind: 'message', text: 'hej  , hjælp' })
  })

  it('keeps the mention of somebody else', () => {
    const { what } = read(event('app-mention', { text: '<@U0ROPEBOT1> <@U0OVETOFT1>' })) ?? assert.fail()
    assert.deepEqual(what, { kind: 'message', text: '  <@U0OVETOFT1>' })
  })

  it('is what is said after a command of ours', () => {
    const { event, channel, what, origin } = read(recorded('slash-command')) ?? assert.fail()
    assert.equal(event, 'command/8100000000002.6100000000003.0f1e2d3c4b5a69788796a5b4c3d2e1f0')
    assert.deepEqual([channel, what], ['C0MELLEM01', { kind: 'message', text: 'forbered opkald' }])
    assert.equal(origin.kind, 'command')
    assert.deepEqual(read({ ...recorded('slash-command'), text: ' ' })?.what, { kind: 'message', text: 'help' })
  })

  it('is the command and what is said after it, where the command is another', () => {
    const call = { ...recorded('slash-command'), command: '/call', text: 'prep F-7K3Q ' }
    assert.deepEqual(read(call)?.what, { kind: 'message', text: '/call prep F-7K3Q' })
  })

  it('is the bot coming and going, and others coming and going', () => {
    const kinds: [string, object, string, string][] = [
      ['member-joined-channel', {}, 'installed', 'U0LISEKRO1'],
      ['member-joined-channel', { user: 'U0OVETOFT1', inviter: undefined }, 'rosterChanged', 'U0OVETOFT1'],
      ['member-left-channel', {}, 'rosterChanged', 'U0OVETOFT1'],
      ['member-left-channel', { user: 'U0ROPEBOT1' }, 'removed', 'U0ROPEBOT1'],
      ['member-left-channel', { type: 'channel_left', user: undefined }, 'removed', 'U0ROPEBOT1'],
      ['member-left-channel', { type: 'group_deleted', user: undefined }, 'removed', 'U0ROPEBOT1'],
      ['member-left-channel', { type: 'channel_unarchive' }, 'rosterChanged', 'U0OVETOFT1'],
    ]
    for (const [name, more, kind, user] of kinds) {
      const happening = read(event(name, more)) ?? assert.fail()
      assert.deepEqual([happening.what, happening.user, happening.channel], [{ kind }, user, 'C0MELLEM01'])
    }
    const renamed = { type: 'channel_rename', channel: { id: 'C0MELLEM01', name: 'nyt', created: 1 }, user: undefined }
    assert.deepEqual(read(event('member-left-channel', renamed))?.channel, 'C0MELLEM01')
  })

  it('is somebody coming in for the first time', () => {
    const { what, channel } = read(recorded('app-home-opened')) ?? assert.fail()
    assert.deepEqual([what, channel], [{ kind: 'installed' }, 'D0LISEKRO1'])
    assert.equal(read(event('app-home-opened', { tab: 'home' })), undefined)
  })

  const means = (name: string, actionId: string, value: string, more: object = {}) => {
    const body = recorded(name)
    const [action] = body.actions as object[]
    return read({ ...body, actions: [{ ...action, action_id: actionId, value, ...more }] })
  }

  it('is a click, with the fields of the card where the button takes them along', () => {
    const ids = { session: 's1', step: '3' }
    const fields = { what: 'Ring på mandag', how: 'call', due: '2026-11-30', owner: '' }
    const taken = means('block-actions-direct', '0:with:step', JSON.stringify(ids))
    assert.deepEqual(taken?.what, { kind: 'action', verb: 'step', data: { ...ids, ...fields } })
    const left = means('block-actions-direct', '1:bare:back', JSON.stringify(ids))
    assert.deepEqual(left?.what, { kind: 'action', verb: 'back', data: ids })
    assert.equal(left?.event, 'click/8100000000010.6100000000003.a1b2c3d4e5f60718293a4b5c6d7e8f90')
    assert.deepEqual(left?.origin.kind === 'click' && left.origin.ephemeral, false)
    const hidden = means('block-actions-ephemeral', '1:bare:back', '{}')
    assert.deepEqual(hidden?.origin.kind === 'click' && hidden.origin.ephemeral, true)
  })

  it('is a click that means nothing, where the button is none of ours, so that it is answered', () => {
    for (const [id, value] of [
      ['next', '{}'],
      ['0:bare:done', '{'],
      ['0:bare:done', '{"agreement":{"a":1}}'],
      ['', ''],
    ] as const)
      assert.deepEqual(means('block-actions-channel', id, value)?.what, { kind: 'action', verb: '', data: {} })
  })

  it('is a form that was sent off, where it is one of ours', () => {
    const body = recorded('view-submission')
    assert.equal(read(body), undefined)
    const metadata = JSON.stringify({ verb: 'postponed', data: { code: 'F-7K3Q' }, metadata: 'C0MELLEM01' })
    const { event, channel, what } =
      read({ ...body, view: { ...(body.view as object), private_metadata: metadata } }) ?? assert.fail()
    assert.match(event, /^form\/V0AMOSE0001\/1795512401\.mQ7vR2xY\/[\w-]{12}$/)
    assert.equal(channel, 'C0MELLEM01')
    assert.equal(what.kind === 'action' && what.verb, 'postponed')
    assert.equal(what.kind === 'action' && what.data.what, 'Ring på mandag')
  })

  it('names the workspace that the app is installed in, wherever whoever asks is from', () => {
    const authorizations = [{ team_id: 'T0OURS0001', user_id: 'U0ROPEBOT1' }]
    for (const [expected, body] of [
      ['T0OURS0001', { ...recorded('message-im'), authorizations }],
      ['T0AMOSE001', { ...recorded('message-im'), authorizations: [] }],
      ['T0AMOSE001', recorded('block-actions-direct')],
      ['T0AMOSE001', recorded('view-submission')],
      ['T0OURS0001', { team: { id: 'T0GUEST001' }, view: { app_installed_team_id: 'T0OURS0001' } }],
      ['T0OURS0001', { team: null, user: { team_id: 'T0OURS0001' } }],
      ['T0OURS0001', { command: '/call', team_id: 'T0OURS0001', user_id: 'U1' }],
      ['T0OURS0001', { team_id: null, authorizations: [{ team_id: 'T0OURS0001' }] }],
      ['', { authorizations: [null, 7], team_id: 7 }],
    ] as [string, Json][])
      assert.equal(workspaceIn(body), expected)
  })

  it('means nothing where it is nothing that anybody does to the bot', () => {
    for (const name of ['view-closed', 'url-verification', 'app-uninstalled', 'tokens-revoked'])
      assert.equal(read(recorded(name)), undefined, name)
    for (const more of [
      // Its own words, which Slack sends back.
      { bot_id: 'B0ROPEBOT1', user: 'U0ROPEBOT1' },
      { user: 'U0ROPEBOT1' },
      // Another bot's.
      { bot_id: 'B0ANOTHER1' },
      ...['message_changed', 'message_deleted', 'channel_join', 'bot_message', 'message_replied'].map((subtype) => ({
        subtype,
      })),
      { channel_type: 'channel' },
      { channel_type: 'mpim' },
      { type: 'reaction_added' },
      { channel: undefined },
    ])
      assert.equal(read(event('message-im', more)), undefined, JSON.stringify(more))
    assert.equal(read(event('app-mention', { bot_id: 'B0ANOTHER1' })), undefined)
    assert.equal(means('block-actions-direct', '0:link', '', { url: 'https://skole.example' }), undefined)
    assert.equal(means('block-actions-direct', 'how', '', { type: 'static_select' }), undefined)
    assert.equal(read({ ...recorded('block-actions-direct'), container: { type: 'view' } }), undefined)
    assert.equal(read({ ...recorded('block-actions-direct'), actions: [] }), undefined)
  })

  it('is read without complaint, whatever it is, and touches no prototype', () => {
    const names = ['app-mention', 'slash-command', 'block-actions-channel', 'view-submission', 'member-joined-channel']
    const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)))
    const key = fc.constantFrom('event', 'actions', 'view', 'team', 'container', 'state', 'user', 'channel', 'command')
    const evil = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString')
    const nested = fc.oneof(json, fc.dictionary(fc.oneof(key, evil, fc.string()), json))
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.dictionary(fc.oneof(key, evil), nested), (name, odd) => {
        // As it comes from outside: with `__proto__` as a key like any other.
        const entries = [recorded(name), odd].map((part) => JSON.stringify(part).slice(1, -1))
        read(JSON.parse(`{${entries.filter(Boolean).join(',')}}`))
        read(JSON.parse(JSON.stringify(odd)))
        assert.equal(Object.keys(Object.prototype).length, 0)
        assert.equal(({} as Json).verb, undefined)
      }),
    )
  })

  it('gives no field of a card to the prototype of what the core gets', () => {
    const body = recorded('block-actions-direct')
    const state = JSON.parse(
      '{"values":{"b":{"__proto__":{"type":"plain_text_input","value":"x"},"what":{"value":"y"}}}}',
    )
    const [action] = body.actions as object[]
    const actions = [{ ...action, action_id: '0:with:step', value: '{"__proto__":"x","session":"s1"}' }]
    const { what } = read({ ...body, state, actions }) ?? assert.fail()
    assert.ok(what.kind === 'action')
    assert.equal(Object.getPrototypeOf(what.data), Object.prototype)
    assert.equal(what.data.what, 'y')
  })
})
