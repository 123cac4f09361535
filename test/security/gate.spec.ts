import { strict as assert } from 'node:assert'
import { COMMANDS, type Command } from '../../src/app/commands.ts'
import { VERBS } from '../../src/app/verbs.ts'
import { content } from '../helpers/core-stage.ts'
import { aPost } from '../helpers/documents.ts'
import {
  AGREED,
  ALIAS,
  CODE,
  idOf,
  NO_CODE,
  NOTED,
  ROLES,
  type Role,
  type School,
  startSchool,
  TEAM,
} from './school.ts'

const MEMBERS = ['creator', 'coordinator', 'named', 'asked', 'member', 'leader'] as const satisfies Role[]
const HOLDERS = ['creator', 'coordinator'] as const satisfies Role[]
/** Who reads a case's agreements; all but the holders without its notes. */
const READERS = [...HOLDERS, 'named'] as const satisfies Role[]

/** Who may, and what the other members of the team are told. */
interface Row {
  may: readonly Role[]
  others?: 'not-yours' | 'not-your-agreement' | 'not-asked' | 'not-a-leader'
  /** What the button carries besides the team. */
  data?: Record<string, string>
}

const code = CODE
const agreement = { code, agreement: 'a1' }

/** A command with the code of the case behind it, where it takes one. */
const COMMAND_ROWS: Record<Command, Row> = {
  concern: { may: HOLDERS, others: 'not-yours', data: { code } },
  'call-prep': { may: HOLDERS, others: 'not-yours', data: { code } },
  'call-incoming': { may: HOLDERS, others: 'not-yours', data: { code } },
  'pupil-talk': { may: HOLDERS, others: 'not-yours', data: { code } },
  'agreement-log': { may: HOLDERS, others: 'not-yours', data: { code } },
  'coordinator-pick': { may: [...HOLDERS, 'leader'], others: 'not-yours', data: { code } },
  meeting: { may: HOLDERS, others: 'not-yours', data: { code } },
  'meeting-hold': { may: HOLDERS, others: 'not-yours', data: { code } },
  case: { may: READERS, others: 'not-yours', data: { code } },
  'privacy-export': { may: HOLDERS, others: 'not-yours', data: { code } },
  'privacy-erase': { may: [...HOLDERS, 'leader'], others: 'not-yours', data: { code } },
  settings: { may: ['leader'], others: 'not-a-leader' },
  // What everybody on the team has of their own.
  'message-check': { may: MEMBERS },
  'parents-meeting': { may: MEMBERS },
  safety: { may: MEMBERS },
  cases: { may: MEMBERS },
  today: { may: MEMBERS },
  overview: { may: MEMBERS },
  language: { may: MEMBERS },
  team: { may: MEMBERS },
  privacy: { may: MEMBERS },
  help: { may: MEMBERS },
  cancel: { may: MEMBERS },
  resume: { may: MEMBERS },
}

