import { strict as assert } from 'node:assert'
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { chatTool } from '../../src/cli/chat.ts'
import { ToolError } from '../../src/cli/tool.ts'

const CLI = new URL('../../src/cli.ts', import.meta.url).pathname
const leftBehind = () => readdirSync(tmpdir()).filter((name) => name.startsWith('tovholder-chat-'))

/** Types all these lines into `npm run -s cli -- chat`, and reads what it says until it ends. */
function talk(lines: string[], ...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [CLI, 'chat', ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk
    })
  child.stdin.end(lines.map((line) => `${line}\n`).join(''))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })))
}

describe('cli chat', function () {
  this.timeout(30_000)

  it('is the whole product: a call is prepared, and the clock can be moved', async () => {
    const before = leftBehind()
    const lines = ['opkald forbered', 'MK', '6', '', '2', 'mor', '# hjælp', '/demo +3d', '/demo som Birte', '/slut']
    const { code, said } = await talk(lines, '--lang', 'da')
    assert.equal(code, 0, said)
    for (const words of ['Hvilken elev?', 'Trin 2 af 6', 'Hvad har du set?', '# I kanalen', 'Demo-uret', 'Birte Friis'])
      assert.ok(said.includes(words), `${words} is not in:\n${said}`)
    assert.ok(!said.includes('\u001b'), 'colours are for terminals')
    assert.deepEqual(leftBehind(), before)
  })

  it('speaks English, and ends where its input ends', async () => {
    const { code, said } = await talk(['call prep'], '--lang', 'en')
    assert.equal(code, 0, said)
    assert.match(said, /Which pupil\?/)
    assert.match(said, /In the channel/)
  })

  it('says which languages there are', async () => {
    await assert.rejects(
      async () => chatTool.run(['--lang', 'xx'], { env: {}, root: '.', print: () => {} }),
      (error) => error instanceof ToolError && error.message === '--lang is one of: da, en.',
    )
  })
})
