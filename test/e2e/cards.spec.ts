import { strict as assert } from 'node:assert'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { previewPage } from '../../src/cli/preview/page.ts'
import { THEMES } from '../../src/cli/preview/themes.ts'
import { previewTool } from '../../src/cli/preview.ts'
import { LANGUAGES } from '../../src/domain/team.ts'
import { type Browser, openBrowser } from '../helpers/browser.ts'
import { nodes } from '../helpers/cards.ts'
import { content } from '../helpers/core-stage.ts'
import { type Drawing, drawings } from '../helpers/drawings.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds on the page, one line a fault; with all its rules, or with these. */
async function faultsOn(page: Page, rules?: string[]): Promise<string[]> {
  await page.evaluate(AXE)
  const options = { resultTypes: ['violations'], preload: false, ...(rules && { runOnly: rules }) }
  const found = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResults
  return found.violations.flatMap(({ id, help, nodes: places }) =>
    places.map(({ html, failureSummary }) => `${id} (${help}): ${html}\n${failureSummary}`),
  )
}

describe('every card, drawn by the official renderer', function () {
  this.timeout(60_000)
  const all = new Map<string, Drawing[]>(
    LANGUAGES.map((language) => [
      language,
      drawings(language, { text: (max) => 'Bo står ved porten kl. 8'.slice(0, max), name: 'Bo Lund', many: 3 }).all,
    ]),
  )
  let dir: string
  let browser: Browser
  let page: Page

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'tov-cards-'))
    browser = await openBrowser()
    page = browser.page
  })
  after(async () => {
    await browser?.close()
    rmSync(dir, { recursive: true, force: true })
  })

  async function show(language: (typeof LANGUAGES)[number], theme: string): Promise<void> {
    const samples = (all.get(language) ?? []).map(({ name, card }) => ({ name, language, card }))
    const file = join(dir, `${language}.html`)
    writeFileSync(file, previewPage('Cards', samples))
    // Another hash alone would not load the page anew.
    await page.goto('about:blank')
    await page.goto(`file://${file}#${theme}`)
    assert.equal(await page.locator('.card').count(), samples.length)
  }

  for (const language of LANGUAGES)
    it(`has no fault that axe finds, in ${language}`, async () => {
      await show(language, 'light')
      const faults = await faultsOn(page)
      assert.deepEqual(faults.slice(0, 5), [], `${faults.length} faults`)
      await browser.screenshot(`cards-${language}`)
    })

  for (const theme of Object.keys(THEMES).filter((name) => name !== 'light'))
    it(`has enough contrast in the look "${theme}" too`, async () => {
      await show('da', theme)
      const faults = await faultsOn(page, ['color-contrast'])
      assert.deepEqual(faults.slice(0, 5), [], `${faults.length} faults`)
      await browser.screenshot(`cards-${theme}`)
    })

  it('would be told by axe of a field without a label, and of a pale text', async () => {
    const body = [
      { type: 'Input.Text', id: 'a' },
      { type: 'TextBlock', text: 'Pale' },
    ]
    const pale = {
      name: 'Pale',
      language: 'en' as const,
      card: { type: 'AdaptiveCard' as const, version: '1.5', body },
    }
    const html = previewPage('Pale', [pale]).replaceAll('#242424', '#bbbbbb')
    writeFileSync(join(dir, 'pale.html'), html)
    await page.goto(`file://${join(dir, 'pale.html')}`)
    const faults = (await faultsOn(page)).join('\n')
    assert.match(faults, /^label/m)
    assert.match(faults, /^color-contrast/m)
  })

  it('is read aloud in the order it is seen, beginning with what it is about', () => {
    for (const drawn of all.values())
      for (const { name, card } of drawn) {
        const parts = nodes(card)
        const headings = parts.filter(({ style }) => style === 'heading')
        assert.ok(headings.length > 0, `${name} has no heading`)
        assert.equal(card.speak, card.fallbackText, name)
        assert.ok(typeof card.lang === 'string', `${name} does not say its language`)
        const first = parts.findIndex(({ style }) => style === 'heading')
        const field = parts.findIndex(({ type }) => String(type).startsWith('Input.'))
        assert.ok(field < 0 || first < field, `${name} asks before it says what about`)
        for (const { id, label } of parts.filter(({ type }) => String(type).startsWith('Input.')))
          assert.ok(label, `${name}: ${id} has no label`)
      }
  })

  it('can be previewed dialog by dialog: every step in every language, its fields with what one might answer', async () => {
    for (const { name, steps } of Object.values(content.flows)) {
      assert.equal(await previewTool.run([name], { env: {}, root: '.', print: () => {} }), 0)
      await page.goto(`file://${join(import.meta.dirname, `../../dist/preview/${name}.html`)}`)
      assert.equal(await page.locator('section').count(), steps.length * LANGUAGES.length)
      await browser.screenshot(`preview-${name}`)
    }
  })
})
