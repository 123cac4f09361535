import type { SlackPerson, SlackWorkspace } from './types.ts'

const BOT_USER = 'U0BOT00001'
export const GENERAL = 'C0GENERAL1'
export const TRIVSEL = 'G0TRIVSEL1'

const person = (id: string, realName: string, more: Partial<SlackPerson> = {}): SlackPerson => ({
  id,
  name: realName.toLowerCase().replaceAll(' ', '.').replaceAll('æ', 'ae'),
  realName,
  ...more,
})

/** The people of every play; a single-channel guest and somebody outside the channel among them. */
export const slackCast = {
  karen: person('U0KAREN001', 'Karen Holm'),
  birte: person('U0BIRTE001', 'Birte Friis'),
  bo: person('U0BOLUND01', 'Bo Lund'),
  gitte: person('U0GITTE001', 'Gitte Gæst', { isUltraRestricted: true, isRestricted: true }),
  stranger: person('U0STEN0001', 'Sten Fremmed'),
}

/** A workspace of its own for every fake, as people come and go in it. */
export function slackWorkspace(more: Partial<SlackWorkspace> = {}): SlackWorkspace {
  const { stranger: _, ...members } = slackCast
  const inside = [BOT_USER, ...Object.values(members).map(({ id }) => id)]
  return {
    id: 'T0SKOLEN01',
    name: 'Åby Skole',
    domain: 'aabyskole',
    botUserId: BOT_USER,
    botId: 'B0BOT00001',
    token: 'xoxb-test-token',
    users: [...Object.values(slackCast), person(BOT_USER, 'Tovholder', { isBot: true })],
    channels: [
      { id: GENERAL, name: 'udskolingen', members: [...inside] },
      { id: TRIVSEL, name: 'trivsel', isPrivate: true, members: [BOT_USER, slackCast.karen.id, slackCast.birte.id] },
    ],
    ...more,
  }
}
