/** Every card there is, drawn from data of one's choice: for what must hold for all of them. */
import type { Content } from '../../src/app/content.ts'
import type { Turn } from '../../src/app/decision.ts'
import * as listing from '../../src/app/listing.ts'
import type { Card } from '../../src/app/ports.ts'
import * as privacy from '../../src/app/privacy.ts'
import { safetyCard } from '../../src/app/safety.ts'
import { type Scene, sceneOf } from '../../src/app/scene.ts'
import { saveSetting, showSetting } from '../../src/app/settings.ts'
import { settingsCard } from '../../src/app/setup.ts'
import { surroundingsOf } from '../../src/app/surroundings.ts'
import { agreementHintLines, pupilLetter } from '../../src/app/view/agreement.ts'
import { caseCard } from '../../src/app/view/case.ts'
import { invitationLetter } from '../../src/app/view/meeting.ts'
import { checkedCard, draftCard } from '../../src/app/view/message.ts'
import { nudgeCard } from '../../src/app/view/next-step.ts'
import { overviewCard } from '../../src/app/view/overview.ts'
import { commandButton, draw, notice, row, rows } from '../../src/app/view/parts.ts'
import { drawPost } from '../../src/app/view/posts.ts'
import { redacted } from '../../src/app/view/retained.ts'
import { stepCard } from '../../src/app/view/step.ts'
import type { Session, Vars } from '../../src/dialog/session.ts'
import type { Agreement } from '../../src/domain/agreement.ts'
import type { Case } from '../../src/domain/case.ts'
import { WEEKDAYS } from '../../src/domain/concern.ts'
import { type PlannedMeeting, plannedMeeting } from '../../src/domain/meeting.ts'
import type { Post } from '../../src/domain/post.ts'
import type { Member, Team, Understood } from '../../src/domain/team.ts'
import { content } from './core-stage.ts'
import { aCase, anAgreement, aSession, aTeam, NOON } from './documents.ts'

/** What people have typed, and how many of everything there is. */
export interface Stuff {
  /** A text that people may type into a field with room for so many characters. */
  text: (max: number) => string
  /** A name from the school's directory. */
  name: string
  many: number
}

export interface Drawing {
  name: string
  /** Whether the whole team sees it. */
  channel: boolean
  card: Card
}

/** A template with what it was filled in with, and what came of it. */
export interface Filling {
  template: string
  data: object
  card: Card
}

