import { strict as assert } from 'node:assert'
import { sceneOf } from '../../src/app/scene.ts'
import { drawPost } from '../../src/app/view/posts.ts'
import type { Case } from '../../src/domain/case.ts'
import type { Post } from '../../src/domain/post.ts'
import { LANGUAGES } from '../../src/domain/team.ts'
import { buttonsOn } from '../helpers/cards.ts'
import { content, coreStage, PEOPLE } from '../helpers/core-stage.ts'
import { aCase, anAgreement, aTeam, NOON } from '../helpers/documents.ts'

const { karen } = PEOPLE
const CODE = 'F-2222'
const aQuestion = (kind: 'outcome' | 'review', over: Partial<Post> = {}): Post => ({
  v: 1,
  id: kind,
  card: { kind, user: karen },
  refs: [{ code: CODE }],
  address: karen,
  ...over,
})
const answered = (at: number): Case =>
  aCase(CODE, {
    creator: karen,
    agreements: [anAgreement('a1', { status: 'done', done: { by: karen, at } })],
    outcomes: [{ helped: 'partly', at, by: karen }],
    review: { kept: at },
  })

for (const kind of ['outcome', 'review'] as const)
  describe(`the question of ${kind === 'outcome' ? 'whether it helped' : 'whether a case is still needed'}`, () => {
    for (const language of LANGUAGES)
      it(`is one until it is answered, whatever was answered before, in ${language}`, () => {
        const scene = sceneOf(content, aTeam('t'), language, NOON)
        const verbs = (over: Partial<Post>, at: number) =>
          buttonsOn(drawPost(scene, aQuestion(kind, over), new Map([[CODE, answered(at)]])).card).map(
            ({ verb }) => verb,
          )
        const asks = kind === 'outcome' ? ['outcome', 'outcome', 'outcome'] : ['keep', 'close', 'command']
        const thanks = kind === 'outcome' ? ['command', 'close'] : []
        assert.deepEqual(verbs({}, NOON - 1), asks, 'on its way')
        assert.deepEqual(verbs({ sentAt: NOON }, NOON - 1), asks, 'sent')
        assert.deepEqual(verbs({ sentAt: NOON }, NOON), thanks, 'answered')
      })
  })

describe('an answer to whether it helped', () => {
  it('is kept once, however often the button is pressed, and once more when it is asked again', async () => {
    const stage = await coreStage('da')
    try {
      const now = await stage.store.now()
      await stage.store.commit({
        team: stage.team,
        writes: [
          { kind: 'case', id: CODE, rev: 0, value: answered(now - 1000) },
          { kind: 'post', id: 'outcome', rev: 0, value: aQuestion('outcome', { sentAt: now - 500, message: 'm' }) },
        ],
        due: [],
        audit: [],
      })
      const message = { id: 'm', to: karen, card: {}, text: '' }
      const press = (helped: string) =>
        stage.presses(karen, message, 'outcome', { team: stage.team, code: CODE, post: 'outcome', helped })
      const thanks = await press('yes')
      assert.deepEqual(await press('no'), thanks)
      const [kept] = await stage.store.load(stage.team, 'case', [CODE])
      assert.deepEqual(
        kept?.value.outcomes.map(({ helped }) => helped),
        ['partly', 'yes'],
      )
    } finally {
      await stage.close()
    }
  })
})
