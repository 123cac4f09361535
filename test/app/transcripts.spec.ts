import { strict as assert } from 'node:assert'
import { coreStage } from '../helpers/core-stage.ts'
import { play, transcripts } from '../helpers/play.ts'

describe('a conversation, played through the core', () => {
  for (const transcript of transcripts())
    it(`${transcript.dialog}: ${transcript.name}`, async () => {
      const stage = await coreStage(transcript.language)
      try {
        await play(stage, transcript)
      } finally {
        await stage.close()
      }
    })

  it('is told in both languages', () => {
    const told = transcripts().map(({ dialog, name, language }) => {
      assert.ok(name.endsWith(`.${language}`), name)
      return `${dialog}: ${name.slice(0, -3)}`
    })
    assert.deepEqual(
      told.filter((name) => told.filter((other) => other === name).length !== 2),
      [],
    )
  })
})
