import { type Card, DeliveryError, type Messenger } from '../../app/ports.ts'
import type { Team } from '../../domain/team.ts'
import { beginsThread, conversationOf, readAddress, rootMessage, type TeamsAddress, writeAddress } from './address.ts'
import type { Answer, Connector } from './connector.ts'
import { cardMessage } from './reply.ts'

export function createMessenger(connector: Connector): Messenger {
  async function post(address: string, card: Card, summary: string): Promise<string> {
    const to = readAddress(address)
    const activity = cardMessage(card, summary)
    if (beginsThread(to))
      return threadBegun(await connector.call('POST', to.serviceUrl, 'conversations', thread(to, activity)))
    const path = `conversations/${encodeURIComponent(to.conversation)}/activities`
    return idOf(await connector.call('POST', to.serviceUrl, path, { ...activity, from: { id: to.bot } }))
  }

  async function update(address: string, message: string, card: Card, summary: string): Promise<void> {
    const to = readAddress(address)
    const conversation = encodeURIComponent(conversationOf(to, message))
    const path = `conversations/${conversation}/activities/${encodeURIComponent(message)}`
    await connector.call('PUT', to.serviceUrl, path, {
      ...cardMessage(card, summary),
      id: message,
      from: { id: to.bot },
    })
  }

  async function direct(team: Team, user: string): Promise<string> {
    const known = team.channel ?? team.channels[0]
    if (!known) throw new DeliveryError('team-without-channel', { permanent: true })
    const { serviceUrl, tenant, bot } = readAddress(known.address)
    const conversation = idOf(
      await connector.call('POST', serviceUrl, 'conversations', {
        isGroup: false,
        bot: { id: bot },
        members: [{ id: user }],
        tenantId: tenant,
        channelData: { tenant: { id: tenant } },
      }),
    )
    return writeAddress({ serviceUrl, conversation, tenant, bot, kind: 'chat' })
  }

  return { post, update, direct }
}

const thread = ({ conversation, tenant, bot }: TeamsAddress, activity: object) => ({
  isGroup: true,
  bot: { id: bot },
  tenantId: tenant,
  channelData: { channel: { id: conversation }, tenant: { id: tenant } },
  activity,
})

/** A thread's id ends in the id of the message that began it, which is the one `update` needs. */
function threadBegun(answer: Answer): string {
  const root = typeof answer.id === 'string' ? rootMessage(answer.id) : undefined
  return root ?? idOf({ id: answer.activityId })
}

function idOf({ id }: Answer): string {
  if (typeof id === 'string' && id) return id
  // It has been posted: trying again would post it twice.
  throw new DeliveryError('no-id-in-answer', { permanent: true })
}
