import { strict as assert } from 'node:assert'
import { createLimited } from '../../src/app/limited.ts'
import type { Incoming } from '../../src/app/ports.ts'
import { content } from '../helpers/core-stage.ts'
import { aUser } from '../helpers/documents.ts'

describe('whoever is faster than people are', () => {
  const incoming = (what: Incoming['what'], over: Partial<Incoming> = {}): Incoming => ({
    event: 'e',
    tenant: 'skole',
    user: { id: 'anna', name: 'Anna', locale: 'en-GB' },
    address: 'a',
    place: 'direct',
    what,
    ...over,
  })
  const typed = { kind: 'message', text: 'hej' } as const
  const limited = (seconds: number, store: Partial<Parameters<typeof createLimited>[0]['store']> = {}) => {
    const taken: Incoming[] = []
    let reads = 0
    const turn = createLimited({
      take: async (event) => {
        taken.push(event)
        return { text: 'taken' }
      },
      limits: { wait: async () => seconds },
      store: {
        teamsOf: async () => {
          reads++
          return { teams: ['t'] }
        },
        load: async () => [],
        ...store,
      },
      content,
    })
    return { turn, taken, reads: () => reads }
  }
  const kept = (language: 'da' | 'en') => ({
    load: (async () => [{ rev: 1, value: aUser('anna', { language }) }]) as never,
  })

  it('is told how long to wait, in the language they have chosen, and nothing is done', async () => {
    const danish = limited(7, kept('da'))
    const { text, undone } = await danish.turn(incoming(typed))
    assert.match(text ?? '', /Vent 7 sekunder, og send det igen/)
    assert.equal(undone, true)
    assert.deepEqual(danish.taken, [])
    const english = limited(1, kept('en'))
    const click = incoming(
      { kind: 'action', verb: 'done', data: {} },
      { team: 't', user: { id: 'anna', name: '', locale: 'da-DK' } },
    )
    assert.match((await english.turn(click)).text ?? '', /Wait a second and send it again/)
  })

  it('is told in the client’s language where no other is known, or Redis is away', async () => {
    assert.match((await limited(2).turn(incoming(typed))).text ?? '', /Wait 2 seconds/)
    const away = limited(2, { teamsOf: () => Promise.reject(new Error('away')) })
    assert.match((await away.turn(incoming(typed))).text ?? '', /Wait 2 seconds/)
  })

  it('costs a look at their language once, not each time', async () => {
    const { turn, reads } = limited(5, kept('da'))
    for (let time = 0; time < 50; time++) await turn(incoming(typed))
    assert.equal(reads(), 1)
  })

  it('is nobody who joined or left: that is the channel’s news, and always heard', async () => {
    const { turn, taken } = limited(60)
    for (const kind of ['installed', 'removed', 'rosterChanged'] as const) await turn(incoming({ kind }))
    assert.equal(taken.length, 3)
  })
})
