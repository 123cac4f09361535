import { strict as assert } from 'node:assert'
import { sceneOf } from '../../src/app/scene.ts'
import { announcement, drawPost } from '../../src/app/view/posts.ts'
import { logAgreements } from '../../src/domain/agreement.ts'
import { LANGUAGES } from '../../src/domain/team.ts'
import { buttonsOn, wordsOn } from '../helpers/cards.ts'
import { content } from '../helpers/core-stage.ts'
import { aCase, aTeam, NOON } from '../helpers/documents.ts'

const CODE = 'F-2222'

describe('the preview of what the channel sees of new agreements', () => {
  for (const language of LANGUAGES)
    it(`says what is posted then, also of what is due today, and has no buttons, in ${language}`, () => {
      const scene = sceneOf(content, aTeam('t'), language, NOON)
      const terms = [scene.today, '2026-12-01'].map((by) => ({
        what: 'Bo meets you at the gate',
        who: 'pupil' as const,
        by,
        followUp: { on: by, how: 'call' as const },
      }))
      const logged = logAgreements(aCase(CODE), terms, 'anna', NOON)
      const refs = logged.agreements.map(({ id }) => ({ code: CODE, agreement: id }))
      const post = { v: 1 as const, id: 'p', card: { kind: 'agreements' as const }, refs, address: '' }
      const preview = announcement(scene, CODE, terms)
      const posted = drawPost(scene, post, new Map([[CODE, logged]])).card
      const buttons = new Set(buttonsOn(posted).map(({ title }) => title))
      const withoutButtons = wordsOn(posted)
        .split('\n')
        .filter((words) => !buttons.has(words))
      assert.deepEqual(wordsOn(preview).split('\n'), withoutButtons)
      assert.deepEqual([buttonsOn(preview).length, buttons.size], [0, 3])
    })
})
