import { strict as assert } from 'node:assert'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const cli = (args: string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, ['src/cli.ts', ...args], { env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' })

describe('what whoever calls a tool can mend', function () {
  // A process of its own each time.
  this.timeout(30_000)

  for (const [what, args, env, code, complaint] of [
    ['a setting', ['due'], { PORT: 'abc' }, 1, /^Tovholder cannot start with these settings:\n {2}PORT: /],
    ['a Redis that is not there', ['due'], { REDIS_URL: 'redis://127.0.0.1:1' }, 1, /^Redis at .*is it running/],
    ['a key that is none', ['due'], { TOVHOLDER_KEYS: 'secret' }, 1, /TOVHOLDER_KEYS|key/],
    ['a folder of ours with nothing in it yet', ['due'], { TOVHOLDER_DATA: '.nowhere' }, 1, /^Redis at .*nowhere/],
    ['a program that is not there', ['chat'], { PATH: '' }, 1, /^Neither redis-server nor valkey-server/],
    ['a misspelt option', ['wording', '--foo'], {}, 2, /^Unknown option '--foo'/],
    ['a misspelt option of a tool that deletes', ['erase', 'F-2222', '--yse'], {}, 2, /^Unknown option '--yse'/],
    ['a name', ['preview', 'nothing'], {}, 2, /^Name one of the dialogs/],
  ] as const)
    it(`is said in a sentence beside the output: ${what}`, () => {
      const { status, stdout, stderr } = cli([...args], env)
      assert.match(stderr, complaint)
      assert.doesNotMatch(stderr, /^ {4}at |secret/m)
      assert.deepEqual([status, stdout], [code, ''])
    })
})

const wording = (input: string, ...args: string[]) =>
  spawnSync(process.execPath, ['src/cli.ts', 'wording', ...args], { input, encoding: 'utf8' })

describe('the tool that checks a message', function () {
  // A process of its own each time.
  this.timeout(30_000)

  it('prints what it found as JSON', () => {
    const { status, stdout, stderr } = wording('Jonathan kommer altid for sent.', '--lang', 'da', '--json')
    assert.equal(status, 0, stderr)
    const { verdict, lix, findings } = JSON.parse(stdout)
    assert.equal(verdict, 'revise')
    assert.equal(typeof lix, 'number')
    assert.deepEqual(Object.keys(findings[0]), ['code', 'quote', 'why', 'instead'])
    assert.equal(findings[0].code, 'general')
    assert.equal(findings[0].quote, 'Jonathan kommer altid for sent.')
  })

  it('prints lines to read, in the language of the message where none is named', () => {
    const { status, stdout } = wording('You have not answered me, and we are waiting.')
    assert.equal(status, 0)
    assert.match(stdout, /^Nearly there\. There are 3 things/)
    assert.match(stdout, /\n {2}You have not answered me, and we are waiting\.\n/)
  })

  for (const [what, input, args, complaint] of [
    ['nothing', '', ['--lang', 'da', '--json'], /^Der står ikke noget endnu\./],
    ['only space', ' \n', ['--lang', 'en'], /^There is nothing here yet\./],
    ['far too much', 'x'.repeat(20_001), ['--lang', 'en'], /room for 20,000 characters/],
    ['another language', 'Hello there', ['--lang', 'fr'], /use one of: da, en/],
  ] as const)
    it(`refuses ${what} in a sentence, and prints nothing else`, () => {
      const { status, stdout, stderr } = wording(input, ...args)
      assert.deepEqual([status, stdout], [2, ''])
      assert.match(stderr, complaint)
    })
})

describe('`npm run cli`', function () {
  this.timeout(30_000)
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tov-cli-'))
    copyFileSync('package.json', join(folder, 'package.json'))
    mkdirSync(join(folder, 'src'))
    // What it is started with is all that is asked here.
    writeFileSync(join(folder, 'src/cli.ts'), 'console.log(process.env.REDIS_URL, process.argv.slice(2))')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const run = (env: Record<string, string> = {}) => {
    const { REDIS_URL: _, ...rest } = process.env
    const options = { cwd: folder, encoding: 'utf8', env: { ...rest, ...env } } as const
    const { stdout, stderr } = spawnSync(
      'npm',
      ['run', '-s', 'cli', '--', 'due', '--retry', 'remind|F-7K3Q|a1'],
      options,
    )
    assert.equal(stderr, '')
    return stdout
  }
  const given = "[ 'due', '--retry', 'remind|F-7K3Q|a1' ]\n"

  it('reads the settings in .env, as the service does, and the environment before it', () => {
    writeFileSync(join(folder, '.env'), 'REDIS_URL=redis://of-the-file')
    assert.equal(run(), `redis://of-the-file ${given}`)
    assert.equal(run({ REDIS_URL: 'redis://of-the-environment' }), `redis://of-the-environment ${given}`)
  })

  it('does without, and says nothing of it', () => {
    assert.equal(run(), `undefined ${given}`)
  })
})
