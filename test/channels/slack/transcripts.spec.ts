import { strict as assert } from 'node:assert'
import { play, transcripts } from '../../helpers/play.ts'
import { slackStage } from '../../helpers/slack-stage.ts'

describe('a conversation, played through Slack', () => {
  for (const transcript of transcripts())
    it(`${transcript.dialog}: ${transcript.name}`, async () => {
      const stage = await slackStage(transcript.language)
      try {
        await play(stage, transcript)
        assert.deepEqual(stage.slack.faults, [], 'Slack would have refused something')
        assert.doesNotMatch(stage.logged(), /"level":(50|60)/)
      } finally {
        await stage.close()
      }
    })
})
