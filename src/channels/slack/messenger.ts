import { type Card, DeliveryError, type Messenger } from '../../app/ports.ts'
import { readAddress, writeAddress } from './address.ts'
import type { SlackApi } from './api.ts'
import { messageOf } from './message.ts'
import type { People } from './people.ts'

export function createMessenger(api: SlackApi, people: People): Messenger {
  async function post(address: string, card: Card, summary: string): Promise<string> {
    const { workspace, channel } = readAddress(address)
    const { ts } = await api.call(workspace, 'chat.postMessage', {
      channel,
      ...messageOf({ card, summary }),
      unfurl_links: false,
      unfurl_media: false,
    })
    // It has been posted: trying again would post it twice.
    if (!ts) throw new DeliveryError('no-id-in-answer', { permanent: true })
    return ts
  }

  async function update(address: string, message: string, card: Card, summary: string): Promise<void> {
    const { workspace, channel } = readAddress(address)
    await api.call(workspace, 'chat.update', { channel, ts: message, ...messageOf({ card, summary }) })
  }

  return {
    post,
    update,
    direct: async ({ home }, user) => {
      const { workspace } = readAddress(home)
      return writeAddress({ workspace, channel: await people.chat(workspace, user) })
    },
  }
}
