import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { dump } from 'js-yaml'
import { leash } from './leash.ts'
import { LocalError } from './local-error.ts'
import { COLLEAGUES, type Colleague, SCHOOL, TEACHER } from './school.ts'

export interface Playground {
  url: string
  /** Where the bot sends its messages to. */
  connector: string
  stop(): Promise<void>
}

export interface PlaygroundOptions {
  /** Where the bot takes messages: `http://127.0.0.1:3978/api/messages`. */
  botUrl: string
  port: number
  /** Where its settings and its log are written; made if it is not there. */
  dir: string
}

const HOST = '127.0.0.1'
const READY_WITHIN = 30_000

/**
 * Starts the Agents Playground, a Teams-like client in the browser, with our school's staff team in it.
 * @throws {LocalError} `port-taken`, or `playground-failed` when it does not come up.
 */
export async function startPlayground({ botUrl, port, dir }: PlaygroundOptions): Promise<Playground> {
  // It would take another port by itself, and nobody would find it there.
  if (!(await isFree(port)))
    throw new LocalError('port-taken', `Something else listens on port ${port}`, 'stop it, or set PLAYGROUND_PORT')

  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, '.m365agentsplayground.yml'), dump(school()))
  const cli = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js')
  const loopbackOnly = join(import.meta.dirname, 'loopback-only.mjs')
  const flags = ['-e', botUrl, '-c', 'msteams', '-p', String(port), '--disable-telemetry']
  const log = join(dir, 'playground.log')
  const playground = leash([process.execPath, '--import', loopbackOnly, cli, ...flags], {
    log,
    cwd: dir,
    // Nothing of our own environment: it needs no secret.
    env: { TEAMSAPPTESTER_BROWSER: 'none' },
  })
  const url = `http://${HOST}:${port}`
  const outcome = await playground.ready(() => answers(url), READY_WITHIN)
  if (outcome !== 'ready') {
    await playground.stop()
    throw new LocalError('playground-failed', `The Playground did not start (${outcome})`, `see ${log}`)
  }
  return { url, connector: `http://localhost:${port}/_connector`, stop: playground.stop }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((tell) => {
    const probe = createServer()
    probe.once('error', () => tell(false))
    probe.listen(port, HOST, () => probe.close(() => tell(true)))
  })

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/_debug/ping`).then(
    ({ ok }) => ok,
    () => false,
  )

const school = () => ({
  version: '0.1.1',
  tenantId: SCHOOL.tenant,
  bot: SCHOOL.bot,
  currentUser: person(TEACHER),
  users: COLLEAGUES.map(person),
  personalChat: { id: 'personal-chat' },
  groupChat: { id: 'group-chat', name: 'Gruppechat' },
  team: { ...SCHOOL.team, aadGroupId: '40000000-0000-4000-8000-000000000001', channels: [SCHOOL.channel] },
})

function person({ id, name }: Colleague) {
  const [givenName = name, surname = ''] = name.split(' ')
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@lindeskolen.example`
  return { id, name, userPrincipleName: email, aadObjectId: id, givenName, surname, email }
}
