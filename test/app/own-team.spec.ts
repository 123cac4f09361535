import { strict as assert } from 'node:assert'
import type { Incoming, Reply } from '../../src/app/ports.ts'
import { buttonsOn, wordsOn } from '../helpers/cards.ts'
import { type CoreStage, coreStage, PEOPLE } from '../helpers/core-stage.ts'
import { aTeam } from '../helpers/documents.ts'

describe('somebody in several teams', () => {
  let stage: CoreStage
  let tenant: string
  let events = 0
  beforeEach(async () => {
    stage = await coreStage('da')
    tenant = `tenant-${stage.team}`
    const members = [{ id: PEOPLE.karen, name: 'Karen Holm', guest: false }]
    const other = aTeam(`${stage.team}-2`, { tenant, name: 'Mellemtrinnet', members })
    await stage.store.commit({
      team: other.id,
      writes: [{ kind: 'team', id: other.id, rev: 0, value: other }],
      due: [],
      audit: [],
    })
    await stage.store.indexMembers(tenant, other.id, [PEOPLE.karen], [])
  })
  afterEach(() => stage.close())

  const take = (what: Incoming['what'], who: string = PEOPLE.karen): Promise<Reply> =>
    stage.take({
      event: `own-team-${++events}`,
      tenant,
      user: { id: who, name: 'Karen Holm', locale: 'da-DK' },
      address: who,
      place: 'direct',
      what,
    })
  const says = (text: string, who?: string) => take({ kind: 'message', text }, who)
  const chooses = (team: string) => take({ kind: 'action', verb: 'choose-team', data: { team } })
  const words = ({ card, text }: Reply) => `${text ?? ''}${card ? wordsOn(card) : ''}`

  it('is asked which one a direct chat is about, by name', async () => {
    const reply = await says('opkald forbered')
    assert.match(words(reply), /Hvilket team handler det om\?/)
    assert.deepEqual(
      buttonsOn(reply.card).map(({ title }) => title),
      ['Mellemtrinnet', 'Udskolingen'],
    )
  })

  it('is asked once, and goes on in the chosen one', async () => {
    assert.match(words(await chooses(`${stage.team}-2`)), /Så handler det om »Mellemtrinnet«/)
    const card = await says('opkald forbered')
    assert.match(words(card), /Hvilken elev\?/)
    assert.ok(buttonsOn(card.card).every(({ data }) => data.team === `${stage.team}-2`))
  })

  it('can choose another one at any time', async () => {
    await chooses(`${stage.team}-2`)
    assert.match(words(await says('team')), /Hvilket team/)
    await chooses(stage.team)
    const { card } = await says('opkald forbered')
    assert.ok(buttonsOn(card).every(({ data }) => data.team === stage.team))
  })

  it('cannot choose a team of others, whatever a card says', async () => {
    assert.match(words(await chooses('team-of-others')), /Hvilket team/)
    assert.equal((await stage.store.teamsOf(tenant, PEOPLE.karen)).chosen, undefined)
  })

  it('is known by the only team there is, and told so', async () => {
    assert.match(words(await says('opkald forbered', PEOPLE.bo)), /Hvilken elev\?/)
    assert.match(words(await says('skift team', PEOPLE.bo)), /kun med i ét team: »Udskolingen«/)
  })

  it('reaches another team’s case through a card, which knows its team', async () => {
    await chooses(stage.team)
    const reply = await take({
      kind: 'action',
      verb: 'command',
      data: { team: `${stage.team}-2`, command: 'call-prep' },
    })
    assert.ok(buttonsOn(reply.card).every(({ data }) => data.team === `${stage.team}-2`))
  })
})