/** The buttons outside a dialog, by what they are called in a card's data. */
const VERB_ROWS: Record<string, Row> = {
  done: { may: READERS, others: 'not-your-agreement', data: agreement },
  undo: { may: READERS, others: 'not-your-agreement', data: agreement },
  postpone: { may: READERS, others: 'not-your-agreement', data: agreement },
  postponed: { may: READERS, others: 'not-your-agreement', data: { ...agreement, by: '2027-01-13' } },
  drop: { may: READERS, others: 'not-your-agreement', data: agreement },
  refresh: { may: READERS, others: 'not-yours', data: { code } },
  open: { may: READERS, others: 'not-yours', data: { code } },
  accept: { may: ['asked'], others: 'not-asked', data: { code } },
  decline: { may: ['asked'], others: 'not-asked', data: { code } },
  invitation: { may: HOLDERS, others: 'not-yours', data: { code, meeting: 'm1' } },
  minutes: { may: HOLDERS, others: 'not-yours', data: { code, meeting: 'm2' } },
  outcome: { may: HOLDERS, others: 'not-yours', data: { code, helped: 'yes' } },
  answered: { may: HOLDERS, others: 'not-yours', data: { code } },
  'leader-knows': { may: HOLDERS, others: 'not-yours', data: { code } },
  close: { may: [...HOLDERS, 'leader'], others: 'not-yours', data: { code } },
  keep: { may: [...HOLDERS, 'leader'], others: 'not-yours', data: { code } },
  export: { may: HOLDERS, others: 'not-yours', data: { code, part: '1' } },
  erase: { may: [...HOLDERS, 'leader'], others: 'not-yours', data: { code } },
  setup: { may: ['leader'], others: 'not-a-leader', data: { channel: 'x', hour: '9' } },
  setting: { may: ['leader'], others: 'not-a-leader' },
  'setting-save': { may: ['leader'], others: 'not-a-leader', data: { setting: 'language', language: 'da' } },
  'setting-remove': { may: ['leader'], others: 'not-a-leader', data: { setting: 'closed', item: '0' } },
  draft: { may: MEMBERS, data: { what: 'A message' } },
  drafted: { may: MEMBERS, data: { what: 'A message' } },
  'check-message': { may: MEMBERS, data: { draft: 'Dear Mum, we miss Bo.' } },
  'cool-off': { may: MEMBERS },
  language: { may: MEMBERS, data: { language: 'en' } },
}

/** A link to a file, made out to each of them: whoever has left since gets nothing for it. */
const FILE_ROWS = {
  invitation: { may: HOLDERS, order: { kind: 'invitation', code, meeting: 'm1' } },
  minutes: { may: HOLDERS, order: { kind: 'minutes', code, meeting: 'm2' } },
  export: { may: HOLDERS, order: { kind: 'export', code } },
  deck: { may: MEMBERS, order: { kind: 'deck', stage: 'udskoling', school: { away: 'Call us', contact: 'Karen' } } },
} as const

/** Who finds the case in a list of theirs. */
const LIST_ROWS: Partial<Record<Command, readonly Role[]>> = {
  // Whoever was asked sees whom the question is about; not what was agreed.
  cases: ['creator', 'coordinator', 'named', 'asked'],
  today: [],
  'privacy-export': HOLDERS,
  // Numbers only, for everybody.
  overview: [],
  help: [],
}

const refusals = (name: string) => content.shared.en.say(`refused.${name}`, { name: 'Name leader' })
/** What each kind of outsider is told, whatever they try: the same for all of it. */
const OUTSIDERS: Partial<Record<Role, { status: number; said?: string }>> = {
  guest: { status: 200, said: refusals('guest') },
  removed: { status: 200, said: refusals('not-a-member') },
  elsewhere: { status: 200, said: refusals('not-a-member') },
  otherSchool: { status: 200, said: refusals('not-a-member') },
  otherTenant: { status: 403 },
}
const NOT_MEANT = content.shared.en.say('expired')

