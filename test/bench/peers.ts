/** The packages of the peers: installed when the bench first runs and whenever their lock has changed. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

const FOLDER = new URL('./peers/', import.meta.url)

type Packages = Record<string, { version?: string; optional?: boolean }>
const packagesIn = (file: URL): Packages => JSON.parse(readFileSync(file, 'utf8')).packages

/** Installs what is missing; without their scripts, which nothing here needs. */
export function installPeers(): void {
  const noted = new URL('node_modules/.package-lock.json', FOLDER)
  const wanted = Object.entries(packagesIn(new URL('package-lock.json', FOLDER)))
  const there = existsSync(noted) ? packagesIn(noted) : {}
  if (wanted.every(([path, { version, optional }]) => path === '' || optional || there[path]?.version === version))
    return
  console.log('Installing what Tovholder is compared with …')
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: FOLDER,
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error('The peers could not be installed: mend what is said above, then try again.')
}

/** The version that is installed of one of them. */
export function versionOf(name: string): string {
  return packagesIn(new URL('package-lock.json', FOLDER))[`node_modules/${name}`]?.version ?? ''
}
