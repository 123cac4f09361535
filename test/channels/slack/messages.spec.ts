import { strict as assert } from 'node:assert'
import { setTimeout as wait } from 'node:timers/promises'
import { DeliveryError } from '../../../src/app/ports.ts'
import type { SlackApi } from '../../../src/channels/slack/api.ts'
import type { Happening } from '../../../src/channels/slack/incoming.ts'
import { createMessages } from '../../../src/channels/slack/messages.ts'

describe('a reply in Slack', () => {
  it('is tried for eight seconds in all: each attempt is told what the ones before have left of it', async () => {
    const left: number[] = []
    const attempt = async (_to: string, _what: unknown, ...rest: unknown[]) => {
      left.push(rest.at(-1) as number)
      await wait(40)
      throw new DeliveryError('unreachable', { permanent: false })
    }
    const api = { call: attempt, respond: attempt } as unknown as SlackApi
    const { post, respond } = createMessages(api)
    const reply = { text: 'Hej' }
    await assert.rejects(post({ workspace: 'T1', channel: 'D1' } as Happening, reply), { code: 'unreachable' })
    await assert.rejects(respond('https://hooks.slack.com/1', reply, { replace: true }), { code: 'unreachable' })
    const [first = 0, second = 0, third = 0, again = 0] = left
    assert.equal(left.length, 6)
    assert.ok(8000 >= first && first - second >= 35 && second - third >= 35, String(left))
    assert.ok(again > third)
  })
})
