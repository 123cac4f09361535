/** What Slack itself enforces, written down independently of what the product believes. */
import { badArguments, Refusal } from './slack/refusal.ts'
import { checkBlocks } from './slack/rules/blocks.ts'
import { flag, ifGiven, object, plainText, words, wrong } from './slack/rules/shapes.ts'
import type { Json } from './slack/types.ts'

export interface SlackFault {
  /** Slack's own error code. */
  error: string
  /** What is wrong, and where. */
  message: string
}

const BLOCKS_IN_MESSAGE = 50
const BLOCKS_IN_MODAL = 100
const MESSAGE_TEXT = 40_000
/** Not documented; seen by those who came upon it. */
const ALL_TEXT_OF_BLOCKS = 13_200
const VIEW_BYTES = 250 * 1024

/** What Slack would have against a message, if anything. */
export const messageFault = (message: { blocks?: unknown; text?: unknown }): SlackFault | undefined =>
  fault(() => checkMessage(message))

/** What Slack would have against a modal, if anything. */
export const viewFault = (view: unknown): SlackFault | undefined => fault(() => checkView(view))

/** Throws a refusal when Slack would not take the message. */
export function checkMessage({ blocks, text }: { blocks?: unknown; text?: unknown }): void {
  if (text !== undefined && typeof text !== 'string') throw badArguments('text should be a string [json-pointer:/text]')
  if (text !== undefined && text.length > MESSAGE_TEXT) throw new Refusal('msg_too_long', `text has ${text.length}`)
  const known = blocks === undefined ? [] : checkBlocks(blocks, BLOCKS_IN_MESSAGE)
  if (known.length === 0 && !text) throw new Refusal('no_text', 'a message with neither text nor blocks')
  const all = lengthOf(known)
  if (all > ALL_TEXT_OF_BLOCKS)
    throw new Refusal('msg_blocks_too_long', `the blocks have ${all} characters, of ${ALL_TEXT_OF_BLOCKS}`)
}

/** Throws a refusal when Slack would not take the modal. */
export function checkView(value: unknown): Json {
  try {
    return modal(value)
  } catch (error) {
    // The blocks of a view are one of its arguments.
    if (error instanceof Refusal && error.error === 'invalid_blocks') throw badArguments(error.message)
    throw error
  }
}

function modal(value: unknown): Json {
  const view = object(
    value,
    '/view',
    ['type', 'title', 'blocks'],
    ['submit', 'close', 'private_metadata', 'callback_id', 'external_id', 'clear_on_close', 'notify_on_close'],
  )
  if (view.type !== 'modal') throw wrong('/view/type', `must be modal, not ${String(view.type)}`)
  plainText(view.title, '/view/title', 24)
  for (const button of ['submit', 'close']) ifGiven(view[button], (text) => plainText(text, `/view/${button}`, 24))
  ifGiven(view.private_metadata, (text) => words(text, '/view/private_metadata', 3000, 0))
  for (const id of ['callback_id', 'external_id']) ifGiven(view[id], (text) => words(text, `/view/${id}`, 255, 0))
  for (const key of ['clear_on_close', 'notify_on_close']) flag(view[key], `/view/${key}`)
  const blocks = checkBlocks(view.blocks, BLOCKS_IN_MODAL, '/view/blocks')
  if (blocks.some(({ type }) => type === 'input') && view.submit === undefined)
    throw wrong('/view', 'missing required field: submit, as there is an input block')
  const bytes = Buffer.byteLength(JSON.stringify(view))
  if (bytes > VIEW_BYTES) throw new Refusal('view_too_large', `the view has ${bytes} bytes, of ${VIEW_BYTES}`)
  return view
}

function fault(check: () => void): SlackFault | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return { error: error.error, message: error.message }
    throw error
  }
}

/** All the characters that are shown: every `text` there is, however deep. */
function lengthOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + lengthOf(item), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce(
    (sum, [key, inside]) => sum + (key === 'text' && typeof inside === 'string' ? inside.length : lengthOf(inside)),
    0,
  )
}
