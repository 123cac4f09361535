import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { ACTIONS, type Action, may, type Refusal } from '../../src/domain/access.ts'
import { aCase, anAgreement, aTeam, NOON } from '../helpers/documents.ts'

/** Each kind of person there can be around a case; all but the first two are full members of the team. */
const ACTORS = [
  'stranger',
  'guest',
  'colleague',
  'creator',
  'coordinator',
  'former coordinator',
  'asked',
  'named',
  'named elsewhere',
  'leader',
] as const
type Actor = (typeof ACTORS)[number]
const MEMBERS = ACTORS.filter((actor) => actor !== 'stranger' && actor !== 'guest')

const member = (id: string, guest = false) => ({ id, name: id, guest })
const team = aTeam('t1', {
  members: [...MEMBERS.map((id) => member(id)), member('guest', true)],
  leaders: ['leader'],
})
const found = aCase('F-2222', {
  creator: 'creator',
  coordination: {
    coordinator: { user: 'coordinator', since: NOON },
    asked: { user: 'asked', by: 'creator', at: NOON },
    history: ['former coordinator', 'coordinator'].map((user) => ({ user, what: 'accepted', at: NOON, by: user })),
  },
  agreements: [anAgreement('a1', { staff: 'named' }), anAgreement('a2', { staff: 'named elsewhere' })],
})
const subject = { team, case: found, agreement: 'a1' }

const HOLDERS: readonly Actor[] = ['creator', 'coordinator']
const TABLE: Record<Action, { may: readonly Actor[]; others: Refusal }> = {
  'team.see': { may: MEMBERS, others: 'not-a-member' },
  'team.setup': { may: ['leader'], others: 'not-a-leader' },
  'case.open': { may: MEMBERS, others: 'not-a-member' },
  'case.read': { may: HOLDERS, others: 'not-yours' },
  'case.readAgreements': { may: [...HOLDERS, 'named', 'named elsewhere'], others: 'not-yours' },
  'case.close': { may: [...HOLDERS, 'leader'], others: 'not-yours' },
  'case.keep': { may: [...HOLDERS, 'leader'], others: 'not-yours' },
  'case.export': { may: HOLDERS, others: 'not-yours' },
  'case.erase': { may: [...HOLDERS, 'leader'], others: 'not-yours' },
  'contact.record': { may: HOLDERS, others: 'not-yours' },
  'meeting.plan': { may: HOLDERS, others: 'not-yours' },
  'view.record': { may: HOLDERS, others: 'not-yours' },
  'agreement.log': { may: HOLDERS, others: 'not-yours' },
  'agreement.done': { may: [...HOLDERS, 'named'], others: 'not-your-agreement' },
  'agreement.undo': { may: [...HOLDERS, 'named'], others: 'not-your-agreement' },
  'agreement.postpone': { may: [...HOLDERS, 'named'], others: 'not-your-agreement' },
  'agreement.drop': { may: [...HOLDERS, 'named'], others: 'not-your-agreement' },
  'coordinator.ask': { may: [...HOLDERS, 'leader'], others: 'not-yours' },
  'coordinator.take': { may: HOLDERS, others: 'not-yours' },
  'coordinator.answer': { may: ['asked'], others: 'not-asked' },
  'outcome.record': { may: HOLDERS, others: 'not-yours' },
}

describe('the gate', () => {
  for (const action of ACTIONS) {
    const { may: allowed, others } = TABLE[action]
    it(`opens ${action} to ${allowed === MEMBERS ? 'every member' : allowed.join(', ')} and nobody else`, () => {
      for (const actor of ACTORS) {
        const refused = actor === 'stranger' ? 'not-a-member' : actor === 'guest' ? 'guest' : others
        assert.deepEqual(may(actor, action, subject), allowed.includes(actor) || { refused }, actor)
      }
    })
  }

  it('lets any member set up a team that has no leader yet', () => {
    for (const actor of MEMBERS) assert.equal(may(actor, 'team.setup', { team: { ...team, leaders: [] } }), true)
    assert.deepEqual(may('guest', 'team.setup', { team: { ...team, leaders: [] } }), { refused: 'guest' })
  })

  it('lets a leader take a case that nobody on the team holds, and no other', () => {
    const present = ({ id }: { id: string }) => id !== 'creator' && id !== 'coordinator'
    const left = { case: found, team: { ...team, members: team.members.filter(present) } }
    for (const actor of MEMBERS.filter((id) => present({ id })))
      assert.deepEqual(may(actor, 'coordinator.take', left), actor === 'leader' || { refused: 'not-yours' }, actor)
    // The creator holds a case whose coordinator has left.
    const half = { case: found, team: { ...team, members: team.members.filter(({ id }) => id !== 'coordinator') } }
    assert.deepEqual(may('leader', 'coordinator.take', half), { refused: 'not-yours' })
  })

  it('asks which agreement it is about', () => {
    for (const agreement of [undefined, 'a2', 'a9', ''])
      assert.deepEqual(
        may('named', 'agreement.done', { team, case: found, ...(agreement !== undefined && { agreement }) }),
        {
          refused: 'not-your-agreement',
        },
      )
  })

  it('lets go of whoever hands the case over, and of nobody else', () => {
    const handed = aCase('F-2222', {
      ...found,
      coordination: { coordinator: { user: 'asked', since: NOON }, history: [] },
    })
    assert.deepEqual(may('coordinator', 'case.read', { team, case: handed }), { refused: 'not-yours' })
    assert.equal(may('asked', 'case.read', { team, case: handed }), true)
    assert.equal(may('creator', 'case.read', { team, case: handed }), true)
  })

  it("tells nobody but a leader whether a code is a case: none is answered like somebody else's", () => {
    for (const action of ACTIONS)
      for (const actor of ACTORS.filter((one) => one !== 'leader'))
        assert.deepEqual(
          may(actor, action, { team, agreement: 'a1' }),
          may(actor, action, { team, agreement: 'a1', case: aCase('F-3333', { creator: 'somebody else' }) }),
        )
    assert.deepEqual(may('leader', 'case.close', { team }), { refused: 'not-yours' })
  })
})

describe('whoever is a guest or no member', () => {
  const who = fc.constantFrom('anna', 'bo', 'carl')
  const anySubject = fc.record({
    leaders: fc.array(who),
    others: fc.uniqueArray(who),
    creator: who,
    coordinator: who,
    asked: who,
    staff: fc.array(who, { maxLength: 3 }),
  })

  it('may do nothing at all, whatever part in the case or the team they had', () =>
    fc.assert(
      fc.property(
        who,
        fc.boolean(),
        anySubject,
        (actor, guest, { leaders, others, creator, coordinator, asked, staff }) => {
          const members = others.filter((id) => id !== actor).map((id) => member(id))
          const subject = {
            team: aTeam('t1', { leaders, members: guest ? [...members, member(actor, true)] : members }),
            case: aCase('F-2222', {
              creator,
              coordination: {
                coordinator: { user: coordinator, since: NOON },
                asked: { user: asked, by: creator, at: NOON },
                history: [],
              },
              agreements: staff.map((staff, index) => anAgreement(`a${index}`, { staff })),
            }),
            agreement: 'a0',
          }
          for (const action of ACTIONS)
            assert.deepEqual(may(actor, action, subject), { refused: guest ? 'guest' : 'not-a-member' })
        },
      ),
    ))
})
