import { strict as assert } from 'node:assert'
import { setTimeout as wait } from 'node:timers/promises'
import { inTurn, turnFields } from '../../src/app/turn-id.ts'
import { CAST, teamsStage } from '../helpers/teams-stage.ts'

describe('the id of a turn', () => {
  it('is one for all that happens in it, and another for any other', async () => {
    const whole = () =>
      inTurn(async () => {
        const first = turnFields().turn
        await wait(2)
        return [first, inTurn(() => turnFields().turn)]
      })
    const [one, other] = await Promise.all([whole(), whole()])
    assert.match(one?.[0] ?? '', /^[\w-]{8}$/)
    assert.equal(one?.[0], one?.[1])
    assert.notEqual(one?.[0], other?.[0])
    assert.deepEqual(turnFields(), {})
  })

  it('stands in every log line of a turn that comes over HTTP', async () => {
    const stage = await teamsStage('da')
    try {
      await stage.redis.kill()
      for (const text of ['hej', 'sager']) await stage.says(CAST.karen.aadObjectId, text, 'direct')
      await stage.redis.restart()
      const lines = stage.logged().split('\n')
      const ids = lines.flatMap((line) => (line.includes('nothing stored') ? [JSON.parse(line).turn] : []))
      assert.equal(ids.length, 2)
      assert.equal(new Set(ids).size, 2)
      for (const id of ids) assert.match(id ?? '', /^[\w-]{8}$/)
    } finally {
      await stage.close()
    }
  })
})
