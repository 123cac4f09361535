/** The card of a day: all that is due in a team's cases, each in a row. */
import type { Case } from '../domain/case.ts'
import type { DueEntry } from '../domain/due.ts'
import { waitingInquiry } from '../domain/inquiry.ts'
import { presentCoordinator, toBeAsked } from '../domain/involved.ts'
import type { Post, Ref } from '../domain/post.ts'
import { dueEntriesFor, isTimeToRemind, overdueQuestion, remindedOn } from '../domain/reminder.ts'
import type { Team } from '../domain/team.ts'
import type { Instant } from '../domain/time.ts'
import type { Kit } from './decision.ts'
import { casesOf, type DeliverParts, taken, values, waitForChannel } from './delivery.ts'
import type { Commit, Versioned, Write } from './ports.ts'
import { type Scene, sceneOf } from './scene.ts'
import { drawPost } from './view/posts.ts'

/**
 * One card for all that is due today, and the questions about what has been reminded of often enough.
 * `apart`: a card of its own for what could not be on that one.
 */
export async function postDigest(
  parts: DeliverParts,
  team: Versioned<Team>,
  entries: DueEntry[],
  now: Instant,
  { apart = false } = {},
): Promise<void> {
  const { kit, store, messenger } = parts
  const scene = sceneOf(kit.content, team.value, team.value.language, now)
  const codes = entries.flatMap(({ ids }) => ids[0] ?? [])
  const cases = await casesOf(store, team.value.id, codes)
  const said = team.value.lastDigest === scene.today && !apart
  const refs = isTimeToRemind(now, team.value) && !said ? rowsDue(entries, values(cases), scene) : []

  const posts: Post[] = []
  if (refs.length > 0) {
    if (!team.value.channel) {
      for (const entry of entries) await waitForChannel(store, team.value.id, entry, now)
      return
    }
    const post: Post = {
      v: 1,
      id: apart ? `digest-${scene.today}.${kit.newId()}` : `digest-${scene.today}`,
      card: { kind: 'digest', day: scene.today },
      refs,
      address: team.value.channel.address,
    }
    const drawn = drawPost(scene, post, values(cases))
    const message = await messenger.post(post.address, drawn.card, drawn.summary)
    posts.push({ ...post, message, sentAt: now })
  }
  // The card has gone out: what follows is book-keeping, repeated on fresh documents where somebody was faster.
  let seen: Seen = { team, cases }
  for (;;) {
    const outcome = await store.commit(afterDigest(kit, seen, entries, posts, scene))
    if (outcome === 'done') return
    const [fresh] = await store.load(team.value.id, 'team', [team.value.id])
    seen = { team: fresh, cases: await casesOf(store, team.value.id, codes) }
  }
}

interface Seen {
  team: Versioned<Team> | undefined
  cases: Map<string, Versioned<Case>>
}

/** The rows that still matter: the case may have changed since they became due. */
const rowsDue = (entries: DueEntry[], cases: Map<string, Case>, { today, team }: Scene): Ref[] => {
  const rows = entries.flatMap(({ kind, ids: [code = '', id] }): Ref[] => {
    const found = cases.get(code)
    if (!found || found.status === 'closed') return []
    if (kind === 'vacant') return presentCoordinator(found, team) ? [] : [{ code }]
    const inquiry = kind === 'waiting' ? waitingInquiry(found)?.id : undefined
    if (inquiry) return [{ code, inquiry }]
    const agreement = found.agreements.find((one) => one.id === id)
    if (!agreement) return []
    const matters =
      kind === 'remind'
        ? agreement.status === 'open' && agreement.by <= today
        : agreement.status !== 'dropped' && !agreement.followUpSaid && agreement.followUp.on <= today
    return matters ? [{ code, agreement: agreement.id }] : []
  })
  // An agreement that is due on the day it is talked about is one row.
  const name = ({ code, agreement, inquiry }: Ref) => [code, agreement, inquiry].join('|')
  return [...new Map(rows.map((row) => [name(row), row])).values()]
}

function afterDigest(kit: Kit, { team, cases }: Seen, entries: DueEntry[], posts: Post[], scene: Scene): Commit {
  const { id } = scene.team
  const shown = posts.flatMap(({ refs }) => refs)
  const writes: Write[] = posts.map((post) => ({ kind: 'post', id: post.id, rev: 0, value: post }))
  if (team && posts.length > 0)
    writes.push({ kind: 'team', id, rev: team.rev, value: { ...team.value, lastDigest: scene.today } })
  // Nothing is put off for a case that has changed while the card was on its way.
  const reads: NonNullable<Commit['reads']> = []
  const due: Commit['due'] = entries.map(taken)

  for (const [code, { rev, value }] of cases) {
    const rows = shown.filter((ref) => ref.code === code)
    const reminded = rows.length > 0 ? remindedOn(value, rows, scene.today) : value
    const { changed, questions } = askAboutOverdue(reminded, scene.team, kit.newId)
    for (const question of questions) {
      writes.push({ kind: 'post', id: question.id, rev: 0, value: question })
      due.push({ kind: 'post', ids: [question.id], at: scene.now })
    }
    const posted = rows.length > 0 ? { ...changed, posts: [...changed.posts, ...posts.map(({ id }) => id)] } : changed
    if (posted !== value) writes.push({ kind: 'case', id: code, rev, value: posted })
    else reads.push({ kind: 'case', id: code, rev })
    due.push(...(team ? dueEntriesFor(posted, scene.now, team.value) : []))
  }
  return { team: id, writes, reads, due, audit: [] }
}

/** The question about each agreement that has been reminded of often enough, to whoever is there to be asked. */
function askAboutOverdue(found: Case, team: Team, newId: () => string): { changed: Case; questions: Post[] } {
  const user = found.status === 'open' ? toBeAsked(found, team) : undefined
  const overdue = user === undefined ? [] : found.agreements.filter((agreement) => overdueQuestion(agreement, user))
  if (user === undefined || overdue.length === 0) return { changed: found, questions: [] }
  const questions = overdue.map(
    (agreement): Post => ({
      v: 1,
      id: `${found.code}.${agreement.id}.${newId()}`,
      card: { kind: 'overdue', user },
      refs: [{ code: found.code, agreement: agreement.id }],
      address: '',
    }),
  )
  const changed = {
    ...found,
    posts: [...found.posts, ...questions.map(({ id }) => id)],
    agreements: found.agreements.map((one) => (overdue.includes(one) ? { ...one, questioned: user } : one)),
  }
  return { changed, questions }
}
