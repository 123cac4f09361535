import { strict as assert } from 'node:assert'
import { type Scene, say, sayDay, sayMoment, sceneOf, wordsOf } from '../../src/app/scene.ts'
import { exportLines, partsOf } from '../../src/app/view/export.ts'
import { exportRecord } from '../../src/app/view/export-record.ts'
import { sayClock } from '../../src/app/view/meeting.ts'
import type { Case } from '../../src/domain/case.ts'
import { LANGUAGES } from '../../src/domain/team.ts'
import { content } from '../helpers/core-stage.ts'
import { aCase, aTeam, NOON } from '../helpers/documents.ts'

/** Every field of a document, down to the last: what is added to a case has to be filled in here too, or it does not compile. */
type Whole<T> = T extends readonly (infer One)[]
  ? Whole<One>[]
  : T extends object
    ? { [K in keyof T]-?: Whole<T[K]> }
    : T

/** Something that stands nowhere else. */
const unique = (make: (count: string) => string) => {
  let count = 100
  return () => make(String(count++))
}
const word = unique((count) => `ord-${count}`)
const person = unique((count) => `user-${count}`)
const name = (user: string) => user.replace('user-', 'Navn ')
const day = unique((count) => `2029-0${Number(count) % 9 || 9}-${10 + (Number(count) % 17)}`)
const moment = unique((count) => String(NOON + (Number(count) - 100) * 86_400_000))
const at = () => Number(moment())

const holder = { user: person(), by: person(), at: at() }
const asked = { user: person(), by: person(), at: at() }
const everything: Whole<Case> = {
  v: 1,
  code: 'F-2222',
  alias: word(),
  creator: person(),
  openedAt: at(),
  concerns: [
    {
      id: 'concern',
      at: at(),
      by: person(),
      seen: word(),
      weekdays: ['monday', 'friday'],
      lessons: word(),
      since: day(),
      away: { row: 7, month: 13, quarter: 29 },
      known: ['home', 'ppr'],
      tried: word(),
    },
  ],
  contacts: [
    {
      id: 'contact',
      at: at(),
      by: person(),
      direction: 'incoming',
      reached: true,
      way: 'message',
      answered: true,
      whom: word(),
      seen: word(),
      since: day(),
      notes: { learning: word(), friends: word(), home: word(), child: word() },
    },
  ],
  pupilView: { state: 'asked', words: word(), at: at(), by: person() },
  agreements: [
    {
      id: 'a1',
      what: word(),
      who: 'school',
      staff: person(),
      by: day(),
      followUp: { on: day(), how: 'visit' },
      loggedBy: person(),
      loggedAt: at(),
      status: 'done',
      done: { by: person(), at: at() },
      reminded: 3,
      lastReminded: day(),
      followUpSaid: day(),
      questioned: true,
    },
  ],
  meetings: [
    {
      id: 'meeting',
      on: day(),
      time: '14:35',
      minutes: 45,
      place: 'home',
      where: word(),
      who: word(),
      pupil: 'before',
      how: word(),
      planned: { by: person(), at: at(), moved: 2 },
      held: {
        by: person(),
        at: at(),
        notes: { pupil: word(), home: word(), school: word(), shared: word(), worked: word() },
      },
    },
  ],
  coordination: {
    coordinator: { user: holder.user, since: holder.at },
    asked,
    history: [
      { ...holder, what: 'accepted' },
      { ...asked, what: 'asked' },
    ],
  },
  status: 'closed',
  closed: { by: person(), at: at() },
  outcomes: [{ helped: 'partly', at: at(), by: person() }],
  vacancies: 1,
  lastVacancy: day(),
  waiting: { contact: 'contact', times: 1, last: day() },
  nudges: [{ stage: 'check', from: day(), times: 1, last: day() }],
  review: { asked: at(), kept: at() },
  posts: ['post'],
}

/** What keeps our own work in order, and says nothing of the pupil. */
const BOOKKEEPING =
  /^(v|posts|vacancies|lastVacancy|(waiting|nudges|review)\..*|(concerns|contacts|agreements|meetings)\.id|meetings\.planned\.moved|agreements\.(reminded|lastReminded|followUpSaid|questioned))$/

/** How the text says what is kept as a code or a number; and, with nothing behind it, what other words say already. */
const SAID: Record<string, [dialog: string, path: (value: unknown) => string] | undefined> = {
  'concerns.weekdays': ['concern', (value) => `pattern.fields.weekdays.options.${value}`],
  'concerns.known': ['concern', (value) => `known.fields.known.options.${value}`],
  'contacts.direction': ['', () => 'case.events.contact-written'],
  'contacts.reached': ['', () => 'case.events.contact-written'],
  'contacts.way': ['', () => 'case.events.contact-written'],
  'contacts.answered': ['', () => 'inquiry.settled'],
  'pupilView.state': ['', (value) => `case.views.${value}`],
  'agreements.followUp.how': ['', (value) => `ways.${value}`],
  'agreements.status': ['', () => 'agreement.done'],
  'meetings.minutes': ['meeting', (value) => `when.fields.length.options.${value}`],
  'meetings.place': ['meeting', (value) => `when.fields.place.options.${value}`],
  'meetings.pupil': ['meeting', (value) => `pupil.fields.pupil.options.${value}`],
  'coordination.history.what': ['', (value) => `case.events.coordinator-${value}`],
  status: ['', (value) => `case.${value}`],
  'outcomes.helped': ['', (value) => `post.outcome.${value}`],
}

