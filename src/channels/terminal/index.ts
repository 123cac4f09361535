/** A third channel: one person at a terminal, with the whole team around them. */
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { styleText } from 'node:util'
import type { Card, Incoming, Messenger, Reply, Roster } from '../../app/ports.ts'
import type { Arguments } from '../../dialog/words.ts'
import type { Member } from '../../domain/team.ts'
import { type Button, type Field, type Paint, readCard, shownValue } from './reading.ts'

export interface TerminalOptions {
  input: Readable
  output: Writable
  /** Some of the shared words. */
  say: (words: string, args?: Arguments) => string
  /** Who sits at the terminal. */
  person: { id: string; name: string; locale: string }
  team: { id: string; tenant: string; name: string; channel: string; members: Member[] }
}

/** A card that has been shown. */
export interface Message {
  id: string
  address: string
  card: Card
  /** What the person sees in its place since they pressed something on it. */
  seen: Card
  /** The number of its first button. */
  first: number
}

export interface Terminal {
  messenger: Messenger
  roster: Roster
  /** Everything shown so far, oldest first. */
  messages: readonly Message[]
  /** Takes what is typed until the input ends or the person leaves; `after` brings what became due by it. */
  talk(turn: (incoming: Incoming) => Promise<Reply>, after: () => Promise<void>): Promise<void>
}

const DIRECT = 'terminal:direct'
export const CHANNEL = 'terminal:channel'
const LEAVE = ['/slut', '/quit', '/exit']

export function createTerminal({ input, output, say, person, team }: TerminalOptions): Terminal {
  const paint: Paint = (style, text) => styleText(style, text, { stream: output })
  const print = (text = '') => void output.write(`${text}\n`)
  const messages: Message[] = []
  /** Every button ever shown, by its number less one: an old card can be pressed as anywhere else. */
  const buttons: { button: Button; message: Message }[] = []
  let events = 0

  function show(message: Message, card: Card): void {
    message.seen = card
    message.first = buttons.length + 1
    const reading = readCard(card, message.first, paint)
    print(message.address === CHANNEL ? paint('yellow', `\n# ${say('chat.channel', { channel: team.channel })}`) : '')
    for (const line of reading.lines) print(line)
    print()
    buttons.push(...reading.buttons.map((button) => ({ button, message })))
  }

  function add(address: string, card: Card): Message {
    const message = { id: `m${messages.length + 1}`, address, card, seen: card, first: 0 }
    messages.push(message)
    show(message, card)
    return message
  }

  /** The answer to a message, or to a button of `clicked`, whose place a card then takes. */
  function answer({ text, card }: Reply, address: string, clicked?: Message): void {
    if (text) print(paint('cyan', `\n${text}`))
    if (!card) return
    if (!clicked) return void add(address, card)
    if (address === DIRECT) clicked.card = card
    show(clicked, card)
  }

  const incoming = (address: string, what: Incoming['what']): Incoming => ({
    event: `terminal-${++events}`,
    tenant: team.tenant,
    user: person,
    ...(address === CHANNEL && { team: team.id }),
    address,
    place: address === CHANNEL ? 'channel' : 'direct',
    what,
  })

  return {
    messages,
    messenger: {
      direct: async () => DIRECT,
      post: async (address, card) => add(address, card).id,
      update: async (_address, id, card) => {
        const message = messages.find((known) => known.id === id)
        if (!message) return
        message.card = card
        // Who pressed the button has seen it already.
        if (JSON.stringify(message.seen) !== JSON.stringify(card)) show(message, card)
      },
    },
    roster: {
      read: async () => ({
        name: team.name,
        members: team.members,
        channels: [{ address: CHANNEL, name: team.channel }],
      }),
    },

    async talk(turn, after) {
      const typed = createInterface({ input, output, terminal: 'isTTY' in output && output.isTTY === true })
      typed.once('SIGINT', () => typed.close())
      let open = true
      typed.once('close', () => {
        open = false
      })
      const lines = typed[Symbol.asyncIterator]()
      const ask = async (before = ''): Promise<string | undefined> => {
        const prompt = `${before}› `
        typed.setPrompt(prompt)
        // Lines that came before the end are still answered.
        if (open) typed.prompt()
        else output.write(prompt)
        const { value, done } = await lines.next()
        return done ? undefined : String(value).trim()
      }

      /** Asks for one field after the other; `undefined` when the person would rather not. */
      async function fill(fields: Field[]): Promise<Record<string, string> | undefined> {
        if (fields.length > 0) print(paint('dim', say('chat.fields')))
        const given: Record<string, string> = {}
        for (const field of fields) {
          const { id, label, value, options } = field
          print(`\n${paint('bold', label)}`)
          for (const [index, { title }] of options.entries()) print(`  ${index + 1}  ${title}`)
          const said = await ask(shownValue(field))
          if (said === undefined || said === '/') return undefined
          given[id] = said === '' ? value : said === '-' ? '' : (options[Number(said) - 1]?.value ?? said)
        }
        return given
      }

      async function press(number: number): Promise<void> {
        const found = buttons[number - 1]
        if (!found) return print(say('chat.noButton'))
        const { button, message } = found
        const given = await fill(button.fields)
        if (!given) return
        const what = { kind: 'action', verb: button.verb, data: { ...button.data, ...given } } as const
        answer(await turn(incoming(message.address, what)), message.address, message)
      }

      async function hear(text: string): Promise<void> {
        const inChannel = text.startsWith('#')
        const address = inChannel ? CHANNEL : DIRECT
        const what = { kind: 'message', text: inChannel ? text.slice(1).trim() : text } as const
        answer(await turn(incoming(address, what)), address)
      }

      print(paint('dim', say('chat.welcome')))
      answer(await turn(incoming(CHANNEL, { kind: 'installed' })), CHANNEL)
      answer(await turn(incoming(DIRECT, { kind: 'installed' })), DIRECT)
      for (;;) {
        await after()
        const line = await ask()
        if (line === undefined || LEAVE.includes(line)) break
        if (/^\d+$/.test(line)) await press(Number(line))
        else if (line) await hear(line)
      }
      typed.close()
    },
  }
}
