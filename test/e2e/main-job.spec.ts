import { strict as assert } from 'node:assert'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { bundleService } from '../../scripts/bundle.mjs'
import { type Browser, openBrowser } from '../helpers/browser.ts'
import { withoutCodes } from '../helpers/cards.ts'
import { freePort } from '../helpers/ports.ts'
import { type Program, startProgram } from '../helpers/program.ts'
import { startCommand } from '../helpers/start-command.ts'
import { teacherAt } from '../helpers/teacher.ts'

/** Everything a newcomer gets from `npm start`, bundled as a school runs it, used in a browser as a teacher would. */
describe('the main job in a real client', function () {
  this.timeout(60_000)
  let dir: string
  let bot: Program
  let browser: Browser
  let page: Page
  const { sees, fill, choose, pick, press, open, type } = teacherAt(() => page)

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tov-e2e-'))
    const playground = await freePort()
    await bundleService()
    const settings = { PORT: `${await freePort()}`, PLAYGROUND_PORT: `${playground}`, TOVHOLDER_DATA: dir }
    bot = await startProgram('dist/main.mjs', { ...settings, LOG_LEVEL: 'silent' }, startCommand().flags)
    browser = await openBrowser({ height: 1000 })
    page = browser.page
    await page.goto(`http://127.0.0.1:${playground}`)
  })

  after(async () => {
    await browser?.close()
    await bot?.stop()
    await rm(dir, { recursive: true, force: true })
  })

  it('greets the teacher once', async () => {
    await sees('Hej Karen! Jeg er Tovholder')
    assert.equal(await page.getByText('Hej Karen! Jeg er Tovholder').count(), 1)
  })

  it('prepares a call, with a sheet to keep open during it', async () => {
    await type('opkald forbered')
    await fill('Elevens initialer', 'MK')
    await press('Videre')
    await fill('Hvem taler I med?', 'mor')
    await press('Videre')
    await fill('Helt konkret', 'væk fire mandage i træk og stille i frikvartererne')
    await press('Videre')
    await fill('Hvad går godt, eller hvad er du glad for?', 'hjalp en ny elev til rette i billedkunst')
    await press('Videre')
    await fill('Jeg vil gerne forstå', 'hvordan morgenerne er før skole')
    await press('Lav mit samtaleark')
    await sees('Dit samtaleark')
    await sees('Gå ud fra, at der er en god grund.')
    await picture('call-sheet')
  })

  it('turns the talk into agreements, and shows exactly what the channel will see', async () => {
    await fill('Hvad siger barnet selv?', 'det er værst i de store frikvarterer')
    await press('Gem og gå videre')
    await sees('Er eleven blevet spurgt?')
    await choose('Ja')
    await fill('Elevens egne ord', 'det er værst i de store frikvarterer')
    await press('Videre')
    await fill('Aftalen', 'Bo tager imod dig ved porten kl. 7.50')
    await choose('Skolen')
    await pick('Hvis det er skolen: hvem af jer?', 'Bo Lund')
    await press('Videre')
    await sees('Læs dem, som om du var eleven.')
    await press('Vis mig, hvad kanalen ser')
    await sees('Det her ser kanalen – ikke mere')
    await picture('preview')
    await press('Ja, slå det op')
    await sees('Her er de i en udgave til eleven og hjemmet.')
    await picture('pupil-version')
  })

  it('asks a colleague to be the coordinator, who says yes', async () => {
    await press('Find en tovholder')
    await choose('En anden på teamet')
    await press('Videre')
    await pick('Kollega', 'Birte Friis')
    await press('Videre')
    await press('Ja, gør det')
    await sees('Jeg har spurgt Birte Friis')
    await sees('✉ Birte Friis')
    await picture('question')
    await press('Ja, det vil jeg gerne')
    await sees('Jeg minder dig om det, der skal ske.')
  })

  it('tells the channel, without a name or a note', async () => {
    await open('General')
    await sees('Bo tager imod dig ved porten kl. 7.50')
    await sees('Birte Friis holder tovet.')
    const shown = withoutCodes((await page.locator('.ac-adaptiveCard').allTextContents()).join())
    assert.ok(shown.includes('Bo tager imod dig'))
    for (const secret of ['MK', 'frikvarterer', 'billedkunst', 'mandage']) assert.ok(!shown.includes(secret), secret)
    await picture('channel')
  })

  it('reminds the channel on the day, and updates the card in place when it is done', async () => {
    await open('Personal Chat')
    await type('/demo +7d')
    await sees('Demo-uret står nu på')
    await type('/demo som Bo')
    await sees('Nu er du Bo Lund.')
    await open('General')
    await sees(/Aftaler .*dag den/)
    await sees('Udskyd')
    await picture('digest')
    await press('Gjort')
    await sees(/✅ Gjort .* af Bo Lund/)
    await press('Fortryd')
    await press('Udskyd')
    await sees('Ny dato')
    await press('Lad den stå')
    await press('Gjort')
    await sees(/✅ Gjort .* af Bo Lund/)
    await picture('done')
  })

  it('asks the coordinator whether it helped', async () => {
    await open('Personal Chat')
    await sees(/Alle aftaler i F-\w+ er gjort/)
    await press('Ja')
    await sees('Tak. Det er godt at vide.')
    await press('Luk sagen')
    await sees('Sagen er lukket.')
  })

  const picture = async (name: string) => {
    await page.waitForTimeout(300)
    await browser.screenshot(name)
  }
})
