import { strict as assert } from 'node:assert'
import { readArguments, ToolError } from '../../src/cli/tool.ts'

const takes = { values: ['team'], flags: ['yes'], words: 1 } as const

describe('what is typed behind the name of a tool', () => {
  it('is read in any order', () => {
    for (const args of [
      ['F-7K3Q', '--yes', '--team', 't'],
      ['--team', 't', 'F-7K3Q', '--yes'],
    ])
      assert.deepEqual({ ...readArguments(args, takes) }, { team: 't', yes: true, words: ['F-7K3Q'] })
    assert.deepEqual({ ...readArguments([], takes) }, { words: [] })
  })

  it('is refused, saying what the tool takes, where it is misspelt, without its value or too much', () => {
    for (const [args, words] of [
      [['F-7K3Q', '--yse'], /'--yse'.*--team …, --yes/s],
      [['F-7K3Q', '--team'], /'--team <value>'.*--team …, --yes/s],
      [['F-7K3Q', 'F-9999'], /"F-9999"/],
    ] as const)
      assert.throws(
        () => readArguments([...args], takes),
        (error) => error instanceof ToolError && words.test(error.message),
      )
    assert.throws(() => readArguments(['--dry-run'], {}), /'--dry-run'.*takes no options/s)
  })
})
