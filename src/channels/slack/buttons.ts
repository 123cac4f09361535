import type { ActionsBlock, Button } from '@slack/types'
import * as z from 'zod'
import { parsed } from './json.ts'
import { LIMITS, whole } from './limits.ts'
import { type Node, takesInputs, textIn } from './nodes.ts'
import { plain } from './text.ts'

/** What a click or a submission means to the core. */
export interface Pressed {
  verb: string
  data: Record<string, string>
  /** Whether the fields of the card come along. */
  takesInputs: boolean
}

const STYLES: Record<string, Button['style']> = { positive: 'primary', destructive: 'danger' }

/** One set of buttons; Slack takes so many in a block, so a larger set goes on in the next. `number` tells them apart. */
export function actionsBlocks(actions: Node[], number: () => number): ActionsBlock[] {
  const buttons = actions.map((action) => buttonOf(action, number()))
  return Array.from({ length: Math.ceil(buttons.length / LIMITS.actions) }, (_, index) => ({
    type: 'actions',
    elements: buttons.slice(index * LIMITS.actions, (index + 1) * LIMITS.actions),
  }))
}

function buttonOf(action: Node, number: number): Button {
  const text = plain(textIn(action.title), LIMITS.button)
  if (action.type === 'Action.OpenUrl')
    return {
      type: 'button',
      text,
      action_id: `${number}:link`,
      url: whole(textIn(action.url), LIMITS.url, "a link's address"),
    }
  const style = STYLES[textIn(action.style)]
  const verb = textIn(action.verb)
  return {
    type: 'button',
    text,
    action_id: whole(
      `${number}:${takesInputs(action) ? 'with' : 'bare'}:${verb}`,
      LIMITS.actionId,
      `the verb "${verb}"`,
    ),
    value: whole(JSON.stringify(action.data ?? {}), LIMITS.buttonValue, `the data of "${verb}"`),
    ...(style && { style }),
  }
}

const ACTION_ID = /^\d+:(with|bare):(.+)$/s

export const ids = z.record(z.string(), z.string())

/** What a button of ours says; `undefined` for a link, and for anything we have not written. Never throws. */
export function readButton(clicked: { action_id?: unknown; value?: unknown }): Pressed | undefined {
  const [, inputs, verb] = ACTION_ID.exec(textIn(clicked.action_id)) ?? []
  const data = ids.safeParse(parsed(clicked.value))
  return verb && data.success ? { verb, data: data.data, takesInputs: inputs === 'with' } : undefined
}
