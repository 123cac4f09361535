import { strict as assert } from 'node:assert'
import { play, type Transcript, transcripts } from '../../helpers/play.ts'
import { terminalStage } from '../../helpers/terminal-stage.ts'

/** One person plays the whole team there, and nobody from outside comes in. */
const isAmongColleagues = ({ turns }: Transcript): boolean =>
  turns.every(({ who }) => ['karen', 'birte', 'bo'].includes(who))

describe('a conversation, played in a terminal', () => {
  for (const transcript of transcripts().filter(isAmongColleagues))
    it(`${transcript.dialog}: ${transcript.name}`, async () => {
      const stage = await terminalStage(transcript.language)
      try {
        await play(stage, transcript)
      } finally {
        await stage.close()
      }
    })

  it('is nearly all of them', () => {
    const left = transcripts().filter((transcript) => !isAmongColleagues(transcript))
    assert.deepEqual([...new Set(left.map(({ dialog }) => dialog))], ['talk'])
  })
})
