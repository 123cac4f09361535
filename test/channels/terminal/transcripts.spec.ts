import { strict as assert } from 'node:assert'
import { nodes } from '../../helpers/cards.ts'
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

  it('has files that can be fetched, once', async () => {
    const planned = transcripts().find(({ name }) => name === 'a meeting is planned and the family invited.en')
    assert.ok(planned)
    const stage = await terminalStage(planned.language)
    try {
      await play(stage, planned)
      const link = stage
        .posted()
        .flatMap(({ card, replaced }) => nodes([card, Object.values(replaced ?? {})[0]]))
        .findLast(({ type }) => type === 'Action.OpenUrl')
      const fetched = async () => {
        const answer = await fetch(`${link?.url}?now`)
        return [answer.status, (await answer.text()).slice(0, 15)]
      }
      assert.deepEqual(await fetched(), [200, 'BEGIN:VCALENDAR'])
      assert.equal((await fetched())[0], 410)
    } finally {
      await stage.close()
    }
  })

  it('is nearly all of them', () => {
    const left = transcripts().filter((transcript) => !isAmongColleagues(transcript))
    assert.ok(left.length < transcripts().length / 6, `${left.length} of ${transcripts().length} are not played here`)
  })
})