/** All cards in one language, and the fillings they were drawn by. */
export function drawings(language: Understood, stuff: Stuff): { all: Drawing[]; fillings: Filling[] } {
  const fillings: Filling[] = []
  const scene = sceneOf(watched(fillings), teamOf(stuff), language, NOON)
  const found = caseOf(stuff)
  const privately = (name: string, card: Card | undefined): Drawing => ({ name, channel: false, card: card as Card })
  const mine = Array.from({ length: stuff.many }, () => ({ rev: 1, value: found }))
  const turn = {
    scene,
    seen: { mine },
    user: { id: HELD, name: stuff.name },
    incoming: { place: 'direct' },
    kit: {},
  } as unknown as Turn
  const all = [
    ...steps(scene, stuff, found).map(([name, card]) => privately(name, card)),
    ...posts(scene, found),
    privately(
      'the case, with nothing but a concern',
      caseCard(scene, { ...found, agreements: [], contacts: [] }, { full: true, files: true }),
    ),
    ...(['contact', 'check', 'followUp'] as const).map((stage) =>
      privately(
        `the reminder of a ${stage}`,
        nudgeCard(scene, found, { stage, from: '2026-11-02', on: '2026-11-09' }).card,
      ),
    ),
    privately('the case', caseCard(scene, found, { full: true, files: true })),
    privately('the case, closed', caseCard(scene, { ...found, status: 'closed' }, { full: true, files: true })),
    privately(
      'the case, as whoever has an agreement sees it',
      caseCard(scene, found, { full: false, picking: 'a1', files: true }),
    ),
    privately('the overview', overviewCard(scene, severalCases(stuff, found)).card),
    privately('my cases', listing.cases(turn).card),
    privately('what is mine today', listing.today(turn).card),
    privately('the help', listing.help(turn, stuff.name).card),
    privately('the welcome', listing.welcome(turn).card),
    privately('the languages', listing.languages(turn).card),
    privately('the settings', settingsCard(scene).card),
    ...settings(turn, stuff),
    privately('what is kept', privacy.overview(turn).card),
    privately('cases to export or delete', privacy.chooseCase(turn).card),
    ...[1, 2, 3].map((part) =>
      privately(`a case exported, part ${part}`, privacy.exportCase(turn, found, part).reply.card),
    ),
    privately('a case about to be deleted', privacy.askToErase(turn, found).reply.card),
    privately('the receipt', privacy.eraseCase(turn, found).reply.card),
    { name: 'an emptied card', channel: true, card: redacted(scene).card },
    privately(
      'what to do about danger',
      safetyCard({ scene: { ...scene, team: { ...scene.team, contacts: stuff.text(600) } } }).card,
    ),
    privately('a place for a draft', draftCard(scene, stuff.name)),
    ...checked(scene, stuff),
    privately(
      'the letter to the pupil',
      draw(scene, 'pupil-version', {
        title: 'Aftaler',
        text: 'Klar',
        label: 'Kopiér',
        links: [{ title: 'Hent', url: 'https://tovholder.example/files/x' }],
        lines: pupilLetter(scene, found.agreements.slice(0, 6)),
        letter: pupilLetter(scene, found.agreements.slice(0, 6)).join('\n'),
        actions: [commandButton(scene, 'Åbn', 'case', found.code)],
      }),
    ),
    privately(
      'the invitation to a meeting',
      draw(scene, 'pupil-version', {
        title: 'Møde',
        text: 'Klar',
        label: 'Kopiér',
        links: [],
        lines: letterOf(scene, found).filter((line) => line !== ''),
        letter: letterOf(scene, found).join('\n'),
        actions: [commandButton(scene, 'Åbn', 'case', found.code)],
      }),
    ),
    privately(
      'a notice with everything',
      notice(scene, {
        title: stuff.name,
        texts: [stuff.name, ...agreementHintLines(scene, stuff.text(240))],
        faults: [stuff.name],
        facts: [{ title: stuff.name, value: stuff.name }],
        quotes: [{ what: stuff.text(240), line: stuff.name }],
        links: [{ title: stuff.name, url: 'https://tovholder.example/files/x' }],
        actions: [commandButton(scene, stuff.name, 'help')],
      }),
    ),
    privately(
      'rows with everything',
      rows(scene, {
        title: stuff.name,
        text: stuff.name,
        footer: stuff.name,
        rows: [row({ heading: stuff.name, what: stuff.text(240), line: stuff.name, state: stuff.name })],
      }),
    ),
  ]
  return { all, fillings }
}

const letterOf = (scene: Scene, found: Case): string[] =>
  invitationLetter(scene, plannedMeeting(found) as PlannedMeeting)

/** Every kind of finding there are words for. */
const KINDS = [
  ...new Set(
    [...content.shared.da.messages.keys()].flatMap((path) => /^message\.findings\.([^.]+)\./.exec(path)?.[1] ?? []),
  ),
]

const watched = (fillings: Filling[]): Content => ({
  ...content,
  cards: Object.fromEntries(
    Object.entries(content.cards).map(([name, { expand }]) => [
      name,
      {
        expand: (data: object) => {
          const card = expand(data)
          fillings.push({ template: name, data, card })
          return card
        },
      },
    ]),
  ),
})

