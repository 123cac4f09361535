/** One person plays a whole staff team: moves the clock, takes a colleague's part, and gets everybody's direct messages. */
import type { Content } from '../app/content.ts'
import type { Card, Incoming, Messenger, Reply } from '../app/ports.ts'
import { sharedIn } from '../app/scene.ts'
import type { Language } from '../domain/team.ts'
import { COLLEAGUES, type Colleague, TEACHER } from './school.ts'

export interface Demo {
  /** Looks at an event before the coach does. */
  before: (incoming: Incoming, take: (incoming: Incoming) => Promise<Reply>) => Promise<Reply>
  /** Sends a colleague's direct messages to the one chat there is, with the name on them. */
  messenger: (real: Messenger) => Messenger
}

export interface DemoParts {
  content: Content
  /** What `/demo` answers in until somebody writes it in another language. */
  language?: Language
  move: (by: string) => Promise<string | undefined>
}

const EVERYBODY = [TEACHER, ...COLLEAGUES]
const PREFIX = 'for:'

export function createDemo({ content, move, ...parts }: DemoParts): Demo {
  let playing: Colleague = TEACHER
  // Who writes "as" speaks English.
  let language = parts.language ?? 'da'
  const say = (path: string, args: Record<string, string> = {}): Reply => ({
    text: sharedIn(content, language).say(`demo.${path}`, args),
  })

  async function command(text: string): Promise<Reply> {
    const as = /^(?:som|as)\s+(.+)$/i.exec(text)
    if (as) {
      language = text.toLowerCase().startsWith('as') ? 'en' : 'da'
      const wanted = as[1]?.toLowerCase() ?? ''
      const found = EVERYBODY.find(({ name }) => name.toLowerCase().startsWith(wanted))
      if (!found) return say('who', { names: EVERYBODY.map(({ name }) => name).join(', ') })
      playing = found
      return say('as', { name: found.name })
    }
    const now = await move(text)
    return now ? say('moved', { now }) : say('bad')
  }

  return {
    before: async (event, take) => {
      // The Playground says of everybody that they speak English; the team's language is the better guess.
      const { locale: _, ...person } = event.user
      const incoming: Incoming = { ...event, user: person }
      const { what } = incoming
      const demo = what.kind === 'message' ? /^\/?demo\b\s*(.*)$/i.exec(what.text.trim()) : null
      if (demo) return command(demo[1] ?? '')
      // A button on a message to a colleague is pressed as that colleague.
      const named = what.kind === 'action' ? EVERYBODY.find(({ id }) => id === what.data.playedBy) : undefined
      const actor = named ?? (incoming.user.id === TEACHER.id ? playing : undefined)
      const reply = await take(actor ? actedBy(incoming, actor) : incoming)
      return named && reply.card ? { ...reply, card: addressed(reply.card, named) } : reply
    },

    messenger: (real) => ({
      direct: async (team, user) => {
        const address = await real.direct(team, TEACHER.id)
        return user === TEACHER.id ? address : `${PREFIX}${user} ${address}`
      },
      post: (address, card, summary) => {
        const { to, place } = recipient(address)
        return real.post(place, to ? addressed(card, to) : card, summary)
      },
      update: (address, message, card, summary) => {
        const { to, place } = recipient(address)
        return real.update(place, message, to ? addressed(card, to) : card, summary)
      },
    }),
  }
}

const recipient = (address: string): { to: Colleague | undefined; place: string } => {
  if (!address.startsWith(PREFIX)) return { to: undefined, place: address }
  const [first = '', place = ''] = address.split(/ (.*)/s)
  return { to: COLLEAGUES.find(({ id }) => id === first.slice(PREFIX.length)), place }
}

const actedBy = (incoming: Incoming, { id, name }: Colleague): Incoming => ({
  ...incoming,
  user: { ...incoming.user, id, name },
  ...(incoming.place === 'direct' && id !== TEACHER.id && { address: `${PREFIX}${id} ${incoming.address}` }),
})

/** The card with the name of whom it is for, and buttons that are pressed as that person. */
function addressed(card: Card, { id, name }: Colleague): Card {
  const note = { type: 'TextBlock', text: `✉ ${name}`, isSubtle: true, size: 'Small', spacing: 'None' }
  const played = withPlayer(card, id) as Card
  return { ...played, body: [note, ...(played.body as unknown[])] }
}

function withPlayer(node: unknown, id: string): unknown {
  if (Array.isArray(node)) return node.map((inner) => withPlayer(inner, id))
  if (typeof node !== 'object' || node === null) return node
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withPlayer(value, id)]))
  return copy.type === 'Action.Execute' ? { ...copy, data: { ...(copy.data as object), playedBy: id } } : copy
}
