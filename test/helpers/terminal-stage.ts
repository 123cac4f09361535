/** A conversation in a terminal, driven by what is typed and read by what is printed. */
import { strict as assert } from 'node:assert'
import { PassThrough } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { DateTime } from 'luxon'
import { CHANNEL, type Message } from '../../src/channels/terminal/index.ts'
import { startChat } from '../../src/cli/chat.ts'
import { COLLEAGUES, SCHOOL, TEACHER } from '../../src/local/school.ts'
import { buttonsOn, fieldsOn, wordsOn } from './cards.ts'
import { content } from './core-stage.ts'
import type { Posted, Stage } from './play.ts'
import { sharedRedis } from './redis.ts'

const ZONE = 'Europe/Copenhagen'
const PROMPT = '› '
const EVERYBODY = [TEACHER, ...COLLEAGUES]

export interface TerminalStage extends Stage {
  close(): Promise<void>
}

export async function terminalStage(language: 'da' | 'en'): Promise<TerminalStage> {
  let offset = 0
  let printed = ''
  const input = new PassThrough()
  const output = new PassThrough()
  output.on('data', (chunk) => {
    printed += chunk
  })
  const chat = await startChat({
    content,
    redis: (await sharedRedis()).config,
    language,
    input,
    output,
    clock: { offset: () => offset, move: () => false },
  })
  const talk = chat.talk()

  /** Types a line, and returns what is printed until the next prompt. */
  async function type(line: string): Promise<string> {
    const from = printed.length
    input.write(`${line}\n`)
    await prompted(from)
    // An address is made by chance and may spell anybody's initials.
    return printed.slice(from, -PROMPT.length).replaceAll(/http:\S+/g, '')
  }
  async function prompted(from: number): Promise<void> {
    for (let waited = 0; printed.length <= from || !printed.endsWith(PROMPT); waited += 5) {
      assert.ok(waited < 5000, `nothing more is asked after:\n${printed.slice(from)}`)
      await setTimeout(5)
    }
  }
  await prompted(0)

  let playing: string = TEACHER.id
  async function be(who: string): Promise<void> {
    if (who === playing) return
    playing = who
    const { name = '' } = EVERYBODY.find(({ id }) => id === who) ?? {}
    await type(`/demo ${language === 'da' ? 'som' : 'as'} ${name}`)
  }

  /** Whose message it is: one to a colleague has their name on it; an answer is for whoever asked. */
  const owners = new Map<string, string>()
  const ownerOf = ({ id, address, card }: Message): string => {
    if (address === CHANNEL) return 'channel'
    const note = /^✉ (.*)$/m.exec(wordsOn(card))?.[1]
    return EVERYBODY.find(({ name }) => name === note)?.id ?? owners.get(id) ?? TEACHER.id
  }
  const posted = (): Posted[] =>
    chat.messages.map((message) => {
      const { id, card, seen } = message
      const replaced = Object.fromEntries(EVERYBODY.map((person) => [person.id, seen as Record<string, unknown>]))
      return { id, to: ownerOf(message), card, text: '', replaced }
    })

  return {
    people: { karen: TEACHER.id, birte: COLLEAGUES[0]?.id ?? '', bo: COLLEAGUES[1]?.id ?? '' },
    channel: SCHOOL.channel.name,
    posted,
    says: async (who, text, place) => {
      await be(who)
      const before = chat.messages.length
      const said = await type(place === 'channel' ? `# ${text}` : text)
      const answer = chat.messages[before]
      if (answer) owners.set(answer.id, who)
      return { text: said }
    },
    presses: async (who, { id }, verb, data) => {
      const message = chat.messages.find((known) => known.id === id)
      assert.ok(message)
      const index = buttonsOn(message.seen).findIndex((button) => isPressed(button, verb, data))
      assert.ok(index >= 0, `there is no button for ${verb}`)
      const { takesInputs } = buttonsOn(message.seen)[index] ?? {}
      const fields = takesInputs ? fieldsOn(message.seen) : []
      // A message to a colleague is pressed as that colleague, whoever sits there.
      if (!('playedBy' in data)) await be(who)
      let said = await type(String(message.first + index))
      for (const field of fields) {
        const value = String(data[field.id] ?? '')
        const choice = field.choices.indexOf(value) + 1
        said = await type(value === field.value ? '' : value === '' ? '-' : choice > 0 ? String(choice) : value)
      }
      return { text: said }
    },
    settle: async () => {},
    until: async (local) => {
      const now = (await chat.now()) - offset
      offset = DateTime.fromISO(local, { zone: ZONE }).toMillis() - now
      await chat.deliver()
    },
    async close() {
      input.end()
      await talk
      await chat.close()
    },
  }
}

const isPressed = (button: { verb: string; data: object }, verb: string, data: Record<string, unknown>): boolean =>
  button.verb === verb && Object.entries(button.data).every(([key, value]) => data[key] === value)
