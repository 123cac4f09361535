/**
 * Makes a machine ready for `npm start` or, with --tests, for `npm test`: packages, a Redis server, a browser. Plain
 * JavaScript without packages, for whatever Node from 18 on there is: the packages bring the Node all else runs on.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * @typedef {object} Program
 * @property {string[]} names any of these on PATH will do
 * @property {string} why
 * @property {Record<Manager, string>} packages what each package manager calls it
 * @typedef {'apt-get' | 'dnf' | 'apk' | 'brew'} Manager
 */

/** @type {Program} */
const REDIS = {
  names: ['redis-server', 'valkey-server'],
  why: 'which keeps the state',
  packages: { 'apt-get': 'redis-server', dnf: 'valkey', apk: 'redis', brew: 'redis' },
}

/** @type {Program} */
const BROWSER = {
  names: ['chromium', 'chromium-browser', 'google-chrome'],
  why: 'the browser of the tests',
  packages: { 'apt-get': 'chromium', dnf: 'chromium', apk: 'chromium', brew: '--cask google-chrome' },
}

/** @type {Record<Manager, string>} */
const INSTALL = {
  'apt-get': 'apt-get install',
  dnf: 'dnf install',
  apk: 'apk add',
  brew: 'brew install',
}

/** Something only the person at the machine can mend. */
class Unready extends Error {}

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const OLDEST_NODE = 18
/** Under an older Node npm leaves out parts of our tools, without a word: they are marked as made for newer ones. */
const WHOLE_FROM = 20.19
const forTests = process.argv.includes('--tests')
// Node 18 cannot read it; there the worst is a Redis that is installed and not used.
if (existsSync(join(ROOT, '.env'))) process.loadEnvFile?.(join(ROOT, '.env'))
const production = Boolean(process.env.MicrosoftAppId || process.env.SLACK_BOT_TOKEN || process.env.SLACK_CLIENT_ID)

try {
  makeReady()
} catch (error) {
  if (!(error instanceof Unready)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

function makeReady() {
  if (ownNode() < OLDEST_NODE)
    throw new Unready(`Tovholder needs Node ${OLDEST_NODE} or later to begin with; this is ${process.versions.node}.`)
  if (packagesMissing()) installPackages()
  if (forTests) needPrograms([REDIS, BROWSER])
  // Both name a server that somebody else looks after.
  else if (!process.env.REDIS_URL && !production) needPrograms([REDIS])
}

/** Its version as a number: 20.19 for 20.19.2. */
function ownNode() {
  const [major, minor = ''] = process.versions.node.split('.')
  return Number(`${major}.${minor.padStart(2, '0')}`)
}

/** npm notes what is installed when it has finished; after a change of the lock, or half an installation, that differs. */
function packagesMissing() {
  const noted = join(ROOT, 'node_modules/.package-lock.json')
  if (!existsSync(noted)) return true
  const there = packagesIn(noted)
  return Object.entries(packagesIn(join(ROOT, 'package-lock.json'))).some(([path, { version, optional, dev }]) => {
    // Optional ones are for other machines too, and a production machine may leave out the tools.
    if (path === '' || optional || (dev && production)) return false
    return there[path]?.version !== version
  })
}

/** @param {string} lock @returns {Record<string, { version?: string, optional?: boolean, dev?: boolean }>} */
function packagesIn(lock) {
  return JSON.parse(readFileSync(lock, 'utf8')).packages
}

function installPackages() {
  say('Installing the packages …')
  const install = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const newer = ['exec', '--yes', '--loglevel=error', '--package=node@24', '--package=npm@11', '--', 'npm']
  const ended = run('npm', ownNode() < WHOLE_FROM ? [...newer, ...install] : install)
  if (ended.status !== 0)
    throw new Unready(`The packages could not be installed: mend what is said here, then try again.\n${tail(ended)}`)
}

/** @param {Program[]} programs */
function needPrograms(programs) {
  const missing = programs.filter(({ names }) => !onPath(names))
  if (missing.length === 0) return
  const failure = installWithApt(missing.map(({ packages }) => packages['apt-get']))
  const still = missing.filter(({ names }) => !onPath(names))
  if (still.length > 0) throw new Unready([...still.map(remedy), ...(failure ? [failure] : [])].join('\n'))
}

/** Installs where that asks nobody for a password. Returns what went wrong, if it was tried. @param {string[]} packages */
function installWithApt(packages) {
  const asRoot = rootPrefix()
  if (!asRoot || !onPath(['apt-get'])) return undefined
  say(`Installing ${packages.join(' and ')} with apt …`)
  // The variables are set by `env`, because sudo passes none on. A run level of 1 keeps a service from starting.
  const apt = (/** @type {string[]} */ ...args) =>
    run(asRoot[0] ?? 'env', [
      ...asRoot.slice(1),
      ...(asRoot.length > 0 ? ['env'] : []),
      'DEBIAN_FRONTEND=noninteractive',
      'RUNLEVEL=1',
      'apt-get',
      ...args,
    ])
  const install = () => apt('install', '--yes', '--no-install-recommends', ...packages)
  let ended = install()
  // A fresh machine has no list of packages yet, an old one a list of what is gone.
  if (ended.status !== 0 && apt('update').status === 0) ended = install()
  return ended.status === 0 ? undefined : tail(ended)
}

/** The words before a command that make it root's, or `undefined` where that takes a password. */
function rootPrefix() {
  if (process.getuid?.() === 0) return []
  return run('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined
}

/** @param {Program} program */
function remedy({ names, why, packages }) {
  const managers = /** @type {Manager[]} */ (Object.keys(INSTALL))
  const here = managers.filter((manager) => onPath([manager]))
  const commands = (here.length > 0 ? here : managers).map(
    (manager) => `"${asAdministrator(manager, `${INSTALL[manager]} ${packages[manager]}`)}"`,
  )
  return `Tovholder needs ${names[0]} on PATH, ${why}: install it with ${commands.join(' or ')}, then try again.`
}

/** A command as somebody must type it who is not root; a fresh Debian has no sudo. @param {Manager} manager @param {string} command */
function asAdministrator(manager, command) {
  if (manager === 'brew' || process.getuid?.() === 0) return command
  return onPath(['sudo']) || !onPath(['su']) ? `sudo ${command}` : `su -c '${command}'`
}

/** @param {string[]} names */
function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.some((folder) => names.some((name) => isProgram(join(folder, name))))
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  return spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** The end of what a command said. @param {ReturnType<typeof run>} ended */
function tail({ error, stdout, stderr }) {
  const said = error ? error.message : stderr.trim() || stdout.trim()
  return said.split('\n').slice(-15).join('\n')
}

/** @param {string} sentence */
function say(sentence) {
  process.stdout.write(`${sentence}\n`)
}
