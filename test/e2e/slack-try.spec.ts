import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { type Browser, openBrowser } from '../helpers/browser.ts'
import { freePort } from '../helpers/ports.ts'
import { type Program, startProgram } from '../helpers/program.ts'

/** What `npm run slack:try` shows, used in a browser as a developer or a coach would. */
describe('Slack, tried out on this machine', function () {
  this.timeout(30_000)
  let dir: string
  let bot: Program
  let browser: Browser
  let page: Page

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tov-e2e-'))
    const port = await freePort()
    bot = await startProgram('test/slack-try/main.ts', {
      TMPDIR: dir,
      SLACK_TRY_PORT: String(port),
      LOG_LEVEL: 'silent',
    })
    browser = await openBrowser()
    page = browser.page
    await page.goto(`http://127.0.0.1:${port}`)
  })

  after(async () => {
    await browser?.close()
    await bot?.stop()
    await rm(dir, { recursive: true, force: true })
  })

  it('begins the preparation of a call', async () => {
    await sees('Hej Karen! Jeg er Tovholder')
    await write('opkald forbered')
    await page.getByLabel('Elevens initialer').fill('MK')
    await press('Videre')
    await sees('Hvem taler sammen?')
    await page.getByRole('radio', { name: 'Birte Friis' }).check()
    await page.getByLabel('Hvem taler I med?').fill('mor')
    await press('Videre')
    await sees('Hvad har du set?')
    await page.getByLabel('Siden hvornår?').fill('2026-11-02')
    await press('Videre')
    await sees('»Helt konkret« mangler.')
    assert.equal(await page.getByLabel('Siden hvornår?').inputValue(), '2026-11-02')
  })

  it('goes back to what was filled in', async () => {
    await press('Tilbage')
    await sees('Hvem taler sammen?')
    assert.equal(await page.getByRole('radio', { name: 'Birte Friis' }).isChecked(), true)
    assert.equal(await page.getByLabel('Hvem taler I med?').inputValue(), 'mor')
  })

  it('answers to one person alone in the channel', async () => {
    await page.getByRole('button', { name: 'udskolingen' }).click()
    await write('sager')
    await sees('@Tovholder')
    await sees('Only visible to you')
    await be('Birte Friis')
    await sees('Hej alle! Jeg er Tovholder')
    await page.getByText('Only visible to you').waitFor({ state: 'hidden', timeout: 5000 })
  })

  it('shows the channel to its members only', async () => {
    await be('Sten Fremmed')
    await sees('Jeg kender ikke dit team endnu.')
    assert.equal(await page.getByRole('button', { name: 'udskolingen' }).isVisible(), false)
  })

  it('lets time go by', async () => {
    await press('+ 3 days')
    const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Copenhagen', day: 'numeric', month: 'short' })
    await sees(day.format(Date.now() + 3 * 86_400_000))
  })

  it('did nothing that Slack would have refused', async () => {
    assert.deepEqual(await faults(), [])
    await write('/giphy kat')
    await sees('/giphy is not a valid command')
    assert.equal((await faults()).length, 1)
  })

  it('leaves nothing behind', async () => {
    assert.deepEqual(await bot.stop(), [0, null])
    assert.deepEqual(await readdir(dir), [])
  })

  const sees = (text: string) => page.getByText(text).last().waitFor({ timeout: 5000 })
  const press = (title: string) => page.getByRole('button', { name: title, exact: true }).last().click()
  const be = (name: string) => page.getByLabel('You are').selectOption({ label: name })
  const faults = () => page.locator('#faults li').allTextContents()
  async function write(text: string): Promise<void> {
    await page.getByRole('textbox', { name: 'Message' }).fill(text)
    await page.keyboard.press('Enter')
  }
})