describe('the gate, tried through the endpoint', function () {
  this.timeout(60_000)
  let school: School
  before(async () => {
    school = await startSchool()
  })
  after(() => school.close())

  it('has a row for every command and every button, and none for what is not there', () => {
    assert.deepEqual(Object.keys(COMMAND_ROWS).sort(), [...COMMANDS].sort())
    assert.deepEqual(Object.keys(VERB_ROWS).sort(), Object.keys(VERBS).sort())
    const kinds = new Set(Object.values(FILE_ROWS).map(({ order }) => order.kind))
    assert.deepEqual([...kinds].sort(), ['deck', 'export', 'invitation', 'minutes'])
  })

  /** One cell: somebody presses a button. */
  async function cell(role: Role, verb: string, { may, others, data = {} }: Row): Promise<void> {
    const where = `${role}: ${verb} ${JSON.stringify(data)}`
    await school.reset(role)
    const before = await school.kept()
    const answer = await school.clicks(role, verb, data)
    if (may.includes(role)) {
      assert.equal(answer.status, 200, where)
      const isRefused = ['not-yours', 'not-your-agreement', 'not-asked', 'not-a-leader', 'guest', 'not-a-member']
        .map(refusals)
        .concat(NOT_MEANT, content.shared.en.say('unavailable'))
        .includes(answer.said ?? '')
      assert.ok(!isRefused, `${where}\n${answer.text}`)
      // Whoever accepts holds the case from then on.
      const isHolder = HOLDERS.some((one) => one === role) || verb === 'accept'
      if (!isHolder) for (const note of NOTED) assert.ok(!answer.text.includes(note), `${where} shows ${note}`)
      return
    }
    const told = OUTSIDERS[role] ?? { status: 200, said: refusals(others ?? '') }
    assert.deepEqual({ status: answer.status, said: answer.said }, { said: undefined, ...told }, where)
    assert.equal(await school.kept(), before, `${where} changed something`)
    for (const secret of [AGREED, ...NOTED, 'QXZ']) assert.ok(!answer.text.includes(secret), `${where} shows ${secret}`)
    if (!data.code) return
    // Somebody else's code and one that nobody has are answered alike, to the letter.
    const guessed = await school.clicks(role, verb, { ...data, code: NO_CODE })
    assert.deepEqual([guessed.status, guessed.text], [answer.status, answer.text], `${where} tells codes apart`)
  }

  for (const [command, row] of Object.entries(COMMAND_ROWS))
    it(`${command} is for ${sayWho(row.may)}`, async () => {
      for (const role of ROLES) await cell(role, 'command', { ...row, data: { ...row.data, command } })
    })

  for (const [verb, row] of Object.entries(VERB_ROWS))
    it(`the button "${verb}" is for ${sayWho(row.may)}`, async () => {
      for (const role of ROLES) await cell(role, verb, row)
    })

  it('is the same for a command that is typed', async () => {
    for (const role of ROLES) {
      await school.reset(role)
      const [own, nobodys] = [await school.says(role, `case ${CODE}`), await school.says(role, `case ${NO_CODE}`)]
      if (READERS.some((one) => one === role)) assert.ok(own.text.includes(AGREED), role)
      else assert.deepEqual([own.status, own.said, own.card], [nobodys.status, nobodys.said, nobodys.card], role)
      for (const note of NOTED)
        assert.equal(
          own.text.includes(note),
          HOLDERS.some((one) => one === role),
          role,
        )
    }
  })

  for (const [list, seers] of Object.entries(LIST_ROWS))
    it(`the list "${list}" shows the case to ${sayWho(seers ?? [])}`, async () => {
      for (const role of ROLES) {
        await school.reset(role)
        const { text } = await school.clicks(role, 'command', { command: list })
        assert.equal(text.includes(CODE), seers?.includes(role), `${role}: ${list}`)
        assert.equal(text.includes('QXZ'), seers?.includes(role), `${role}: ${list}`)
        for (const secret of NOTED) assert.ok(!text.includes(secret), `${role}: ${list} shows ${secret}`)
      }
    })

  for (const [name, { may, order }] of Object.entries(FILE_ROWS))
    it(`a link to the file "${name}" is good for ${sayWho(may)}`, async () => {
      for (const role of ROLES) {
        await school.reset(role)
        const isFor = may.some((one) => one === role)
        const { status, text } = await school.fetchFile(role, order)
        assert.equal(status, isFor ? 200 : 404, role)
        if (isFor || !('code' in order)) continue
        const guessed = await school.fetchFile(role, { ...order, code: NO_CODE })
        assert.deepEqual(guessed, { status, text }, role)
      }
    })

  for (const name of ['adaptiveCard/action', 'task/submit', 'composeExtension/submitAction'])
    it(`lets nothing private into a channel, whatever claims to be a button there (${name})`, async () => {
      const dialog = ['step', 'back', 'cancel'].flatMap((verb) => [
        [verb, { step: 'seen', action: 'next' }] as const,
        [verb, { step: 'seen', action: 'next', session: 'an old one' }] as const,
      ])
      const verbs = Object.entries(VERB_ROWS).map(([verb, { data = {} }]) => [verb, data] as const)
      const commands = COMMANDS.map((command) => ['command', { command, code }] as const)
      for (const role of HOLDERS)
        for (const [verb, data] of [...dialog, ...verbs, ...commands]) {
          await school.reset(role)
          const session = role === 'creator' ? await school.halfWay() : 'none'
          const before = school.connector.requests.length
          const told = await school.forges(role, name, verb, { session, message: '1', ...data })
          const asked = school.connector.requests.slice(before).filter(({ path }) => path.includes(TEAM))
          for (const secret of [...NOTED, ALIAS])
            assert.ok(!told.includes(secret), `${role}: ${verb} ${JSON.stringify(data)} shows ${secret}`)
          assert.doesNotMatch(told, /"verb":"step"/, `${role}: ${verb} ${JSON.stringify(data)} shows a dialog`)
          assert.deepEqual(asked, [], `${role}: ${verb} ${JSON.stringify(data)} changes a message`)
        }
    })

  it('draws no card into a channel that stands in somebody’s own chat', async () => {
    await school.reset('creator')
    const value = { ...aPost('own', [CODE]), card: { kind: 'outcome' as const, user: idOf('creator') } }
    const write = { kind: 'post' as const, id: 'own', rev: 0, value }
    await school.service.store.commit({ team: TEAM, writes: [write], due: [], audit: [] })
    const data = { code, helped: 'yes', post: 'own' }
    assert.ok((await school.clicks('creator', 'outcome', data)).card)
    const told = JSON.parse(await school.forges('creator', 'adaptiveCard/action', 'outcome', data))
    assert.deepEqual(told, { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: '' })
  })

  it('is shut once the bot has been taken out of the team: nobody tells any more who has left it', async () => {
    await school.reset('creator')
    const removed = { type: 'conversationUpdate', membersRemoved: [school.connector.bot], ...school.inChannel }
    await school.post(school.activity('creator', removed))
    const gone = Array(6).fill({ status: 403 })
    school.connector.misbehaveAt(/v3\/(teams|conversations\/[^/]*\/pagedmembers)/, ...gone)
    const told = content.shared.en.say('refused.members-unknown')
    assert.equal((await school.says('creator', `case ${CODE}`)).said, told)
    assert.equal((await school.clicks('creator', 'export', { code, part: '1' })).said, told)
    const { status, text } = await school.fetchFile('creator', FILE_ROWS.export.order)
    assert.equal(status, 503)
    for (const note of NOTED) assert.ok(!text.includes(note))
    await school.reset('creator')
    assert.ok((await school.says('creator', `case ${CODE}`)).text.includes(AGREED))
  })

  it('lets nobody go on with a dialog that is somebody else’s', async () => {
    for (const role of ROLES.filter((one) => one !== 'creator'))
      for (const verb of ['step', 'back', 'cancel']) {
        await school.reset('creator')
        await school.reset(role)
        const session = await school.halfWay()
        const data = { session, step: 'seen', action: 'next', seen: 'forged', since: '2026-11-02' }
        const [forged, guessed] = [
          await school.clicks(role, verb, data),
          await school.clicks(role, verb, { ...data, session: 'nobodys' }),
        ]
        const told = OUTSIDERS[role] ?? { status: 200, said: NOT_MEANT }
        assert.deepEqual({ status: forged.status, said: forged.said }, { said: undefined, ...told }, `${role} ${verb}`)
        assert.equal(forged.text, guessed.text, `${role} ${verb}`)
        const { session: kept } = await school.service.store.read({
          team: '19:general@thread.tacv2',
          user: idOf('creator'),
        })
        assert.deepEqual([kept?.value.id, kept?.value.step, kept?.value.vars.seen], [session, 'seen', undefined])
      }
  })
})

function sayWho(roles: readonly Role[]): string {
  if (roles === MEMBERS) return 'every member'
  return roles.length > 0 ? roles.join(', ') : 'nobody'
}
