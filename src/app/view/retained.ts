/** The cards about how long something is kept. */
import type { Case } from '../../domain/case.ts'
import { isAnswerTo, type Post } from '../../domain/post.ts'
import { CLOSED_DAYS, REVIEW_DAYS } from '../../domain/retention.ts'
import { dayOf, plusDays } from '../../domain/school-calendar.ts'
import { type Scene, say, sayDay, sayMoment } from '../scene.ts'
import { button, commandButton, notice } from './parts.ts'
import type { Drawn } from './posts.ts'

/** What stands in place of a card whose case has been deleted, or `hidden` from whoever would read it now. */
export function redacted(scene: Scene, why: 'redacted' | 'hidden' = 'redacted'): Drawn {
  const title = say(scene, `post.${why}.title`)
  return { summary: title, card: notice(scene, { title, texts: [say(scene, `post.${why}.text`)] }) }
}

/** "Is this case still needed?" and, once it is answered, the answer. */
export function reviewCard(scene: Scene, post: Post, found: Case | undefined): Drawn {
  if (!found) return redacted(scene)
  const { code } = found
  const title = say(scene, 'post.review.title', { code })
  const kept = found.review?.kept
  const said = (texts: string[]): Drawn => ({ summary: title, card: notice(scene, { title, texts }) })
  if (found.status === 'closed') return said([say(scene, 'case.reclosed')])
  if (kept !== undefined && isAnswerTo(post, kept)) {
    const again = plusDays(dayOf(kept, scene.team.zone), REVIEW_DAYS)
    return said([say(scene, 'post.review.kept', { again: sayDay(scene, again) })])
  }
  const user = 'user' in post.card ? post.card.user : ''
  const reads = found.creator === user || found.coordination.coordinator?.user === user
  const data = { team: scene.team.id, code, post: post.id }
  return {
    summary: title,
    card: notice(scene, {
      title,
      texts: [
        say(scene, 'post.review.text', { since: sayMoment(scene, found.openedAt) }),
        say(scene, 'post.review.closing', { days: CLOSED_DAYS }),
      ],
      actions: [
        button(say(scene, 'post.review.keep'), 'keep', data, { style: 'positive' }),
        button(say(scene, 'post.review.close'), 'close', data),
        ...(reads ? [commandButton(scene, say(scene, 'case.show'), 'case', code)] : []),
      ],
    }),
  }
}
