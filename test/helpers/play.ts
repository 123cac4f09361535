/** Plays a conversation from test/transcripts on a stage: the core alone, or a whole channel. */
import { strict as assert } from 'node:assert'
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import type { Reply } from '../../src/app/ports.ts'
import { buttonsOn, fieldsOn, withoutCodes, wordsOn } from './cards.ts'

const words = z.array(z.string())
const turn = z.strictObject({
  who: z.string().default('karen'),
  in: z.enum(['direct', 'channel']).default('direct'),
  says: z.string().optional(),
  fills: z.record(z.string(), z.string()).default({}),
  presses: z.string().optional(),
  old: z.boolean().default(false),
  waits: z.string().optional(),
  sees: words.default([]),
  lacks: words.default([]),
  channel: words.default([]),
  channelLacks: words.default([]),
  told: z.record(z.string(), words).default({}),
})
const transcript = z.strictObject({ language: z.enum(['da', 'en']), at: z.string(), turns: z.array(turn) })
export type Transcript = z.output<typeof transcript> & { name: string; dialog: string }

export const transcripts = (): Transcript[] =>
  globSync('test/transcripts/*/*.yaml')
    .sort()
    .map((file) => ({
      ...transcript.parse(parse(readFileSync(file, 'utf8'))),
      name: basename(file, '.yaml').replaceAll('-', ' '),
      dialog: file.split(/[\\/]/).at(-2) ?? '',
    }))

/** Where a conversation is played. */
export interface Stage {
  /** The ids behind the names that a transcript uses. */
  people: Record<string, string>
  /** What the team's channel is called, `{channel}` in a transcript. */
  channel: string
  says(who: string, text: string, place: 'direct' | 'channel'): Promise<Reply>
  /** Presses a button of a card that was posted; the answer may take the card's place. */
  presses(who: string, message: Posted, verb: string, data: Record<string, unknown>): Promise<Reply>
  /** Everything posted so far, oldest first, as it looks now. */
  posted(): Posted[]
  /** Lets time go by until this local time, and everything that is due be delivered. */
  until(local: string): Promise<void>
  /** Waits until nothing more is on its way. */
  settle(): Promise<void>
}

export interface Posted {
  id: string
  /** A person's id, or `channel`. */
  to: string
  card: unknown
  text: string
  /** What one person sees in its place since their own click, until it is updated for all. */
  replaced?: Record<string, unknown>
}

/** Plays all of it; fails at the first turn that does not show what it should. */
export async function play(stage: Stage, { turns, at }: Transcript): Promise<void> {
  let local = at
  await stage.until(at)
  for (const [index, step] of turns.entries()) {
    const where = `turn ${index + 1}: ${step.who} ${step.says ?? step.presses ?? step.waits}`
    const person = idOf(stage, step.who)
    let reply: Reply = {}
    if (step.waits) {
      local = /^\d+d$/.test(step.waits) ? later(local, Number.parseInt(step.waits, 10)) : step.waits
      await stage.until(local)
    }
    if (step.says !== undefined) reply = await stage.says(person, step.says, step.in)
    if (step.presses !== undefined) {
      const place = step.in === 'channel' ? 'channel' : person
      const click = clickOn(stage, person, step.presses, { place, fills: step.fills, old: step.old })
      assert.ok(click, `${where}\nno card shows this button`)
      reply = await stage.presses(person, click.message, click.verb, click.data)
    }
    await stage.settle()
    const seen = shown(reply)
    const sees = step.sees.map((piece) => piece.replaceAll('{channel}', stage.channel))
    shows(seen, sees, step.lacks, where)
    const inChannel = stage.posted().findLast(({ to }) => to === 'channel')
    shows(inChannel ? wordsOn(inChannel.card) : '', step.channel, step.channelLacks, `${where}, in the channel`)
    for (const [name, expected] of Object.entries(step.told)) {
      const last = stage.posted().findLast(({ to }) => to === idOf(stage, name))
      shows(last ? wordsOn(last.card) : '', expected, [], `${where}, told ${name}`)
    }
  }
}

const idOf = ({ people }: Stage, name: string): string => {
  const id = people[name]
  assert.ok(id, `there is nobody called "${name}" on this stage`)
  return id
}

/** All the words of an answer. */
export const shown = ({ card, text }: Reply): string => `${text ?? ''}\n${card ? wordsOn(card) : ''}`

/** An agreement as it is filled in, in a case of late November 2026. */
export const TERMS = {
  what: 'Bo meets you at the gate',
  who: 'school',
  staff: 'bo',
  by: '2026-11-27',
  followUpOn: '2026-12-01',
  followUpHow: 'call',
}

/** Presses the button of this title, as `clickOn` finds it; fails where no card shows one. */
export async function press(
  stage: Stage,
  who: string,
  title: string,
  more: Parameters<typeof clickOn>[3] = {},
): Promise<Reply> {
  const click = clickOn(stage, who, title, more)
  assert.ok(click, `no card shows "${title}"`)
  return stage.presses(who, click.message, click.verb, click.data)
}

/** What a person's click says: on the newest (or the oldest) card they see with this button, its fields filled in. */
export function clickOn(
  stage: Pick<Stage, 'people' | 'posted'>,
  person: string,
  title: string,
  { place = person, fills = {}, old = false }: { place?: string; fills?: Record<string, string>; old?: boolean } = {},
): { message: Posted; verb: string; data: Record<string, unknown> } | undefined {
  const found = findButton(stage, place, person, title, old)
  if (!found) return undefined
  const { message, button, card } = found
  const given = button.takesInputs
    ? fieldsOn(card).map(({ id, value, choices }) => [id, filled(stage, fills[id], choices) ?? value])
    : []
  return { message, verb: button.verb, data: { ...button.data, ...Object.fromEntries(given) } }
}

function findButton(stage: Pick<Stage, 'posted'>, place: string, person: string, title: string, old: boolean) {
  const messages = stage.posted().filter(({ to }) => to === place)
  for (const message of old ? messages : messages.reverse()) {
    const card = message.replaced?.[person] ?? message.card
    const button = buttonsOn(card).find((candidate) => candidate.title === title)
    if (button) return { message, button, card }
  }
  return undefined
}

/** People are named as in the transcript, and "the first" is the first choice there is. */
const filled = ({ people }: Pick<Stage, 'people'>, value: string | undefined, choices: string[]): string | undefined =>
  value === 'the first'
    ? choices[0]
    : value !== undefined && choices.includes(people[value] ?? '')
      ? people[value]
      : value

function shows(seen: string, expected: string[], absent: string[], where: string): void {
  for (const piece of expected) assert.ok(seen.includes(piece), `${where}\nshould show: ${piece}\nbut shows:\n${seen}`)
  for (const piece of absent)
    assert.ok(!withoutCodes(seen).includes(piece), `${where}\nshould not show: ${piece}\nbut shows:\n${seen}`)
}

const later = (local: string, days: number): string => {
  const moved = new Date(`${local}Z`)
  moved.setUTCDate(moved.getUTCDate() + days)
  return moved.toISOString().slice(0, 16)
}
