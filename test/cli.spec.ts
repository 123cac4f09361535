import { strict as assert } from 'node:assert'
import { spawnSync } from 'node:child_process'

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
