/** A school to try the Slack channel in: the tests' fake Slack, the whole bot behind it, and a clock that can be moved. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { loadContent } from '../../src/app/content.ts'
import { createDemoClock } from '../../src/local/demo-clock.ts'
import { localKeys } from '../../src/local/keys.ts'
import { startEmbeddedRedis } from '../../src/local/redis.ts'
import { startService } from '../../src/service.ts'
import { parseKeyRing } from '../../src/store/seal.ts'
import { createFakeSlack, type FakeSlack, GENERAL, slackCast, slackWorkspace } from '../helpers/fake-slack.ts'
import { freePort } from '../helpers/ports.ts'

export interface School {
  slack: FakeSlack
  /** The bot's time, in milliseconds. */
  now(): number
  /** Moves the bot's and Slack's time on by `+3d`, and lets what is due be said; false when that is not understood. */
  move(by: string): Promise<boolean>
  close(): Promise<void>
}

const ROOT = join(import.meta.dirname, '../..')

/** Starts everything; what it writes is gone when it is closed, as the fake Slack forgets everything, too. */
export async function startSchool(log: Logger): Promise<School> {
  const stopping: (() => Promise<void>)[] = []
  const close = async () => {
    for (const stop of stopping.splice(0).reverse()) await stop()
  }
  try {
    const dir = await mkdtemp(join(tmpdir(), 'tov-slack-try-'))
    stopping.push(() => rm(dir, { recursive: true, force: true }))
    const redis = await startEmbeddedRedis({ dir: join(dir, 'redis'), onExit: () => log.error('redis-server ended') })
    stopping.push(redis.stop)
    const slack = await createFakeSlack({ workspaces: [beforeTheInvitation()] })
    stopping.push(slack.close)
    const clock = createDemoClock(join(dir, 'demo-clock'))
    const port = await freePort()
    const service = await startService({
      content: loadContent(ROOT),
      redis: { kind: 'socket', path: redis.socket },
      ring: parseKeyRing(localKeys(join(dir, 'keys'))),
      slack: {
        command: '/tovholder',
        access: { token: slackWorkspace().token },
        reach: { signingSecret: slack.signingSecret },
        apiUrl: slack.apiUrl,
      },
      log,
      port,
      host: '127.0.0.1',
      offset: clock.offset,
    })
    stopping.push(service.close)
    slack.talkTo(`http://127.0.0.1:${port}/slack/events`)
    await slack.joins(GENERAL, slackWorkspace().botUserId, slackCast.karen.id)
    return {
      slack,
      now: () => Date.now() + clock.offset(),
      async move(by) {
        const before = clock.offset()
        if (!clock.move(by)) return false
        slack.letPass(clock.offset() - before)
        await service.queue.sweepNow()
        return true
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The one channel there is to see, which the bot is then invited into. */
function beforeTheInvitation() {
  const { channels, botUserId, ...rest } = slackWorkspace()
  const seen = channels.filter(({ id }) => id === GENERAL)
  return {
    ...rest,
    botUserId,
    channels: seen.map((channel) => ({ ...channel, members: channel.members.filter((id) => id !== botUserId) })),
  }
}
