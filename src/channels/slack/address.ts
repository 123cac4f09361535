import { DeliveryError } from '../../app/ports.ts'

/** A conversation in a workspace. A staff team in Slack is one channel, so the channel's address is also the team's id. */
export interface SlackAddress {
  workspace: string
  channel: string
}

const SHAPE = /^slack:([A-Z0-9]+)\/([A-Z0-9]+)$/

export const writeAddress = ({ workspace, channel }: SlackAddress): string => `slack:${workspace}/${channel}`

/** Throws a permanent `DeliveryError` `bad-address` for anything `writeAddress` has not made. */
export function readAddress(address: string): SlackAddress {
  const [, workspace, channel] = SHAPE.exec(address) ?? []
  if (!workspace || !channel) throw new DeliveryError('bad-address', { permanent: true })
  return { workspace, channel }
}
