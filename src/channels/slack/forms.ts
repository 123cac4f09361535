/** Forms that one person sees alone, over a channel that all can read: Slack's modals. */

import type { ModalView } from '@slack/types'
import { type Card, DeliveryError, type Reply } from '../../app/ports.ts'
import { withNote } from '../../app/view/note.ts'
import { within } from '../../app/within.ts'
import { blocksOf } from './blocks.ts'
import type { Happening, Origin } from './incoming.ts'
import { messageOf } from './message.ts'
import type { Messages } from './messages.ts'
import { MODAL, modalOf } from './modal.ts'
import { plain } from './text.ts'

export type Click = Extract<Origin, { kind: 'click' }>

/** A modal that was opened before there was anything to put into it. */
export interface Placeholder {
  view_id: string
  /** Slack's mark of the state it was opened in. */
  hash: string
}

/** A modal can be opened for three seconds after a click; when the answer is not there by then, one that says so holds its place. */
const OPEN_WITHIN = 1500

export interface Forms {
  /** Opens a placeholder when the answer takes its time; `undefined` when none was needed, or none could be had. */
  holdPlace(
    happening: Happening,
    click: Click,
    pending: Promise<Reply>,
    words: string,
  ): Promise<Placeholder | undefined>
  /** Shows the answer in a modal, or where that is not possible any more, to the person alone. */
  show(happening: Happening, click: Click, reply: Reply, placeholder: Placeholder | undefined): Promise<undefined>
}

export function createForms({ call, alone }: Messages): Forms {
  return {
    async holdPlace(happening, { trigger }, pending, words) {
      const answered = pending.then(
        () => true,
        () => true,
      )
      if (await within(OPEN_WITHIN, answered, false)) return undefined
      try {
        const { view } = await call(happening, 'views.open', {
          trigger_id: trigger,
          view: sayingOnly({ text: words }),
        })
        return view?.id && view.hash ? { view_id: view.id, hash: view.hash } : undefined
      } catch (error) {
        // The answer finds its way without it.
        if (error instanceof DeliveryError) return undefined
        throw error
      }
    },

    async show(happening, { trigger, label }, reply, placeholder) {
      const view = modalFor(reply, { channel: happening.channel, title: label }) ?? sayingOnly(reply)
      const shown = await possibly(async () =>
        placeholder
          ? call(happening, 'views.update', { ...placeholder, view })
          : call(happening, 'views.open', { trigger_id: trigger, view }),
      )
      // Opened too late, or closed in the meantime: what was asked for still comes.
      return shown ? undefined : alone(happening, reply)
    },
  }
}

/**
 * The answer as a form, where its card is one. Its title is the button it came from, so that one sees what one is about to
 * do; what is submitted says which channel that was in.
 */
export function modalFor(
  { card, text }: Reply,
  { channel, title }: { channel: string; title: string },
): ModalView | undefined {
  const view = card && modalOf(card, { metadata: channel, ...(title && { title }) })
  // A form may be no more than a part of its card; what there is to say about it stands above it.
  return view && text ? { ...view, blocks: [...blocksOf(withNote(EMPTY, text)), ...view.blocks] } : view
}

const EMPTY: Card = { type: 'AdaptiveCard' }

/** Slack says no for good: a trigger that has run out, a modal that was closed or has changed since. */
async function possibly<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof DeliveryError && error.permanent) return undefined
    throw error
  }
}

const sayingOnly = (reply: Reply): ModalView => ({
  type: 'modal',
  callback_id: MODAL,
  title: plain('Tovholder', 24),
  blocks: messageOf(reply).blocks,
})
