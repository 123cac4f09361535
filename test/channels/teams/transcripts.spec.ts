import { strict as assert } from 'node:assert'
import { play, transcripts } from '../../helpers/play.ts'
import { teamsStage } from '../../helpers/teams-stage.ts'

describe('a conversation, played through Teams', () => {
  for (const transcript of transcripts())
    it(`${transcript.dialog}: ${transcript.name}`, async () => {
      const stage = await teamsStage(transcript.language)
      try {
        await play(stage, transcript)
        assert.deepEqual(stage.connector.faults, [], 'Teams would have refused something')
      } finally {
        await stage.close()
      }
    })
})