const teamOf = ({ name, many, text }: Stuff): Team => {
  const members: Member[] = Array.from({ length: Math.max(many, 3) }, (_, index) => ({
    id: `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`,
    name,
    guest: false,
  }))
  const channels = Array.from({ length: many }, (_, index) => ({ address: `channel-${index}`, name }))
  const closed = Array.from({ length: Math.min(many, 12) }, (_, index) => ({
    from: `2026-12-${10 + index}`,
    to: '2027-01-04',
  }))
  const leaders = members
    .slice(0, -1)
    .slice(0, 12)
    .map(({ id }) => id)
  const set = { closed, leaders, contacts: text(600), profile: 'tenth', dealFrom: '2026-08-01' } as const
  return aTeam('19:team@thread.tacv2', { ...set, members, channels, ...(channels[0] && { channel: channels[0] }) })
}
const [HELD, ASKED, STAFF] = ['000000000000', '000000000001', '000000000002'].map((n) => `00000000-0000-0000-0000-${n}`)

function caseOf({ text, many }: Stuff): Case {
  const agreements = Array.from({ length: many }, (_, index): Agreement => {
    const state = (['open', 'open', 'done', 'dropped'] as const)[index % 4] ?? 'open'
    return anAgreement(`a${index + 1}`, {
      what: text(240),
      who: 'school',
      staff: STAFF as string,
      by: ['2026-11-20', '2026-11-23', '2026-11-30'][index % 3] ?? '',
      followUp: { on: '2026-11-23', how: 'meeting' },
      loggedBy: HELD as string,
      status: state,
      ...(state === 'done' && { done: { by: STAFF as string, at: NOON } }),
    })
  })
  return aCase('F-7K3Q', {
    alias: text(4),
    creator: HELD as string,
    concerns: [
      {
        id: 'k1',
        at: NOON + 1,
        by: HELD as string,
        seen: text(600),
        weekdays: [...WEEKDAYS],
        lessons: text(200),
        since: '2026-11-02',
        away: { row: 9, month: 15, quarter: 30 },
        known: ['pupil', 'home', 'team', 'adviser', 'ppr'],
        tried: text(600),
      },
    ],
    agreements,
    pupilView: { state: 'asked', words: text(1000), at: NOON, by: HELD as string },
    contacts: Array.from({ length: many }, (_, index) => ({
      id: `c${index}`,
      at: NOON,
      by: HELD as string,
      direction: 'outgoing' as const,
      reached: true,
      whom: text(60),
      seen: text(600),
      notes: { learning: text(1500), friends: text(1500), home: text(1500), child: text(1500) },
    })),
    meetings: [
      ...Array.from({ length: many }, (_, index) => ({
        id: `a1b2c3d4.${index}`,
        on: '2026-11-23',
        who: text(300),
        held: {
          at: NOON,
          by: HELD as string,
          notes: { pupil: text(1000), home: text(1000), school: text(1000), shared: text(1000), worked: text(1000) },
        },
      })),
      {
        id: 'a1b2c3d4.pupil',
        on: '2026-11-30',
        time: '14:30',
        minutes: 45,
        place: 'school',
        where: text(120),
        who: text(300),
        pupil: 'before',
        how: text(300),
        planned: { by: HELD as string, at: NOON, moved: 0 },
      },
    ],
    coordination: {
      coordinator: { user: HELD as string, since: NOON },
      asked: { user: ASKED as string, by: HELD as string, at: NOON },
      history: Array.from({ length: many }, () => ({
        user: ASKED as string,
        what: 'declined' as const,
        at: NOON,
        by: HELD as string,
      })),
    },
  })
}

/** So many cases that their numbers are told. */
const severalCases = ({ many }: Stuff, found: Case): Case[] =>
  Array.from({ length: many + 12 }, (_, index) => ({
    ...found,
    coordination: index % 2 === 0 ? found.coordination : { history: [] },
  }))

/** Every setting at first sight, as a list with one more to add, and with a fault. */
const settings = (turn: Turn, { text }: Stuff): Drawing[] =>
  ['', 'language', 'zone', 'closed', 'rhythm', 'contacts', 'leaders'].flatMap((part) =>
    [
      showSetting(turn, { part }),
      showSetting(turn, { part, add: 'yes' }),
      saveSetting(turn, { part, zone: 'other', zoneName: text(60), contacts: text(700), to: text(10), from: text(10) }),
    ].map(({ reply }, index) => ({
      name: `the setting ${part}, ${index}`,
      channel: false,
      card: reply.card as Card,
    })),
  )

