/**
 * How much Slack takes, in characters and pieces: docs.slack.dev/reference/block-kit and the types of `@slack/types`.
 * Where those two disagree, the smaller number stands here. What is too long is refused with the whole message.
 */
export const LIMITS = {
  message: {
    blocks: 50,
    // Nowhere written down: `msg_blocks_too_long` comes at about 13,200 characters of plain text, and was seen at 11,300
    // in a message of many parts (slackapi/bolt-js #2509 and #2867).
    room: 10_000,
  },
  // A view may hold 250 KB, and no sum of its texts is known to be refused.
  modal: { blocks: 100, room: 60_000 },
  modalTitle: 24,
  modalButton: 24,
  modalMetadata: 3000,
  header: 150,
  context: 2000,
  actions: 25,
  button: 75,
  buttonValue: 2000,
  url: 3000,
  actionId: 255,
  blockId: 255,
  label: 2000,
  placeholder: 150,
  entered: 3000,
  options: 100,
  laidOut: 10,
  option: 75,
  optionValue: 75,
  // The `text` beside the blocks: Slack advises to stay below 4,000.
  notification: 3000,
} as const

/** An id as it is. One that Slack has no room for cannot be shortened: throws an `Error` that says whose it is. */
export function whole(id: string, max: number, what: string): string {
  if (id.length > max)
    throw new Error(`Slack takes ${max} characters for ${what}, not ${id.length}: put shorter ids in it`)
  return id
}