interface Leaf {
  path: string
  key: string
  value: string | number | boolean
}

const leaves = (value: unknown, path: string[] = []): Leaf[] => {
  if (Array.isArray(value)) return value.flatMap((one) => leaves(one, path))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, one]) => leaves(one, [...path, key]))
  return [{ path: path.join('.'), key: path.at(-1) ?? '', value: value as Leaf['value'] }]
}
const told = leaves(everything).filter(({ path }) => !BOOKKEEPING.test(path))
const people = leaves(everything).flatMap(({ value }) => (String(value).startsWith('user-') ? [String(value)] : []))
const team = aTeam('t', { members: people.map((id) => ({ id, name: name(id), guest: false })) })
const isMoment = (value: Leaf['value']): value is number => typeof value === 'number' && value >= NOON

for (const language of LANGUAGES)
  describe(`a case for the school’s own file, in ${language}`, () => {
    const scene: Scene = { ...sceneOf(content, team, language, NOON), today: '' }

    it('tells everything that is kept about it, with names and whole dates', () => {
      const text = exportLines(scene, everything).join('\n')
      for (const leaf of told) {
        const words = inText(scene, leaf)
        assert.ok(text.includes(words), `${leaf.path}: ${words}\nis not in\n${text}`)
      }
      assert.doesNotMatch(text, /user-|undefined|\{|\$|: $|\?:/m)
    })

    it('is the same as a record', () => {
      const record = exportRecord(scene, everything)
      const text = JSON.stringify(record)
      for (const leaf of told) {
        const words = inRecord(leaf)
        assert.ok(text.includes(words), `${leaf.path}: ${words}\nis not in\n${text}`)
      }
      assert.doesNotMatch(text, /user-/)
      assert.equal(record.opened.at, new Date(everything.openedAt + 3_600_000).toISOString().replace('Z', '+01:00'))
    })

    it('says how the home turned to the school, and what became of it', () => {
      const [contact] = everything.contacts
      assert.ok(contact)
      const text = (more: object) =>
        exportLines(scene, { ...everything, contacts: [{ ...contact, ...more }] }).join('\n')
      const event = (kind: string) => say(scene, `case.events.${kind}`, { name: name(contact.by) })
      assert.ok(text({ way: 'call' }).includes(event('contact-incoming')))
      assert.ok(text({ reached: false }).includes(event('contact-missed')))
      assert.ok(text({ answered: false }).includes(say(scene, 'privacy.export.promised')))
      assert.ok(!text({ answered: undefined }).includes(say(scene, 'inquiry.settled')))
    })

    it('is no more than its frame where nothing was written', () => {
      const text = exportLines(scene, aCase('F-3333', { alias: 'AB', creator: people[0] ?? '' })).join('\n')
      assert.doesNotMatch(text, /undefined|: $/m)
    })
  })

function inText(scene: Scene, { path, value }: Leaf): string {
  const [dialog, words] = SAID[path] ?? []
  // A sentence with a name or a date in it is looked for by its longest piece without.
  if (words) return longestPiece(wordsOf(scene, dialog || 'shared').say(words(value), { name: '|', on: '|' }))
  if (isMoment(value)) return sayMoment(scene, value)
  if (/^\d{4}-\d\d-\d\d$/.test(String(value))) return sayDay(scene, String(value))
  if (path === 'meetings.time') return sayClock(scene, String(value))
  return path === 'agreements.who' ? '' : name(String(value))
}

function inRecord({ path, key, value }: Leaf): string {
  if (path === 'coordination.history.what') return `"coordinator-${value}"`
  if (isMoment(value)) return new Date(value).toISOString().slice(0, 10)
  return typeof value === 'string' ? JSON.stringify(name(value)) : `"${key}":${value}`
}

const longestPiece = (text: string): string => text.split('|').reduce((a, b) => (b.length > a.length ? b : a))

describe('a long text', () => {
  it('is cut between lines, and nothing of it is lost', () => {
    const lines = Array.from({ length: 300 }, (_, i) => `${i} `.padEnd((i * 37) % 2900, 'ж'))
    const parts = partsOf(lines)
    assert.deepEqual(parts.flat(), lines)
    for (const part of parts) {
      assert.ok(part.length >= 1 && part.length <= 60)
      assert.ok(Buffer.byteLength(part.join('')) <= 6000 || part.length === 1)
    }
  })

  it('of nothing is one empty part', () => assert.deepEqual(partsOf([]), [[]]))
})
