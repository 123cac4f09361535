import { DeliveryError, type Messenger, type Roster } from '../app/ports.ts'

/** A channel, as far as the core calls it. */
interface Channel {
  messenger: Messenger
  roster: Roster
}

/** Several channels as one: an address begins with the name of the channel that wrote it. */
export function byAddress(channels: Record<string, Channel | undefined>): Channel {
  function channelOf(address: string): Channel {
    const channel = channels[address.split(':', 1)[0] ?? '']
    if (channel) return channel
    // Perhaps it is configured again one day; until then nothing is thrown away.
    throw new DeliveryError('channel-not-configured', { permanent: false })
  }
  return {
    messenger: {
      post: async (address, ...said) => channelOf(address).messenger.post(address, ...said),
      update: async (address, ...said) => channelOf(address).messenger.update(address, ...said),
      direct: async (team, user) => channelOf(team.home).messenger.direct(team, user),
    },
    roster: { read: async (team) => channelOf(team.address).roster.read(team) },
  }
}
