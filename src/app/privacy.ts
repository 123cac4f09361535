/** What is kept, how to take it along, and how to have it deleted. */
import { DateTime } from 'luxon'
import { type Case, openAgreements } from '../domain/case.ts'
import { CLOSED_DAYS, DEPARTED_DAYS, REVIEW_DAYS } from '../domain/retention.ts'
import { answer, type Decision, gate, refuse, type Turn } from './decision.ts'
import { linkNote, linksTo } from './files.ts'
import type { Reply } from './ports.ts'
import { nameOf, type Scene, say, sayMoment, wordsOf } from './scene.ts'
import { exportLines, partsOf } from './view/export.ts'
import { button, commandButton, MOST_ROWS, notice, row, rows } from './view/parts.ts'

/** What is kept about me and my cases, for how long, and who can see it. */
export function overview({ scene, seen, user }: Turn): Reply {
  const title = say(scene, 'privacy.title')
  const session = seen.session?.value
  const days = { review: REVIEW_DAYS, closed: CLOSED_DAYS, departed: DEPARTED_DAYS }
  const facts = [
    {
      title: say(scene, 'privacy.you.title'),
      value: say(scene, 'privacy.you.text', { team: scene.team.name, ...days }),
    },
    {
      title: say(scene, 'privacy.pupils.title'),
      value: say(scene, 'privacy.pupils.text', { count: seen.mine.length }),
    },
    ...(session?.user === user.id
      ? [
          {
            title: say(scene, 'privacy.draft.title'),
            value: say(scene, 'privacy.draft.text', { dialog: wordsOf(scene, session.dialog).say('title') }),
          },
        ]
      : []),
    { title: say(scene, 'privacy.readers.title'), value: say(scene, 'privacy.readers.text') },
    { title: say(scene, 'privacy.time.title'), value: say(scene, 'privacy.time.text', days) },
    { title: say(scene, 'privacy.chat.title'), value: say(scene, 'privacy.chat.text') },
  ]
  const actions = [commandButton(scene, say(scene, 'privacy.choose'), 'privacy-export', '', { style: 'positive' })]
  return { card: notice(scene, { title, facts, texts: [say(scene, 'help.journal')], actions }), summary: title }
}

/** My cases, each to be exported or deleted. */
export function chooseCase(turn: Turn): Reply {
  const { scene, seen } = turn
  const title = say(scene, 'privacy.choose')
  const own = seen.mine.map(({ value }) => value).filter((found) => gate(turn, 'case.export', found) === undefined)
  const shown = own.slice(0, MOST_ROWS).map((found) =>
    row({
      what: `${found.alias} · ${found.code}`,
      actions: [
        commandButton(scene, say(scene, 'privacy.export.button'), 'privacy-export', found.code),
        commandButton(scene, say(scene, 'privacy.erase.button'), 'privacy-erase', found.code),
      ],
    }),
  )
  const text = own.length === 0 ? say(scene, 'cases.none') : ''
  return { card: rows(scene, { title, text, rows: shown, footer: say(scene, 'privacy.closed') }), summary: title }
}

/** Shows one part of a case's whole text, to be copied into the school's own file. */
export function exportCase(turn: Turn, found: Case | undefined, part = 1): Decision {
  const refused = found ? gate(turn, 'case.export', found) : 'not-yours'
  if (!found || refused) return refuse(turn, refused || 'not-yours')
  const { scene, user } = turn
  const { code } = found
  const parts = partsOf(exportLines(scene, found))
  const at = Math.min(Math.max(Math.trunc(part) || 1, 1), parts.length)
  const [title = '', ...lines] =
    at === 1 ? (parts[0] ?? []) : [say(scene, 'privacy.export.title', { code }), ...(parts[at - 1] ?? [])]
  const go = (words: string, to: number) =>
    button(say(scene, words), 'export', { team: scene.team.id, code, part: String(to) })
  // What takes several cards to show is better taken along as a file.
  const links = parts.length > 1 ? linksTo(turn, { kind: 'export', code }, say(scene, 'privacy.export.file')) : []
  const card = notice(scene, {
    title,
    links,
    texts: [
      ...(parts.length > 1 ? [say(scene, 'privacy.export.part', { at, of: parts.length })] : []),
      ...(links.length > 0 ? [linkNote(turn, links)] : []),
      ...lines,
    ],
    actions: [
      ...(at < parts.length ? [go('privacy.export.next', at + 1)] : []),
      ...(at > 1 ? [go('actions.back', at - 1)] : []),
      commandButton(scene, say(scene, 'privacy.erase.button'), 'privacy-erase', code),
    ],
  })
  // Turning the pages is one export.
  const audit = at === 1 ? [{ actor: user.id, action: 'case-exported', code }] : []
  return answer({ card, summary: title }, { audit })
}

/** Asks once more before anything is deleted. */
export function askToErase(turn: Turn, found: Case | undefined): Decision {
  const refused = found ? gate(turn, 'case.erase', found) : 'not-yours'
  if (!found || refused) return refuse(turn, refused || 'not-yours')
  const { scene } = turn
  const { code } = found
  const title = say(scene, 'privacy.erase.title', { code })
  const open = openAgreements(found).length
  const texts = [
    say(scene, 'privacy.erase.text', { contacts: found.contacts.length, agreements: found.agreements.length }),
    ...(open > 0 ? [say(scene, 'privacy.erase.open', { count: open })] : []),
    say(scene, 'privacy.erase.first'),
  ]
  const actions = [
    button(say(scene, 'privacy.erase.confirm'), 'erase', { team: scene.team.id, code }, { style: 'destructive' }),
    ...(gate(turn, 'case.export', found)
      ? []
      : [commandButton(scene, say(scene, 'privacy.export.button'), 'privacy-export', code)]),
    commandButton(scene, say(scene, 'privacy.erase.keep'), 'privacy'),
  ]
  return answer({ card: notice(scene, { title, texts, actions }), summary: title })
}

/** Deletes a case at once, and gives a receipt. The gate has been asked. */
export function eraseCase({ scene, user, seen }: Turn, found: Case): Decision {
  const { code, coordination, creator } = found
  const others = new Set(
    [creator, coordination.coordinator?.user].filter((who) => who !== undefined && who !== user.id),
  )
  return answer(receipt(scene, found, user.id), {
    erased: found,
    due: [...others].map((who) => ({
      kind: 'tell' as const,
      ids: [String(who), 'erased', code, user.id],
      at: seen.now,
    })),
    audit: [{ actor: user.id, action: 'case-erased', code }],
  })
}

function receipt(scene: Scene, { code, contacts, agreements, posts }: Case, by: string): Reply {
  const title = say(scene, 'privacy.receipt.title', { code })
  const fact = (name: string, value: string) => ({ title: say(scene, `privacy.receipt.${name}`), value })
  const time = DateTime.fromMillis(scene.now, { zone: scene.team.zone }).toFormat('HH.mm')
  const facts = [
    fact('when', `${sayMoment(scene, scene.now)}, ${time}`),
    fact('by', nameOf(scene, by)),
    fact('what', say(scene, 'privacy.receipt.whole', { contacts: contacts.length, agreements: agreements.length })),
    fact('cards', say(scene, 'privacy.receipt.emptied', { count: posts.length })),
    fact('left', say(scene, 'privacy.receipt.audit')),
  ]
  return { card: notice(scene, { title, facts, texts: [say(scene, 'privacy.chat.text')] }), summary: title }
}
