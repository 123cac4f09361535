/** The whole service behind its real HTTP endpoint, on a real Redis, with a fake Teams around it. */
import { strict as assert } from 'node:assert'
import type { Card, Reply } from '../../src/app/ports.ts'
import type { Service } from '../../src/service.ts'
import { createFakeConnector, type FakeConnector, type FakePerson } from './fake-connector.ts'
import type { Posted, Stage } from './play.ts'
import type { TestRedis } from './redis.ts'
import { stagedService } from './staged-service.ts'

const person = (n: number, name: string, userRole: FakePerson['userRole'] = 'user'): FakePerson => ({
  id: `29:person-${n}`,
  aadObjectId: `00000000-0000-0000-0000-00000000000${n}`,
  name,
  userPrincipalName: `${name.toLowerCase().replaceAll(' ', '.')}@school.example`,
  userRole,
})
export const CAST = {
  karen: person(1, 'Karen Holm'),
  birte: person(2, 'Birte Friis'),
  bo: person(3, 'Bo Lund'),
  gitte: person(4, 'Gitte Gæst', 'guest'),
  stranger: person(5, 'Sten Fremmed'),
}
const GENERAL = '19:general@thread.tacv2'

export interface TeamsStage extends Stage {
  connector: FakeConnector
  service: Service
  redis: TestRedis
  url: string
  logged: () => string
  close(): Promise<void>
}

export async function teamsStage(language: 'da' | 'en', options: { redis?: TestRedis } = {}): Promise<TeamsStage> {
  const { stranger: _, ...members } = CAST
  const connector = await createFakeConnector({
    team: {
      id: GENERAL,
      name: 'Udskolingen',
      channels: [{ id: GENERAL }, { id: '19:trivsel@thread.tacv2', name: 'Trivsel' }],
      members: Object.values(members),
    },
  })
  const running = await stagedService({ teams: { anonymous: true } }, options.redis)
  const { service, redis, url, logged } = running
  connector.talkTo(`${url}/api/messages`)
  const locale = language === 'da' ? 'da-DK' : 'en-GB'
  const byId = (id: string): FakePerson => {
    const found = Object.values(CAST).find(({ aadObjectId }) => aadObjectId === id)
    assert.ok(found, `nobody has the id ${id}`)
    return found
  }

  const replaced = new Map<string, Record<string, Card>>()
  const posted = (): Posted[] =>
    connector.messages.map(({ id, conversation, activity, updates }) => {
      const [attachment] = (activity.attachments ?? []) as { content: Card }[]
      const chat = Object.values(CAST).find((someone) => conversation === `a:chat-${someone.id.slice(3)}`)
      // An update is seen by everybody, also by whoever had clicked before.
      const views = replaced.get(`${id} ${updates}`)
      return {
        id,
        to: chat?.aadObjectId ?? 'channel',
        card: chat && views ? (views[chat.aadObjectId] ?? attachment?.content) : attachment?.content,
        text: String(activity.text ?? ''),
        ...(views && { replaced: views }),
      }
    })

  const where = (place: 'direct' | 'channel') => (place === 'direct' ? 'direct' : { channel: GENERAL })
  const added = { type: 'conversationUpdate', membersAdded: [connector.bot], locale }
  await connector.deliver(connector.activity(CAST.karen, { channel: GENERAL }, added))

  return {
    people: Object.fromEntries(Object.entries(CAST).map(([name, { aadObjectId }]) => [name, aadObjectId])),
    channel: 'General',
    connector,
    service,
    redis,
    url,
    logged,
    posted,
    says: async (who, text, place) => {
      const before = connector.messages.length
      const { status } = await connector.tester(byId(who)).says(text, where(place), { locale })
      assert.equal(status, 200)
      const [answer] = connector.messages.slice(before)
      const [attachment] = (answer?.activity.attachments ?? []) as { content: Card }[]
      return { ...(attachment && { card: attachment.content }), text: String(answer?.activity.text ?? '') }
    },
    presses: async (who, { id }, verb, data): Promise<Reply> => {
      const message = connector.messages.find((known) => known.id === id)
      assert.ok(message)
      const { status, body } = await connector.tester(byId(who)).clicks(message, verb, data, { locale })
      assert.equal(status, 200)
      if (body.type !== 'application/vnd.microsoft.card.adaptive') return { text: String(body.value ?? '') }
      const key = `${id} ${message.updates}`
      replaced.set(key, { ...replaced.get(key), [who]: body.value as Card })
      return { card: body.value as Card }
    },
    settle: () => running.settle(GENERAL),
    until: (local) => running.until(local, GENERAL),
    async close() {
      await running.close()
      await connector.close()
    },
  }
}
