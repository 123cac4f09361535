/** A real browser for tests: the Chromium or Chrome of this machine. */
import { accessSync, constants, mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { chromium, type Page } from 'playwright-core'

export interface Browser {
  page: Page
  /** Saves what is on the page as `coverage/screenshots/<name>.png`, and returns the file's path. */
  screenshot(name: string): Promise<string>
  close(): Promise<void>
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']
const SCREENSHOTS = join(import.meta.dirname, '../../coverage/screenshots')

/** Opens a page in a browser with a profile of its own, Danish as a school's would be. */
export async function openBrowser({ width = 1280, height = 900 } = {}): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'tov-browser-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findBrowser(),
    locale: 'da-DK',
    timezoneId: 'Europe/Copenhagen',
    viewport: { width, height },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Nothing but this machine: what the page asks for elsewhere, fonts above all, fails at once instead of late.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
  })
  const page = context.pages()[0] ?? (await context.newPage())
  return {
    page,
    async screenshot(name) {
      mkdirSync(SCREENSHOTS, { recursive: true })
      const path = join(SCREENSHOTS, `${name}.png`)
      await page.screenshot({ path })
      return path
    },
    async close() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}

function findBrowser(): string {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram)
  if (!found) throw new Error(`None of ${NAMES.join(', ')} is on PATH; run: node scripts/ready.mjs --tests`)
  return found
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
