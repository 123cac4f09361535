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
})
