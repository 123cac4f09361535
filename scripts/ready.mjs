// Makes a fresh machine ready for `npm start` or, with --tests, for `npm test`. Plain JavaScript without packages, for
// whatever Node from 18 on the machine has: the packages it installs bring the Node that everything else runs on.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const forTests = process.argv.includes('--tests')
const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..')

/** @param {string[]} names */
const onPath = (names) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) =>
    names.some((name) => {
      try {
        accessSync(join(folder, name), constants.X_OK)
        return true
      } catch {
        return false
      }
    }),
  )

/** @param {string} command @param {string[]} args */
const run = (command, args) =>
  spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    .status === 0

/** @param {string} sentence */
function stop(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

function packages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const stamp = join(root, 'node_modules', '.ready')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  process.stdout.write('Installing the packages…\n')
  if (!run('npm', ['ci', '--no-audit', '--no-fund']))
    stop('The packages could not be installed; see above, and try `npm ci`.')
  writeFileSync(stamp, lock)
}

/** What a package is called by each package manager. */
const REDIS = { apt: 'redis-server', dnf: 'valkey', apk: 'redis', brew: 'redis' }
const CHROMIUM = { apt: 'chromium', dnf: 'chromium', apk: 'chromium', brew: 'chromium' }

/** @param {string[]} programs @param {typeof REDIS} names @param {string} why */
function program(programs, names, why) {
  if (onPath(programs)) return
  const rooted = process.getuid?.() === 0
  const sudo = !rooted && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
  if (onPath(['apt-get']) && (rooted || sudo)) {
    process.stdout.write(`Installing ${names.apt}, ${why}…\n`)
    /** @param {string[]} args */
    const apt = (args) => (rooted ? run('apt-get', args) : run('sudo', ['-n', 'apt-get', ...args]))
    const install = ['install', '-y', '-qq', '--no-install-recommends', names.apt]
    // A fresh machine has no list of packages yet.
    if (apt(install) || (apt(['update', '-qq']) && apt(install))) return
  }
  const managers = { apt: 'sudo apt install', dnf: 'sudo dnf install', apk: 'sudo apk add', brew: 'brew install' }
  const known = /** @type {(keyof typeof managers)[]} */ (['apt', 'dnf', 'apk', 'brew']).find((name) =>
    onPath([name, `${name}-get`]),
  )
  const how = known ? `run: ${managers[known]} ${names[known]}` : `install ${programs.join(' or ')}`
  stop(`Tovholder needs ${programs[0]}, ${why}: ${how}`)
}

packages()
if (forTests || !(process.env.REDIS_URL || process.env.MicrosoftAppId))
  program(['redis-server', 'valkey-server'], REDIS, 'where it keeps its state')
if (forTests) program(['chromium', 'chromium-browser', 'google-chrome'], CHROMIUM, 'the browser of its tests')
