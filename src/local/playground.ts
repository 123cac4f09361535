import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, openSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { stringify } from 'yaml'
import { COLLEAGUES, type Colleague, SCHOOL, TEACHER } from './school.ts'

export interface Playground {
  url: string
  /** Where the bot sends its messages to. */
  connector: string
  stop(): Promise<void>
}

const READY_WITHIN = 30_000

/** Starts the Agents Playground, a Teams-like client in the browser, with our school's staff team in it. */
export async function startPlayground({
  botUrl,
  port,
  dir,
}: {
  botUrl: string
  port: number
  dir: string
}): Promise<Playground> {
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, '.m365agentsplayground.yml'), stringify(school()))
  const cli = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js')
  const output = openSync(join(dir, 'playground.log'), 'w')
  const child = spawn(
    process.execPath,
    [
      '--import',
      join(import.meta.dirname, 'loopback-only.mjs'),
      cli,
      '-e',
      botUrl,
      '-c',
      'msteams',
      '-p',
      String(port),
      '--dt',
    ],
    // In a group of its own, so that Ctrl-C lets the bot stop first; it opens no browser by itself.
    {
      cwd: dir,
      detached: true,
      stdio: ['ignore', output, output],
      env: { ...environment(), TEAMSAPPTESTER_BROWSER: 'none' },
    },
  )
  const orphaned = () => child.kill('SIGKILL')
  process.once('exit', orphaned)
  const url = `http://127.0.0.1:${port}`
  for (const until = Date.now() + READY_WITHIN; !(await answers(url)); await setTimeout(100)) {
    if (child.exitCode !== null)
      throw new Error(`The Playground ended at once; is port ${port} taken? See ${join(dir, 'playground.log')}.`)
    if (Date.now() > until) throw new Error(`The Playground did not answer; see ${join(dir, 'playground.log')}.`)
  }
  return {
    url,
    connector: `http://localhost:${port}/_connector`,
    async stop() {
      process.off('exit', orphaned)
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      // It keeps nothing worth saving, and takes its time otherwise.
      child.kill('SIGKILL')
      await gone
    },
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/_debug/ping`).then(
    ({ ok }) => ok,
    () => false,
  )

/** The Playground needs no secrets of ours. */
const environment = () => {
  const { PATH, HOME, LANG, TMPDIR } = globalThis.process.env
  return { PATH, HOME, LANG, TMPDIR }
}

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
