import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const READY = new URL('../../scripts/ready.mjs', import.meta.url).pathname

describe('scripts/ready.mjs', () => {
  let bin: string
  beforeEach(() => {
    bin = mkdtempSync(join(tmpdir(), 'tov-path-'))
  })
  afterEach(() => rmSync(bin, { recursive: true }))

  /** Runs it where nothing but these programs is installed; the packages are there already. */
  function run({ programs = [], settings = {} }: { programs?: string[]; settings?: Record<string, string> }) {
    for (const program of programs) symlinkSync(process.execPath, join(bin, program))
    const { status, stdout, stderr } = spawnSync(process.execPath, [READY], {
      env: { PATH: bin, ...settings },
      encoding: 'utf8',
    })
    return { status, stdout, stderr }
  }

  it('says in one sentence what is missing and how to get it, where it cannot get it itself', () => {
    const { status, stdout, stderr } = run({})
    assert.deepEqual([status, stdout], [1, ''])
    assert.match(stderr, /^Tovholder needs redis-server on PATH, [^\n]*install it with "[^\n]*", then try again\.\n$/)
    assert.match(stderr, /apt-get install redis-server'?" or .*"brew install redis"/)
  })

  it('names the one command that this machine knows', () => {
    const { stderr } = run({ programs: ['brew'] })
    assert.match(stderr, /install it with "brew install redis", then try again\.\n$/)
  })

  it('is content with a server for Slack that somebody else looks after', () => {
    assert.equal(run({ settings: { SLACK_BOT_TOKEN: 'xoxb-of-a-school' } }).status, 0)
  })

  it('is content with either server, or with one that somebody else looks after', () => {
    const content = { status: 0, stdout: '', stderr: '' }
    assert.deepEqual(run({ settings: { REDIS_URL: 'redis://redis.example' } }), content)
    assert.deepEqual(run({ programs: ['valkey-server'] }), content)
  })
})
