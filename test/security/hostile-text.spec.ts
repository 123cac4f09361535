import { strict as assert } from 'node:assert'
import { type School, startSchool } from './school.ts'

/** As much as fits in a request: what holds a pattern up takes minutes of it. */
const LENGTH = 200_000
/** As much as a message to parents may hold. */
const DRAFT = 20_000
/** Milliseconds; a machine that does other things too needs a tenth of it. */
const SOON = 2000

const PIECES = [
  '<at ',
  '</at',
  '<',
  '<br',
  '&#32;',
  '&nbsp;',
  ' \n',
  '!',
  '. ',
  'a@',
  '12 ',
  '010190-',
  'Aa',
  'æ ',
  '😀',
  '\n#',
  '|',
].concat(['http://', 'F-', '/', 'case ', '" ', '1.a ', 'ikke ', 'I ', '?!'])

describe('a text that is made to hold the bot up', function () {
  this.timeout(60_000)
  let school: School
  before(async () => {
    school = await startSchool()
  })
  after(() => school.close())

  const filled = (piece: string, length: number) =>
    piece.repeat(Math.floor(length / Buffer.byteLength(JSON.stringify(piece))))
  async function isSoon(piece: string, act: () => Promise<{ status: number; text: string }>): Promise<void> {
    const started = performance.now()
    const { status, text } = await act()
    const took = performance.now() - started
    assert.ok(took < SOON, `${JSON.stringify(piece)}: ${took} ms`)
    assert.equal(status, 200)
    assert.ok(text.length < 60_000, `${JSON.stringify(piece)}: ${text.length} characters of an answer`)
  }

  it('is answered soon when it is typed, in a dialog or outside one', async () => {
    for (const piece of PIECES)
      for (const before of ['', 'call prep']) {
        await school.reset('creator')
        if (before) await school.says('creator', before)
        await isSoon(piece, () => school.says('creator', filled(piece, LENGTH)))
      }
  })

  it('is answered soon when it mentions the bot again and again', async () => {
    const { bot } = school.connector
    const mention = (text: string) => ({ type: 'mention', text, mentioned: { id: bot.id } })
    const blank = ' '.repeat(110_000)
    for (const [text, entities] of [
      [`x${blank}x`, Array(1800).fill(mention(' '))],
      [`x${blank}x`, Array.from({ length: 300 }, (_, length) => mention(' '.repeat(length + 1)))],
      ['a'.repeat(110_000), [mention(`b${'a'.repeat(60_000)}`)]],
    ] as const) {
      const typed = { type: 'message', text, entities, deliveryMode: 'expectReplies' }
      await isSoon('mention', () => school.post(school.activity('creator', typed)))
    }
  })

  it('is answered soon as a draft that is as long as one may be', async () => {
    for (const piece of PIECES) {
      const draft = `Dear Mum ${filled(piece, DRAFT - 100)}`
      await isSoon(piece, () => school.clicks('creator', 'check-message', { draft }))
    }
  })

  it('is answered soon as a message that is picked out in a chat', async () => {
    for (const piece of PIECES) {
      const messagePayload = { body: { contentType: 'html', content: filled(piece, LENGTH) } }
      const value = { commandId: 'log-agreement', messagePayload }
      const picked = school.activity('creator', { type: 'invoke', name: 'composeExtension/fetchTask', value })
      const started = performance.now()
      assert.equal((await school.post(picked)).status, 200)
      const took = performance.now() - started
      assert.ok(took < SOON, `${JSON.stringify(piece)}: ${took} ms`)
    }
  })

  it('is answered soon in a field of a form, and shown no longer than it may be', async () => {
    for (const piece of PIECES) {
      const data = { what: filled(piece, LENGTH), who: 'school' }
      await isSoon(piece, () => school.clicks('creator', 'drafted', data))
    }
  })
})
