/** Takes the pictures in docs/pictures again, from the real client: `npm run pictures`. */
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBrowser } from '../helpers/browser.ts'
import { freePort } from '../helpers/ports.ts'
import { startProgram } from '../helpers/program.ts'
import { teacherAt } from '../helpers/teacher.ts'
import { animation, type Scene } from './animation.ts'
import { palette, sheet } from './picture.ts'
import { tellStory } from './story.ts'

/** When the story begins: every run shows the same days. */
const BEGINS = '2026-11-24T14:10:00+01:00'
const PICTURES = join(import.meta.dirname, '../../docs/pictures')
/** Time for the client to settle before its picture is taken, in milliseconds. */
const A_MOMENT = 400

const dir = await mkdtemp(join(tmpdir(), 'tov-pictures-'))
await writeFile(join(dir, 'demo-clock'), String(Date.parse(BEGINS) - Date.now()))
const playground = await freePort()
const bot = await startProgram('src/main.ts', {
  PORT: String(await freePort()),
  PLAYGROUND_PORT: String(playground),
  TOVHOLDER_DATA: dir,
  LOG_LEVEL: 'silent',
})
// High enough for the longest card.
const browser = await openBrowser({ height: 2000 })
const { page } = browser
page.setDefaultTimeout(30_000)
try {
  await page.goto(`http://127.0.0.1:${playground}`)
  await tellStory({
    teacher: teacherAt(() => page),
    async show(name, text = /./) {
      await page.mouse.move(0, 0)
      await page.waitForTimeout(A_MOMENT)
      const card = page.locator('.ac-adaptiveCard').filter({ hasText: text }).last()
      await writeFile(join(PICTURES, `${name}.png`), await palette(await card.screenshot()))
    },
    async fetch(title, file) {
      const link = await followed(title)
      const answer = await fetch(`${link}?now`)
      if (!answer.ok) throw new Error(`${file}: ${answer.status}`)
      await writeFile(join(dir, file), Buffer.from(await answer.arrayBuffer()))
    },
  })
  await picturesOfFiles()
  await mainJob()
} catch (error) {
  process.stderr.write(`The page as it was: ${await browser.screenshot('pictures-failed')}\n`)
  throw error
} finally {
  await browser.close()
  await bot.stop()
  await rm(dir, { recursive: true, force: true })
}

/** Where a link leads, without going there. */
async function followed(title: string): Promise<string> {
  const context = page.context()
  const going = new Promise<string>((resolve) => {
    void context.route('**/files/*', async (route) => {
      resolve(route.request().url())
      await route.abort()
    })
  })
  await page
    .getByRole('button', { name: title, exact: true })
    .or(page.getByRole('link', { name: title }))
    .last()
    .click()
  const link = await going
  await context.unroute('**/files/*')
  for (const other of context.pages()) if (other !== page) await other.close()
  return link
}

/** The README's half a minute. */
async function mainJob(): Promise<void> {
  const scene = async (name: string, caption: string, lasts: number, from = 0): Promise<Scene> => ({
    card: await readFile(join(PICTURES, `${name}.png`)),
    caption,
    lasts,
    from,
  })
  const scenes = await Promise.all([
    scene('call-sheet', 'opkald forbered – a sheet for the call', 5500),
    scene('call-sheet', '… four questions, with room for notes', 4500, 500),
    scene('preview', 'What was agreed: this is all the channel sees', 4500),
    scene('pupil-version', '… and this is for the pupil', 5000),
    scene('question', 'A colleague is asked to hold the rope', 4500),
    scene('digest', 'On the day, in the channel', 4500),
  ])
  await writeFile(join(PICTURES, 'main-job.gif'), await animation(scenes))
}

/** What came out of the files, as an office program shows it; where there is none, the pictures stay as they are. */
async function picturesOfFiles(): Promise<void> {
  try {
    execFileSync('soffice', ['--headless', '--convert-to', 'pdf', 'minutes.docx', 'slides.pptx'], {
      cwd: dir,
      stdio: 'ignore',
    })
    for (const name of ['minutes', 'slides'])
      execFileSync('pdftoppm', ['-r', '60', '-png', `${name}.pdf`, name], { cwd: dir })
  } catch {
    process.stdout.write('No soffice and pdftoppm here: minutes.png and slides.png are left as they are.\n')
    return
  }
  const pages = async (names: string[]) => Promise.all(names.map((name) => readFile(join(dir, name))))
  await writeFile(join(PICTURES, 'minutes.png'), await palette((await pages(['minutes-1.png']))[0] ?? Buffer.of()))
  const slides = ['slides-01.png', 'slides-04.png', 'slides-06.png', 'slides-09.png']
  await writeFile(join(PICTURES, 'slides.png'), await palette(await sheet(await pages(slides))))
}