/** Every step of every dialog, at first sight and with a fault in every field. */
function steps(scene: Scene, { text, many }: Stuff, found: Case): [string, Card][] {
  return Object.values(scene.content.flows).flatMap((flow) => {
    const form = {
      who: 'school',
      staff: STAFF as string,
      by: '2026-11-30',
      followUpOn: '2026-12-01',
      followUpHow: 'call',
    }
    const vars: Vars = {
      direction: 'outgoing',
      caller: HELD as string,
      since: '2026-11-02',
      view: 'asked',
      colleague: ASKED as string,
      agreements: Array.from({ length: Math.min(many, 6) }, () => ({ ...form, what: text(240) })),
      cases: Array.from({ length: many }, () => ({ value: found.code, title: `${found.alias} · ${found.code}` })),
      ...Object.fromEntries(
        flow.steps.flatMap(({ fields }) =>
          Object.entries(fields).flatMap(([name, field]) => (field.kind === 'text' ? [[name, text(field.max)]] : [])),
        ),
      ),
    }
    return flow.steps.flatMap((step): [string, Card][] => {
      const session: Session = aSession('a1b2c3d4', HELD as string, {
        dialog: flow.name,
        step: step.id,
        vars,
        trail: ['x'],
      })
      const at = { ...session, code: found.code }
      const around = surroundingsOf(scene, at, found)
      const faults = Object.keys(step.fields).map((field) => ({ field, code: 'missing' }))
      return [
        [`${flow.name}, ${step.id}`, stepCard(scene, flow, at, around)],
        [
          `${flow.name}, ${step.id}, with faults`,
          stepCard(scene, flow, at, around, { faults, notice: text(60), entered: vars }),
        ],
      ]
    })
  })
}

/** What the writing coach can say, five things a card. */
function checked(scene: Scene, { text, name }: Stuff): Drawing[] {
  const values = { word: name, calm: text(160), lix: 60, words: 1000 }
  const kinds = KINDS.map((kind) => ({ code: 'blame' as const, kind, quote: text(160), values }))
  return (['send', 'revise', 'call', 'wait'] as const).flatMap((verdict) =>
    [0, 5, 10, 15].map((from) => ({
      name: `a message to ${verdict}, from ${from}`,
      channel: false,
      card: checkedCard(
        scene,
        { verdict, lix: 30, findings: kinds.slice(from, from + 5) },
        scene.language as Understood,
      ),
    })),
  )
}

/** Every kind of posted card; all but the ones to a person are for the channel. */
function posts(scene: Scene, found: Case): Drawing[] {
  const cases = new Map([[found.code, found]])
  const refs = found.agreements.map(({ id }) => ({ code: found.code, agreement: id }))
  const kinds: [Post['card'], Post['refs'], string?][] = [
    [{ kind: 'agreements' }, refs.slice(0, 6)],
    [{ kind: 'agreements' }, refs.slice(0, 6), `${found.code}/a1`],
    [{ kind: 'digest', day: scene.today }, [{ code: found.code }, ...refs]],
    [{ kind: 'coordinator' }, [{ code: found.code }]],
    [{ kind: 'question', user: ASKED as string }, [{ code: found.code }]],
    [{ kind: 'question', user: HELD as string }, [{ code: found.code }]],
    [{ kind: 'overdue', user: HELD as string }, refs.slice(0, 1)],
    [{ kind: 'overdue', user: HELD as string }, refs.slice(0, 1), `${found.code}/a1`],
    [{ kind: 'outcome', user: HELD as string }, [{ code: found.code }]],
    [{ kind: 'review', user: HELD as string }, [{ code: found.code }]],
  ]
  return kinds.map(([card, shown, picking]) => {
    const post: Post = { v: 1, id: 'a1b2c3d4.preview', card, refs: shown, address: '' }
    const name = `posted: ${card.kind}${picking ? ', choosing a date' : ''}`
    return { name, channel: !('user' in card), card: drawPost(scene, post, cases, picking).card }
  })
}
