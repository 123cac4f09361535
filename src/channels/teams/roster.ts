import type { Roster } from '../../app/ports.ts'
import type { Member } from '../../domain/team.ts'
import { readAddress, writeAddress } from './address.ts'
import type { Answer, Connector } from './connector.ts'

const PAGE_SIZE = 200

/** Reads teams from the connector, which asks for no permission beyond the bot's being in the team. */
export function createRoster(connector: Connector): Roster {
  async function membersOf(serviceUrl: string, team: string): Promise<Member[]> {
    const members: Member[] = []
    let page = ''
    do {
      const query = `pageSize=${PAGE_SIZE}${page && `&continuationToken=${encodeURIComponent(page)}`}`
      const answer = await connector.call('GET', serviceUrl, `conversations/${team}/pagedmembers?${query}`)
      members.push(...listOf(answer.members).map(asMember))
      page = textOf(answer.continuationToken)
    } while (page)
    return members
  }

  return {
    async read(team) {
      const { serviceUrl, tenant, bot } = readAddress(team.address)
      const id = encodeURIComponent(team.id)
      const [details, members, { conversations }] = await Promise.all([
        connector.call('GET', serviceUrl, `teams/${id}`),
        membersOf(serviceUrl, id),
        connector.call('GET', serviceUrl, `teams/${id}/conversations`),
      ])
      const channels = listOf(conversations).map(({ id, name }) => ({
        address: writeAddress({ serviceUrl, conversation: textOf(id), tenant, bot, kind: 'channel' }),
        // Teams leaves the first channel's name out, because every client has its own word for it.
        name: textOf(name) || 'General',
      }))
      return { name: textOf(details.name), members, channels }
    },
  }
}

function asMember({ id, aadObjectId, name, userRole, userPrincipalName }: Answer): Member {
  const guest = textOf(userRole).toLowerCase() === 'guest' || textOf(userPrincipalName).includes('#EXT#')
  return { id: textOf(aadObjectId) || textOf(id), name: textOf(name), guest }
}

const listOf = (value: unknown): Answer[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'object' && entry !== null) : []
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
