import assert from 'node:assert/strict'
import { createOutlook } from '../src/outlook.ts'

describe('what an operator should look at', () => {
  const parts = {
    findings: async () => [
      { setting: 'appendfsync', is: 'everysec', should: 'always', remedy: '' },
      { setting: 'version', is: 'unknown', should: '', remedy: '' },
    ],
    backlog: async () => ({ due: 3, oldest: 601, setAside: 1 }),
    worker: async () => ['sweep-late'],
    channels: () => ['slack-token-refused'],
  }

  it('is said by codes; what Redis does not tell is none', async () => {
    assert.deepEqual(await createOutlook(parts).warnings(), [
      'redis-appendfsync',
      'sweep-late',
      'deliveries-late',
      'deliveries-set-aside',
      'slack-token-refused',
    ])
  })

  it('is nothing while all is well, and a delivery that is ten minutes late is well', async () => {
    const well = {
      findings: async () => [],
      backlog: async () => ({ due: 3, oldest: 600, setAside: 0 }),
      worker: async () => [],
      channels: () => [],
    }
    assert.deepEqual(await createOutlook(well).warnings(), [])
  })

  it('is asked of Redis once in ten seconds, however many probes there are', async () => {
    let asked = 0
    const backlog = async () => {
      asked++
      return parts.backlog()
    }
    const outlook = createOutlook({ ...parts, backlog })
    await Promise.all([outlook.warnings(), outlook.warnings(), outlook.backlog()])
    await outlook.warnings()
    assert.equal(asked, 1)
  })

  it('is what the channels say while Redis is away, and is asked again at once when it is back', async () => {
    let away = true
    const backlog = () => (away ? Promise.reject(new Error('away')) : parts.backlog())
    const outlook = createOutlook({ ...parts, backlog })
    assert.deepEqual(await outlook.warnings(), ['slack-token-refused'])
    assert.equal(await outlook.oldestDue(), undefined)
    away = false
    assert.equal((await outlook.warnings()).length, 5)
    assert.equal(await outlook.oldestDue(), 601)
  })
})
